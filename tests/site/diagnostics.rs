//! What a contributor is told: every kind of finding once, with its place and its mend.

use super::support::{Built, Site, build};
use plenary::diag::{Code, to_json, to_text};
use std::collections::BTreeSet;

/// `code file:line:column-line:column message | hint`, the end exclusive; notes as well.
fn told(built: &Built) -> Vec<String> {
    let sources = &built.run.snapshot.sources;
    let show = |found: &plenary::diag::Diagnostic| {
        let json: serde_json::Value = serde_json::from_str(&to_json(found, sources)).expect("JSON");
        let hints: Vec<String> = found.hints.iter().map(|hint| format!(" | {hint}")).collect();
        format!(
            "{} {}:{}:{}-{}:{} {}{}",
            found.code.as_str(),
            json["file"].as_str().unwrap_or_default(),
            json["line"],
            json["column"],
            json["end_line"],
            json["end_column"],
            found.message,
            hints.concat()
        )
    };
    built.run.diagnostics.iter().map(show).collect()
}

/// Codes that depend on more than a site's files, each with the test that looks at it.
const NOT_HERE: [(Code, &str, &str); 4] = [
    (Code::DiagramSyntax, "drawn.rs", include_str!("drawn.rs")),
    (Code::CardFont, "machines.rs", include_str!("machines.rs")),
    (Code::ExternalDead, "external_links.rs", include_str!("../external_links.rs")),
    (Code::ExternalUnsure, "external_links.rs", include_str!("../external_links.rs")),
];

/// The files of a site, and all that is told of it.
const FINDINGS: &[(&str, &[&str])] = &[
    (
        "-- i18n/en.yaml --\npeople: '{count} people of {group}'\nprojects: {one: '{count} project', other: '{count} projects'}\n-- i18n/fr.yaml --\npeople: '{count} personnes de {groupe}'\nprojets: x\n",
        &[
            "strings-missing i18n/fr.yaml:1:1-1:1 the string `projects` is missing in Français and comes from the next language | add `projects: \"…\"` to `i18n/fr.yaml`",
            "strings-placeholder i18n/fr.yaml:1:9-1:40 the string `people` has a placeholder `{groupe}` that the original has not | did you mean `group`?",
            "strings-placeholder i18n/fr.yaml:1:9-1:40 the string `people` lacks the placeholder `{group}` | put it where the value belongs in the sentence",
            "strings-unknown i18n/fr.yaml:2:1-2:8 no template uses a string `projets` | did you mean `projects`?",
        ],
    ),
    (
        "-- i18n/en.yaml --\nprojects: {one: '{count} project', other: '{count} projects'}\n-- i18n/fr.yaml --\nprojects: {ones: '{count} projet', other: '{count} projets'}\n",
        &[
            "strings-plural i18n/fr.yaml:1:1-1:9 the string `projects` lacks the plural form `one` of Français | write `projects: {one: \"…\", other: \"…\"}`",
            "strings-plural i18n/fr.yaml:1:18-1:34 `ones` is no plural form | did you mean `one`?",
        ],
    ),
    (
        "-- data/people.yaml --\n- name: 'Ada\n",
        &[
            "data-syntax data/people.yaml:1:9-1:10 the data file cannot be read: while scanning a quoted scalar, found unexpected end of stream | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- site.yaml --\ntitle: [a\n",
        &[
            "config-syntax site.yaml:2:9-2:10 illegal placement of ':' indicator | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- site.yaml --\ntitle: [a]\n",
        &[
            "config-value site.yaml:1:8-1:9 `title` is a list, but a text belongs here | write for example `title: \"a\"`",
        ],
    ),
    (
        "-- site.yaml --\ntitel: X\n",
        &["config-unknown site.yaml:1:1-1:6 unknown setting `titel` | did you mean `title`?"],
    ),
    (
        "-- site.yaml --\npagination: {sise: 3}\n",
        &["config-unknown site.yaml:1:14-1:18 unknown setting `sise` | did you mean `size`?"],
    ),
    (
        "-- site.yaml --\nlanguages: {en: {}, nonsense_tag_that_is_long: {}}\n",
        &[
            "language-tag site.yaml:1:21-1:46 `nonsense_tag_that_is_long` is no language tag | write a BCP 47 tag such as `fr`, `pt-BR` or `zh-Hans`",
        ],
    ),
    (
        "-- site.yaml --\ndefault_language: de\n",
        &[
            "language-unknown site.yaml:1:19-1:21 the default language `de` is not among the `languages` | add `de: {name: …}` below `languages:`",
        ],
    ),
    (
        "-- content/de/a.md --\n---\ntitle: A\n---\n-- content/en/a.md --\n---\ntitle: A\n---\n",
        &[
            "language-folder content/de:1:1-1:1 the folder `de` is in no configured language, so its one page is not published | add `de: {name: …}` below `languages:` in site.yaml, or move its files",
        ],
    ),
    (
        "-- site.yaml --\nmounts: [{source: nowhere, target: en/x}]\n",
        &[
            "mount-source site.yaml:1:19-1:26 the mount's source `nowhere` does not exist inside the repository | name a folder relative to `site.yaml`, inside the same repository",
        ],
    ),
    (
        "-- content/en/out.md -> /etc/hostname --\n",
        &[
            "symlink-outside content/en/out.md:1:1-1:1 the symbolic link leads out of the repository, to `/etc/hostname` | move the target into the repository and link to it there",
        ],
    ),
    (
        "-- content/en/a.md -> b.md --\n",
        &[
            "symlink-broken content/en/a.md:1:1-1:1 the symbolic link leads to `b.md`, which does not exist | point the link at an existing file or folder, or remove it",
        ],
    ),
    (
        "-- content/en/p/index.md --\n---\ntitle: P\n---\n-- content/en/p/inner.md --\n---\ntitle: I\n---\n",
        &[
            "file-unused content/en/p/inner.md:1:1-1:1 the page lies in the folder of a bundle (`index.md`) and is not published | move it out of the folder, or name the bundle's file `_index.md`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nread the\nthe minutes\n",
        &["double-word content/en/a.md:5:1-5:4 `the` stands twice | remove one of the two"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nread it [here](https://example.org/)\n",
        &[
            "link-text content/en/a.md:4:9-4:37 the link says `here`, which does not tell where it leads | make the link of the words that name its target: a reader may go from link to link",
        ],
    ),
    (
        "-- terms.yaml --\n- Kubernetes\n-- content/en/a.md --\n---\ntitle: A\n---\non `kubernetes`, on kubernetes\n",
        &[
            "term-spelling content/en/a.md:4:21-4:31 `kubernetes` is written `Kubernetes` | write `Kubernetes`; an exception is made by `check.rules` in site.yaml",
        ],
    ),
    (
        "-- terms.yaml --\nKubernetes: kubernetes\n",
        &[
            "config-value terms.yaml:1:1-1:1 terms.yaml is a mapping, but a list belongs here | write `- Kubernetes` on a line of its own for each term",
        ],
    ),
    (
        "-- site.yaml --\ncheck: {rules: {duble-word: off, image-alt: of, heading-jump: [{paths: ['a[']}]}}\n",
        &[
            "config-unknown site.yaml:1:17-1:27 there is no finding `duble-word` | did you mean `double-word`?",
            "config-value site.yaml:1:45-1:47 `of` is no level | write `error`, `warning`, `note` or `off`",
            "config-value site.yaml:1:64-1:65 the level is missing here | write `level: off`",
            "config-value site.yaml:1:73-1:77 `a[` is no pattern of paths: unclosed character class; missing ']' | write for example `blog/**` or `content/fr/about/*.md`",
        ],
    ),
    (
        "-- i18n/fr.yaml --\nhome: [a]\n",
        &[
            "strings-syntax i18n/fr.yaml:1:7-1:8 the string `home` is a list, but a text or plural forms belong here | write `home: \"…\"`",
        ],
    ),
    (
        "-- i18n/fr.yaml --\npeople: a\npeople: b\n",
        &[
            "duplicate-key i18n/fr.yaml:2:1-2:7 the string `people` stands twice; the last one counts | remove one of the two",
        ],
    ),
    (
        "-- i18n/fr.yaml --\nhome: 'a\n",
        &[
            "strings-syntax i18n/fr.yaml:1:7-1:8 while scanning a quoted scalar, found unexpected end of stream | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nA cafÃ© – `Ã©` is code.\n",
        &[
            "mojibake content/en/a.md:4:3-4:8 `cafÃ©` was decoded with the wrong encoding | it should read `café`; `plenary import notes` mends a whole file",
        ],
    ),
    (
        "-- site.yaml --\nmeetings: {groups: {tag: {schedule: {time: \"15:00\", start: 2025-01-08, every: 2 weeks, exceptions: [2025-01-15]}}}}\n",
        &[
            "config-value site.yaml:1:101-1:111 `2025-01-15` is no day of this schedule, so nothing is changed on it | the nearest days are `2025-01-08` and `2025-01-22`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: Platforms: a view\n---\n",
        &[
            "front-matter-syntax content/en/a.md:2:17-2:18 the front matter cannot be read: mapping values are not allowed in this context | put the text in quotes: `title: \"Platforms: a view\"`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n\ttags: x\n---\n",
        &[
            "front-matter-syntax content/en/a.md:2:8-2:9 the front matter cannot be read: while scanning a plain scalar, found a tab | indent with spaces, YAML knows no tabs",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: [A\n---\n",
        &[
            "front-matter-syntax content/en/a.md:3:1-3:2 the front matter cannot be read: while parsing a flow sequence, expected ',' or ']' | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- content/en/a.md --\n+++\ntitle = A\n+++\n",
        &[
            "front-matter-syntax content/en/a.md:2:9-2:10 the front matter cannot be read: string values must be quoted, expected literal string | write each setting as `key = value`, and texts in quotes",
        ],
    ),
    (
        "-- content/en/a.md --\n{\"title\": \"A\" \"x\"}\n",
        &[
            "front-matter-syntax content/en/a.md:1:15-1:16 the front matter cannot be read: invalid trailing content after double-quoted scalar | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\ndescription: \"one\ntwo\"\n---\n",
        &[
            "front-matter-lenient content/en/a.md:3:14-3:15 the front matter is no valid YAML and is read leniently: invalid indentation in quoted scalar | indent the further lines of a text that goes over several",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n\nText\n",
        &[
            "front-matter-unclosed content/en/a.md:1:1-1:4 the front matter has no closing line | put a line `---` after the last key",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\ntitle: B\n---\n",
        &[
            "duplicate-key content/en/a.md:3:1-3:6 the key `title` stands twice; the last one counts | remove one of the two",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\nTags: [x]\n---\n",
        &["unknown-key content/en/a.md:3:1-3:5 the key `Tags` is written `tags` | write `tags`"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\nweigth: 3\n---\n",
        &["unknown-key content/en/a.md:3:1-3:7 unknown key `weigth` | did you mean `weight`?"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\ntags: {a: b}\n---\n",
        &[
            "wrong-type content/en/a.md:3:7-3:8 `tags` is a mapping, but a text belongs here | write for example `tags: [one, two]`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\ndraft: maybe\n---\n",
        &[
            "wrong-type content/en/a.md:3:8-3:13 `draft` is a text, but true or false belongs here | write for example `draft: true`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\ndate: next week\n---\n",
        &[
            "invalid-date content/en/a.md:3:7-3:16 `next week` is no date: dates are written `YYYY-MM-DD` | write `date: 2025-06-30`",
        ],
    ),
    (
        "-- content/en/meetings/a.md --\n---\ntitle: A\ntype: meeting\ndate: 2025-01-08\ntime: noon or so\n---\n",
        &[
            "meeting-time content/en/meetings/a.md:5:7-5:17 `noon or so` is no hour with a time zone that can be read, so it is shown as it stands | write for example `time: \"16:00 Europe/Paris\"`, `time: 8am Pacific` or `time: \"15:00\"`",
        ],
    ),
    (
        "-- content/en/meetings/a.md --\n---\ntitle: A\ntype: meeting\ndate: 2025-01-08\ntime: \"15:00\"\ntimezone: Paris\n---\n",
        &[
            "meeting-time content/en/meetings/a.md:6:11-6:16 `Paris` is no time zone that can be read, so it is shown as it stands | write a name of the time zone database: `timezone: Europe/Paris`",
        ],
    ),
    (
        "-- content/en/a b.md --\nText\n",
        &[
            "missing-title content/en/a b.md:1:1-1:1 the page has no title and is called “A b” | write `title: …` into its front matter",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n{{< nothing-like-it >}}\n",
        &[
            "shortcode-unknown content/en/a.md:4:5-4:20 there is no shortcode `nothing-like-it` | add the template `shortcodes/nothing-like-it.html` to the theme, or show the call with `{{</* nothing-like-it */>}}`",
        ],
    ),
    (
        "-- themes/plain/templates/shortcodes/box.html --\n{{ inner | safe }}\n-- content/en/a.md --\n---\ntitle: A\n---\n플 {{% box %}}\nText\n",
        &[
            "shortcode-unclosed content/en/a.md:4:3-4:14 the shortcode `box` is not closed | write `{{< /box >}}` after its text",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nText {{< /box >}}\n",
        &[
            "shortcode-unopened content/en/a.md:4:6-4:18 `box` is closed here but was not opened | remove the tag, or open it above with `{{< box >}}`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n{{< figure src=\"a.png >}}\nText\n",
        &[
            "shortcode-syntax content/en/a.md:4:1-4:26 a parameter of `figure` cannot be read | write `{{< name key=\"value\" >}}`, or `{{</* name */>}}` to show a call",
        ],
    ),
    (
        "-- themes/plain/templates/shortcodes/box.html --\n{{ params.no.such }}\n-- content/en/a.md --\n---\ntitle: A\n---\n{{< box >}}\n",
        &[
            "shortcode-failed content/en/a.md:4:1-4:12 Field `no` is not defined. (while rendering `box` in content/en/a.md) | mend the call or the template",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n{{< include path=\"no/such.md\" >}}\n",
        &[
            "include-missing content/en/a.md:4:19-4:29 the file `no/such.md` to include does not exist in the repository | give its path from the site's folder or from the top of the repository",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n{{< include >}}\n",
        &[
            "include-missing content/en/a.md:4:1-4:16 the call names no file | write `{{< include path=\"folder/file.md\" >}}`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n{{< include path=\"x.md\" >}}\n-- x.md --\n{{< include path=\"x.md\" >}}\n",
        &["include-circle x.md:1:19-1:23 `x.md` includes itself | remove one of the includes"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nSee [b](b.md).\n",
        &[
            "dead-link content/en/a.md:4:9-4:13 the link `b.md` leads to no page or file | write a path relative to `content/en/a.md`, or one from the top such as `/about/`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\nSee [b](#no).\n\n## Nothing\n",
        &[
            "dead-fragment content/en/a.md:4:9-4:12 this page has no id `no` | link to the page without the fragment, or give the heading this id: `## Heading {#id}`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n![Map](map.png)\n",
        &[
            "missing-image content/en/a.md:4:8-4:15 the image `map.png` does not exist | put the file beside the page, or below `static/`",
        ],
    ),
    (
        "-- site.yaml --\nmarkdown: {math: true}\n-- content/en/a.md --\n---\ntitle: A\n---\n$\\frac{1}$\n",
        &[
            "math-syntax content/en/a.md:4:10-4:11 the formula cannot be read: Expected argument but reached end of input. | mend the LaTeX, or write `\\$` for a dollar sign that begins no formula",
        ],
    ),
    (
        "-- site.yaml --\ntheme: tag\npalette: {edge: {light: \"#ddd\", dark: \"#76827f\"}}\n",
        &[
            "palette-contrast site.yaml:2:17-2:18 on light paper, edge (#dddddd) on paper (#ffffff) has a contrast of 1.4, and 3 is the least that can be read well | `#929292` would do for edge",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n![Map](map.svg)\n-- content/en/map.svg --\n<html></html>\n",
        &[
            "image-broken content/en/a.md:4:8-4:15 the picture `/map.svg` cannot be read: it has no `<svg>` element | open the file, and export or download it again",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\naliases: [/old/]\n---\n[a](/old/)\n",
        &["link-moved content/en/a.md:5:5-5:10 `/old/` is not the address of “A” | link to `/a/`"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n[a](https://example.org/fr/a/)\n-- content/fr/a.md --\n---\ntitle: A\n---\n",
        &[
            "link-language content/en/a.md:4:5-4:30 the link leads readers to the page in Français, though there is one in their language | write `/a/`: it leads each reader to their own page",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n[Ada](ada@example.org)\n",
        &["link-email content/en/a.md:4:7-4:22 an e-mail address without `mailto:` | write `mailto:ada@example.org`"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n![](https://x.org/a.png)\n",
        &[
            "image-alt content/en/a.md:4:1-4:25 an image without alternative text | say what it shows: `![a platform between teams and infrastructure](…)`",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n## B\n#### C\n",
        &["heading-jump content/en/a.md:5:1-5:7 a heading of level 4 follows one of level 2 | write it with `###`"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n## B {#x}\n## C {#x}\n",
        &[
            "duplicate-id content/en/a.md:5:1-5:10 the id `x` stands twice in this page | give one of the two another id",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\nurl: /x/\n---\n-- content/en/b.md --\n---\ntitle: B\nurl: /x/\n---\n",
        &[
            "duplicate-path content/en/b.md:3:1-3:9 `/x/index.html` would be written by two: the page “A” and the page “B” | give one of the two another `url`, `slug` or file name",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n-- content/en/a/index.md --\n---\ntitle: B\n---\n",
        &[
            "duplicate-path content/en/a/index.md:1:1-1:1 two files for the page `a` in one language | keep one of them, or give it another name",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n-- static/a/index.html --\nx\n",
        &[
            "duplicate-path static/a/index.html:1:1-1:1 `/a/index.html` would be written by two: the page “A” and the file `static/a/index.html` | give one of the two another `url`, `slug` or file name",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n-- content/en/b.md --\n---\ntitle: B\naliases:\n  - /a/\n---\n",
        &[
            "alias-taken content/en/b.md:4:5-4:8 the alias `/a/` is the address of the page “A” | remove the alias, or move that page",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\naliases: [/x/]\n---\n-- content/en/b.md --\n---\ntitle: B\naliases: [/x/]\n---\n",
        &["duplicate-path content/en/b.md:3:11-3:14 the alias `/x/` is given to two pages | remove one of the two"],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\nurl: ../x/\n---\n",
        &[
            "url-invalid content/en/a.md:3:6-3:11 `../x/` cannot be the address of a page | write a path from the home page on, such as `/papers/platforms/`",
        ],
    ),
    (
        "-- themes/plain/templates/blog/page.html --\n<main>\n{{ page.title \n</main>\n-- content/en/a.md --\n---\ntitle: A\n---\n",
        &[
            "template-syntax themes/plain/templates/blog/page.html:3:1-3:8 Found `</` but expected }}. | mend the template; without it pages that need `blog/page.html` are not rendered",
        ],
    ),
    (
        "-- themes/plain/templates/blog/page.html --\n{{ page.title | no_such_filter }}\n-- content/en/a.md --\n---\ntitle: A\n---\n",
        &[
            "template-syntax themes/plain/templates/blog/page.html:1:17-1:31 Unknown filter `no_such_filter` | mend the template; without it pages that need `blog/page.html` are not rendered",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\n---\n## One\n-- content/fr/a.md --\n---\ntitle: A\n---\n## Un\n-- content/fr/b.md --\n---\ntitle: B\n---\n[x](a.md#one)\n",
        &[
            "fragment-untranslated content/fr/b.md:4:5-4:13 `#one` is the original's id of a heading that is translated | it works; the heading's own id is `#un`",
        ],
    ),
    (
        "-- data/people.json --\n{\"a\": [1, 2}\n-- content/en/a.md --\n---\ntitle: A\n---\n",
        &[
            "data-syntax data/people.json:1:12-1:13 the data file cannot be read: while parsing a flow sequence, expected ',' or ']' | look for a quote or bracket that is not closed, and at the indentation, here and in the lines above",
        ],
    ),
    (
        "-- content/en/a.md --\n---\ntitle: A\nlayout: pgae\n---\n",
        &[
            "template-missing content/en/a.md:3:9-3:13 the theme has no layout `pgae` | did you mean `page`? | add the template `pgae.html` to the theme, or name another layout",
        ],
    ),
    (
        "-- themes/plain/templates/odd/page.html --\n<main>\n{{ asset(path=\"none.css\") }}\n</main>\n-- content/en/odd/a.md --\n---\ntitle: A\n---\n",
        &[
            "template-failed themes/plain/templates/odd/page.html:2:4-2:26 the theme has no asset `none.css` (while rendering /fr/odd/a/) | mend the template | it fails in the same place on 2 pages",
        ],
    ),
    (
        "-- site.yaml --\nmenus: {main: [{page: /blgo/}]}\n-- content/en/blog/_index.md --\n---\ntitle: Blog\n---\n",
        &[
            "dead-link site.yaml:1:16-1:17 the menu leads to `/blgo/`, which is no page | did you mean `/blog/`? | name a page as `/wgs/`, or another site by its whole URL",
        ],
    ),
];

/// Without the note on the missing repository.
fn told_of_site(built: &Built) -> Vec<String> {
    told(built).into_iter().filter(|line| !line.starts_with("git-history")).collect()
}

#[test]
fn each_finding_has_its_text_place_and_hint() {
    let mut seen = BTreeSet::new();
    for (files, expected) in FINDINGS {
        let built = build(files);
        assert_eq!(told_of_site(&built), *expected, "{files}");
        for found in &built.run.diagnostics {
            seen.insert(found.code);
            let git = found.code == Code::GitHistory;
            assert!(git || !found.hints.is_empty(), "{} has no hint", found.code.as_str());
        }
    }
    let site = Site::new("");
    site.edit("content/en/a.md", b"---\ntitle: A\n---\n\xff\n");
    let built = site.build();
    assert_eq!(
        told_of_site(&built),
        [
            "file-encoding content/en/a.md:1:1-1:1 the file is not valid UTF-8; unreadable bytes show as \u{fffd} | save the file as UTF-8"
        ]
    );
    assert!(built.html("a/index.html").contains('\u{fffd}'));
    seen.insert(Code::FileEncoding);
    let unseen: Vec<&str> = Code::ALL.iter().filter(|code| !seen.contains(code)).map(|code| code.as_str()).collect();
    for (code, file, text) in NOT_HERE {
        assert!(text.contains(&format!("{} ", code.as_str())), "{file} does not look at {}", code.as_str());
    }
    let elsewhere = super::other_findings::CODES.iter().chain(NOT_HERE.iter().map(|(code, ..)| code));
    let excused: Vec<&str> = elsewhere.map(|code| code.as_str()).collect();
    let sorted = |mut list: Vec<&'static str>| {
        list.sort_unstable();
        list
    };
    assert_eq!(
        sorted(unseen),
        sorted(excused),
        "each code has a row, here or in other_findings.rs, or a reason not to"
    );
}

/// A contributor's twelve mistakes, each in a line of its own.
const PLANTED: &str = "-- repo/site/site.yaml --
languages: {en: {name: English}}
-- repo/site/themes/plain/templates/blog/page.html --
<main>
{% if page.title %}
</main>
-- repo/site/themes/plain/templates/shortcodes/tabs.html --
<tabs>{{ inner | safe }}</tabs>
-- repo/site/content/en/yaml.md --
---
title: Platforms: a view
---
-- repo/site/content/en/key.md --
---
title: Key
wieght: 3
---
-- repo/site/content/en/unknown.md --
---
title: Unknown
---
{{< tasb >}}
-- repo/site/content/en/unclosed.md --
---
title: Unclosed
---
{{< tabs >}}
Text
-- repo/site/content/en/links.md --
---
title: Links
---
![Map](map.png)
[Key](kye.md)
[Key](key.md#nowhere)
-- repo/site/content/en/url.md --
---
title: Url
url: /key/
---
-- repo/site/content/en/alias.md --
---
title: Alias
aliases: [/links/]
---
-- repo/site/content/de/a.md --
---
title: A
---
-- repo/site/content/en/out.md -> ../../../../outside.md --
-- outside.md --
---
title: Outside
---
";

fn planted() -> Built {
    let site = Site::new(PLANTED);
    site.edit("repo/.git/HEAD", "ref: refs/heads/main\n");
    site.build()
}

const PLACES: [(&str, &str); 12] = [
    ("language-folder", "content/de:1:1"),
    ("alias-taken", "content/en/alias.md:3:11"),
    ("unknown-key", "content/en/key.md:3:1"),
    ("missing-image", "content/en/links.md:4:8"),
    ("dead-link", "content/en/links.md:5:7"),
    ("dead-fragment", "content/en/links.md:6:7"),
    ("symlink-outside", "content/en/out.md:1:1"),
    ("shortcode-unclosed", "content/en/unclosed.md:4:1"),
    ("shortcode-unknown", "content/en/unknown.md:4:5"),
    ("duplicate-path", "content/en/url.md:3:1"),
    ("front-matter-syntax", "content/en/yaml.md:2:17"),
    ("template-syntax", "themes/plain/templates/blog/page.html:4:1"),
];

#[test]
fn twelve_mistakes_come_out_in_one_run_sorted() {
    let built = planted();
    let found: Vec<(&str, String)> = built
        .run
        .diagnostics
        .iter()
        .filter(|found| found.code != Code::GitHistory)
        .map(|found| {
            let place = built.show(found).split(' ').next().unwrap_or_default().to_owned();
            assert!(!found.hints.is_empty(), "{} has no mend", found.code.as_str());
            (found.code.as_str(), place)
        })
        .collect();
    let expected: Vec<(&str, String)> = PLACES.iter().map(|(code, place)| (*code, (*place).to_owned())).collect();
    assert_eq!(found, expected);
    // What can be had is there all the same.
    for path in ["yaml/index.html", "unknown/index.html", "unclosed/index.html", "links/index.html", "alias/index.html"]
    {
        assert!(built.has(path), "{path}");
    }
    assert_eq!(built.run.summary.errors + built.run.summary.warnings, 12);
}

#[test]
fn text_shows_the_line_and_a_mark_and_json_is_one_object_a_line() {
    let built = planted();
    let sources = &built.run.snapshot.sources;
    let text = to_text(&built.run.diagnostics, sources, false);
    for (code, place) in PLACES {
        assert!(text.contains(&format!("[{code}]")), "{code} in {text}");
        assert!(text.contains(&format!("--> {place}")), "{place} in {text}");
    }
    let marked = "error[dead-link]: the link `kye.md` leads to no page or file\n --> content/en/links.md:5:7\n  |\n5 | [Key](kye.md)\n  |       ^^^^^^\n  |\n  = help: did you mean `/key/`?\n";
    assert!(text.contains(marked), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours unless asked for");
    let dead = built.run.diagnostics.iter().find(|found| found.code == Code::DeadLink).expect("a dead link");
    let json: serde_json::Value = serde_json::from_str(&to_json(dead, sources)).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!({
            "code": "dead-link", "severity": "error", "message": "the link `kye.md` leads to no page or file",
            "file": "content/en/links.md", "line": 5, "column": 7, "end_line": 5, "end_column": 13,
            "hints": ["did you mean `/key/`?"],
        })
    );
    let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "hints"]);
}

#[test]
fn a_template_that_fails_on_many_pages_is_told_once() {
    let built = build(
        "-- themes/plain/templates/odd/page.html --
{{ asset(path=\"none.css\") }}
-- content/en/odd/a.md --
---
title: A
---
-- content/en/odd/b.md --
---
title: B
---
",
    );
    assert_eq!(built.diagnostics().len(), 1, "{:#?}", built.diagnostics());
}

#[test]
fn a_site_sets_how_strict_it_is_and_where() {
    let text = "-- content/en/a.md --\n---\ntitle: A\n---\nthe the\n-- content/en/old/b.md --\n---\ntitle: B\n---\nthe the\n-- content/fr/old/b.md --\n---\ntitle: B\n---\nle le\n";
    for (rules, expected) in [
        ("{}", vec!["warning content/en/a.md", "warning content/en/old/b.md", "warning content/fr/old/b.md"]),
        ("{double-word: off}", vec![]),
        (
            "{double-word: error}",
            vec!["error content/en/a.md", "error content/en/old/b.md", "error content/fr/old/b.md"],
        ),
        ("{double-word: [{paths: [old/**], level: off}]}", vec!["warning content/en/a.md"]),
        (
            "{double-word: [{level: error}, {paths: [content/fr/**, a.md], level: note}]}",
            vec!["note content/en/a.md", "error content/en/old/b.md", "note content/fr/old/b.md"],
        ),
    ] {
        let built = build(&format!("-- site.yaml --\ncheck: {{rules: {rules}}}\n{text}"));
        let sources = &built.run.snapshot.sources;
        let found = built.run.diagnostics.iter().filter(|found| found.code == Code::DoubleWord);
        let shown: Vec<String> = found
            .map(|found| {
                let json: serde_json::Value = serde_json::from_str(&to_json(found, sources)).expect("JSON");
                format!("{} {}", found.severity().as_str(), json["file"].as_str().unwrap_or_default())
            })
            .collect();
        assert_eq!(shown, expected, "{rules}");
        let errors = shown.iter().filter(|line| line.starts_with("error")).count();
        assert_eq!(built.run.summary.errors, errors, "{rules}");
    }
}

/// The page of the handbook is made from the texts of `plenary explain`.
#[test]
fn the_handbook_explains_what_the_program_explains() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/en/handbook/reference/diagnostics.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let chapter = plenary::diag::chapter();
    let (start, end) = (page.find("## Configuration\n"), page.find("## When nothing can be done\n"));
    let (start, end) = (start.expect("the first chapter"), end.expect("the last one"));
    if std::env::var_os("PLENARY_UPDATE").is_some() {
        let text = format!("{}{chapter}\n{}", &page[..start], &page[end..]);
        std::fs::write(&path, text).expect("the page can be written");
        return;
    }
    let help = "write explanations into src/diag/explanations.md; PLENARY_UPDATE=1 cargo test handbook makes the page";
    assert_eq!(page[start..end].trim_end(), chapter.trim_end(), "{help}");
}

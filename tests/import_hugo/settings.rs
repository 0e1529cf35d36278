//! Hugo's configuration in `site.yaml`.

use crate::project::{Imported, imported};

/// `site.yaml` of a project that consists of `hugo.toml`, and the findings.
fn configured(toml: &str) -> (serde_yaml::Value, Imported) {
    let imported = imported(&format!("-- site/hugo.toml\n{toml}"));
    let site = serde_yaml::from_str(&imported.text("site.yaml")).expect("valid YAML");
    (site, imported)
}

/// Compares one key of `site.yaml` with YAML.
fn check(toml: &str, key: &str, expected: &str) {
    let (site, _) = configured(toml);
    let expected: serde_yaml::Value = serde_yaml::from_str(expected).expect("valid YAML");
    assert_eq!(site.get(key).cloned().unwrap_or_default(), expected, "`{key}` of\n{toml}");
}

#[test]
fn settings_find_their_place() {
    for (toml, key, expected) in [
        ("baseURL = 'https://example.org/'", "base_url", "https://example.org/"),
        ("BASEURL = 'https://example.org/'", "base_url", "https://example.org/"),
        ("defaultContentLanguage = 'pt-BR'", "default_language", "pt-br"),
        (
            "[languages.en]\nlanguageName = 'English'\nweight = 2\n[languages.fa]\nlanguageName = 'فارسی'\nlanguageDirection = 'rtl'\nweight = 1\ntitle = 'T'\n[languages.fa.params]\ndescription = 'D'\nx = 1",
            "languages",
            "{fa: {name: فارسی, title: T, description: D, direction: rtl, params: {x: 1}}, en: {name: English}}",
        ),
        (
            "disableLanguages = ['fr']\n[languages.en]\n[languages.fr]\n[languages.de]\ndisabled = true",
            "languages",
            "{en: {name: en}}",
        ),
        ("title = 'T'", "taxonomies", "[tags, categories]"),
        ("[taxonomies]\nproject = 'projects'\ntag = 'tags'", "taxonomies", "[projects, tags]"),
        ("disableKinds = ['taxonomy', 'term']", "taxonomies", "[]"),
        ("[permalinks]\nblog = '/:section/:slug/'", "permalinks", "{blog: '/:section/:slug/'}"),
        ("[permalinks.page]\nblog = '/:year/:slug/'", "permalinks", "{blog: '/:year/:slug/'}"),
        ("paginate = 5", "pagination", "{size: 5}"),
        ("[pagination]\npagerSize = 7\npath = 'p'", "pagination", "{size: 7, path: p}"),
        ("title = 'T'", "pagination", "{size: 10}"),
        (
            "[params]\ngithub_repo = 'https://github.com/a/b'\ngithub_branch = 'main'\ngithub_subdir = 'site'",
            "repository",
            "{url: 'https://github.com/a/b', branch: main, root: site}",
        ),
        (
            "[params.github]\nrepo = 'https://github.com/a/b'\nbranch = 'dev'",
            "repository",
            "{url: 'https://github.com/a/b', branch: dev}",
        ),
        (
            "[params]\nversion = '1.10'\nflag = true\nn = 3\n[params.ui]\nyes = 'no'",
            "params",
            "{version: '1.10', flag: true, n: 3, ui: {yes: 'no'}}",
        ),
        ("copyright = 'C'\n[params]\ncopyright = 'P'\nimages = ['/a.png']", "copyright", "C"),
        ("[params]\nimages = ['/a.png']", "image", "/a.png"),
        ("[markup.goldmark.extensions]\ntypographer = false", "markdown", "{smart_punctuation: false}"),
        ("[markup.goldmark.extensions.typographer]\ndisable = true", "markdown", "{smart_punctuation: false}"),
        ("[markup.highlight]\nlineNos = true", "highlight", "{line_numbers: true}"),
        ("[services.rss]\nlimit = 20", "feed_limit", "20"),
    ] {
        check(toml, key, expected);
    }
}

#[test]
fn menus_of_all_languages_become_one_with_labels() {
    let menus = "[[menu.main]]\nname = 'Docs'\nurl = '/docs/'\nweight = 10\n[[menu.main]]\nidentifier = 'more'\nname = 'More'\n\
                 [[menu.main]]\nname = 'Chat'\nurl = 'https://chat.example.org'\nparent = 'more'\n[[menu.main]]\nname = 'Blog'\nurl = 'blog/'";
    let expected = "{main: [{label: Docs, page: /docs/, weight: 10}, {label: More, children: [{label: Chat, url: 'https://chat.example.org'}]}, {label: Blog, page: /blog/}]}";
    check(menus, "menus", expected);
    let per_language = "[languages.en]\n[[languages.en.menus.main]]\npageRef = '/wgs'\nname = 'Groups'\n\
                        [languages.fr]\n[[languages.fr.menus.main]]\npageRef = '/wgs'\nname = 'Groupes'";
    check(per_language, "menus", "{main: [{label: {en: Groups, fr: Groupes}, page: /wgs/}]}");
}

#[test]
fn a_menu_entry_of_one_language_only_is_told() {
    let (_, imported) = configured(
        "[languages.en]\n[[languages.en.menus.main]]\nname = 'A'\nurl = '/a/'\n[languages.fr]\n[[languages.fr.menus.main]]\nname = 'B'\nurl = '/b/'\npre = '<i></i>'",
    );
    imported.finds("hugo.toml:2: this entry of the menu `main` is not in every language's menu");
    imported.finds("`pre` of a menu entry was left out");
}

#[test]
fn settings_without_counterpart_are_told_with_their_line() {
    let (_, imported) = configured(
        "title = 'T'\nuglyURLs = true\ndefaultContentLanguageInSubdir = true\nenableEmoji = false\nbaseUrll = 'x'\n[outputs]\nhome = ['HTML']\n\
         [languages.en]\npaginate = 3\n[markup.tableOfContents]\nendLevel = 4\n[markup.goldmark.renderer]\nunsafe = false\n[module]\n[[module.imports]]\npath = 'github.com/google/docsy'",
    );
    for line in [
        "hugo.toml:2: the setting `uglyURLs` has no counterpart",
        "hugo.toml:3: the default language stands at the root",
        "hugo.toml:5: the setting `baseUrll` is none that Hugo documents",
        "hugo.toml:6: the setting `outputs` has no counterpart",
        "hugo.toml:9: the setting `paginate` cannot differ by language",
        "hugo.toml:10: the setting `markup.tableofcontents` has no counterpart",
        "hugo.toml:13: raw HTML in Markdown, which Hugo left out, is published",
        "hugo.toml:16: the theme or module `github.com/google/docsy` stays behind",
    ] {
        imported.finds(line);
    }
    assert_eq!(imported.report.diagnostics.len(), 8, "{:#?}", imported.findings());
    assert_eq!(imported.report.themes, ["github.com/google/docsy"]);
}

#[test]
fn the_configuration_may_be_a_folder_in_three_formats() {
    let imported = imported(
        "-- site/config/_default/hugo.yaml\nbaseURL: https://staging.example.org/\ntitle: T\n\
         -- site/config/_default/languages.toml\n[en]\nlanguageName = 'English'\n[fr]\nlanguageName = 'Français'\n\
         -- site/config/_default/menus.fr.toml\n[[main]]\nname = 'Accueil'\npageRef = '/'\n\
         -- site/config/_default/menus.en.toml\n[[main]]\nname = 'Home'\npageRef = '/'\n\
         -- site/config/_default/params.json\n{\"a\": 1, \"b\": 2}\n\
         -- site/config/_default/permalinks.toml\nblog = '/b/:slug/'\n\
         -- site/config/production/hugo.toml\nbaseURL = 'https://example.org/'\n\
         -- site/config/production/params.toml\nb = 3\n\
         -- site/config/staging/hugo.toml\ntitle = 'Staging'\n",
    );
    let site = imported.text("site.yaml");
    for part in [
        "base_url: https://example.org/\n",
        "title: T\n",
        "name: Français",
        "label:\n      en: Home\n      fr: Accueil\n    page: /\n",
        "permalinks:\n  blog: /b/:slug/\n",
        "params:\n  a: 1\n  b: 3\n",
    ] {
        assert!(site.contains(part), "{part} is not in\n{site}");
    }
}

#[test]
fn a_configuration_that_cannot_be_read_is_told_and_the_rest_is_imported() {
    let imported = imported("-- site/hugo.toml\ntitle = \n-- site/content/a.md\nA\n");
    imported.finds("hugo.toml:1: this file was left out, as it cannot be read");
    assert!(imported.has("content/en/a.md"));
}

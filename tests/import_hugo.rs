//! The importer on whole projects, through its public door.
#![expect(clippy::disallowed_methods, reason = "tests make projects on disk and look at what was written")]

#[path = "import_hugo/project.rs"]
mod project;
#[path = "import_hugo/settings.rs"]
mod settings;

use plenary::import::{ImportError, Origin};
use project::{Imported, import, imported, write};
use std::fs;

#[test]
fn content_folders_by_language() {
    let en_at_top =
        "contentDir = 'content/en'\n[languages.en]\n[languages.fr]\ncontentDir = 'content/fr'\n[languages.ko]\n";
    let none_named = "[languages.en]\n[languages.fr]\n[languages.ko]\n";
    for toml in [en_at_top, none_named] {
        let imported = imported(&format!(
            "-- site/hugo.toml\n{toml}-- site/content/en/a.md\nEN\n-- site/content/fr/a.md\nFR\n-- site/content/ko/a.md\nKO\n-- site/content/de/egs/a.md\nDE\n"
        ));
        for (path, text) in [("en/a.md", "EN\n"), ("fr/a.md", "FR\n"), ("ko/a.md", "KO\n"), ("de/egs/a.md", "DE\n")] {
            assert_eq!(imported.text(&format!("content/{path}")), text, "{toml}");
        }
    }
    let neighbour =
        imported(&format!("-- site/hugo.toml\n{en_at_top}-- site/content/en/a.md\nEN\n-- site/content/de/a.md\nDE\n"));
    neighbour.finds("content/de: this folder belongs to no configured language");
}

#[test]
fn languages_by_file_name_and_in_capitals() {
    let imported = imported(
        "-- site/hugo.toml\n[languages.en]\n[languages.pt-BR]\nlanguageName = 'Português'\n\
         -- site/content/docs/a.md\nEN\n-- site/content/docs/a.pt-BR.md\nPT\n-- site/content/docs/a.b.md\nB\n",
    );
    assert!(imported.has("content/en/docs/a.md") && imported.has("content/en/docs/a.pt-br.md"));
    assert!(imported.has("content/en/docs/a.b.md"));
    let own_folder = "-- site/hugo.toml\n[languages.en]\ncontentDir = 'content'\n[languages.pt-BR]\ncontentDir = 'content/pt-BR'\n\
                      -- site/content/a.md\nEN\n-- site/content/pt-BR/a.md\nPT\n";
    let own_folder = project::imported(own_folder);
    assert_eq!(own_folder.text("content/pt-br/a.md"), "PT\n");
    assert!(own_folder.has("content/en/a.md") && !own_folder.has("content/en/pt-BR/a.md"));
}

#[test]
fn mounts_take_the_place_of_the_usual_folders() {
    let imported = imported(
        "-- site/hugo.toml\n[module]\n[[module.mounts]]\nsource = 'pages'\ntarget = 'content'\n[[module.mounts]]\nsource = '../papers/latest'\ntarget = 'content/paper'\n\
         [[module.mounts]]\nsource = 'fr'\ntarget = 'content'\nlang = 'fr'\n[[module.mounts]]\nsource = 'node_modules/x'\ntarget = 'assets/x'\n\
         -- site/pages/a.md\nA\n-- site/pages/papers -> ../../papers\n-- papers/latest/index.md\nP\n-- site/fr/a.md\nF\n-- site/content/old.md\nO\n-- site/static/s.txt\nS\n",
    );
    assert_eq!(imported.text("content/en/paper/index.md"), "P\n");
    assert!(imported.has("content/en/a.md") && imported.has("content/fr/a.md") && imported.has("static/s.txt"));
    assert!(!imported.has("content/en/old.md"));
    assert!(
        cfg!(not(unix)) || imported.has("content/en/papers/latest/index.md"),
        "the link leads to the mounted folder too"
    );
    imported.finds("the mount of `node_modules/x` was left out");
}

#[test]
fn files_are_copied_byte_for_byte() {
    let page = "---\r\ntitle: 2024\r\naliases: /old/\r\n---\r\n\r\n<b>raw</b> [^1]\r\n\r\n## A {#b}\r\n";
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "-- site/config.toml\ntitle = 'T'\n-- site/data/people.json\n[1]\n-- site/data/sub/x.csv\na,b\n-- site/archetypes/blog.md\n{{ .Date }}\n-- site/assets/x/charter.md\nC\n-- site/static/a b.txt\nS\n",
    );
    fs::create_dir_all(folder.path().join("site/content/a folder")).expect("a folder");
    fs::write(folder.path().join("site/content/a folder/my page.md"), page).expect("a file");
    fs::write(folder.path().join("site/content/a folder/x.png"), [0_u8, 255, 13, 10, 254]).expect("a file");
    let report = import(folder.path()).expect("an import");
    let imported = Imported { folder, report };
    assert_eq!(imported.text("content/en/a folder/my page.md"), page);
    assert_eq!(fs::read(imported.path("content/en/a folder/x.png")).ok(), Some(vec![0, 255, 13, 10, 254]));
    for path in ["data/people.json", "data/sub/x.csv", "archetypes/blog.md", "assets/x/charter.md", "static/a b.txt"] {
        assert!(imported.has(path), "{path}");
    }
    assert_eq!((imported.report.pages, imported.report.files_copied), (1, 7));
}

#[test]
fn static_folders_of_all_languages_are_one() {
    let imported = imported(
        "-- site/hugo.toml\nstaticDir = ['static', 'more']\n[languages.en]\nstaticDir = 'static-en'\n\
         -- site/static/a.txt\nA\n-- site/more/a.txt\nother\n-- site/more/b.txt\nB\n-- site/static-en/c.txt\nC\n",
    );
    assert_eq!(
        [imported.text("static/a.txt"), imported.text("static/b.txt"), imported.text("static/c.txt")],
        ["A\n", "B\n", "C\n"]
    );
    imported.finds("more/a.txt: another file became `static/a.txt` already");
}

#[test]
fn strings_in_three_forms() {
    for (file, text) in [
        (
            "en.toml",
            "[minutes]\none = '{{ .Count }} minute'\nother = '{{ .Count }} minutes'\n[hi]\ndescription = 'a greeting'\nother = 'Hi {{ .Name }}, {{.ReadingTime}}'\n",
        ),
        (
            "en.yaml",
            "- id: minutes\n  translation:\n    one: '{{ .Count }} minute'\n    other: '{{ . }} minutes'\n- id: hi\n  translation: 'Hi {{ .Name }}, {{ .ReadingTime }}'\n",
        ),
        (
            "en.json",
            "{\"minutes\": {\"one\": \"{{ .Count }} minute\", \"other\": \"{{ .Count }} minutes\"}, \"hi\": \"Hi {{ .Name }}, {{- .ReadingTime -}}\"}\n",
        ),
    ] {
        let imported = imported(&format!("-- site/hugo.toml\n-- site/i18n/{file}\n{text}"));
        let strings = imported.text("i18n/en.yaml");
        assert_eq!(
            strings, "minutes:\n  one: '{count} minute'\n  other: '{count} minutes'\nhi: Hi {name}, {reading_time}\n",
            "{file}"
        );
    }
}

#[test]
fn strings_with_template_code_are_told() {
    let imported = imported(
        "-- site/hugo.toml\n-- site/i18n/pt_BR.toml\nplain = 'text'\n[nav.top]\nother = '{{ if .X }}a{{ end }}'\n",
    );
    assert_eq!(imported.text("i18n/pt-br.yaml"), "plain: text\nnav.top: '{{ if .X }}a{{ end }}'\n");
    imported.finds("i18n/pt_BR.toml:3: `{{ if .X }}` is Go template code");
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_repository_only() {
    let imported = imported(
        "-- .git/HEAD\nref\n-- site/hugo.toml\n-- papers/v1/index.md\nP\n-- papers/v1/img/a.png\nI\n-- one.md\nONE\n\
         -- site/content/paper -> ../../papers/v1\n-- site/content/one.md -> ../../one.md\n-- site/content/two.md -> one.md\n\
         -- site/content/out -> /etc\n-- site/content/nowhere.md -> missing.md\n-- site/content/loop -> .\n-- site/content/self -> self\n",
    );
    assert_eq!(imported.text("content/en/paper/index.md"), "P\n");
    assert_eq!(imported.text("content/en/two.md"), "ONE\n");
    assert!(!imported.path("content/en/paper").is_symlink() && imported.has("content/en/paper/img/a.png"));
    assert_eq!(imported.report.links.len(), 3);
    for line in [
        "content/out: this link leads out of the repository",
        "content/nowhere.md: this link leads nowhere or in a circle",
        "content/loop: this link leads in a circle",
        "content/self: this link leads nowhere or in a circle",
    ] {
        imported.finds(line);
    }
}

#[test]
fn placeholders_for_links_are_links() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "-- site/hugo.toml\n-- papers/v1/index.md\nP\n-- charter.md\nC\n-- site/content/linked\n../../papers/v1\n-- site/content/CNAME\nexample.org\n-- site/content/notes.txt\n../../charter.md\n-- site/content/two.md\n../../charter.md\nmore\n",
    );
    fs::write(folder.path().join("site/content/paper"), "../../papers/v1").expect("a file");
    fs::write(folder.path().join("site/content/charter.md"), "../../charter.md").expect("a file");
    fs::write(folder.path().join("site/content/out.md"), "../../../../../../etc/hostname").expect("a file");
    let report = import(folder.path()).expect("an import");
    let imported = Imported { folder, report };
    assert_eq!(imported.text("content/en/paper/index.md"), "P\n");
    assert_eq!(imported.text("content/en/linked/index.md"), "P\n");
    assert_eq!(imported.text("content/en/charter.md"), "C\n");
    // Neither a path nor alone, of another kind, or out of the repository: the file's own text.
    assert_eq!(imported.text("content/en/CNAME"), "example.org\n");
    assert_eq!(imported.text("content/en/notes.txt"), "../../charter.md\n");
    assert_eq!(imported.text("content/en/two.md"), "../../charter.md\nmore\n");
    assert!(imported.has("content/en/out.md"));
    assert_eq!(imported.report.links.iter().filter(|link| link.placeholder).count(), 3);
}

#[test]
fn shortcodes_are_the_themes_translated_or_stubs() {
    let imported = imported(
        "-- site/hugo.toml\n-- site/layouts/shortcodes/note.html\n<p class=\"{{ .Get \"kind\" | default \"tip\" }}\">{{ .Inner | markdownify }}</p>\n\
         -- site/layouts/shortcodes/ui/chart.html\n{{ range .Site.Data.people }}{{ .name }}{{ end }}\n-- site/layouts/shortcodes/figure.html\n{{ partial \"x\" . }}\n\
         -- site/layouts/partials/head.html\n<head>\n-- site/layouts/shortcodes/note.fr.html\nx\n\
         -- site/content/a.md\nText {{< alert >}}x{{< /alert >}}\n{{< note kind=\"x\" >}}a{{< /note >}}\n{{</* ghost */>}}\n\n{{% box %}}\nb\n{{% /box %}}\n{{<gallery>}}\n{{< ui/chart >}}\n",
    );
    let of = |name: &str| imported.report.shortcodes.iter().find(|shortcode| shortcode.name == name);
    let origin = |name: &str| of(name).map(|shortcode| shortcode.origin);
    assert_eq!(origin("alert"), Some(Origin::Theme));
    assert_eq!(origin("note"), Some(Origin::Translated));
    assert_eq!(
        (origin("ui/chart"), origin("box"), origin("gallery")),
        (Some(Origin::Stub), Some(Origin::Stub), Some(Origin::Stub))
    );
    assert_eq!((origin("ghost"), origin("figure")), (None, Some(Origin::Theme)));
    assert_eq!(of("box").map(|shortcode| shortcode.uses[0].line), Some(5));

    let template = |name: &str| imported.text(&format!("themes/tag/templates/shortcodes/{name}.html"));
    assert!(template("note").contains("{{ inner | default(value=\"\") | safe }}"), "{}", template("note"));
    assert!(template("box").contains("{{ inner"), "{}", template("box"));
    // Without a closing tag anywhere, `inner` would make the builder ask for one.
    assert!(!template("gallery").contains("{{ inner"), "{}", template("gallery"));
    assert!(template("ui/chart").contains("not translated: `range`"), "{}", template("ui/chart"));
    assert!(template("alert").starts_with("no file") && template("figure").starts_with("no file"));

    imported.finds("content/a.md: the shortcode `gallery` is a stub");
    imported.finds(
        "layouts/shortcodes/figure.html: the shortcode `figure` is the theme's and not the project's own: `partial`",
    );
    assert_eq!(imported.report.layouts, ["layouts/partials/head.html", "layouts/shortcodes/note.fr.html"]);
    assert!(
        imported.text("IMPORT.md").contains("`box`: stub, used 1 time: content/a.md:5"),
        "{}",
        imported.text("IMPORT.md")
    );
}

#[test]
fn importing_again_keeps_what_a_person_changed() {
    let mut imported = imported(
        "-- site/hugo.toml\ntitle = 'T'\n-- site/content/a.md\nA\n-- site/content/b.md\nB\n-- site/content/c.md\nC\n-- site/content/sub/d.md\nD\n",
    );
    let site = imported.folder.path().join("site/content");
    fs::write(imported.path("content/en/a.md"), "mine").expect("a file");
    fs::write(imported.path("content/en/new.md"), "mine").expect("a file");
    fs::write(site.join("a.md"), "A2\n").expect("a file");
    fs::write(site.join("b.md"), "B2\n").expect("a file");
    fs::remove_file(site.join("sub/d.md")).expect("a file");
    for _ in 0..2 {
        imported.again();
        assert_eq!(imported.text("content/en/a.md"), "mine");
        assert_eq!(imported.text("content/en/new.md"), "mine");
        assert_eq!(imported.text("content/en/b.md"), "B2\n");
        assert!(!imported.path("content/en/sub").exists());
        assert_eq!(imported.report.left_alone, ["content/en/a.md"]);
    }
    assert_eq!(imported.report.unchanged, 3);
}

#[test]
fn two_imports_of_one_project_are_the_same() {
    let files = "-- site/hugo.toml\ntitle = 'T'\ntheme = 'docsy'\n-- site/content/a.md\n{{< x >}}\n-- site/i18n/en.toml\na = 'b'\n";
    let (one, two) = (imported(files), imported(files));
    for path in ["IMPORT.md", "site.yaml", ".plenary-import"] {
        assert_eq!(one.text(path), two.text(path));
    }
    assert_eq!(one.report.to_json_lines(), two.report.to_json_lines());
    assert!(one.report.to_json_lines().trim_end().lines().last().is_some_and(|line| line.starts_with("{\"summary\":")));
}

#[test]
fn the_call_may_be_at_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(import(folder.path()), Err(ImportError::NoProject(_))));
    write(folder.path(), "-- site/readme.md\nx\n");
    let error = import(folder.path()).expect_err("no project");
    assert!(error.to_string().contains("is no Hugo project"), "{error}");
    write(folder.path(), "-- site/hugo.toml\n-- out/mine.txt\nx\n");
    let error = import(folder.path()).expect_err("foreign files");
    assert!(error.to_string().contains("holds files that no import wrote"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("out/mine.txt")).ok().as_deref(), Some("x\n"));
}

//! Mounts, symbolic links, and what git knows of each page.

use super::support::{Site, build, lines};
use std::process::Command;

#[test]
fn a_mount_brings_a_folder_from_elsewhere() {
    let site = Site::new(
        "-- site/site.yaml --
mounts:
  - {source: ../papers/platforms/latest, target: en/papers/platforms}
  - {source: ../README.md, target: en/readme.md}
-- papers/platforms/latest/index.md --
---
title: Platforms
---
![Map](map.avif) [Other](../other.md) [Read](/readme.md)
-- papers/platforms/latest/map.avif --
png
-- README.md --
---
title: Read me
---
-- site/content/en/papers/other.md --
---
title: Other
---
[Platforms](platforms/index.md)
",
    );
    site.edit(".git/HEAD", "ref: refs/heads/main\n");
    let built = site.build().clean();
    assert!(built.has("papers/platforms/map.avif"), "{:?}", built.paths());
    let html = built.html("papers/platforms/index.html");
    for part in ["src=\"/papers/platforms/map.avif\"", "href=\"/papers/other/\"", "href=\"/readme/\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(built.html("papers/other/index.html").contains("href=\"/papers/platforms/\""));
}

#[test]
fn a_mount_that_is_not_there_or_outside_is_an_error() {
    for source in ["../outside", "missing"] {
        let site = Site::new(&format!(
            "-- repo/site.yaml --\nmounts: [{{source: {source}, target: en/x}}]\n-- outside/a.md --\n---\ntitle: A\n---\n"
        ));
        site.edit("repo/.git/HEAD", "ref: refs/heads/main\n");
        let built = site.build();
        assert_eq!(
            built.diagnostics(),
            [format!(
                "site.yaml:1:19 mount-source the mount's source `{source}` does not exist inside the repository | name a folder relative to `site.yaml`, inside the same repository"
            )]
        );
        assert!(!built.has("x/a/index.html"));
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_inside_the_repository_only() {
    let site = Site::new(
        "-- repo/site/site.yaml --
languages: {en: {name: English}}
-- repo/papers/index.md --
---
title: Paper
---
![Map](map.avif)
-- repo/papers/map.avif --
png
-- repo/one.md --
---
title: One
---
-- outside/secret.md --
---
title: Secret
---
-- repo/site/content/en/paper -> ../../../papers --
-- repo/site/content/en/one.md -> ../../../one.md --
-- repo/site/content/en/out -> ../../../../outside --
-- repo/site/content/en/passwd.md -> /etc/passwd --
-- repo/site/content/en/nowhere.md -> missing.md --
-- repo/site/content/en/loop -> . --
-- repo/site/content/en/self -> self --
-- repo/site/static/out.txt -> ../../../outside/secret.md --
",
    );
    site.edit("repo/.git/HEAD", "ref: refs/heads/main\n");
    let built = site.build();
    for path in ["paper/index.html", "paper/map.avif", "one/index.html"] {
        assert!(built.has(path), "{path} in {:?}", built.paths());
    }
    assert!(!built.outputs.values().any(|bytes| String::from_utf8_lossy(bytes).contains("Secret")));
    let out = "move the target into the repository and link to it there";
    let broken = "point the link at an existing file or folder, or remove it";
    assert_eq!(
        built.diagnostics(),
        [
            "content/en/loop:1:1 symlink-broken the symbolic link leads in a circle, to `.` | remove the link"
                .to_owned(),
            format!(
                "content/en/nowhere.md:1:1 symlink-broken the symbolic link leads to `missing.md`, which does not exist | {broken}"
            ),
            format!(
                "content/en/out:1:1 symlink-outside the symbolic link leads out of the repository, to `../../../../outside` | {out}"
            ),
            format!(
                "content/en/passwd.md:1:1 symlink-outside the symbolic link leads out of the repository, to `/etc/passwd` | {out}"
            ),
            format!(
                "content/en/self:1:1 symlink-broken the symbolic link leads to `self`, which does not exist | {broken}"
            ),
            format!(
                "static/out.txt:1:1 symlink-outside the symbolic link leads out of the repository, to `../../../outside/secret.md` | {out}"
            ),
        ]
    );
}

#[cfg(unix)]
#[test]
fn two_links_to_each_other_end() {
    let built = build(
        "-- content/en/a/x.md --
---
title: X
---
-- content/en/b/y.md --
---
title: Y
---
-- content/en/a/to-b -> ../b --
-- content/en/b/to-a -> ../a --
",
    );
    assert!(built.has("a/x/index.html") && built.has("a/to-b/y/index.html"), "{:?}", built.paths());
    assert!(built.diagnostics().iter().all(|line| line.contains("leads in a circle")), "{:?}", built.diagnostics());
}

/// A repository with a site in a folder, and pages by every way that a page can come.
const REPOSITORY: &str = "-- website/site.yaml --
repository: {url: https://github.com/org/repo, branch: main}
mounts: [{source: ../papers/latest, target: en/mounted}]
-- website/content/en/plain.md --
---
title: Plain
---
-- website/content/en/own.md --
---
title: Own
lastmod: 2020-02-02
---
-- website/content/en/linked.md -> ../../../charter.md --
-- charter.md --
---
title: Charter
---
-- papers/latest/index.md --
---
title: Mounted
---
";

const FACTS: &str = "modified {{ page.modified or 0 }}
commit {{ page.commit?.short | default(value=\"\") | length }} {{ page.commit?.url or 0 }}
edit {{ page.edit_url or 0 }}
history {{ page.history_url or 0 }}
issue {{ page.issue_url or 0 }}
translate {{ page.translate_url or 0 }}";

#[cfg(unix)]
#[test]
fn dates_and_links_point_at_the_true_file() {
    let site = Site::new(REPOSITORY).main(FACTS);
    site.commit("2024-03-01T12:00:00+00:00");
    site.edit("charter.md", "---\ntitle: Charter\n---\nChanged.\n");
    site.commit("2024-04-05T23:30:00-05:00");
    let built = site.build().clean();
    for (path, file, date) in [
        ("plain/index.html", "website/content/en/plain.md", "2024-03-01"),
        // The front matter wins over git.
        ("own/index.html", "website/content/en/own.md", "2020-02-02"),
        ("linked/index.html", "charter.md", "2024-04-05"),
        ("mounted/index.html", "papers/latest/index.md", "2024-03-01"),
        ("fr/plain/index.html", "website/content/en/plain.md", "2024-03-01"),
        ("fr/mounted/index.html", "papers/latest/index.md", "2024-03-01"),
    ] {
        let html = built.html(path);
        let line =
            |name: &str| lines(&html, name).first().map(|line| line[name.len() + 1..].to_owned()).expect("a line");
        assert_eq!(line("modified"), date, "{path}");
        assert!(line("commit").starts_with("7 https://github.com/org/repo/commit/"), "{path}: {html}");
        assert_eq!(line("edit"), format!("https://github.com/org/repo/edit/main/{file}"), "{path}");
        assert_eq!(line("history"), format!("https://github.com/org/repo/commits/main/{file}"), "{path}");
        let issue = line("issue");
        let language = if path.starts_with("fr/") { "%28fr%29" } else { "%28en%29" };
        let page = path.trim_end_matches("index.html").replace('/', "%2F");
        let name = file.rsplit('/').next().expect("a name").replace('.', "%2E");
        for part in ["https://github.com/org/repo/issues/new?title=", language, &page, &name] {
            assert!(issue.contains(part), "{part} in {issue}");
        }
    }
    let translate = |path: &str| built.html(path).lines().last().unwrap_or_default().to_owned();
    assert_eq!(translate("plain/index.html"), "translate 0");
    assert_eq!(
        translate("fr/plain/index.html"),
        "translate https://github.com/org/repo/new/main/website/content/fr?filename=plain%2Emd"
    );
    assert_eq!(
        translate("fr/mounted/index.html"),
        "translate https://github.com/org/repo/new/main/website/content/fr/mounted?filename=index%2Emd"
    );
}

#[test]
fn gitlab_has_addresses_of_its_own() {
    let site = Site::new(
        "-- site.yaml --
repository: {url: https://gitlab.com/org/repo/, branch: trunk, root: docs}
-- content/en/a.md --
---
title: A
---
",
    );
    let html = site.main(FACTS).build().clean().html("a/index.html");
    assert_eq!(lines(&html, "edit"), ["edit https://gitlab.com/org/repo/-/edit/trunk/docs/content/en/a.md"]);
    assert_eq!(lines(&html, "history"), ["history https://gitlab.com/org/repo/-/commits/trunk/docs/content/en/a.md"]);
    assert!(html.contains("https://gitlab.com/org/repo/-/issues/new?issue[title]="), "{html}");
}

#[test]
fn without_a_repository_setting_there_are_no_links() {
    let html =
        Site::new("-- content/en/a.md --\n---\ntitle: A\n---\n").main(FACTS).build().clean().html("a/index.html");
    assert_eq!(html, "modified 0\ncommit 0 0\nedit 0\nhistory 0\nissue 0\ntranslate 0");
}

fn notes(site: &Site) -> Vec<String> {
    let built = site.build();
    let all: Vec<String> = built.run.diagnostics.iter().map(|found| built.show(found)).collect();
    all.into_iter().filter(|line| line.contains("git-history")).collect()
}

#[test]
fn a_missing_or_shallow_history_is_said_once() {
    let files = "-- content/en/a.md --\n---\ntitle: A\n---\n-- content/en/b.md --\n---\ntitle: B\n---\n";
    let site = Site::new(files).main(FACTS);
    assert_eq!(notes(&site), ["git-history the site is in no git repository, so dates of last change are left out"]);
    site.commit("2024-01-01T00:00:00Z");
    assert_eq!(notes(&site), [] as [&str; 0]);
    site.edit("content/en/b.md", "---\ntitle: B\n---\nNew.\n");
    site.commit("2024-02-01T00:00:00Z");
    let shallow = Site::new("");
    std::fs::remove_dir_all(shallow.top()).expect("a folder");
    let source = format!("file://{}", site.top().display());
    let clone = Command::new("git")
        .args(["clone", "-q", "--depth=1", &source])
        .arg(shallow.top())
        .env_remove("GIT_DIR")
        .status()
        .expect("git");
    assert!(clone.success());
    assert_eq!(
        notes(&shallow),
        [
            "git-history the clone is shallow, so pages that changed before it have no date of last change | fetch the whole history: `git fetch --unshallow`"
        ]
    );
    let built = shallow.build();
    assert!(built.html("a/index.html").starts_with("modified 0"), "{}", built.html("a/index.html"));
}

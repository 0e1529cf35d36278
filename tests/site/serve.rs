//! The server over real sockets.

use super::support::Site;
use plenary::serve::{Batch, Keeper, State, Watch, bind, without_reload};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

const FILES: &str = "-- site.yaml --
base_url: https://example.org/docs/
-- content/en/_index.md --
---
title: Home
---
Welcome.
-- content/en/guide/a.md --
---
title: A
aliases: [/old/a/]
---
Text of A.
-- content/en/guide/b.md --
---
title: B
---
Text of B.
-- static/numbers.txt --
0123456789
-- static/style.css --
a {}
-- static/_headers --
/docs/guide/*
  X-Guide: yes
-- themes/plain/templates/404.html --
<html lang=\"{{ lang }}\"><body>not here</body></html>
";

/// A server at work, ended when it is dropped.
struct Served {
    site: Site,
    keeper: Keeper,
    server: Arc<State>,
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn new(files: &str) -> Self {
        let site = Site::new(files);
        let server = Arc::new(State::default());
        let mut keeper = Keeper::new(site.options.clone(), server.clone());
        keeper.rebuild(false, &Arc::default());
        let socket = bind("127.0.0.1:0".parse().expect("an address")).expect("a socket");
        let address = socket.address().expect("an address");
        let (end, ended) = oneshot::channel();
        let of = server.clone();
        let thread = std::thread::spawn(move || {
            let ended = async { drop(ended.await) };
            socket.run(&of, ended).expect("a clean end");
        });
        Self { site, keeper, server, address, end: Some(end), thread: Some(thread) }
    }

    /// Edits a file and rebuilds as after the event of it.
    fn edit(&mut self, path: &str, text: &str) {
        self.site.edit(path, text);
        let path = self.site.top().canonicalize().expect("a folder").join(path);
        self.keeper.note(&Batch { paths: vec![path], ..Batch::default() });
        self.keeper.rebuild(false, &Arc::default());
    }

    fn send(&self, request: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        let host = if request.to_lowercase().contains("host:") { "" } else { "Host: localhost\r\n" };
        write!(stream, "{}\r\n{host}Connection: close\r\n\r\n", request.replace('\n', "\r\n")).expect("a request");
        BufReader::new(stream)
    }

    /// Sends a request line, and headers on the lines after it.
    fn ask(&self, request: &str) -> Response {
        let mut bytes = vec![];
        self.send(request).read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Response { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Response {
        self.ask(&format!("GET {path} HTTP/1.1"))
    }

    /// The stream of a page that was loaded as it is now.
    fn listen(&self, path: &str) -> BufReader<TcpStream> {
        let body = self.get(path).body;
        let state = body.split("data-plenary-page=\"").nth(1).and_then(|rest| rest.split('"').next());
        let state = state.expect("a state");
        let mut stream = self.send(&format!("GET /.plenary/events?path={path}&state={state} HTTP/1.1"));
        let mut line = String::new();
        while stream.read_line(&mut line).expect("a head") > 2 {
            line.clear();
        }
        stream
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.end.take().map(|end| end.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The name and data of the next event. Chunks and their lengths come between the lines.
fn event(stream: &mut BufReader<TcpStream>) -> (String, String) {
    let mut name = String::new();
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).expect("an event") > 0, "the stream has ended");
        if let Some(rest) = line.strip_prefix("event: ") {
            rest.trim().clone_into(&mut name);
        } else if let Some(data) = line.strip_prefix("data: ") {
            return (name, data.trim().to_owned());
        }
    }
}

#[test]
fn what_is_served_is_what_build_writes() {
    let served = Served::new(FILES);
    assert_eq!(differing(&served), Vec::<String>::new());
    let page = served.get("/docs/guide/a/").body;
    assert_ne!(page, without_reload(&page), "it has no tag");
}

/// The outputs of a clean build that are not served as they are.
fn differing(served: &Served) -> Vec<String> {
    let built = served.site.build();
    let shown = built.outputs.iter().filter(|(path, _)| !matches!(path.as_str(), "_headers" | "_redirects"));
    let differs = |(path, bytes): &(&String, &Vec<u8>)| {
        let answer = served.get(&format!("/docs/{path}"));
        answer.status != 200 || without_reload(&answer.body) != String::from_utf8_lossy(bytes)
    };
    shown.filter(differs).map(|(path, _)| path.clone()).collect()
}

#[test]
fn pages_files_and_what_is_not_there() {
    let served = Served::new(FILES);
    for (path, status, found) in [
        ("/docs/", 200, "Welcome."),
        ("/docs/guide/a/", 200, "Text of A."),
        ("/docs/numbers.txt", 200, "0123456789"),
        ("/docs/nothing/", 404, "<html lang=\"en\">"),
        ("/docs/fr/nothing/", 404, "<html lang=\"fr\">"),
        ("/elsewhere/", 404, "<html lang=\"en\">"),
        ("/docs/_headers", 404, "not here"),
        ("/docs/.plenary-manifest", 404, "not here"),
        ("/.git/config", 404, "not here"),
        ("/docs/../site.yaml", 400, ""),
        ("/docs/%2e%2e/site.yaml", 400, ""),
        ("/docs/..%5csite.yaml", 400, ""),
        ("/.plenary/reload.js", 200, "EventSource"),
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(found), "{path}: {}", answer.body);
    }
    for (path, wanted) in [("/docs/guide/a", "/docs/guide/a/"), ("/", "/docs/"), ("/docs/old/a/", "/docs/guide/a/")] {
        let answer = served.get(path);
        match answer.header("Location") {
            Some(location) => assert_eq!(location, wanted, "{path}"),
            None => assert!(answer.body.contains(wanted), "{path}: {}", answer.body),
        }
    }
    assert_eq!(served.get("/docs/guide/a?x=1").header("Location"), Some("/docs/guide/a/?x=1"));
}

#[test]
fn headers_types_and_parts() {
    let served = Served::new(FILES);
    for (path, media_type) in [
        ("/docs/", "text/html; charset=utf-8"),
        ("/docs/style.css", "text/css; charset=utf-8"),
        ("/docs/sitemap.xml", "text/xml; charset=utf-8"),
    ] {
        assert_eq!(served.get(path).header("Content-Type"), Some(media_type), "{path}");
    }
    let page = served.get("/docs/guide/a/");
    assert_eq!((page.header("X-Guide"), served.get("/docs/").header("X-Guide")), (Some("yes"), None));
    let tag = page.header("ETag").expect("a tag").to_owned();
    let same = served.ask(&format!("GET /docs/guide/a/ HTTP/1.1\nIf-None-Match: \"x\", {tag}"));
    assert_eq!((same.status, same.body.as_str(), same.header("ETag")), (304, "", Some(tag.as_str())));
    assert_eq!(served.ask("GET /docs/guide/a/ HTTP/1.1\nIf-None-Match: \"x\"").status, 200);
    let head = served.ask("HEAD /docs/guide/a/ HTTP/1.1");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("Content-Length"), Some(page.body.len().to_string().as_str()));
    for (range, status, body, content_range) in [
        ("bytes=2-4", 206, "234", Some("bytes 2-4/11")),
        ("bytes=8-", 206, "89\n", Some("bytes 8-10/11")),
        ("bytes=-3", 206, "89\n", Some("bytes 8-10/11")),
        ("bytes=99-", 416, "There is no such range.\n", Some("bytes */11")),
        ("bytes=0-1, 4-5", 200, "0123456789\n", None),
        ("lines=1-2", 200, "0123456789\n", None),
    ] {
        let answer = served.ask(&format!("GET /docs/numbers.txt HTTP/1.1\nRange: {range}"));
        let found = (answer.status, answer.body.as_str(), answer.header("Content-Range"));
        assert_eq!(found, (status, body, content_range), "{range}");
    }
    let changed = served.ask("GET /docs/numbers.txt HTTP/1.1\nRange: bytes=2-4\nIf-Range: \"old\"");
    assert_eq!((changed.status, changed.body.as_str()), (200, "0123456789\n"));
}

#[test]
fn foreign_names_and_other_methods_are_refused() {
    let served = Served::new(FILES);
    for (request, status) in [
        ("GET /docs/ HTTP/1.1\nHost: evil.example", 421),
        ("GET /docs/ HTTP/1.1\nHost: localhost.evil.example:80", 421),
        ("GET /.plenary/events?path=/docs/ HTTP/1.1\nHost: evil.example", 421),
        ("GET /docs/ HTTP/1.1\nHost: 127.0.0.1:1313", 200),
        ("POST /docs/ HTTP/1.1", 405),
    ] {
        assert_eq!(served.ask(request).status, status, "{request}");
    }
}

#[test]
fn a_taken_port_gives_the_next_one() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = taken.local_addr().expect("an address");
    let socket = bind(address).expect("another port");
    assert!(socket.address().expect("an address").port() > address.port());
}

#[test]
fn an_edit_reloads_the_pages_whose_bytes_changed() {
    let mut served = Served::new(FILES);
    let (mut a, mut b) = (served.listen("/docs/guide/a/"), served.listen("/docs/guide/b/"));
    served.edit("content/en/guide/a.md", "---\ntitle: A\n---\nOther text.\n");
    assert_eq!(event(&mut a), ("reload".into(), "null".into()));
    assert!(served.get("/docs/guide/a/").body.contains("Other text."));
    // The other page heard nothing of it: this is the first that it hears.
    served.edit("static/style.css", "a { color: red }");
    let (name, data) = event(&mut b);
    assert_eq!(name, "files");
    assert!(data.contains("/docs/style.css"), "{data}");
}

#[test]
fn a_page_that_changed_before_it_listened_is_told_at_once() {
    let mut served = Served::new(FILES);
    served.edit("content/en/guide/a.md", "---\ntitle: A\n---\nOther text.\n");
    let mut stream = served.send("GET /.plenary/events?path=/docs/guide/a/&state=old HTTP/1.1");
    assert_eq!(event(&mut stream).0, "reload");
}

#[test]
fn the_page_for_missing_pages_is_not_reloaded_for_ever() {
    let mut served = Served::new(FILES);
    let mut missing = served.listen("/docs/new/");
    served.edit("content/en/new.md", "---\ntitle: New\n---\n");
    assert_eq!(event(&mut missing).0, "reload");
    let mut there = served.listen("/docs/new/");
    served.edit("content/en/guide/a.md", "---\ntitle: Z\n---\n");
    served.edit("content/en/new.md", "---\ntitle: Newer\n---\n");
    assert_eq!(event(&mut there).0, "reload");
}

#[test]
fn broken_settings_and_templates_leave_the_last_good_site() {
    let mut served = Served::new(FILES);
    let good = served.get("/docs/guide/a/").body;
    let settings = std::fs::read_to_string(served.site.path("site.yaml")).expect("settings");
    let template = "themes/plain/templates/page.html";
    let page = std::fs::read_to_string(served.site.path(template)).expect("a template");
    let mut stream = served.listen("/docs/guide/a/");
    for (path, broken, whole, code) in
        [("site.yaml", "languages: [", settings.as_str(), "site.yaml"), (template, "{{ page.", &page, "page.html")]
    {
        served.edit(path, broken);
        let (name, data) = event(&mut stream);
        assert_eq!(name, "problems");
        assert!(data.contains(code), "{data}");
        assert!(data.contains(served.server.problems().lines().next().expect("a line")), "{data}");
        assert_eq!(served.get("/docs/guide/a/").body, good, "{path}");
        served.edit(path, whole);
        assert_eq!(event(&mut stream), ("problems".into(), "\"\"".into()), "{path}");
    }
}

#[test]
fn a_page_whose_template_fails_stays_as_it_was() {
    let mut served = Served::new(FILES);
    let good = served.get("/docs/guide/a/").body;
    served.edit("themes/plain/templates/page.html", "{{ page.none.below }}");
    assert_eq!(served.get("/docs/guide/a/").body, good);
    let never_seen = served.get("/docs/guide/b/");
    assert_eq!(never_seen.status, 500);
    assert!(never_seen.body.contains("page.html"), "{}", never_seen.body);
}

#[test]
fn a_site_that_begins_broken_is_served_when_it_is_mended() {
    let mut served = Served::new("-- site.yaml --\nlanguages: [\n-- content/en/_index.md --\n---\ntitle: Home\n---\n");
    assert_ne!(served.server.problems(), "");
    served.edit(
        "site.yaml",
        "base_url: https://example.org/\ntitle: Mended\ntheme: plain\nlanguages: {en: {name: English}}\n",
    );
    assert_eq!(served.server.problems(), "");
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn a_site_that_is_broken_from_the_beginning_follows_edits_all_the_same() {
    let mut served = Served::new(&format!("{FILES}-- themes/plain/templates/other.html --\n{{{{ page.\n"));
    assert_ne!(served.server.problems(), "");
    served.edit("content/en/guide/a.md", "---\ntitle: A\n---\nOther text.\n");
    assert!(served.get("/docs/guide/a/").body.contains("Other text."));
}

/// Rebuilds as the command does, until a page shows what is wanted.
fn until(served: &mut Served, watch: &mut Watch, path: &str, wanted: &str) {
    for _ in 0..50 {
        if served.get(path).body.contains(wanted) {
            return;
        }
        let told = served.server.told().expect("a site");
        watch.follow(&told.snapshot.sources, &told.snapshot.config);
        let batch = watch.wait().expect("an event");
        served.keeper.note(&batch);
        served.keeper.rebuild(false, &Arc::default());
    }
    panic!("{path} never showed {wanted}");
}

#[test]
fn saves_of_every_kind_are_seen() {
    let mut served = Served::new(FILES);
    let mut watch = Watch::new(&served.site.options.root).expect("a watch");
    let page = |text: &str| format!("---\ntitle: A\n---\n{text}\n");
    let a = "/docs/guide/a/";
    served.site.edit("content/en/guide/a.md", page("Written over."));
    until(&mut served, &mut watch, a, "Written over.");
    // As many editors save: beside the file, then over it.
    served.site.edit("content/en/guide/.a.md.swp", page("Renamed over."));
    let (from, to) = (served.site.path("content/en/guide/.a.md.swp"), served.site.path("content/en/guide/a.md"));
    std::fs::rename(from, &to).expect("a rename");
    until(&mut served, &mut watch, a, "Renamed over.");
    // The old file is moved away before the new one is written.
    std::fs::rename(&to, served.site.path("content/en/guide/a.md~")).expect("a rename");
    served.site.edit("content/en/guide/a.md", page("Written anew."));
    until(&mut served, &mut watch, a, "Written anew.");
    served.site.edit("content/en/deep/er/new.md", page("In a new folder."));
    until(&mut served, &mut watch, "/docs/deep/er/new/", "In a new folder.");
    std::fs::remove_dir_all(served.site.path("content/en/deep")).expect("a folder");
    until(&mut served, &mut watch, "/docs/deep/er/new/", "not here");
    std::fs::remove_dir_all(served.site.path("content")).expect("a folder");
    until(&mut served, &mut watch, a, "not here");
    served.site.edit("content/en/guide/a.md", page("Back again."));
    until(&mut served, &mut watch, a, "Back again.");
    served.site.edit("content/en/guide/a.md", page("And watched again."));
    until(&mut served, &mut watch, a, "And watched again.");
    served.site.edit("i18n/en.yaml", "more: More\n");
    served.site.edit("site.yaml", "base_url: https://example.org/docs/\ntitle: T\ntheme: plain\nlanguages: {en: {name: English}}\nmounts: [{source: papers, target: en/papers}]\n");
    served.site.edit("papers/p.md", page("Mounted."));
    until(&mut served, &mut watch, "/docs/papers/p/", "Mounted.");
    served.site.edit("papers/p.md", page("Mounted and edited."));
    until(&mut served, &mut watch, "/docs/papers/p/", "Mounted and edited.");
}

#[test]
fn half_a_save_is_not_shown() {
    let mut served = Served::new(FILES);
    let mut watch = Watch::new(&served.site.options.root).expect("a watch");
    let path = served.site.path("content/en/guide/a.md");
    let mut file = std::fs::File::create(path).expect("a file");
    file.write_all(b"---\ntitle: A\n---\nThe first half, ").and_then(|()| file.flush()).expect("a write");
    // Another save makes the site anew while this one is not at its end.
    served.site.edit("content/en/guide/b.md", "---\ntitle: B\n---\nAnother save.\n");
    until(&mut served, &mut watch, "/docs/guide/b/", "Another save.");
    #[cfg(target_os = "linux")]
    assert!(served.get("/docs/guide/a/").body.contains("Text of A."), "half a page was shown");
    file.write_all(b"and the second.\n").expect("a write");
    drop(file);
    until(&mut served, &mut watch, "/docs/guide/a/", "The first half, and the second.");
}

#[test]
fn another_branch_is_served_as_it_is_built() {
    let git = |site: &Site, arguments: &[&str]| {
        let done = std::process::Command::new("git").arg("-C").arg(site.top()).args(arguments).output().expect("git");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let mut served = Served::new(FILES);
    served.site.commit("2024-05-01T00:00:00Z");
    git(&served.site, &["checkout", "-q", "-b", "other"]);
    for number in 0..40 {
        let page = format!("---\ntitle: Page {number}\n---\nSee [a](a.md).\n");
        served.site.edit(&format!("content/en/guide/page-{number}.md"), page);
    }
    served.site.edit("content/fr/guide/a.md", "---\ntitle: A\n---\nTexte de A.\n");
    served.site.remove("content/en/guide/b.md");
    served.site.edit("static/numbers.txt", "9876543210\n");
    served.site.edit("themes/plain/templates/404.html", "<html lang=\"{{ lang }}\"><body>nothing here</body></html>\n");
    served.site.commit("2024-05-02T00:00:00Z");
    git(&served.site, &["checkout", "-q", "main"]);
    served.keeper.note(&Batch { everything: true, commits: true, ..Batch::default() });
    served.keeper.rebuild(false, &Arc::default());
    let mut watch = Watch::new(&served.site.options.root).expect("a watch");
    for branch in ["other", "main"] {
        git(&served.site, &["checkout", "-q", branch]);
        let mut rounds = 0;
        while !differing(&served).is_empty() {
            rounds += 1;
            assert!(rounds < 50, "{branch}: {:?}", differing(&served));
            let batch = watch.wait().expect("an event");
            served.keeper.note(&batch);
            served.keeper.rebuild(false, &Arc::default());
        }
    }
}

#[cfg(feature = "search")]
#[test]
fn the_search_index_is_that_of_a_build_after_an_edit_too() {
    let files = FILES.replace(
        "-- themes/plain/templates/404.html --",
        "-- themes/plain/templates/search.html --\n{{ page.title }}\n-- themes/plain/templates/404.html --",
    );
    let mut served = Served::new(&files);
    for text in ["Nothing of the kind.", "A platypus and an axolotl."] {
        served.edit("content/en/guide/b.md", &format!("---\ntitle: B\n---\n{text}\n"));
        let mut index = std::collections::BTreeMap::new();
        let run = plenary::pipeline::in_memory(&served.site.options, |path, bytes| {
            if path.starts_with("pagefind/") {
                index.insert(path.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            }
        });
        run.expect("a run");
        assert!(index.len() > 3, "{:?}", index.keys());
        for (path, bytes) in index {
            let answer = served.get(&format!("/docs/{path}"));
            assert_eq!((answer.status, answer.body == bytes), (200, true), "{path}");
        }
    }
}

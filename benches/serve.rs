//! From a save to the new bytes: medians at 500 and 5,000 pages, over HTTP, debounce included.
//!
//!     cargo bench --bench serve
//!
//! A client asks again and again while files are edited. Then the time from the start to the first page, and
//! the memory of the server, where the system tells it.
#![expect(clippy::disallowed_methods, reason = "an editor writes files")]

#[path = "../examples/corpus.rs"]
#[expect(dead_code, reason = "its `main` is another program's")]
mod corpus;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const EDITS: usize = 15;
const STARTS: usize = 5;
const PAGE: &str = "/part-000/page-00001/";
const NEIGHBOUR: &str = "/part-000/page-00002/";

fn main() {
    println!("{:>6} {:>9} {:>9} {:>9} {:>9} {:>9}", "pages", "start", "body", "title", "theme", "memory");
    for (pages, port) in [(500, 23_130), (5_000, 23_230)] {
        let folder = tempfile::tempdir().expect("a folder");
        corpus::write_site(folder.path(), pages).expect("a site");
        let theme = folder.path().join("themes/tag/templates/partials/footer.html");
        fs::create_dir_all(theme.parent().expect("a folder")).expect("a folder");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tag/templates/partials/footer.html");
        fs::copy(own, &theme).expect("a template");
        let start = median((0..STARTS).map(|_| {
            let _ = fs::remove_dir_all(folder.path().join(".plenary"));
            let begin = Instant::now();
            let server = Server::start(folder.path(), port);
            server.until(PAGE, "<html");
            begin.elapsed()
        }));
        let server = Server::start(folder.path(), port);
        server.until(PAGE, "<html");
        let page = folder.path().join("content/en/part-000/page-00001.md");
        let text = fs::read_to_string(&page).expect("a page");
        let body = server.edits(&page, PAGE, |mark| format!("{text}\n{mark}\n"));
        let (_, rest) = text.split_once("\ndescription").expect("a description");
        let title = server.edits(&page, NEIGHBOUR, |mark| format!("---\ntitle: {mark}\ndescription{rest}"));
        let footer = fs::read_to_string(&theme).expect("a template");
        let theme = server.edits(&theme, PAGE, |mark| format!("{footer}<!--{mark}-->"));
        println!("{pages:>6} {start:>9} {body:>9} {title:>9} {theme:>9} {:>9}", server.memory());
    }
}

struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(root: &Path, port: u16) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.args(["serve", "--quiet", "--addr", &format!("127.0.0.1:{port}"), "--root"]).arg(root);
        Self { process: command.stderr(Stdio::null()).spawn().expect("a server"), port }
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        Some(text)
    }

    fn until(&self, path: &str, wanted: &str) {
        while !self.get(path).is_some_and(|text| text.contains(wanted)) {
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// The median time from a save to the page that shows it.
    fn edits(&self, file: &Path, path: &str, text: impl Fn(&str) -> String) -> String {
        let mut number = 0;
        median((0..EDITS).map(|_| {
            // Whatever the last edit set going has come to its end.
            std::thread::sleep(Duration::from_millis(150));
            number += 1;
            let mark = format!("mark{number}mark");
            let text = text(&mark);
            let begin = Instant::now();
            fs::write(file, text).expect("a save");
            self.until(path, &mark);
            begin.elapsed()
        }))
    }

    /// The memory that the server holds, where `/proc` tells it.
    fn memory(&self) -> String {
        std::thread::sleep(Duration::from_secs(5));
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        held.and_then(|held| held.parse::<u64>().ok()).map_or_else(|| "?".into(), |held| format!("{} MB", held / 1024))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn median(times: impl Iterator<Item = Duration>) -> String {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    format!("{:.1} ms", times[times.len() / 2].as_secs_f64() * 1000.0)
}

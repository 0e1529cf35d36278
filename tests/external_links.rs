//! Outside links, against a server of our own on this machine.
#![cfg(feature = "external-links")]
#![expect(clippy::disallowed_methods, reason = "tests make their own files")]

use plenary::diag::Code;
use plenary::external::Manners;
use plenary::pipeline::{Options, check_external};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often each path was asked, by method.
type Asked = Arc<Mutex<BTreeMap<String, usize>>>;

/// Answers by the path until the test ends: `/gone` 404, `/flaky` 503 twice and then 200, `/busy` 429,
/// `/get-only` 405 to HEAD, `/moved` a redirect, all else 200.
fn server() -> (u16, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked: Asked = Arc::default();
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let count = count.clone();
            std::thread::spawn(move || answer(&stream, &count));
        }
    });
    (port, asked)
}

fn answer(stream: &TcpStream, asked: &Asked) {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    let mut line = String::new();
    reader.read_line(&mut request).expect("a request");
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let mut words = request.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let key = format!("{method} {path}");
    let times = {
        let mut asked = asked.lock().expect("the counts");
        let times = asked.entry(key).or_default();
        *times += 1;
        *times
    };
    let (status, more) = match (method, path) {
        (_, "/gone") => ("404 Not Found", ""),
        ("GET", "/flaky") if times <= 2 => ("503 Service Unavailable", ""),
        ("HEAD", "/flaky") => ("503 Service Unavailable", ""),
        (_, "/busy") => ("429 Too Many Requests", ""),
        ("HEAD", "/get-only") => ("405 Method Not Allowed", ""),
        (_, "/moved") => ("301 Moved Permanently", "Location: /well\r\n"),
        _ => ("200 OK", ""),
    };
    let mut stream = stream;
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n");
}

#[test]
fn dead_ones_are_told_flaky_ones_get_another_try_and_good_ones_are_remembered() {
    let (port, asked) = server();
    let site = tempfile::tempdir().expect("a folder");
    let content = site.path().join("content/en");
    std::fs::create_dir_all(&content).expect("a folder");
    std::fs::write(
        site.path().join("site.yaml"),
        format!("title: T\nlanguages: {{en: {{name: English}}}}\ncheck: {{ignore_links: [\"http://127.0.0.1:{port}/ignored*\"]}}\n"),
    )
    .expect("a file");
    let links = ["well", "gone", "flaky", "busy", "get-only", "moved", "ignored/x", "well#part"];
    let body: String = links.iter().map(|path| format!("[{path}](http://127.0.0.1:{port}/{path})\n")).collect();
    std::fs::write(content.join("_index.md"), format!("---\ntitle: T\n---\n{body}")).expect("a file");
    let options = Options { root: site.path().to_path_buf(), ..Options::default() };
    let manners = Manners { timeout: Duration::from_secs(5), retries: 2, pause: Duration::from_millis(1) };

    let run = check_external(&options, &manners, &Arc::default()).expect("a run");
    let found: Vec<String> = run
        .diagnostics
        .iter()
        .filter(|d| matches!(d.code, Code::ExternalDead | Code::ExternalUnsure))
        .map(|d| format!("{} {}", d.code.as_str(), d.message.replace(&port.to_string(), "PORT")))
        .collect();
    assert_eq!(
        found,
        [
            "external-dead `http://127.0.0.1:PORT/gone`: the host answers 404",
            "external-unsure `http://127.0.0.1:PORT/busy`: the host answers 429",
        ]
    );
    let first = asked.lock().expect("the counts").clone();
    assert_eq!(first.get("HEAD /well"), Some(&2), "once for itself, once for the redirect to it: {first:?}");
    assert!(!first.keys().any(|key| key.contains("ignored")), "{first:?}");
    assert_eq!(first.get("GET /flaky"), Some(&3), "{first:?}");

    check_external(&options, &manners, &Arc::default()).expect("a run");
    let second = asked.lock().expect("the counts").clone();
    assert_eq!(second.get("HEAD /well"), first.get("HEAD /well"), "remembered");
    assert!(second.get("HEAD /gone") > first.get("HEAD /gone"), "asked again");
}

//! Sockets.

use super::answer::{Answer, Request, answer, state_of};
use super::events::{Event, Stream};
use super::paths::is_own_host;
use super::reload::EVENTS;
use super::told::{Listener, State, locked};
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HOST, HeaderMap, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

type Outgoing = hyper::Response<Either<Full<Bytes>, Stream>>;

/// How many ports are tried if the wanted one is taken.
const PORTS: u16 = 50;
/// Threads that render. More would only wait for each other.
const RENDERERS: usize = 8;

/// A socket that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
}

/// Takes the address, or the next port that is free.
pub fn bind(address: SocketAddr) -> io::Result<Server> {
    let mut tried = TcpListener::bind(address);
    for next in 1..PORTS {
        let taken = tried.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse);
        let Some(port) = address.port().checked_add(next).filter(|_| taken && address.port() != 0) else { break };
        tried = TcpListener::bind(SocketAddr::new(address.ip(), port));
    }
    let listener = tried?;
    listener.set_nonblocking(true)?;
    Ok(Server { listener })
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `end` comes; connections that are open then are closed.
    pub fn run(self, server: &Arc<State>, end: impl Future<Output = ()>) -> io::Result<()> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(RENDERERS).build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            tokio::pin!(end);
            loop {
                let stream = tokio::select! {
                    () = &mut end => return Ok(()),
                    accepted = listener.accept() => match accepted {
                        Ok((stream, _)) => stream,
                        // Too many open files, or a caller who has hung up: neither ends the server.
                        Err(_) => {
                            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                            continue;
                        }
                    },
                };
                // Small answers go out at once, not when the last one has been acknowledged.
                let _ = stream.set_nodelay(true);
                let server = server.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| respond(server.clone(), request));
                    // A browser that goes away in the middle of an answer is no error of ours.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        })
    }
}

async fn respond(server: Arc<State>, incoming: hyper::Request<Incoming>) -> Result<Outgoing, Infallible> {
    let request = read(&incoming);
    if request.path == EVENTS && request.method == "GET" && is_own_host(&request.host) {
        return Ok(listen(server, &request).await);
    }
    let answered = tokio::task::spawn_blocking(move || answer(&server, &request)).await;
    Ok(outgoing(answered.unwrap_or_else(|_| Answer::plain(500, "The page could not be rendered.\n"))))
}

fn read(incoming: &hyper::Request<Incoming>) -> Request {
    let header =
        |name: HeaderName| incoming.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Request {
        method: incoming.method().as_str().to_owned(),
        path: incoming.uri().path().to_owned(),
        query: incoming.uri().query().unwrap_or_default().to_owned(),
        host: incoming.uri().authority().map(ToString::to_string).or_else(|| header(HOST)).unwrap_or_default(),
        range: header(RANGE),
        if_range: header(IF_RANGE),
        if_none_match: header(IF_NONE_MATCH),
    }
}

fn outgoing(answer: Answer) -> Outgoing {
    let mut response = hyper::Response::new(Either::Left(Full::new(answer.body.into())));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).unwrap_or_default();
    add(response.headers_mut(), &answer.headers);
    response
}

/// What a site's `_headers` writes may be no header at all; that one is left out.
fn add(map: &mut HeaderMap, headers: &[(String, String)]) {
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), value.parse()) {
            map.append(name, value);
        }
    }
}

/// Opens the stream of a page. What has changed since it was loaded, it is told at once.
async fn listen(server: Arc<State>, request: &Request) -> Outgoing {
    let value = |name: &str| {
        let found = request.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        percent_encoding::percent_decode_str(found.unwrap_or_default()).decode_utf8_lossy().into_owned()
    };
    let (path, state) = (value("path"), value("state"));
    let (events, receiver) = tokio::sync::mpsc::unbounded_channel();
    let asked = path.clone();
    // First of all it listens: what changes from now on is told to it.
    locked(&server.listeners).push(Listener { path, state: state.clone(), events: events.clone() });
    let of = server.clone();
    let now = tokio::task::spawn_blocking(move || of.told().and_then(|told| state_of(&told, &asked))).await;
    let problems = server.problems();
    if !problems.is_empty() {
        let _ = events.send(Event::Problems(problems));
    }
    if now.ok().flatten().is_some_and(|now| now.to_string() != state) {
        let _ = events.send(Event::Reload);
    }
    let mut response = hyper::Response::new(Either::Right(Stream(receiver)));
    let headers = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")];
    add(response.headers_mut(), &headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
    response
}

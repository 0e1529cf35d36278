//! Server-sent events (HTML, section 9.2), one stream for each open page.

use hyper::body::{Body, Bytes, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::UnboundedReceiver;

/// What an open page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Its bytes have changed.
    Reload,
    /// Files that it may show have changed: style sheets, pictures.
    Files {
        /// Tells the new state of the files from older ones.
        version: u64,
        /// Their addresses.
        addresses: Vec<String>,
    },
    /// What is wrong now; nothing, if it is empty.
    Problems(String),
}

impl Event {
    /// As it goes over the wire. JSON has no line breaks, which would end the field.
    pub(super) fn text(&self) -> String {
        let (name, data) = match self {
            Self::Reload => ("reload", serde_json::Value::Null),
            Self::Files { version, addresses } => {
                ("files", serde_json::json!({ "version": version, "addresses": addresses }))
            }
            Self::Problems(text) => ("problems", serde_json::json!(text)),
        };
        format!("event: {name}\ndata: {data}\n\n")
    }
}

/// A body that goes on until the page is closed.
pub(super) struct Stream(pub(super) UnboundedReceiver<Event>);

impl Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let event = self.get_mut().0.poll_recv(context);
        event.map(|event| event.map(|event| Ok(Frame::data(event.text().into()))))
    }
}

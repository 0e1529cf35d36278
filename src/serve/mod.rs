//! `plenary serve`: requests and file events over the snapshot.
//!
//! In: the options of a build, and requests. Out: the bytes that `build` would write, each page rendered when
//! it is asked for and nothing ahead, with one tag more that reloads it ([`without_reload`] takes it off).
//! After a save the model is made anew from what did not change; open pages whose bytes changed are told so.
//! Problems elsewhere are looked for in the background. Writes nothing, and serves no file that is not in the
//! plan.

mod answer;
mod background;
mod events;
mod http;
mod keeper;
mod paths;
mod reload;
mod rules;
mod told;
mod watch;

pub use answer::{Answer, Request, answer};
pub use background::Looked;
pub use events::Event;
pub use http::{Server, bind};
pub use keeper::{Keeper, Rebuilt};
pub use reload::without_reload;
pub use rules::{HeaderRules, RedirectRules};
pub use told::{Listener, State, Told};
pub use watch::{Batch, Watch};

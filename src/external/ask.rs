//! One address.

use super::Manners;
use std::time::Duration;
use ureq::Agent;

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Well,
    /// It is not, and says why.
    Gone(String),
    /// Nobody can tell, and why.
    Unsure(String),
}

/// Asks addresses.
pub(super) struct Asker {
    agent: Agent,
    retries: u32,
    pause: Duration,
}

impl Asker {
    pub(super) fn new(manners: &Manners) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(manners.timeout))
            .http_status_as_error(false)
            .max_redirects(8)
            .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        Self { agent: config.into(), retries: manners.retries, pause: manners.pause }
    }

    /// Asks, again if the failure may pass.
    pub(super) fn ask(&self, address: &str) -> Answer {
        let mut pause = self.pause;
        for _ in 0..self.retries {
            match self.once(address) {
                Answer::Unsure(_) => std::thread::sleep(pause),
                answer => return answer,
            }
            pause *= 2;
        }
        self.once(address)
    }

    /// `HEAD` costs the host little; some answer only `GET`.
    fn once(&self, address: &str) -> Answer {
        match self.agent.head(address).call() {
            Ok(response) if response.status().is_success() => Answer::Well,
            Ok(_) | Err(_) => match self.agent.get(address).call() {
                Ok(response) => status(response.status().as_u16()),
                Err(error) => failure(&error),
            },
        }
    }
}

fn status(status: u16) -> Answer {
    match status {
        200..=399 => Answer::Well,
        404 | 410 | 451 => Answer::Gone(format!("the host answers {status}")),
        // Sites that keep robots out answer 401, 403, 429 or 999 to a page that people can read.
        _ => Answer::Unsure(format!("the host answers {status}")),
    }
}

fn failure(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::HostNotFound => Answer::Gone("the host does not exist".into()),
        ureq::Error::BadUri(reason) => Answer::Gone(format!("it is no address: {reason}")),
        ureq::Error::TooManyRedirects => Answer::Gone("it redirects in a circle".into()),
        other => Answer::Unsure(other.to_string()),
    }
}

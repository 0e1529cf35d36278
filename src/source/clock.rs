//! The one place that asks for the time.

use jiff::Timestamp;

/// The moment of the build: the clock, or `SOURCE_DATE_EPOCH` where a build has to be repeatable.
pub fn now() -> Timestamp {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let fixed = fixed.and_then(|seconds| seconds.parse().ok());
    fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}

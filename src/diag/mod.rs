//! What is wrong, as a value.
//!
//! In: findings of every stage. Out: one sorted list, and its text or JSON form.
//! Nothing here reads a file or decides what is wrong; a stage that finds something
//! pushes a [`Diagnostic`] into the [`Sink`] of its task and goes on.

mod code;
mod explain;
mod located;
mod machine;
mod render;

pub use code::{Code, Severity};
pub use explain::{chapter, explain};
pub use machine::{to_github, to_json, to_sarif};
pub use render::{Place, Summary, to_text};

/// The number of a file within one run, dense, in the order of the paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A range of bytes in `file`.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self { file, start: range.start as u32, end: range.end as u32 }
    }

    /// The whole of a file that has no text worth pointing at: its first byte.
    pub fn file(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The bytes as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where a finding stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The site as a whole, or its environment.
    Site,
    /// A folder, link or binary file, by its path relative to the root.
    Path(String),
    /// A range of a text file.
    Span(Span),
}

/// A second place that belongs to the finding, with a word on why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Why it is shown.
    pub text: String,
}

/// One finding: what is wrong, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of finding; decides the severity.
    pub code: Code,
    /// One sentence without a full stop.
    pub message: String,
    /// Where.
    pub at: At,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// How bad the site says it is; none leaves that to the code.
    pub level: Option<Severity>,
}

impl Diagnostic {
    /// A finding at a range of a file.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::at(code, At::Span(span), message.into())
    }

    /// A finding about a path that is no text file.
    pub fn path(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::at(code, At::Path(path.into()), message.into())
    }

    /// A finding about the site as a whole.
    pub fn site(code: Code, message: impl Into<String>) -> Self {
        Self::at(code, At::Site, message.into())
    }

    fn at(code: Code, at: At, message: String) -> Self {
        Self { code, message, at, labels: vec![], hints: vec![], level: None }
    }

    /// With a hint: the mend, in the imperative.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With a hint, if there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }

    /// With a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.level.unwrap_or(self.code.severity())
    }
}

/// The findings of one task. Each parallel task fills its own; they are joined in input order.
#[derive(Debug, Default, Clone)]
pub struct Sink(Vec<Diagnostic>);

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Takes all findings of another task.
    pub fn append(&mut self, other: Sink) {
        self.0.extend(other.0);
    }

    /// Takes findings that were kept with a product.
    pub fn extend_from(&mut self, other: &[Diagnostic]) {
        self.0.extend_from_slice(other);
    }

    /// The findings so far, in the order of their coming.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The findings in their final order: by file, offset and code, without repetitions.
    pub fn into_sorted(mut self, places: &dyn Place) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| match &d.at {
            At::Site => (String::new(), 0),
            At::Path(path) => (path.clone(), 0),
            At::Span(span) => (places.path(span.file).to_owned(), span.start),
        };
        self.0.sort_by_cached_key(|d| {
            let (path, start) = key(d);
            (path, start, d.code.as_str(), d.message.clone())
        });
        self.0.dedup();
        self.0
    }
}

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// ```
/// assert_eq!(plenary::diag::nearest("tilte", ["title", "date"]), Some("title"));
/// assert_eq!(plenary::diag::nearest("colour", ["title", "date"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 2);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        // With no letter in common nothing is near, however short it is.
        .filter(|(distance, _)| *distance <= limit && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The hint that names the nearest candidate.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

//! What a meeting is once it has been read.

use jiff::civil::Date;

/// All meetings of one export, and what was done to it on the way.
#[derive(Debug, Clone, Default)]
pub struct Minutes {
    /// The name that the document gives itself.
    pub title: Option<String>,
    /// What stands before the first meeting: links, rules, the template.
    pub preamble: Vec<Block>,
    /// The meetings in the document's order.
    pub meetings: Vec<Meeting>,
    /// What stands after the last meeting: pointers to older notes.
    pub epilogue: Vec<Block>,
    /// Repairs, warnings, and what was left out.
    pub journal: Journal,
}

/// One meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub date: Date,
    /// What its heading says besides the day; empty for an ordinary meeting.
    pub title: String,
    /// The time as its heading says it: `10am Pacific`.
    pub time: Option<String>,
    /// It did not take place.
    pub cancelled: bool,
    /// Why it did not.
    pub reason: Option<String>,
    /// Who led it.
    pub host: Option<Person>,
    /// Who wrote the notes.
    pub notetaker: Option<Person>,
    /// Who came, in the order of the list.
    pub attendees: Vec<Attendee>,
    /// Who sent word that they would not come.
    pub regrets: Vec<String>,
    /// Addresses of recordings.
    pub recordings: Vec<String>,
    /// Addresses of slides.
    pub slides: Vec<String>,
    /// Projects that were presented.
    pub projects: Vec<String>,
    /// The top-level items of the agenda.
    pub agenda: Vec<String>,
    /// The body, in order.
    pub sections: Vec<Section>,
    /// What was decided.
    pub decisions: Vec<Remark>,
    /// What somebody will do.
    pub actions: Vec<Action>,
    /// `owner/repository#12` or `#12`, in the order of their first mention.
    pub references: Vec<String>,
    /// The heading's line in the export, 1-based.
    pub line: u32,
    /// Its last line that is not blank.
    pub end_line: u32,
}

/// A host or note-taker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The full name where it is known.
    pub name: String,
    /// What else the line says: `Co-Chair`.
    pub role: Option<String>,
}

/// Somebody who came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attendee {
    /// The name.
    pub name: String,
    /// The organisation or project.
    pub affiliation: Option<String>,
    /// The role in the group or organisation.
    pub role: Option<String>,
    /// What else the line says: `arrived late`.
    pub remark: Option<String>,
}

/// A part of a meeting's body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// The parts that a meeting's body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// What was to be talked about.
    Agenda,
    /// What was said.
    Notes,
    /// A list of decisions.
    Decisions,
    /// A list of actions.
    Actions,
}

/// A piece of text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its form.
    pub kind: Kind,
    /// Its text; more than one where the author broke the line.
    pub lines: Vec<String>,
    /// Its first line in the export.
    pub line: u32,
    /// Blank lines before it.
    pub blanks: u32,
}

impl Block {
    /// The first line of its text.
    pub fn text(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }

    /// The nesting of a list item, from 0.
    pub fn depth(&self) -> Option<usize> {
        match self.kind {
            Kind::Item { depth, .. } => Some(depth),
            _ => None,
        }
    }
}

/// The forms of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of a topic, with its depth from 0.
    Topic(usize),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item {
        /// Nesting, from 0.
        depth: usize,
        /// Its number in an ordered list.
        number: Option<u32>,
    },
    /// A quotation.
    Quote,
    /// Code, kept as it stands.
    Code,
}

/// A sentence of the notes that is gathered at the end of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The sentence.
    pub text: String,
    /// Its line in the export.
    pub line: u32,
}

/// What somebody will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Who, if the text says so.
    pub owner: Option<String>,
    /// The whole sentence, without its mark.
    pub text: String,
    /// A ticked box.
    pub done: bool,
    /// Its line in the export.
    pub line: u32,
}

/// What was done to the export's text.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    /// Damage that was mended.
    pub repairs: Vec<Repair>,
    /// What could not be decided and stands as it was.
    pub warnings: Vec<Warning>,
    /// What was left out for privacy.
    pub removed: Vec<Removed>,
    /// Words of labels, dates and placeholders that became structure.
    pub consumed: Vec<(u32, String)>,
}

impl Journal {
    /// Notes a repair.
    pub fn repair(&mut self, line: u32, kind: RepairKind, before: &str, after: &str) {
        self.repairs.push(Repair { line, kind, before: before.trim().to_owned(), after: after.trim().to_owned() });
    }

    /// Notes what stands as it was.
    pub fn warn(&mut self, line: u32, message: impl Into<String>) {
        self.warnings.push(Warning { line, message: message.into() });
    }

    /// Notes words that became structure.
    pub fn consume(&mut self, line: u32, text: &str) {
        self.consumed.push((line, text.to_owned()));
    }
}

/// Damage that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The line in the export, 1-based.
    pub line: u32,
    /// The kind of damage.
    pub kind: RepairKind,
    /// The damaged piece.
    pub before: String,
    /// What stands there now; empty if it was dropped.
    pub after: String,
}

/// The kinds of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// A second or foreign bullet: `- o text`, `• text`.
    Bullet,
    /// A bullet without text.
    EmptyBullet,
    /// A line that was broken by the page's width.
    Wrap,
    /// A list that was torn by blank lines or a page break.
    List,
    /// Nesting that a page break took away.
    Nesting,
    /// A link split by markup, a space or a line break.
    Link,
    /// Underline markup.
    Underline,
    /// LaTeX markup.
    Latex,
    /// Letters misread for others.
    Misreading,
    /// The icon of a linked document.
    Chip,
    /// Text decoded with the wrong encoding.
    Mojibake,
    /// A heading that had become a list item, kept a stale mark, or misspelt its day.
    Heading,
    /// A year that the heading does not say.
    Year,
    /// A name completed from the lists of attendees or joined by the aliases.
    Name,
    /// What frames every slide, and buttons that lead nowhere.
    Chrome,
}

impl RepairKind {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bullet => "bullet",
            Self::EmptyBullet => "empty-bullet",
            Self::Wrap => "wrap",
            Self::List => "list",
            Self::Nesting => "nesting",
            Self::Link => "link",
            Self::Underline => "underline",
            Self::Latex => "latex",
            Self::Misreading => "misreading",
            Self::Chip => "chip",
            Self::Mojibake => "mojibake",
            Self::Heading => "heading",
            Self::Year => "year",
            Self::Name => "name",
            Self::Chrome => "chrome",
        }
    }
}

/// What could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The line in the export, 1-based.
    pub line: u32,
    /// One sentence without a full stop.
    pub message: String,
}

/// What was left out for privacy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The line in the export, 1-based.
    pub line: u32,
    /// What it is.
    pub kind: Private,
    /// The text itself, for accounts in memory; reports never print it.
    pub value: String,
}

/// What is nobody's business outside the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Private {
    /// An e-mail address.
    Email,
    /// A password or passcode.
    Password,
    /// A link or number to dial in.
    DialIn,
}

impl Private {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "e-mail address",
            Self::Password => "password",
            Self::DialIn => "dial-in link",
        }
    }
}

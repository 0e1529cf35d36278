//! The catalogue of findings: one line for each, with its severity and meaning.

/// How bad a finding is. An error makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is wrong.
    Error,
    /// The site is probably not what its author meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($name:ident $text:literal $severity:ident $meaning:literal;)*) => {
        /// The kind of a finding. Its text form is stable: scripts and pages refer to it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $name,)* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code of a name.
            pub fn by_name(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// The stable name, as printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    ConfigSyntax "config-syntax" Error "`site.yaml` or the theme's `theme.yaml` is not valid YAML.";
    ConfigValue "config-value" Error "A setting has a value of the wrong kind.";
    ConfigUnknown "config-unknown" Warning "A setting that nothing reads, often a typing slip.";
    LanguageTag "language-tag" Error "A language is not named by a valid BCP 47 tag.";
    LanguageUnknown "language-unknown" Error "A setting names a language that is not configured.";
    LanguageFolder "language-folder" Error "A folder of the content tree belongs to no configured language, so its pages are not published.";
    MountSource "mount-source" Error "A mount's source does not exist or lies outside the repository.";
    SymlinkOutside "symlink-outside" Error "A symbolic link leads out of the repository.";
    SymlinkBroken "symlink-broken" Error "A symbolic link leads nowhere or in a circle.";
    FileEncoding "file-encoding" Error "A text file is not valid UTF-8.";
    FileUnused "file-unused" Warning "A file in the content tree that is never published.";
    DataSyntax "data-syntax" Error "A data file cannot be read.";
    StringsSyntax "strings-syntax" Error "A file of UI strings cannot be read.";
    StringsUnknown "strings-unknown" Warning "A UI string that nothing uses, often a typing slip.";
    StringsMissing "strings-missing" Warning "A UI string that a language lacks; it is taken from the next language.";
    StringsPlural "strings-plural" Warning "A plural form that the language needs is missing, or one that it never uses.";
    StringsPlaceholder "strings-placeholder" Error "A UI string whose placeholders are not those of the original.";
    PoSyntax "po-syntax" Error "A PO file breaks a rule of its format.";
    PoPage "po-page" Error "A PO file names no page of the site, or another language than the one that is imported.";
    PoUnknown "po-unknown" Warning "A message of a PO file that its page never had.";
    PoStale "po-stale" Warning "A message of a PO file whose text has changed in the source since the export.";
    PoBroken "po-broken" Error "A translation in a PO file that would break its page: other links, shortcodes, tags or blocks.";
    PoUnpaired "po-unpaired" Note "A block of the source whose translation cannot be told from the structure of the translated page.";
    FrontMatterSyntax "front-matter-syntax" Error "The front matter is not valid YAML, TOML or JSON.";
    FrontMatterLenient "front-matter-lenient" Warning "The front matter breaks a rule of YAML that many readers do not hold to.";
    FrontMatterUnclosed "front-matter-unclosed" Error "The front matter's closing line is missing.";
    DuplicateKey "duplicate-key" Error "A key stands twice in one mapping; only the last counts.";
    UnknownKey "unknown-key" Warning "A front matter key that looks like a misspelling of a known one.";
    WrongType "wrong-type" Error "A front matter key holds a value of the wrong kind.";
    InvalidDate "invalid-date" Error "A date that is not in the calendar or not in a known form.";
    MeetingTime "meeting-time" Warning "The hour or time zone of a meeting cannot be read, so calendars and other time zones go without it.";
    Mojibake "mojibake" Warning "Text that was decoded with the wrong encoding on its way here.";
    MissingTitle "missing-title" Warning "A page without a title; its file name is shown instead.";
    ShortcodeUnknown "shortcode-unknown" Error "The theme has no shortcode of this name.";
    ShortcodeUnclosed "shortcode-unclosed" Error "A shortcode that needs a closing tag has none.";
    ShortcodeUnopened "shortcode-unopened" Error "A closing shortcode tag without its opening one.";
    ShortcodeSyntax "shortcode-syntax" Error "A shortcode's parameters cannot be read.";
    ShortcodeFailed "shortcode-failed" Error "A shortcode's template failed on this call.";
    IncludeMissing "include-missing" Error "The file to include does not exist.";
    IncludeCircle "include-circle" Error "A file includes itself, directly or through others.";
    DeadLink "dead-link" Error "A link to a page or file of the site that does not exist.";
    DeadFragment "dead-fragment" Error "A link to a heading or id that its target page does not have.";
    FragmentUntranslated "fragment-untranslated" Note "A link to a heading by the identifier of the original; it works, as the translated heading answers to that too.";
    MissingImage "missing-image" Error "An image that does not exist.";
    ImageBroken "image-broken" Error "An image that cannot be read as one.";
    DiagramSyntax "diagram-syntax" Error "A diagram that cannot be drawn; it is shown as code.";
    MathSyntax "math-syntax" Error "Mathematics that cannot be read; it is shown as it was written.";
    LinkMoved "link-moved" Warning "A link to an address that a page has left; a redirect leads on.";
    LinkLanguage "link-language" Warning "A link to another language although the page exists in the reader's.";
    CardFont "card-font" Note "A title has a letter that no font here has, so its page gets no card.";
    ExternalDead "external-dead" Error "An outside address that answers that it does not exist.";
    ExternalUnsure "external-unsure" Warning "An outside address that could not be checked: refused, slow or failing for now.";
    LinkEmail "link-email" Warning "An e-mail address as a link without `mailto:`.";
    ImageAlt "image-alt" Warning "An image without alternative text.";
    DoubleWord "double-word" Warning "A word that stands twice in a row.";
    LinkText "link-text" Warning "A link whose text does not say where it leads.";
    TermSpelling "term-spelling" Warning "A term in another spelling than the site's `terms.yaml` gives.";
    HeadingJump "heading-jump" Warning "A heading that skips a level.";
    PaletteContrast "palette-contrast" Warning "Two colours of the palette that are hard to tell apart.";
    DuplicateId "duplicate-id" Warning "Two elements of a page with one id.";
    DuplicatePath "duplicate-path" Error "Two origins for one output path.";
    AliasTaken "alias-taken" Error "An alias that is the address of a page.";
    UrlInvalid "url-invalid" Error "A `url`, `slug` or alias that cannot be an address.";
    TemplateSyntax "template-syntax" Error "A template cannot be parsed.";
    TemplateMissing "template-missing" Error "A layout that the theme does not have.";
    TemplateFailed "template-failed" Error "A template failed on a page.";
    GitHistory "git-history" Note "No or shallow git history, so dates of last change are left out.";
    ImportCounterpart "import-counterpart" Warning "Something of a Hugo site that has no counterpart and was left out or stubbed.";
    ImportSkipped "import-skipped" Error "A file of the imported site that could not be carried over.";
    ImportRepair "import-repair" Note "Damage in an imported text that was mended.";
    ImportUnclear "import-unclear" Warning "Something in an imported text that could not be decided and stands as it was.";
    ImportPrivate "import-private" Note "An e-mail address, password or dial-in link that was left out of an imported page.";
    ImportConflict "import-conflict" Warning "An imported page that somebody edited; the new text stands beside it.";
}

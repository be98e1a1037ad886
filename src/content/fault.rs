//! Faults of form: where, what is wrong, how to mend it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $words:literal),+ $(,)?) => {
        /// What sort of fault it is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum FaultKind {
            $($(#[$doc])* $name),+
        }

        impl FaultKind {
            /// All sorts.
            pub const ALL: [FaultKind; [$(FaultKind::$name),+].len()] = [$(FaultKind::$name),+];

            /// The words that stand in front of the message.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(FaultKind::$name => $words),+
                }
            }
        }
    };
}

kinds! {
    /// A file or folder that cannot be read, or is not UTF-8.
    Unreadable = "unreadable",
    /// A file that must be there.
    MissingFile = "missing file",
    /// A file that nothing reads.
    UnknownFile = "unknown file",
    /// Not TOML, not Fluent, not an expression, not a window.
    Syntax = "syntax",
    /// A key that this table does not have.
    UnknownKey = "unknown key",
    /// A key that this table must have.
    MissingKey = "missing key",
    /// A number where a word belongs, and the like.
    WrongType = "wrong type",
    /// The right type, but not a value that is accepted here.
    WrongValue = "wrong value",
    /// A finding that is not in findings.toml.
    UnknownFinding = "unknown finding",
    /// A screen, choice, topic, step, cause, suppressor or source that does not exist.
    UnknownName = "unknown name",
    /// A name that is taken.
    Duplicate = "duplicate name",
    /// A source that must be named.
    MissingSource = "missing source",
    /// A finding that matters on a topic and is asked nowhere there.
    NeverAsked = "never asked",
    /// A finding that is assumed to be no and that nothing else catches.
    NotCaught = "not caught elsewhere",
    /// A cause that can never be shown, or one wrongly listed as such.
    NeverShown = "never shown",
    /// An answer that changes nothing.
    ChangesNothing = "changes nothing",
    /// A red flag without a row for not sure.
    NoUnsureRow = "no row for not sure",
    /// A screen whose tier is above the tier of a screen before it.
    RisingTier = "rising tier",
    /// A screen that stands before one it hangs on.
    WrongOrder = "wrong order",
    /// A row that says what another row says.
    DuplicateRow = "duplicate row",
    /// A row that can never change the outcome, because a wider one fires as well.
    ShadowedRow = "shadowed row",
    /// A screen, choice or step that no path leads to.
    Unreachable = "unreachable",
    /// A finding, suppressor or source that nothing uses.
    Unused = "unused",
    /// A text that must be there.
    MissingText = "missing text",
    /// A text that nothing uses.
    UnusedText = "unused text",
    /// A placeholder that this text is not given, or a variant that never comes.
    UnknownPlaceholder = "unknown placeholder",
    /// A placeholder that this text must hold.
    MissingPlaceholder = "missing placeholder",
    /// A label, message or name over its limit.
    TooLong = "too long",
    /// A reading grade over the limit.
    HardToRead = "hard to read",
    /// A sentence over the limit.
    LongSentence = "long sentence",
    /// An exclamation mark.
    ExclamationMark = "exclamation mark",
    /// Words that reassure or diagnose where nothing may.
    BannedWords = "banned words",
    /// A text that does not say what it must, or says what another must.
    WrongWords = "wrong words",
    /// Advice that is deliberately not given.
    WithheldAdvice = "withheld advice",
    /// A hazard against which nothing is shown to work, or something done against none.
    OpenHazard = "open hazard",
    /// A vignette that comes to something else than it expects.
    FailingVignette = "failing vignette",
    /// A line of a lexicon that is read otherwise than it says.
    FailingLine = "failing line",
    /// A word that is in two classes that say the opposite.
    ClashingWord = "clashing word",
    /// A safety finding with too few patterns.
    FewPatterns = "too few patterns",
    /// A word of a safety finding one letter from a common word.
    Lookalike = "look-alike",
    /// A frozen vignette whose expectation is not what the content says, or that is missing or too much.
    FrozenVignette = "frozen vignette",
}

/// One fault of form in `dialogues/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// The file, as the person who edits it names it.
    pub file: Arc<str>,
    /// Line, from 1; 0 when the fault is about the file as a whole.
    pub line: usize,
    /// Column in characters, from 1; 0 when the fault is about the file as a whole.
    pub column: usize,
    /// How many characters of the line are meant; at least 1.
    pub width: usize,
    /// The line itself, without its end.
    pub source_line: String,
    /// What sort of fault.
    pub kind: FaultKind,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub cure: String,
}

/// Longest stretch of a source line that is printed, in characters.
const SHOWN: usize = 110;

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            writeln!(out, "{}: {}: {}", self.file, self.kind.words(), self.message)?;
            return write!(out, "   mend: {}", self.cure);
        }
        let place = format!("{}:{}:{}", self.file, self.line, self.column);
        writeln!(out, "{place}: {}: {}", self.kind.words(), self.message)?;
        let before = self.column.saturating_sub(1);
        // A long line is shown around the place that is meant.
        let skipped = if before + self.width > SHOWN {
            before.saturating_sub(SHOWN / 3)
        } else {
            0
        };
        let mut shown: String = self.source_line.chars().skip(skipped).take(SHOWN).collect();
        if self.source_line.chars().count() > skipped + SHOWN {
            shown.push('…');
        }
        let lead = if skipped > 0 { "…" } else { "" };
        writeln!(out, "{:>5} | {lead}{shown}", self.line)?;
        let mut under: String = if skipped > 0 {
            " ".to_owned()
        } else {
            String::new()
        };
        let between = self
            .source_line
            .chars()
            .skip(skipped)
            .take(before.saturating_sub(skipped));
        under.extend(between.map(|letter| if letter == '\t' { '\t' } else { ' ' }));
        let room = (SHOWN + skipped).saturating_sub(before).max(1);
        writeln!(out, "      | {under}{}", "^".repeat(self.width.clamp(1, room)))?;
        write!(out, "   mend: {}", self.cure)
    }
}

/// All faults of one run, sorted by file and place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(out, "{fault}\n")?;
        }
        let count = self.0.len();
        write!(out, "{count} {}", if count == 1 { "fault" } else { "faults" })
    }
}

impl std::error::Error for Faults {}

/// A file that was read, with the name it is reported under.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct File {
    pub(super) path: Arc<str>,
    pub(super) text: Cow<'static, str>,
}

impl File {
    /// Where a slice of this file's text begins in it.
    pub(super) fn place_of(&self, slice: &str) -> usize {
        (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }
}

/// A stretch of a file, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    file: Arc<File>,
    start: usize,
    end: usize,
}

impl Place {
    pub(super) fn new(file: &Arc<File>, range: Range<usize>) -> Place {
        let end = range.end.min(file.text.len());
        Place {
            file: Arc::clone(file),
            start: range.start.min(end),
            end,
        }
    }

    /// A part of this place; the range counts from its start.
    pub(super) fn inside(&self, range: Range<usize>) -> Place {
        Place::new(&self.file, self.start + range.start..self.start + range.end)
    }

    /// What is written there.
    pub(super) fn text(&self) -> &str {
        self.file.text.get(self.start..self.end).unwrap_or("")
    }

    /// The place of a slice of the same file's text, as the Fluent parser hands them out.
    pub(super) fn of_slice(&self, slice: &str) -> Place {
        let start = self.file.place_of(slice);
        Place::new(&self.file, start..start + slice.len())
    }

    /// The first of these words within this place, whatever the case of the letters; else the place itself.
    pub(super) fn find(&self, words: &str) -> Option<Place> {
        // Lower case by ASCII only: it keeps every byte where it was.
        let start = self
            .text()
            .to_ascii_lowercase()
            .find(&words.to_ascii_lowercase())?;
        Some(self.inside(start..start + words.len()))
    }

    pub(super) fn fault(
        &self,
        kind: FaultKind,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Fault {
        let text = &self.file.text;
        let mut start = self.start;
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text.get(line_start..).unwrap_or("");
        let source_line = rest.lines().next().unwrap_or("").to_owned();
        let meant = text
            .get(start..self.end)
            .unwrap_or("")
            .lines()
            .next()
            .unwrap_or("");
        Fault {
            file: Arc::clone(&self.file.path),
            line: before.matches('\n').count() + 1,
            column: text.get(line_start..start).map_or(0, |left| left.chars().count()) + 1,
            width: meant.chars().count().max(1),
            source_line,
            kind,
            message: message.into(),
            cure: cure.into(),
        }
    }
}

/// Something read, and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Marked<T> {
    pub(super) value: T,
    pub(super) at: Place,
}

/// Where faults are put while reading and checking.
#[derive(Default)]
pub(super) struct Sink(RefCell<Vec<Fault>>);

impl Sink {
    pub(super) fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    /// A fault about a file as a whole.
    pub(super) fn add_file(&self, file: &str, kind: FaultKind, message: &str, cure: &str) {
        self.add(Fault {
            file: Arc::from(file),
            line: 0,
            column: 0,
            width: 1,
            source_line: String::new(),
            kind,
            message: message.to_owned(),
            cure: cure.to_owned(),
        });
    }

    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Takes back faults that were added after the first `count`.
    pub(super) fn forget_after(&self, count: usize, which: impl Fn(&Fault) -> bool) {
        let mut index = 0;
        self.0.borrow_mut().retain(|fault| {
            index += 1;
            index <= count || !which(fault)
        });
    }

    /// Adds what another has.
    pub(super) fn add_all(&self, other: Sink) {
        self.0.borrow_mut().extend(other.0.into_inner());
    }

    pub(super) fn into_faults(self) -> Faults {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        Faults(faults)
    }
}

/// The name among these that is nearest to what was written, if any is near.
pub(super) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (strsim::jaro_winkler(written, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

/// "did you mean …?", or else the given cure.
pub(super) fn did_you_mean<'n>(
    written: &str,
    names: impl Iterator<Item = &'n str>,
    otherwise: &str,
) -> String {
    nearest(written, names).map_or_else(
        || otherwise.to_owned(),
        |name| format!("did you mean \"{name}\"?"),
    )
}

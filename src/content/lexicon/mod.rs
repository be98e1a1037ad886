//! The words and patterns free text is read with, one lexicon a language: `lexicon/<language>.toml`.
//!
//! Words belong to classes, patterns are written in classes, so that whoever translates adds words and no grammar.
//! What is read from a file is kept as it is written; the form that is searched is made when it is first needed.

mod compile;
pub mod compiled;
pub mod fold;
mod measure;
mod repair;

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::fault::{Fault, FaultKind, Place};
use super::id::{FindingId, LanguageId, RouteId, TopicId};
use super::model::Value;
use super::stage::{Phase, Stage};

pub use compiled::Compiled;
pub use measure::{MEASURES, Measure};

/// A choice of words at one place of a pattern.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Choice {
    /// Names of classes; any of them.
    pub classes: Vec<Arc<str>>,
    /// Or any of these words themselves.
    pub words: Vec<Arc<str>>,
}

/// One place of a pattern whose order counts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// A word of a choice.
    Is(Choice, Need),
    /// A number within bounds.
    Number(u16, u16, Need),
    /// Up to so many words of any kind.
    Gap(u8),
    /// The clause begins here.
    Start,
    /// The clause ends here.
    End,
    /// The word just before must not be one of these.
    NotBefore(Choice),
}

/// May a place be left out?
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Need {
    /// It must be there.
    Must,
    /// It may be missing.
    May,
}

/// How a pattern is found.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// In this order.
    Seq(Vec<Part>),
    /// In any order, near each other.
    Near {
        /// The choices, at most eight.
        choices: Vec<Choice>,
        /// At most so many counted words from the first to the last.
        within: u8,
        /// Not over a comma either.
        same_clause: bool,
    },
}

/// What a pattern says of its finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Says {
    /// This value.
    Is(Value),
    /// It was so.
    Past,
    /// The number of the pattern, times this.
    Number(u16),
}

/// What a pattern reads.
#[derive(Clone, PartialEq, Debug)]
pub enum Reads {
    /// A finding.
    Finding(FindingId, Says),
    /// A stage; a weak one is left aside when a number of weeks or days was read.
    Stage(Stage, bool),
    /// The pregnancy ended.
    Lost,
    /// A complaint that is sent elsewhere.
    Route(RouteId),
    /// A hint at what she comes with.
    Topic(TopicId),
}

/// A line a pattern must or must not match.
#[derive(Clone, PartialEq, Debug)]
pub struct TestLine {
    /// The message.
    pub text: Arc<str>,
    /// Must it match?
    pub must: bool,
    /// Where it stands.
    pub(super) at: Place,
}

impl TestLine {
    /// A fault at this line.
    #[must_use]
    pub fn fault(&self, kind: FaultKind, message: String, cure: String) -> Fault {
        self.at.fault(kind, message, cure)
    }
}

/// A pattern.
#[derive(Clone, PartialEq, Debug)]
pub struct Pattern {
    /// Its name.
    pub id: Arc<str>,
    /// What it reads.
    pub reads: Reads,
    /// How it is found.
    pub shape: Shape,
    /// Not read when one of these stands in the same sentence.
    pub unless: Vec<Choice>,
    /// Weak words: she is asked first.
    pub ask_first: bool,
    /// A denial of it is a no to the whole finding, though it says a word.
    pub denies: bool,
    /// A plain word that affirms nothing by itself; a denial of it is a no.
    pub denies_only: bool,
    /// Read only at this phase, as said in the message.
    pub phase: Option<Phase>,
    /// Not read at this phase, as said in the message.
    pub not_phase: Option<Phase>,
    /// Lines that show what it matches and what not.
    pub lines: Vec<TestLine>,
}

/// Words of a pattern in any order that stand further apart than this may affirm and do not deny.
const CLOSE: u8 = 5;

impl Pattern {
    /// Are its words too many or too far apart for a denial of one to be a denial of all?
    #[must_use]
    pub fn is_apart(&self) -> bool {
        matches!(&self.shape, Shape::Near { choices, within, .. } if choices.len() > 2 || *within > CLOSE)
    }
}

/// What a cue does to the findings around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CueKind {
    /// Not there.
    Deny,
    /// Looks like a finding or cue and is none.
    Block,
    /// Not sure.
    Doubt,
    /// Was, and is not said to be now.
    Past,
    /// Stopped.
    Over,
    /// Takes back past and over.
    Now,
    /// Another person.
    Other,
    /// She is written for.
    Proxy,
    /// Back to herself.
    Own,
    /// She, her: whoever was last.
    Third,
    /// A question or general talk.
    Ask,
    /// Supposing.
    If,
    /// Ends the clause.
    End,
    /// Closes a list that was only named.
    None,
    /// Takes back a denial before it: *actually, wait*.
    Turn,
    /// Takes back what was said before it, whatever it was: *no wait, oh no it was wee*.
    Undo,
}

impl CueKind {
    /// All kinds with the words used in `dialogues/`.
    pub const WORDS: [(&'static str, CueKind); 16] = [
        ("deny", CueKind::Deny),
        ("block", CueKind::Block),
        ("doubt", CueKind::Doubt),
        ("past", CueKind::Past),
        ("over", CueKind::Over),
        ("now", CueKind::Now),
        ("other", CueKind::Other),
        ("proxy", CueKind::Proxy),
        ("self", CueKind::Own),
        ("third", CueKind::Third),
        ("ask", CueKind::Ask),
        ("if", CueKind::If),
        ("end", CueKind::End),
        ("none", CueKind::None),
        ("turn", CueKind::Turn),
        ("undo", CueKind::Undo),
    ];
}

/// Where what a cue speaks of stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Beside it, as the kind of cue has it.
    Beside,
    /// Before it: *fever: no*; *a trickle down my leg, could be pee*.
    After,
    /// Behind it in its sentence, until she speaks of herself or of now: *with my first I had a headache, flashing lights*.
    Frame,
}

/// A cue.
#[derive(Clone, PartialEq, Debug)]
pub struct Cue {
    /// Its name.
    pub id: Arc<str>,
    /// What it does.
    pub kind: CueKind,
    /// How it is found.
    pub shape: Shape,
    /// Where what it speaks of stands.
    pub reach: Reach,
    /// At most so many counted words away.
    pub words: u8,
    /// Counted words that may stand between a denial and its finding for the denial to stand.
    pub strict: u8,
    /// Of a block: its words are part of nothing else either.
    pub hide: bool,
    /// Lines that show what it matches and what not.
    pub lines: Vec<TestLine>,
}

/// What a lexicon says, as it is written, folded.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Source {
    /// Is the language written without spaces?
    pub joined: bool,
    /// Words skipped inside patterns.
    pub fillers: Vec<Arc<str>>,
    /// Words that may stand between a denial and what it denies.
    pub light: Vec<Arc<str>>,
    /// Words that begin a new clause.
    pub subject: Vec<Arc<str>>,
    /// And.
    pub and: Vec<Arc<str>>,
    /// Or, nor.
    pub or: Vec<Arc<str>>,
    /// Yes, as an answer.
    pub yes: Vec<Arc<str>>,
    /// No, as an answer.
    pub no: Vec<Arc<str>>,
    /// Words that carry a denial inside a pattern.
    pub negators: Vec<Arc<str>>,
    /// Words glued to the next.
    pub join: Vec<Arc<str>>,
    /// Words that are never repaired.
    pub common: Vec<Arc<str>>,
    /// The first is never repaired into the second.
    pub protected: Vec<(Arc<str>, Arc<str>)>,
    /// Classes that are parts of the body.
    pub body: Vec<Arc<str>>,
    /// Findings that are past by nature.
    pub history: Vec<FindingId>,
    /// The finding a temperature of 38.0 C or more says yes to.
    pub fever: Option<FindingId>,
    /// The finding of a score out of ten.
    pub score: Option<FindingId>,
    /// A word as typed → words.
    pub slang: Vec<(Arc<str>, Vec<Arc<str>>)>,
    /// Classes, and after them the lists of `[measure]`: name → words and phrases, with `*` for any ending.
    pub classes: Vec<(Arc<str>, Vec<Arc<str>>)>,
    /// Number words.
    pub numbers: Vec<(Arc<str>, u16)>,
    /// First, second.
    pub ordinals: Vec<(Arc<str>, u16)>,
    /// Names of months.
    pub months: Vec<(Arc<str>, u16)>,
    /// Names of weekdays, Monday 1.
    pub weekdays: Vec<(Arc<str>, u16)>,
    /// Names of days of the year: month times a hundred, and the day.
    pub holidays: Vec<(Arc<str>, u16)>,
    /// Patterns, in the order of the file.
    pub patterns: Vec<Pattern>,
    /// Cues, in the order of the file.
    pub cues: Vec<Cue>,
}

impl Source {
    /// For a word, what it is never repaired into.
    pub(in crate::content) fn never_repaired(&self) -> FxHashMap<Arc<str>, Vec<Arc<str>>> {
        let mut never: FxHashMap<Arc<str>, Vec<Arc<str>>> = FxHashMap::default();
        for (from, to) in &self.protected {
            never.entry(Arc::clone(from)).or_default().push(Arc::clone(to));
        }
        never
    }

    /// Leaves out the lines that show what patterns and cues match.
    pub(super) fn leave_out_lines(&mut self) {
        let patterns = self.patterns.iter_mut().map(|pattern| &mut pattern.lines);
        let cues = self.cues.iter_mut().map(|cue| &mut cue.lines);
        for lines in patterns.chain(cues) {
            *lines = Vec::new();
        }
    }
}

/// The lexicon of one language.
#[derive(Debug)]
pub struct Lexicon {
    /// Which.
    pub language: LanguageId,
    /// Findings whose denial in words never counts: thoughts of harm.
    pub never_denied: Vec<FindingId>,
    /// Findings that rules of red flags speak of.
    pub safety: Vec<FindingId>,
    origin: fn(&LanguageId) -> Source,
    source: OnceLock<Source>,
    compiled: OnceLock<Compiled>,
}

impl Lexicon {
    /// A lexicon that was read, not yet made ready for searching.
    #[must_use]
    pub fn new(
        language: LanguageId,
        source: Source,
        never_denied: Vec<FindingId>,
        safety: Vec<FindingId>,
    ) -> Lexicon {
        Lexicon {
            source: OnceLock::from(source),
            ..Lexicon::later(language, |_| Source::default(), never_denied, safety)
        }
    }

    /// A lexicon that is read when it is first needed. It must be free of faults: nobody is left to tell them to.
    pub(super) fn later(
        language: LanguageId,
        origin: fn(&LanguageId) -> Source,
        never_denied: Vec<FindingId>,
        safety: Vec<FindingId>,
    ) -> Lexicon {
        Lexicon {
            language,
            never_denied,
            safety,
            origin,
            source: OnceLock::new(),
            compiled: OnceLock::new(),
        }
    }

    /// What is written in it.
    pub fn source(&self) -> &Source {
        self.source.get_or_init(|| (self.origin)(&self.language))
    }

    /// The form that is searched; made at the first call.
    pub fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| compile::compile(self.source()))
    }
}

//! The form of a lexicon that is searched: words → terms → classes → patterns that may begin there.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::repair::Repair;
use super::{Measure, Need};

/// A quick hash. The words of a lexicon are ours, so nobody can choose them to collide.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk
                .iter()
                .fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
    fn write_u8(&mut self, byte: u8) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    fn write_u32(&mut self, word: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// A map that is looked into for every word.
pub type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Quick>>;

/// A word, or the beginning of words, that the lexicon knows.
pub type TermId = u32;
/// A set of terms and phrases that a place of a pattern asks for.
pub type ClassId = u16;

/// The class of all numbers.
pub const NUMBER: ClassId = 0;

/// Lists a word may stand on.
pub mod flags {
    /// Skipped inside patterns.
    pub const FILLER: u16 = 1;
    /// May stand between a denial and what it denies.
    pub const LIGHT: u16 = 2;
    /// Begins a new clause.
    pub const SUBJECT: u16 = 4;
    /// And.
    pub const AND: u16 = 8;
    /// Or.
    pub const OR: u16 = 16;
    /// Yes.
    pub const YES: u16 = 32;
    /// No.
    pub const NO: u16 = 64;
    /// Common.
    pub const COMMON: u16 = 128;
    /// Alone a cue that ends a clause.
    pub const END: u16 = 256;
    /// Stands in a cue that denies.
    pub const DENIES: u16 = 512;
    /// Carries a denial inside a pattern.
    pub const NEGATOR: u16 = 1024;
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// The word, or the beginning.
    pub text: Box<str>,
    /// Is it a beginning (`swell*`)?
    pub prefix: bool,
    /// The classes it is in by itself, sorted, each with the one word it covers.
    pub classes: Vec<(ClassId, u8)>,
    /// The lists of `[measure]` among its classes, by their place.
    pub measures: u128,
    /// Is it a part of the body?
    pub body: bool,
    /// The lists it stands on.
    pub flags: u16,
    /// Its number, if it is a number word.
    pub number: Option<u16>,
    /// Its number, if it is an ordinal.
    pub ordinal: Option<u16>,
    /// The month, from 1.
    pub month: Option<u16>,
    /// The weekday, Monday 1.
    pub weekday: Option<u16>,
}

/// Several words that are in a class together.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its words, the first left out.
    pub rest: Box<[TermId]>,
    /// The class.
    pub class: ClassId,
    /// The list of `[measure]` the class is, as a bit.
    pub measure: u128,
    /// Is it a part of the body?
    pub body: bool,
}

/// What is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A pattern, by its place in the file.
    Pattern(usize),
    /// A cue, by its place in the file.
    Cue(usize),
}

/// One place of a pattern whose order counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A word or phrase of this class.
    Is(ClassId, Need),
    /// A number within bounds.
    Number(u16, u16, Need),
    /// Up to so many words.
    Gap(u8),
    /// The clause begins here.
    Start,
    /// The clause ends here.
    End,
    /// The word before is not of this class.
    NotBefore(ClassId),
}

/// How it is found.
#[derive(Clone, Debug)]
pub enum Search {
    /// In this order.
    Seq(Box<[Step]>),
    /// Near each other; the first class is the rarest and none of the body, if there is such.
    Near {
        /// The classes.
        classes: Box<[ClassId]>,
        /// Which of them are parts of the body.
        body: Box<[bool]>,
        /// Counted words from the first to the last.
        within: u8,
        /// Not over a comma either.
        same_clause: bool,
    },
}

/// A pattern or cue, ready to be searched.
#[derive(Clone, Debug)]
pub struct Searched {
    /// What it is.
    pub target: Target,
    /// How it is found.
    pub search: Search,
    /// Classes that must all be in the sentence.
    pub required: Box<[ClassId]>,
    /// Classes that must not be in the sentence.
    pub unless: Box<[ClassId]>,
}

/// A pattern or cue that may be found at a word of a class.
#[derive(Clone, Copy, Debug)]
pub struct LookedFor {
    /// Its place in [`Compiled::searched`].
    pub place: u32,
    /// Of the other classes it needs the one that is missing most often; the class itself if it needs no other.
    pub needs: ClassId,
}

/// A lexicon, ready to be searched.
#[derive(Debug, Default)]
pub struct Compiled {
    pub(super) exact: HashMap<Box<str>, TermId>,
    pub(super) prefixes: HashMap<Box<str>, Vec<TermId>>,
    /// All terms.
    pub terms: Vec<Term>,
    pub(super) phrases: HashMap<TermId, Vec<Phrase>>,
    /// All patterns and cues.
    pub searched: Vec<Searched>,
    /// For each class, where its patterns and cues stand in `looked_for`.
    pub(super) openings: Vec<Range<u32>>,
    pub(super) looked_for: Vec<LookedFor>,
    pub(super) named: HashMap<Box<str>, ClassId>,
    /// Classes of `[class]` and `[measure]` come first; this is the last of them.
    pub(super) last_named: ClassId,
    pub(super) measures: Vec<ClassId>,
    pub(super) holidays: Vec<(ClassId, u16)>,
    /// For each class: is it a part of the body?
    pub(super) body: Vec<bool>,
    pub(super) slang: HashMap<Box<str>, Vec<Box<str>>>,
    pub(super) join: HashSet<Box<str>>,
    pub(super) repair: Repair,
    pub(super) longest_joined: usize,
}

/// How many letters the beginning of a word has by which prefixes are looked up.
pub(super) const LOOKUP: usize = 3;

/// The first letters of a word.
pub(super) fn beginning(word: &str) -> Option<&str> {
    let (end, letter) = word.char_indices().nth(LOOKUP - 1)?;
    word.get(..end + letter.len_utf8())
}

impl Compiled {
    /// How many classes there are.
    #[must_use]
    pub fn class_count(&self) -> usize {
        self.openings.len()
    }

    /// The term of exactly this word.
    #[must_use]
    pub fn exact(&self, word: &str) -> Option<TermId> {
        self.exact.get(word).copied()
    }

    /// All terms of a word: itself, and the beginnings it has.
    pub fn terms_of(&self, word: &str, found: &mut Vec<TermId>) {
        found.extend(self.exact(word));
        let likely = beginning(word).and_then(|start| self.prefixes.get(start));
        for id in likely.into_iter().flatten() {
            if self.term(*id).is_some_and(|term| word.starts_with(&*term.text)) {
                found.push(*id);
            }
        }
    }

    /// The term.
    #[must_use]
    pub fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.get(id as usize)
    }

    /// Phrases that begin with this term.
    pub fn phrases(&self, first: TermId) -> &[Phrase] {
        self.phrases.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Patterns and cues in order that may begin with this class, and patterns without order whose rarest class it is.
    pub fn looked_for(&self, class: ClassId) -> &[LookedFor] {
        let range = self.openings.get(usize::from(class));
        range
            .and_then(|range| self.looked_for.get(range.start as usize..range.end as usize))
            .unwrap_or(&[])
    }

    /// Is the class a part of the body?
    #[must_use]
    pub fn is_body(&self, class: ClassId) -> bool {
        self.body.get(usize::from(class)).copied().unwrap_or(false)
    }

    /// The class of a list of `[measure]`.
    #[must_use]
    pub fn measure(&self, measure: Measure) -> Option<ClassId> {
        self.measures.get(measure as usize).copied()
    }

    /// The list of `[measure]` a class is, as a bit.
    #[must_use]
    pub fn measure_bit(&self, class: ClassId) -> u128 {
        let place = self.measures.iter().position(|measure| *measure == class);
        place.map_or(0, |place| 1 << place)
    }

    /// The day of the year a class names: month times a hundred, and the day.
    #[must_use]
    pub fn holiday(&self, class: ClassId) -> Option<u16> {
        let mut days = self.holidays.iter();
        days.find(|(name, _)| *name == class).map(|(_, day)| *day)
    }

    /// What a word of slang stands for.
    #[must_use]
    pub fn slang(&self, word: &str) -> Option<&[Box<str>]> {
        self.slang.get(word).map(Vec::as_slice)
    }

    /// Is the word glued to the next?
    #[must_use]
    pub fn joins(&self, word: &str) -> bool {
        !self.join.is_empty() && self.join.contains(word)
    }

    /// The nearest terms to a word that is not known, how far they are, and whether they mean different things. Words
    /// of classes go before words that only a pattern names.
    #[must_use]
    pub fn repair(&self, word: &str) -> Option<(Vec<TermId>, u8, bool)> {
        let (mut nearest, distance) = self.repair.nearest(word, &self.terms)?;
        let classes = |id: &TermId| self.term(*id).map_or(&[][..], |term| term.classes.as_slice());
        let named = |id: &TermId| classes(id).first().is_some_and(|(class, _)| *class <= self.last_named);
        if nearest.iter().any(named) {
            nearest.retain(named);
        }
        let tied = nearest.split_first().is_some_and(|(first, rest)| {
            !rest.is_empty()
                && !classes(first)
                    .iter()
                    .any(|class| rest.iter().all(|other| classes(other).contains(class)))
        });
        Some((nearest, distance, tied))
    }

    /// The longest word of a script without spaces, in letters.
    #[must_use]
    pub fn longest_joined(&self) -> usize {
        self.longest_joined
    }
}

//! The form of a lexicon that is searched: words → terms → classes → patterns that may begin there.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::repair::Repair;
use super::{Measure, Need};

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

/// Thirty-two classes that follow each other, and which of them are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Block {
    place: u16,
    bits: u32,
}

/// A set of classes, sorted.
#[derive(Clone, Debug, Default)]
pub struct ClassSet(Box<[Block]>);

impl ClassSet {
    /// The set of these classes, which are sorted.
    pub(super) fn new(classes: &[ClassId]) -> ClassSet {
        let blocks = classes.chunk_by(|one, other| one / 32 == other / 32);
        let block = |classes: &[ClassId]| Block {
            place: classes.first().map_or(0, |class| class / 32),
            bits: classes.iter().fold(0, |bits, class| bits | 1 << (class % 32)),
        };
        ClassSet(blocks.map(block).collect())
    }

    /// Is the class in it?
    #[must_use]
    pub fn has(&self, class: ClassId) -> bool {
        let place = self.0.binary_search_by_key(&(class / 32), |block| block.place);
        let block = place.ok().and_then(|place| self.0.get(place));
        block.is_some_and(|block| block.bits & (1 << (class % 32)) != 0)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = ClassId> {
        let blocks = self.0.iter();
        blocks.flat_map(|block| {
            (0..32)
                .filter(|bit| block.bits & (1 << bit) != 0)
                .map(|bit| block.place * 32 + bit)
        })
    }
}

/// A set of classes that others are put into, as wide as all classes.
#[derive(Clone, Debug, Default)]
pub struct WideSet(Vec<u32>);

impl WideSet {
    /// With room for so many classes.
    #[must_use]
    pub fn new(count: usize) -> WideSet {
        WideSet(vec![0; count / 32 + 1])
    }
    /// Those that are in another as well, in order.
    pub fn common(&self, other: &WideSet) -> impl Iterator<Item = ClassId> {
        let both = self.0.iter().zip(&other.0).map(|(one, other)| one & other);
        (0..).zip(both).flat_map(|(place, bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                u16::try_from(place * 32 + bit).ok()
            })
        })
    }
    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }
    /// Puts one in.
    pub fn add(&mut self, class: ClassId) {
        if let Some(slot) = self.0.get_mut(usize::from(class) / 32) {
            *slot |= 1 << (class % 32);
        }
    }
    /// Puts all of a set in.
    pub fn add_all(&mut self, set: &ClassSet) {
        for block in &set.0 {
            if let Some(slot) = self.0.get_mut(usize::from(block.place)) {
                *slot |= block.bits;
            }
        }
    }
    /// Puts those of a set in that are in another as well.
    pub fn add_common(&mut self, set: &ClassSet, other: &WideSet) {
        for block in &set.0 {
            let place = usize::from(block.place);
            if let (Some(slot), Some(other)) = (self.0.get_mut(place), other.0.get(place)) {
                *slot |= block.bits & other;
            }
        }
    }
    /// Becomes these two together.
    pub fn join(&mut self, one: &WideSet, other: &WideSet) {
        for (slot, (one, other)) in self.0.iter_mut().zip(one.0.iter().zip(&other.0)) {
            *slot = one | other;
        }
    }
    /// Is the class in it?
    #[must_use]
    pub fn has(&self, class: ClassId) -> bool {
        self.0
            .get(usize::from(class) / 32)
            .is_some_and(|slot| slot & (1 << (class % 32)) != 0)
    }
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// The word, or the beginning.
    pub text: Box<str>,
    /// Is it a beginning (`swell*`)?
    pub prefix: bool,
    /// The classes it is in by itself.
    pub classes: ClassSet,
    /// Those of its classes at which a pattern or cue may begin.
    pub opens: Box<[ClassId]>,
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
    /// Its words, the first two left out.
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
    /// The classes it may begin with; of a pattern without order the one it is put together from.
    pub opens: Box<[ClassId]>,
    /// Classes that must all be in the sentence, the rarest first.
    pub required: Box<[ClassId]>,
    /// Classes that must not be in the sentence.
    pub unless: Box<[ClassId]>,
}

/// A pattern or cue that may be in a sentence in which its rarest class is.
#[derive(Clone, Copy, Debug)]
pub struct LookedFor {
    /// Its place in [`Compiled::searched`].
    pub place: u32,
    /// The rarest but one of the classes it needs; the rarest itself if it needs no other.
    pub needs: ClassId,
}

/// A lexicon, ready to be searched.
#[derive(Debug, Default)]
pub struct Compiled {
    pub(super) exact: FxHashMap<Box<str>, TermId>,
    pub(super) prefixes: FxHashMap<Box<str>, Vec<TermId>>,
    /// All terms.
    pub terms: Vec<Term>,
    pub(super) phrases: FxHashMap<(TermId, TermId), Vec<Phrase>>,
    /// All patterns and cues.
    pub searched: Vec<Searched>,
    /// For each class, where the patterns and cues of which it is the rarest stand in `looked_for`.
    pub(super) rarest: Vec<Range<u32>>,
    pub(super) looked_for: Vec<LookedFor>,
    /// The classes that are the rarest of any.
    pub(super) looked_at: WideSet,
    pub(super) named: FxHashMap<Box<str>, ClassId>,
    /// Classes of `[class]` and `[measure]` come first; this is the last of them.
    pub(super) last_named: ClassId,
    pub(super) measures: Vec<ClassId>,
    pub(super) holidays: Vec<(ClassId, u16)>,
    /// The classes that are parts of the body.
    pub(super) body: WideSet,
    pub(super) slang: FxHashMap<Box<str>, Vec<Box<str>>>,
    pub(super) join: FxHashSet<Box<str>>,
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
        self.rarest.len()
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

    /// Phrases that begin with these terms.
    pub fn phrases(&self, first: TermId, second: TermId) -> &[Phrase] {
        self.phrases.get(&(first, second)).map_or(&[], Vec::as_slice)
    }

    /// The classes for which [`Compiled::looked_for`] has anything.
    #[must_use]
    pub fn looked_at(&self) -> &WideSet {
        &self.looked_at
    }

    /// Patterns and cues of which this class is the rarest that they need.
    pub fn looked_for(&self, class: ClassId) -> &[LookedFor] {
        let range = self.rarest.get(usize::from(class));
        range
            .and_then(|range| self.looked_for.get(range.start as usize..range.end as usize))
            .unwrap_or(&[])
    }

    /// Is the class a part of the body?
    #[must_use]
    pub fn is_body(&self, class: ClassId) -> bool {
        self.body.has(class)
    }

    /// The classes that are parts of the body.
    #[must_use]
    pub fn body(&self) -> &WideSet {
        &self.body
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

    /// Classes that name a day of the year: month times a hundred, and the day.
    #[must_use]
    pub fn holidays(&self) -> &[(ClassId, u16)] {
        &self.holidays
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
        let classes = |id: &TermId| self.term(*id).map(|term| &term.classes);
        let named = |id: &TermId| {
            let first = classes(id).and_then(|classes| classes.iter().next());
            first.is_some_and(|class| class <= self.last_named)
        };
        if nearest.iter().any(named) {
            nearest.retain(named);
        }
        let in_all = |class: ClassId, others: &[TermId]| {
            let mut others = others.iter().filter_map(classes);
            others.all(|other| other.has(class))
        };
        let tied = nearest.split_first().is_some_and(|(first, rest)| {
            let mut shared = classes(first).into_iter().flat_map(ClassSet::iter);
            !rest.is_empty() && !shared.any(|class| in_all(class, rest))
        });
        Some((nearest, distance, tied))
    }

    /// The longest word of a script without spaces, in letters.
    #[must_use]
    pub fn longest_joined(&self) -> usize {
        self.longest_joined
    }
}

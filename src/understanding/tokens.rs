//! The tokens of a message: words and numbers, each with its place in the message as she typed it, and where sentences
//! and items part.

use std::ops::Range;

use smallvec::SmallVec;

use crate::content::lexicon::Measure;
use crate::content::lexicon::compiled::{ClassId, Compiled, NUMBER, Term, TermId, WideSet};

/// What parts a token from the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Break {
    /// Nothing but space.
    #[default]
    None,
    /// A comma, a colon, a dash.
    Soft,
    /// The end of a sentence.
    Hard,
}

/// One word or number.
#[derive(Clone, Debug, Default)]
pub(super) struct Token {
    /// Its place in the message, in bytes.
    pub(super) place: Range<usize>,
    /// Where the word, folded, stands in [`Tokens::folded`]; of a number, its digits.
    pub(super) text: Range<usize>,
    /// Its number in hundredths, if it is one.
    pub(super) number: Option<u32>,
    /// Is it a number in digits with a point or comma?
    pub(super) decimal: bool,
    /// Is the number an ordinal?
    pub(super) ordinal: bool,
    /// How many digits it was written with; 0 for a number word.
    pub(super) digits: u8,
    /// The phrases that begin here.
    pub(super) phrases: Range<usize>,
    /// The lists of `[measure]` that begin here, by their place.
    pub(super) measures: u128,
    /// Does a part of the body begin here?
    pub(super) body: bool,
    /// The terms it is.
    pub(super) terms: Range<usize>,
    /// The lists it stands on.
    pub(super) flags: u16,
    /// Steps of repair.
    pub(super) repair: u8,
    /// Was it repaired into one of several words?
    pub(super) tied: bool,
    /// Does the lexicon know it?
    pub(super) known: bool,
    /// What parts it from the token before.
    pub(super) broken: Break,
    /// The sign before it, if there is one (`+`, `/`, `-`, `:`, `°`, `%`, `$`, `<`).
    pub(super) sign: char,
    /// Does nothing but a sign stand between it and the token before?
    pub(super) glued: bool,
    /// Does a question mark follow?
    pub(super) asked: bool,
}

impl Token {
    pub(super) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// A whole number below 10,000.
    pub(super) fn whole(&self) -> Option<u16> {
        let hundredths = self.number?;
        (hundredths % 100 == 0)
            .then(|| u16::try_from(hundredths / 100).ok())
            .flatten()
    }
}

/// The tokens of a message.
pub(super) struct Tokens<'l> {
    pub(super) lexicon: &'l Compiled,
    pub(super) list: Vec<Token>,
    /// The words, folded, one behind the other.
    pub(super) folded: String,
    /// Classes of the phrases that begin at each token, with how many tokens they cover.
    pub(super) phrases: Vec<(ClassId, u8)>,
    pub(super) all_terms: Vec<TermId>,
}

impl<'l> Tokens<'l> {
    pub(super) fn new(lexicon: &'l Compiled, list: Vec<Token>, folded: String) -> Tokens<'l> {
        Tokens {
            lexicon,
            list,
            folded,
            phrases: Vec::new(),
            all_terms: Vec::new(),
        }
    }

    /// The word, folded.
    pub(super) fn text(&self, token: &Token) -> &str {
        self.folded.get(token.text.clone()).unwrap_or("")
    }

    /// The phrases that begin at a token: class, and how many tokens it covers.
    pub(super) fn phrases(&self, place: usize) -> &[(ClassId, u8)] {
        let token = self.list.get(place);
        token
            .and_then(|token| self.phrases.get(token.phrases.clone()))
            .unwrap_or(&[])
    }

    /// What the lexicon knows of the terms of a token.
    pub(super) fn known(&self, place: usize) -> impl Iterator<Item = &'l Term> {
        let lexicon = self.lexicon;
        self.terms(place).iter().filter_map(|id| lexicon.term(*id))
    }

    /// The classes that begin at a token and are among these, in order.
    pub(super) fn opens(&self, place: usize, among: &WideSet) -> SmallVec<[ClassId; 16]> {
        let mut opens: SmallVec<[ClassId; 16]> = SmallVec::new();
        for term in self.known(place) {
            opens.extend(term.opens.iter().copied().filter(|class| among.has(*class)));
        }
        let number = self.is_number(place).then_some(NUMBER);
        let phrases = self.phrases(place).iter().map(|(class, _)| *class);
        opens.extend(
            number
                .into_iter()
                .chain(phrases)
                .filter(|class| among.has(*class)),
        );
        opens.sort_unstable();
        opens.dedup();
        opens
    }

    /// Puts the classes that begin at a token into a set.
    pub(super) fn add_to(&self, set: &mut WideSet, place: usize) {
        for term in self.known(place) {
            set.add_all(&term.classes);
        }
        for (class, _) in self.phrases(place) {
            set.add(*class);
        }
        if self.is_number(place) {
            set.add(NUMBER);
        }
    }

    /// Puts the parts of the body that begin at a token into a set.
    pub(super) fn add_bodies(&self, set: &mut WideSet, place: usize) {
        for term in self.known(place) {
            set.add_common(&term.classes, self.lexicon.body());
        }
        let phrases = self.phrases(place).iter().map(|(class, _)| *class);
        for class in phrases.filter(|class| self.lexicon.is_body(*class)) {
            set.add(class);
        }
    }

    /// Is the token, or does a phrase begin there that is, on a list of `[measure]`?
    pub(super) fn is_on(&self, place: usize, measure: Measure) -> bool {
        let token = self.list.get(place);
        token.is_some_and(|token| token.measures & measure.bit() != 0)
    }

    fn is_number(&self, place: usize) -> bool {
        self.list.get(place).is_some_and(|token| token.number.is_some())
    }

    /// The most tokens of this class that begin here.
    pub(super) fn covers(&self, place: usize, class: ClassId) -> Option<usize> {
        let phrases = self.phrases(place).iter();
        let longest = phrases
            .filter(|(other, _)| *other == class)
            .map(|(_, length)| usize::from(*length))
            .max();
        let one = || {
            let alone = (class == NUMBER && self.is_number(place))
                || self.known(place).any(|term| term.classes.has(class));
            alone.then_some(1)
        };
        longest.or_else(one)
    }

    pub(super) fn terms(&self, place: usize) -> &[TermId] {
        self.list
            .get(place)
            .and_then(|token| self.all_terms.get(token.terms.clone()))
            .unwrap_or(&[])
    }

    pub(super) fn get(&self, place: usize) -> Option<&Token> {
        self.list.get(place)
    }

    /// Does a part of the body begin here?
    pub(super) fn body(&self, place: usize) -> bool {
        self.list.get(place).is_some_and(|token| token.body)
    }

    pub(super) fn has(&self, place: usize, flag: u16) -> bool {
        self.list.get(place).is_some_and(|token| token.has(flag))
    }

    /// What parts a token from the one before it.
    pub(super) fn broken(&self, place: usize) -> Break {
        self.list.get(place).map_or(Break::Hard, |token| token.broken)
    }
}

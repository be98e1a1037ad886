//! The tokens of a message: words and numbers, each with its place in the message as she typed it, and where sentences
//! and items part.

use std::ops::Range;

use crate::content::lexicon::compiled::{ClassId, Compiled, TermId};

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

/// Where the classes of a token are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Classes {
    /// Those of its only term.
    Term(TermId),
    /// A part of [`Tokens::own_classes`].
    Own(Range<usize>),
}

impl Default for Classes {
    fn default() -> Classes {
        Classes::Own(0..0)
    }
}

/// One word or number.
#[derive(Clone, Debug, Default)]
pub(super) struct Token {
    /// Its place in the message, in bytes.
    pub(super) place: Range<usize>,
    /// The word, folded; of a number, its digits.
    pub(super) text: String,
    /// Its number in hundredths, if it is one.
    pub(super) number: Option<u32>,
    /// Is it a number in digits with a point or comma?
    pub(super) decimal: bool,
    /// Is the number an ordinal?
    pub(super) ordinal: bool,
    /// How many digits it was written with; 0 for a number word.
    pub(super) digits: u8,
    /// Where its classes are.
    pub(super) classes: Classes,
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
    /// Classes of tokens that are several terms, begin a phrase, or are a number.
    pub(super) own_classes: Vec<(ClassId, u8)>,
    pub(super) all_terms: Vec<TermId>,
}

impl<'l> Tokens<'l> {
    pub(super) fn new(lexicon: &'l Compiled, list: Vec<Token>) -> Tokens<'l> {
        Tokens {
            lexicon,
            list,
            own_classes: Vec::new(),
            all_terms: Vec::new(),
        }
    }

    /// The classes that begin at a token, with the number of tokens they cover.
    pub(super) fn classes(&self, place: usize) -> &[(ClassId, u8)] {
        let classes = self.list.get(place).map(|token| &token.classes);
        classes
            .and_then(|classes| match classes {
                Classes::Term(id) => self.lexicon.term(*id).map(|term| term.classes.as_slice()),
                Classes::Own(range) => self.own_classes.get(range.clone()),
            })
            .unwrap_or(&[])
    }

    /// The most tokens of this class that begin here.
    pub(super) fn covers(&self, place: usize, class: ClassId) -> Option<usize> {
        let classes = self.classes(place);
        // Sorted by class, the longest last.
        let end = classes.partition_point(|(other, _)| *other <= class);
        let (other, length) = classes.get(end.checked_sub(1)?)?;
        (*other == class).then_some(usize::from(*length))
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

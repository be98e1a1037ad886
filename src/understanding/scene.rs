//! How a message is laid out: sentences, clauses, items between commas, the cues with what they do, and who is spoken
//! of at each word.

use crate::content::Value;
use crate::content::lexicon::compiled::{Target, flags};
use crate::content::lexicon::{CueKind, Lexicon, Measure, Reach, Reads, Says};

use super::spot::{Found, Spotted};
use super::tokens::{Break, Tokens};

/// How far behind the name of somebody a pronoun may stand for them, in tokens.
pub(super) const NAMED: usize = 40;

/// How far before a pronoun "a friend" may stand, in tokens.
const A_FRIEND: usize = 4;

/// A cue in place.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueAt {
    pub(super) kind: CueKind,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) reach: Reach,
    pub(super) words: usize,
    pub(super) strict: usize,
}

/// Who is spoken of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Person {
    /// She.
    Own,
    /// She, by a pronoun.
    Third,
    /// Somebody else, named in this item or by a pronoun.
    Other,
    /// Somebody else was named before a comma.
    PerhapsOther,
}

/// The message, laid out.
pub(super) struct Scene<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) cues: Vec<CueAt>,
    /// For each token, the first and the end of its sentence, clause and item.
    pub(super) sentence: Vec<(usize, usize)>,
    pub(super) clause: Vec<(usize, usize)>,
    pub(super) item: Vec<(usize, usize)>,
    /// Words that findings were read from.
    pub(super) told: Vec<bool>,
    /// Words that danger signs were read from.
    danger: Vec<bool>,
    /// For each token, the cue of denial that ends there and reaches right.
    denies: Vec<Option<usize>>,
    /// Words for weeks, and "at" before them.
    weeks: Vec<bool>,
    /// Cues that begin at or after each token, as a place in the list.
    from: Vec<usize>,
    person: Vec<Person>,
    /// Somebody writes for her.
    pub(super) proxy: bool,
    /// Who writes speaks of her own body: "my calf", "I feel sick".
    pub(super) own_body: bool,
}

fn stretches(count: usize, begins: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut stretches = vec![(0, count); count];
    let mut start = 0;
    for end in 1..=count {
        if end == count || begins(end) {
            for slot in stretches.iter_mut().take(end).skip(start) {
                *slot = (start, end);
            }
            start = end;
        }
    }
    stretches
}

fn weeks(tokens: &Tokens<'_>) -> Vec<bool> {
    let named = Measure::Week.bit() | Measure::At.bit();
    let tokens = tokens.list.iter();
    tokens.map(|token| token.measures & named != 0).collect()
}

/// For each token: is it a word of something told, is it a word of a danger sign?
fn told(lexicon: &Lexicon, tokens: &Tokens<'_>, spotted: &Spotted) -> (Vec<bool>, Vec<bool>) {
    let count = tokens.list.len();
    let (mut told, mut danger) = (vec![false; count], vec![false; count]);
    for found in &spotted.patterns {
        let Some(Reads::Finding(finding, says)) = found.reads(lexicon) else {
            continue;
        };
        // "Legs fine" names no danger that a list before it would deny.
        let safety = lexicon.safety.contains(finding) && *says != Says::Is(Value::No);
        // A part of the body that an earlier sentence named is told there, if at all.
        let begins = |token: &&usize| {
            let core = found.core.first().copied().unwrap_or(**token);
            (**token..core).all(|place| tokens.broken(place + 1) != Break::Hard)
        };
        for token in found.tokens.iter().filter(begins) {
            if let (Some(told), Some(danger)) = (told.get_mut(*token), danger.get_mut(*token)) {
                *told = true;
                *danger |= safety;
            }
        }
    }
    (told, danger)
}

/// For each token, the cue of denial that ends there and reaches right.
fn denials(cues: &[CueAt], count: usize) -> Vec<Option<usize>> {
    let mut denies = vec![None; count];
    for (index, cue) in cues.iter().enumerate() {
        if cue.kind == CueKind::Deny
            && cue.reach != Reach::After
            && let Some(slot) = denies.get_mut(cue.last)
        {
            *slot = Some(index);
        }
    }
    denies
}

impl<'t> Scene<'t> {
    pub(super) fn new(lexicon: &Lexicon, tokens: &'t Tokens<'t>, spotted: &Spotted) -> Scene<'t> {
        let count = tokens.list.len();
        let cues: Vec<CueAt> = spotted
            .cues
            .iter()
            .filter_map(|found| cue(lexicon, found))
            .collect();
        let mut ends = vec![false; count];
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::End) {
            if let Some(slot) = ends.get_mut(cue.first) {
                *slot = true;
            }
        }
        let ends = |place: usize| ends.get(place).copied().unwrap_or(false);
        let clause_begins = |place: usize| {
            let broken = tokens.broken(place);
            if broken == Break::Hard || ends(place) {
                return true;
            }
            let and = tokens.has(place, flags::AND);
            let subject = tokens.has(place + usize::from(and), flags::SUBJECT);
            (broken == Break::Soft || and) && subject
        };
        let (told, danger) = told(lexicon, tokens, spotted);
        let denies = denials(&cues, count);
        let from = (0..=count)
            .map(|place| cues.partition_point(|cue| cue.first < place))
            .collect();
        let mut scene = Scene {
            tokens,
            sentence: stretches(count, |place| tokens.broken(place) == Break::Hard),
            clause: stretches(count, clause_begins),
            item: stretches(count, |place| {
                tokens.broken(place) != Break::None || clause_begins(place)
            }),
            told,
            danger,
            denies,
            weeks: weeks(tokens),
            from,
            person: Vec::new(),
            proxy: false,
            own_body: false,
            cues,
        };
        scene.own_body = scene.names_own_body();
        (scene.person, scene.proxy) = scene.persons();
        scene
    }

    /// Who is spoken of at each word, and whether somebody writes for her.
    fn persons(&self) -> (Vec<Person>, bool) {
        let mut proxy = false;
        let count = self.tokens.list.len();
        let mut persons = Vec::with_capacity(count);
        let mut state = Person::Own;
        let mut named_other: Option<usize> = None;
        let mut cues = self.cues.iter().peekable();
        for place in 0..count {
            if self.tokens.broken(place) == Break::Hard && place > 0 {
                state = Person::Own;
            } else if state == Person::Other && self.item.get(place).is_some_and(|(start, _)| *start == place)
            {
                state = Person::PerhapsOther;
            }
            while let Some(cue) = cues.next_if(|cue| cue.first <= place) {
                match cue.kind {
                    CueKind::Own => state = Person::Own,
                    CueKind::Proxy if self.only_told_of(cue, named_other) => {
                        state = Person::Other;
                        named_other = Some(place);
                    }
                    CueKind::Proxy => {
                        proxy = true;
                        state = Person::Own;
                        named_other = None;
                    }
                    CueKind::Other => {
                        state = Person::Other;
                        // "My wife had our baby, her leg is massive": the pronoun is hers for whom is written.
                        let baby = (cue.first..=cue.last).any(|at| self.tokens.is_on(at, Measure::Baby));
                        if !(proxy && baby) {
                            named_other = Some(place);
                        }
                    }
                    CueKind::Third => {
                        // A pronoun is the person who was named last, a sentence or two ago at the most.
                        let other = named_other.is_some_and(|at| place - at < NAMED);
                        state = if other { Person::Other } else { Person::Third };
                    }
                    _ => {}
                }
            }
            persons.push(state);
        }
        (persons, proxy)
    }

    /// "My calf", "my left leg", "I can hardly walk", "I'm 31 weeks": she, or who writes, speaks of her own body.
    fn names_own_body(&self) -> bool {
        let counts = |at: usize| {
            let number = self.tokens.get(at).is_some_and(|token| token.number.is_some());
            number && self.tokens.is_on(at + 1, Measure::Week)
        };
        let weeks = |at: usize| self.tokens.is_on(at, Measure::IAm) && (at + 1..at + 4).any(counts);
        if (0..self.tokens.list.len()).any(weeks) {
            return true;
        }
        let own = |cue: &&CueAt| cue.kind == CueKind::Own && cue.first == cue.last;
        let speaks = |cue: &CueAt| self.tokens.is_on(cue.first, Measure::Speaker);
        let mut own = self.cues.iter().filter(own);
        own.any(|cue| {
            let joined = |at: &usize| self.tokens.broken(*at) == Break::None;
            let nobody_else = |at: &usize| {
                let mut cues = self.cues_in(*at, at + 1).iter();
                !cues.any(|cue| matches!(cue.kind, CueKind::Third | CueKind::Other | CueKind::Proxy))
            };
            let behind = || {
                (cue.last + 1..cue.last + 5)
                    .take_while(joined)
                    .take_while(nobody_else)
            };
            behind().take(2).any(|at| self.tokens.body(at))
                || (speaks(cue) && behind().any(|at| self.told(at)))
        })
    }

    /// A relative or friend who is spoken of by a woman with a body of her own ("my sister in law is 32 weeks, … my calf cramps"),
    /// or somebody by a pronoun who was named before ("my cousin's wedding … she's 30 weeks"): nobody writes for her.
    fn only_told_of(&self, cue: &CueAt, named_other: Option<usize>) -> bool {
        let kin = (cue.first..=cue.last).find(|at| self.tokens.is_on(*at, Measure::Kin));
        // "Writing for my sister" names her further on.
        let named = self.own_body && kin.is_some_and(|at| at <= cue.first + 1);
        let near = named_other.is_some_and(|at| cue.first - at < NAMED);
        // "Asking for a friend, she's 20 weeks".
        let a_friend = (cue.first.saturating_sub(A_FRIEND)..cue.first)
            .any(|at| self.tokens.is_on(at, Measure::Single) && self.tokens.is_on(at + 1, Measure::Kin));
        named || ((near || a_friend) && kin.is_none() && self.tokens.is_on(cue.first, Measure::SheIs))
    }

    /// Who is spoken of at a word.
    pub(super) fn person(&self, place: usize) -> Person {
        self.person.get(place).copied().unwrap_or(Person::Own)
    }

    /// The cue of denial that ends at a token.
    pub(super) fn denial_at(&self, place: usize) -> Option<&CueAt> {
        let index = (*self.denies.get(place)?)?;
        self.cues.get(index)
    }

    /// The cues that begin within these tokens.
    pub(super) fn cues_in(&self, start: usize, end: usize) -> &[CueAt] {
        let at = |place: usize| {
            self.from
                .get(place.min(self.from.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0)
        };
        self.cues.get(at(start)..at(end).max(at(start))).unwrap_or(&[])
    }

    pub(super) fn told(&self, place: usize) -> bool {
        self.told.get(place).copied().unwrap_or(false)
    }

    /// Is it a word of a danger sign?
    pub(super) fn danger(&self, place: usize) -> bool {
        self.danger.get(place).copied().unwrap_or(false)
    }

    /// Is it a part of the body?
    pub(super) fn body(&self, place: usize) -> bool {
        self.tokens.body(place)
    }

    /// Is it a word for weeks, or "at"?
    pub(super) fn names_weeks(&self, place: usize) -> bool {
        self.weeks.get(place).copied().unwrap_or(false)
    }

    /// The last pronoun for somebody at or before a word.
    pub(super) fn third_before(&self, place: usize) -> Option<&CueAt> {
        let before = self.cues_in(0, place + 1);
        before.iter().rev().find(|cue| cue.kind == CueKind::Third)
    }

    /// Is something told within these tokens?
    pub(super) fn any_told(&self, start: usize, end: usize) -> bool {
        (start..end).any(|place| self.told(place))
    }

    pub(super) fn clause_of(&self, place: usize) -> (usize, usize) {
        self.clause.get(place).copied().unwrap_or((place, place + 1))
    }

    pub(super) fn item_of(&self, place: usize) -> (usize, usize) {
        self.item.get(place).copied().unwrap_or((place, place + 1))
    }

    pub(super) fn sentence_of(&self, place: usize) -> (usize, usize) {
        self.sentence.get(place).copied().unwrap_or((place, place + 1))
    }

    /// Is the word counted when words are counted?
    pub(super) fn counts(&self, place: usize) -> bool {
        !self.tokens.has(place, flags::FILLER)
    }
}

fn cue(lexicon: &Lexicon, found: &Found) -> Option<CueAt> {
    let Target::Cue(place) = found.target else {
        return None;
    };
    let cue = lexicon.source().cues.get(place)?;
    Some(CueAt {
        kind: cue.kind,
        first: found.first(),
        last: found.last(),
        reach: cue.reach,
        words: usize::from(cue.words),
        strict: usize::from(cue.strict),
    })
}

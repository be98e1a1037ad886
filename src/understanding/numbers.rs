//! What the numbers of a message are about. Guards first, meaning second: telephone numbers, times of day, blood
//! pressure, scores, money, doses, weights, ages and years are set aside before weeks and temperatures are looked for.

use std::ops::RangeInclusive;

use smallvec::smallvec;

use crate::content::lexicon::{Lexicon, Measure};

use super::scene::Scene;
use super::spot::Found;
use super::tokens::{Break, Tokens};

/// Weeks that a pregnancy may be said to have.
pub(super) const WEEKS: RangeInclusive<u16> = 4..=43;

/// What a number is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Guard {
    /// Nothing that is known yet.
    #[default]
    Open,
    /// Set aside.
    Aside,
    /// The first number of a score out of ten.
    Score,
    /// The day of a date in digits; the month stands behind it.
    Date,
}

/// Looks numbers up.
pub(super) struct Numbers<'t> {
    lexicon: &'t Lexicon,
    pub(super) scene: &'t Scene<'t>,
    pub(super) tokens: &'t Tokens<'t>,
    guards: Vec<Guard>,
}

impl<'t> Numbers<'t> {
    pub(super) fn new(lexicon: &'t Lexicon, scene: &'t Scene<'t>) -> Numbers<'t> {
        let mut numbers = Numbers {
            lexicon,
            scene,
            tokens: scene.tokens,
            guards: Vec::new(),
        };
        let mut guards = vec![Guard::Open; scene.tokens.list.len()];
        for place in 0..guards.len() {
            numbers.guard(place, &mut guards);
        }
        numbers.guards = guards;
        numbers
    }

    /// How many tokens of a list of `[measure]` begin here.
    pub(super) fn covers(&self, place: usize, measure: Measure) -> Option<usize> {
        let listed = self.listed(place, measure);
        if measure == Measure::Birth {
            // "Born this morning": the day is left to be read.
            let born = listed.and(self.listed(place, Measure::Born));
            born.or_else(|| listed.max(self.had_a_baby(place)).max(self.came(place)))
        } else {
            listed
        }
    }

    /// "Had my beautiful little girl": any words for having, for hers, and for a baby.
    fn had_a_baby(&self, place: usize) -> Option<usize> {
        let what = place + self.listed(place, Measure::Had)?;
        let joined = (place + 1..=what).all(|at| self.tokens.broken(at) == Break::None);
        let length = self.little_one(what).filter(|_| joined)?;
        Some(what + length - place)
    }

    /// "Baby girl born 4 Nov", "9 days since our Alfie came", "born this morning": who was born may be a name, which no lexicon
    /// knows, or be left out.
    fn came(&self, place: usize) -> Option<usize> {
        let small = |at: usize| !self.scene.counts(at);
        let joined = |at: usize| self.tokens.broken(at) == Break::None;
        let (item, _) = self.scene.item_of(place);
        if item == place && self.listed(place, Measure::Born).is_some() {
            return Some(1);
        }
        let mut at = match self
            .listed(place, Measure::Baby)
            .or_else(|| self.little_one(place))
        {
            Some(length) => place + length,
            None => {
                let mut name = place + self.listed(place, Measure::Since)?;
                while let Some(length) = self.listed(name, Measure::HadWhat) {
                    name += length;
                }
                // "9 days since my son", and no more said.
                if let Some(length) = self.child(name).filter(|length| !joined(name + length)) {
                    return (place + 1..name).all(joined).then_some(name + length - place);
                }
                self.tokens.get(name).filter(|name| !name.known)?;
                name + 1
            }
        };
        while joined(at) && small(at) && at < place + 8 {
            at += 1;
        }
        let born = self.listed(at, Measure::Came)?;
        (place + 1..=at).all(joined).then_some(at + born - place)
    }

    /// "Our wee girl": any words for hers, and for a baby.
    fn little_one(&self, place: usize) -> Option<usize> {
        let mut whom = place;
        while let Some(length) = self.listed(whom, Measure::HadWhat) {
            whom += length;
        }
        let joined = (place + 1..=whom).all(|at| self.tokens.broken(at) == Break::None);
        let length = self.child(whom)?;
        (joined && whom > place).then_some(whom + length - place)
    }

    /// "Baby", "son": a word for whom she had.
    fn child(&self, place: usize) -> Option<usize> {
        self.listed(place, Measure::Baby)
            .max(self.listed(place, Measure::HadWhom))
    }

    fn listed(&self, place: usize, measure: Measure) -> Option<usize> {
        let token = self.tokens.get(place)?;
        if token.measures & measure.bit() == 0 {
            return None;
        }
        let class = self.lexicon.compiled().measure(measure)?;
        // Units may be mistyped; the small words that turn a number's meaning may not.
        let unit = matches!(
            measure,
            Measure::Week
                | Measure::Day
                | Measure::Month
                | Measure::Trimester
                | Measure::Birth
                | Measure::Pregnant
        );
        if !unit && token.repair > 0 {
            return None;
        }
        self.tokens.covers(place, class)
    }

    pub(super) fn is(&self, place: usize, measure: Measure) -> bool {
        self.covers(place, measure).is_some()
    }

    /// Is the token a part of a word or phrase of the list?
    pub(super) fn covered(&self, at: usize, measure: Measure) -> bool {
        (at.saturating_sub(2)..=at).any(|from| {
            let length = self.covers(from, measure);
            length.is_some_and(|length| from + length > at)
        })
    }

    /// Where a word or phrase of the list begins from which nothing but small words lead to a token.
    pub(super) fn leads_to(&self, place: usize, measure: Measure) -> Option<usize> {
        (place.saturating_sub(4)..place).find(|at| {
            let length = self.covers(*at, measure);
            length.is_some_and(|length| (at + length..place).all(|at| !self.scene.counts(at)))
        })
    }

    /// Does a word of the list begin within these tokens?
    pub(super) fn any(&self, start: usize, end: usize, measure: Measure) -> bool {
        (start..end.min(self.tokens.list.len())).any(|place| self.is(place, measure))
    }

    pub(super) fn guard_of(&self, place: usize) -> Guard {
        self.guards.get(place).copied().unwrap_or(Guard::Aside)
    }

    /// A whole number that is not set aside.
    pub(super) fn whole(&self, place: usize) -> Option<u16> {
        (self.guard_of(place) == Guard::Open)
            .then(|| self.tokens.get(place)?.whole())
            .flatten()
    }

    fn sign(&self, place: usize) -> Option<char> {
        let token = self.tokens.get(place)?;
        token.glued.then_some(token.sign)
    }

    fn guard(&self, place: usize, guards: &mut [Guard]) {
        let Some(token) = self.tokens.get(place).filter(|token| token.number.is_some()) else {
            return;
        };
        let mut set = |at: usize, guard: Guard| {
            if let Some(slot) = guards.get_mut(at)
                && *slot == Guard::Open
            {
                *slot = guard;
            }
        };
        let next = place + 1;
        let next_number = self.tokens.get(next).and_then(|token| token.whole());
        if matches!(token.sign, '£' | '$' | '€' | '₦' | '₹') && token.digits > 0 {
            set(place, Guard::Aside);
        }
        match (self.sign(next), token.whole(), next_number) {
            (Some('/'), Some(_), Some(10)) => {
                set(place, Guard::Score);
                set(next, Guard::Aside);
            }
            // A week written as in notes: 34/40.
            (Some('/'), Some(weeks), Some(40)) if WEEKS.contains(&weeks) => set(next, Guard::Aside),
            (Some('/'), Some(60..=260), Some(30..=160)) => {
                set(place, Guard::Aside);
                set(next, Guard::Aside);
            }
            // "30 2/7 weeks": sevenths of a week are days.
            (Some('/'), Some(0..=6), Some(7)) if self.after_weeks(place) => set(next, Guard::Aside),
            // "30/31 weeks" is a range.
            (Some('/'), Some(_), Some(_)) if self.is(next + 1, Measure::Week) => {}
            (Some('/' | '.'), Some(1..=31), Some(1..=31)) if token.digits <= 2 => {
                set(place, Guard::Date);
                set(next, Guard::Aside);
                if self.sign(next + 1).is_some_and(|sign| matches!(sign, '/' | '.')) {
                    set(next + 1, Guard::Aside);
                }
            }
            // "16-01-2027".
            (Some('-'), Some(1..=31), Some(1..=31)) if token.digits <= 2 && self.is_year(next + 1) => {
                set(place, Guard::Date);
                set(next, Guard::Aside);
                set(next + 1, Guard::Aside);
            }
            (Some(':'), Some(0..=24), Some(0..=59)) => {
                set(place, Guard::Aside);
                set(next, Guard::Aside);
            }
            _ => {}
        }
        if let Some(length) = self.covers(next, Measure::Score)
            && self
                .tokens
                .get(next + length)
                .is_some_and(|ten| ten.whole() == Some(10))
        {
            set(place, Guard::Score);
            set(next + length, Guard::Aside);
        }
        let units = [
            Measure::Money,
            Measure::Dose,
            Measure::Weight,
            Measure::Length,
            Measure::Age,
            Measure::Clock,
        ];
        let broken = self.tokens.broken(next) != Break::None;
        if !broken && units.iter().any(|unit| self.is(next, *unit)) {
            set(place, Guard::Aside);
        }
        if token.digits >= 5
            || (token.digits == 4 && token.whole().is_some_and(|year| (1900..=2100).contains(&year)))
        {
            set(place, Guard::Aside);
        }
        if self.is_telephone(place) {
            set(place, Guard::Aside);
        }
        let after = self.tokens.get(next).map(|token| token.sign);
        if after == Some('%') {
            set(place, Guard::Aside);
        }
    }

    /// Weeks of a pregnancy just before, in digits or with their unit.
    fn after_weeks(&self, place: usize) -> bool {
        let unit = place.checked_sub(1).filter(|at| self.is(*at, Measure::Week));
        let weeks = unit.or(Some(place)).and_then(|at| at.checked_sub(1));
        let number = weeks
            .and_then(|at| self.tokens.get(at))
            .and_then(|token| token.whole());
        number.is_some_and(|weeks| WEEKS.contains(&weeks))
    }

    /// The third part of a date, glued by a dash.
    fn is_year(&self, place: usize) -> bool {
        let year = self.tokens.get(place).filter(|_| self.sign(place) == Some('-'));
        year.is_some_and(|year| matches!(year.digits, 2 | 4) && year.number.is_some())
    }

    /// Groups of digits that make seven or more together.
    fn is_telephone(&self, place: usize) -> bool {
        let plain = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.digits > 0 && !token.decimal)
        };
        let joined = |at: usize| plain(at) && self.tokens.broken(at) == Break::None;
        let mut start = place;
        while start > 0 && place - start < 12 && joined(start) && plain(start - 1) {
            start -= 1;
        }
        let mut end = place + 1;
        while end - place < 12 && joined(end) {
            end += 1;
        }
        let digits: usize = (start..end)
            .filter_map(|at| self.tokens.get(at))
            .map(|token| usize::from(token.digits))
            .sum();
        digits >= 7 && end - start >= 2
    }

    /// Does the token name a weekday?
    pub(super) fn is_weekday(&self, place: usize) -> bool {
        let compiled = self.lexicon.compiled();
        let terms = self.tokens.terms(place).iter();
        terms
            .filter_map(|id| compiled.term(*id))
            .any(|term| term.weekday.is_some())
    }

    pub(super) fn has_unit(&self, place: usize) -> bool {
        use Measure::{Day, Dose, Hour, Length, Minute, Money, Month, Pieces, Times, Week, Weight, Year};
        [
            Day, Dose, Hour, Length, Minute, Money, Month, Pieces, Times, Week, Weight, Year,
        ]
        .iter()
        .any(|unit| self.is(place, *unit))
    }

    /// Scores out of ten: value and token.
    pub(super) fn scores(&self) -> impl Iterator<Item = (u16, usize)> {
        (0..self.tokens.list.len())
            .filter(|place| self.guard_of(*place) == Guard::Score)
            .filter_map(|place| Some((self.tokens.get(place)?.whole()?, place)))
            .filter(|(score, _)| *score <= 10)
    }
}

/// A single token, to look around it.
pub(super) fn alone(place: usize) -> Found {
    Found {
        target: crate::content::lexicon::compiled::Target::Pattern(usize::MAX),
        tokens: smallvec![place],
        core: smallvec![place],
        number: None,
        negated: false,
    }
}

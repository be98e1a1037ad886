//! Weeks as most women tell their stage: of the pregnancy, to the due day or past it, since a birth, the age of a baby.

use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Measure};

use super::candidate::{Candidate, after, after_weeks, pregnant};
use super::context::Context;
use super::dates::Direction;
use super::numbers::WEEKS;
use super::scene::Person;
use super::stage::{BARE, Stages, TERM};
use super::tokens::Break;

/// So many weeks, alone, may be the time since a birth.
const MOST_BARE_SINCE_BIRTH: u16 = 26;

/// Up to so many weeks "she" is a girl who was born: where nobody else is spoken of, and beside an "I" or "my".
const MOST_OF_A_GIRL_ALONE: u16 = 3;
const MOST_OF_A_GIRL: u16 = 16;

impl Stages<'_, '_> {
    pub(super) fn by_weeks(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        if self.numbers.tokens.get(place)?.ordinal {
            let days = pregnant(7 * (i32::from(number) - 1), 7 * i32::from(number) + 6)?;
            let said = match self.context(place, next) {
                Context::Pregnancy => true,
                Context::Plain => number >= BARE,
                _ => false,
            };
            let fits = WEEKS.contains(&number) && said;
            return fits.then(|| self.candidate(days, "stage.nth_week", tokens, false))?;
        }
        let number_days = i32::from(number) * 7;
        if self.at_a_birth(place, next + self.unit_length(next)) {
            return None;
        }
        match self.context(place, next) {
            Context::AfterBirth => self.weeks_since_birth(place, number),
            Context::Plain if self.is_after_birth(place, number) => self.weeks_since_birth(place, number),
            Context::Due => {
                let behind = next + self.unit_length(next);
                let exact = self.is(behind, Measure::Exactly) || self.to_the_day(place);
                let most = TERM - number_days + if exact { 0 } else { 6 };
                self.candidate(pregnant(TERM - number_days, most)?, "stage.due_in", tokens, false)
            }
            Context::Overdue => self.candidate(
                pregnant(TERM + number_days, TERM + number_days + 6)?,
                "stage.overdue",
                tokens,
                false,
            ),
            Context::NotStage => None,
            // "Still breastfeeding at 16 weeks": of a baby, or of the time before.
            Context::At if self.hints.only_after_birth() && number <= MOST_BARE_SINCE_BIRTH => None,
            // "The lease is up in 9 weeks", "in 6 weeks".
            Context::Plain if self.is_ahead(place) => None,
            context => self.pregnant_weeks(place, number, context),
        }
    }

    /// "28 and 3 days", "31 and 2 days with number two": weeks that are not named.
    pub(super) fn weeks_then_days(&self, place: usize) -> Option<Candidate> {
        let numbers = self.numbers;
        let week = self
            .whole(place)
            .filter(|week| WEEKS.contains(week) && *week >= BARE)?;
        let (and, at) = (place + 1, place + 2);
        let day = self.whole(at).filter(|day| *day <= 6)?;
        let behind = at + 1 + numbers.covers(at + 1, Measure::Day)?;
        let joined = (and..behind).all(|at| numbers.tokens.broken(at) == Break::None);
        let (start, _) = numbers.scene.item_of(place);
        let small = |at: usize| !numbers.scene.counts(at) || self.says_little(at);
        let opens = (start..place).all(small) || self.led_by(place, Measure::IAm).is_some();
        let ends = self.closes(behind)
            || self.is(behind, Measure::Today)
            || self.is(behind, Measure::WithThis)
            || self.is(behind, Measure::Pregnant);
        let said = numbers.tokens.has(and, flags::AND) && joined && opens && ends;
        let day = i32::from(week * 7 + day);
        let stage = pregnant(day, day).filter(|_| said)?;
        self.candidate(stage, "stage.weeks_and_days", vec![place, at, at + 1], false)
    }

    /// "Sore from hunching over feeding, 4 weeks": alone between commas, and all else says that she gave birth. Or a girl of
    /// few weeks, by a pronoun.
    fn is_after_birth(&self, place: usize, number: u16) -> bool {
        let hinted = self.hints.only_after_birth() && number <= MOST_BARE_SINCE_BIRTH;
        let said = self.led_by(place, Measure::SheIs).is_some();
        let alone = said || self.stands_alone(place) || self.alone_in_item(place);
        // "I feel empty. She's 7 weeks": who speaks of herself does not write for her.
        let told = self
            .numbers
            .any(0, self.numbers.tokens.list.len(), Measure::Birth);
        let most = if told || self.speaks_of_herself() {
            MOST_OF_A_GIRL
        } else {
            MOST_OF_A_GIRL_ALONE
        };
        alone && (hinted || (number <= most && self.by_pronoun(place)))
    }

    /// Does she say "I" or "my" anywhere?
    pub(super) fn speaks_of_herself(&self) -> bool {
        let mut cues = self.numbers.scene.cues.iter();
        cues.any(|cue| cue.kind == CueKind::Own)
    }

    /// "She is 3 months", of nobody who was named.
    pub(super) fn by_pronoun(&self, place: usize) -> bool {
        let scene = self.numbers.scene;
        let (start, _) = scene.item_of(place);
        let named = scene
            .cues_in(start, place)
            .iter()
            .any(|cue| cue.kind == CueKind::Third);
        scene.person(place) == Person::Third && named && !scene.proxy
    }

    /// Weeks since a birth; "he'll be 8 weeks on Friday" to the day.
    fn weeks_since_birth(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let days = i32::from(number) * 7;
        // "5 weeks old tomorrow" is not yet so.
        let becomes = self.becomes_before(place)
            || (self.is(next + 1, Measure::BabyAge) && self.is(next + 2, Measure::Tomorrow));
        let named = |at: &usize| self.calendar.weekday(*at).is_some();
        // "Baby is 12 weeks on Sunday".
        let on = (next + 1..next + 3)
            .find(named)
            .filter(|_| !self.is(next + 1, Measure::Ago));
        let reached = self
            .reached_on(place, next + 1)
            .filter(|_| becomes || on.is_some());
        let reached = reached.or_else(|| self.birth_then_day(next));
        let stage = match (reached, self.since_on(next)) {
            (Some(until), _) => after(days - until, days - until)?,
            (None, Some(since)) => after(days + since, days + since)?,
            (None, None) if self.to_the_day(place) => after(days, days)?,
            (None, None) => after_weeks(number)?,
        };
        self.candidate(stage, "stage.since_birth", vec![place, next], false)
    }

    /// "1 week pp today", "six weeks postpartum tomorrow": days until so many weeks are full.
    fn birth_then_day(&self, unit: usize) -> Option<i32> {
        let birth = unit + self.unit_length(unit);
        let at = birth + self.numbers.covers(birth, Measure::Birth)?;
        let named = self.is(at, Measure::Today) || self.is(at, Measure::Tomorrow);
        let joined = (birth..=at).all(|at| self.numbers.tokens.broken(at) == Break::None);
        let day = self
            .calendar
            .day_at(at, Direction::Future)
            .filter(|_| named && joined);
        day.map(|day| day.least)
    }

    pub(super) fn becomes_before(&self, place: usize) -> bool {
        (place.saturating_sub(3)..place).any(|at| self.becomes(at))
    }

    fn pregnant_weeks(&self, place: usize, number: u16, context: Context) -> Option<Candidate> {
        if !WEEKS.contains(&number) {
            return None;
        }
        let next = self.unit_at(place);
        let weak = context == Context::At;
        let hinted = self.hints.pregnant && self.alone_in_item(place);
        if number < BARE && context != Context::Pregnancy && !self.stands_alone(place) && !hinted {
            return None;
        }
        let mut tokens = vec![place, next];
        let (mut least, mut most) = (number, number);
        // "20 to 22 weeks", "30-31 weeks".
        let before = place.checked_sub(1);
        let dash = |at: usize| {
            let glued = self.numbers.tokens.get(at).is_some_and(|token| token.glued);
            // "30-31", "30 - 31".
            self.sign(at) == '-' || (self.sign(at) == '/' && glued)
        };
        let joins = |at: usize| self.is(at, Measure::Range) || self.numbers.tokens.has(at, flags::AND);
        let lower = match before {
            Some(at) if dash(place) => Some(at),
            Some(at) if joins(at) => at.checked_sub(1),
            _ => None,
        };
        if let Some(other) = lower.and_then(|at| self.whole(at))
            && other < number
            && number - other <= 4
        {
            least = other;
            tokens.extend(lower);
        }
        // "20 weeks maybe 21".
        let behind = next + self.numbers.covers(next, Measure::Week).unwrap_or(1);
        if self.is(behind, Measure::Range)
            && let Some(other) = self.whole(behind + 1)
            && other > number
            && other - number <= 3
        {
            most = other;
            tokens.push(behind + 1);
        }
        let nearly = |at: usize| {
            let length = self.numbers.covers(at, Measure::Nearly);
            length.is_some_and(|length| at + length == place)
        };
        if (place.saturating_sub(4)..place).any(nearly) {
            least = least.saturating_sub(1);
        }
        let mut days = (i32::from(least) * 7, i32::from(most) * 7 + 6);
        // "36 weeks on Tuesday".
        if let Some(until) = self.reached_on(place, behind) {
            days = (i32::from(number) * 7 - until, i32::from(number) * 7 - until);
        } else if self.is(behind, Measure::Exactly) || self.to_the_day(place) {
            days.1 = days.0;
        }
        tokens.sort_unstable();
        self.candidate(pregnant(days.0, days.1)?, "stage.weeks", tokens, weak)
    }
}

//! Spans of time beside a birth or a due day that are no plain number of weeks: a few days, a week old, two days short of 38
//! weeks, a month to go.

use crate::content::Stage;
use crate::content::lexicon::Measure;

use super::candidate::{Candidate, after, pregnant};
use super::context::Context;
use super::numbers::WEEKS;
use super::stage::{Stages, TERM};
use super::tokens::Break;

/// How many "a couple" are, and "a few".
const COUPLE: (i32, i32) = (2, 3);
const FEW: (i32, i32) = (2, 5);
/// Days of a month, the shortest and the longest.
const MONTH: (i32, i32) = (28, 31);
/// More days than this are no days beside a week.
const DAYS_BESIDE: u16 = 10;

impl Stages<'_, '_> {
    /// "A few days ago", "a couple of weeks to go".
    pub(super) fn by_few(&self, place: usize) -> Option<Candidate> {
        let few = self.numbers.covers(place, Measure::Few);
        let couple = self.numbers.covers(place, Measure::Couple);
        let count = if couple.is_some() { COUPLE } else { FEW };
        let unit = place + couple.max(few)?;
        if self.numbers.tokens.broken(unit) != Break::None {
            return None;
        }
        self.span(place, unit, count)
    }

    /// "Week old baby", "weeks overdue": a unit that nothing counts.
    pub(super) fn by_unit(&self, place: usize) -> Option<Candidate> {
        use Measure::{BabyAge, Month, Overdue, Pregnant, Week};
        let counted = place.checked_sub(1).is_some_and(|before| {
            self.numbers.tokens.broken(place) == Break::None
                && (self.is(before, Measure::Single)
                    || self.is(before, Measure::Couple)
                    || self.is(before, Measure::Few)
                    || self.is(before, Measure::Half)
                    || self
                        .numbers
                        .tokens
                        .get(before)
                        .is_some_and(|token| token.number.is_some()))
        });
        let unit = self
            .numbers
            .covers(place, Week)
            .or(self.numbers.covers(place, Month))?;
        let behind = place + unit;
        let said = self.is(behind, BabyAge) || self.is(behind, Overdue);
        if counted || !said || self.is(behind, Pregnant) || self.numbers.tokens.broken(behind) != Break::None
        {
            return None;
        }
        self.span(place, place, (1, 1))
    }

    /// So many units since a birth, before or after a due day.
    fn span(&self, place: usize, unit: usize, count: (i32, i32)) -> Option<Candidate> {
        let tokens: Vec<usize> = (place..=unit).collect();
        let (least, most) = self.days_of(unit, count)?;
        let (stage, rule): (Stage, _) = match self.context(place, unit) {
            Context::AfterBirth => (after(least, most)?, "stage.since_birth"),
            Context::Due => (pregnant(TERM - most, TERM - least)?, "stage.due_in"),
            Context::Overdue => (pregnant(TERM + least, TERM + most)?, "stage.overdue"),
            _ => return None,
        };
        self.candidate(stage, rule, tokens, false)
    }

    /// The days that so many units may be.
    fn days_of(&self, unit: usize, (least, most): (i32, i32)) -> Option<(i32, i32)> {
        use Measure::{Day, Hour, Month, Week};
        if self.is(unit, Day) {
            Some((least, most))
        } else if self.is(unit, Week) {
            Some((least * 7, most * 7 + 6))
        } else if self.is(unit, Month) {
            Some((least * MONTH.0, most * MONTH.1 + 14))
        } else if self.is(unit, Hour) {
            Some((least / 24, (most + 23) / 24))
        } else {
            None
        }
    }

    /// "A month to go".
    pub(super) fn months_to_go(&self, number: u16, tokens: Vec<usize>) -> Option<Candidate> {
        let number = i32::from(number);
        let (least, most) = (number * MONTH.0 - 4, number * MONTH.1 + 6);
        let stage = pregnant(TERM - most, TERM - least)?;
        self.candidate(stage, "stage.due_in", tokens, false)
    }

    /// `term + 4`.
    pub(super) fn past_term(&self, place: usize) -> Option<Candidate> {
        let plus = place + self.numbers.covers(place, Measure::Term)?;
        let sign = self.sign(plus) == '+';
        let at = if self.is(plus, Measure::Plus) {
            plus + 1
        } else {
            plus
        };
        let days = self.whole(at).filter(|days| (sign || at > plus) && *days <= 21)?;
        let day = TERM + i32::from(days);
        self.candidate(pregnant(day, day)?, "stage.overdue", vec![place, plus, at], false)
    }

    /// "2 days short of 38 weeks", "3 days past 30 weeks", "two weeks shy of 30 weeks".
    pub(super) fn days_beside_weeks(&self, place: usize) -> Option<Candidate> {
        let days = self
            .whole(place)
            .or_else(|| self.is(place, Measure::Single).then_some(1))
            .filter(|days| *days <= DAYS_BESIDE)?;
        let unit = place + 1;
        let days_each = if self.is(unit, Measure::Week) { 7 } else { 1 };
        let named = self
            .numbers
            .covers(unit, Measure::Day)
            .or(self.numbers.covers(unit, Measure::Week))?;
        let behind = unit + named;
        let less = self.numbers.covers(behind, Measure::ShortOf);
        let more = self.numbers.covers(behind, Measure::Beyond);
        let mut at = behind + less.max(more)?;
        if self.says_little(at) {
            at += 1;
        }
        let week = self.whole(at).filter(|week| WEEKS.contains(week))?;
        let joined = (unit..=at).all(|at| self.numbers.tokens.broken(at) == Break::None);
        let day = i32::from(week) * 7
            + if less >= more {
                -i32::from(days) * days_each
            } else {
                i32::from(days) * days_each
            };
        let stage =
            pregnant(day, day + days_each - 1).filter(|_| joined && self.is(at + 1, Measure::Week))?;
        let tokens = (place..=at + 1).collect();
        self.candidate(stage, "stage.weeks_and_days", tokens, false)
    }
}

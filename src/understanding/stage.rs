//! Her stage from words: weeks, weeks and days, months, trimesters, the due day, the last period, time since a birth
//! or a loss. A range where it is a range, and nothing where two things are said that cannot both be.

use std::sync::Arc;

use crate::content::Stage;
use crate::content::lexicon::Measure;
use crate::content::lexicon::compiled::flags;

use super::candidate::{Candidate, after, after_weeks, pregnant, settle, weeks};
use super::context::Context;
use super::dates::{Calendar, Direction};
use super::numbers::Numbers;
use super::scene::Person;
use super::tokens::Break;

/// Completed weeks of each month of pregnancy, first to ninth.
const MONTHS: [(u16, u16); 9] = [
    (1, 5),
    (5, 9),
    (9, 13),
    (13, 18),
    (17, 22),
    (22, 27),
    (26, 31),
    (31, 36),
    (35, 40),
];
/// The due day, in days of pregnancy.
const TERM: i32 = 280;
/// Fewer weeks than this must be said of herself or of a pregnancy to be a stage: "my back hurts, 6 weeks".
const BARE: u16 = 9;
/// From so many months on, a number without more is the pregnancy's.
const BARE_MONTHS: u16 = 7;

/// Reads stages.
pub(super) struct Stages<'n, 't> {
    pub(super) numbers: &'n Numbers<'t>,
    pub(super) calendar: Calendar<'n, 't>,
    /// Sentences (by their first token) that say that her period is late.
    pub(super) late_period: Vec<usize>,
}

impl Stages<'_, '_> {
    /// The stage of the message, if one is said and no other.
    pub(super) fn read(&self) -> Option<(Stage, Arc<str>, Vec<usize>, bool)> {
        let count = self.numbers.tokens.list.len();
        let mut found: Vec<Candidate> = Vec::new();
        for place in 0..count {
            let hers = matches!(self.numbers.scene.person(place), Person::Own | Person::Third);
            // The age of a baby is hers, whoever it is told of.
            let baby_age = self.is(place + 2, Measure::BabyAge);
            let used = found.iter().any(|known| known.tokens.contains(&place));
            if used || !(hers || baby_age) {
                continue;
            }
            let candidate = self
                .weeks_and_days(place)
                .or_else(|| self.by_number(place))
                .or_else(|| self.by_word(place));
            found.extend(candidate);
        }
        settle(found)
    }

    fn is(&self, place: usize, measure: Measure) -> bool {
        self.numbers.is(place, measure)
    }

    fn whole(&self, place: usize) -> Option<u16> {
        self.numbers.whole(place)
    }

    fn sign(&self, place: usize) -> char {
        self.numbers.tokens.get(place).map_or('\0', |token| token.sign)
    }

    /// `30+4`, `30w4d`, `25 weeks and 6 days`, `34/40`.
    fn weeks_and_days(&self, place: usize) -> Option<Candidate> {
        let week = self.whole(place).filter(|week| (4..=43).contains(week))?;
        let next = place + 1;
        let glued = |at: usize| self.numbers.tokens.get(at).is_some_and(|token| token.glued);
        if glued(next) && self.sign(next) == '/' && self.numbers.tokens.get(next)?.whole() == Some(40) {
            return self.candidate(weeks(week, week)?, "stage.weeks_of_40", vec![place, next], false);
        }
        let exact = |day: u16| pregnant(i32::from(week * 7 + day), i32::from(week * 7 + day));
        if glued(next) && self.sign(next) == '+' {
            let day = self.whole(next).filter(|day| *day <= 6)?;
            return self.candidate(exact(day)?, "stage.weeks_plus_days", vec![place, next], false);
        }
        // "32 + 3".
        if self
            .numbers
            .tokens
            .get(next)
            .is_some_and(|token| token.text == "+")
            && let Some(day) = self.whole(next + 1).filter(|day| *day <= 6)
            && !self.is(next + 2, Measure::Week)
        {
            return self.candidate(exact(day)?, "stage.weeks_plus_days", vec![place, next + 1], false);
        }
        let unit = self.numbers.covers(next, Measure::Week)?;
        let mut at = next + unit;
        if self.numbers.tokens.has(at, flags::AND) {
            at += 1;
        }
        let day = self.whole(at).filter(|day| *day <= 6)?;
        let apart = self.numbers.tokens.broken(at) == Break::Hard;
        // "32wk3", or with the word for days.
        let named = self.is(at + 1, Measure::Day) || (glued(at) && !glued(at + 1));
        if apart || !named {
            return None;
        }
        let tokens = vec![place, next, at, at + 1];
        let total = i32::from(week * 7 + day);
        match self.context(place, at + 1) {
            Context::AfterBirth => self.candidate(after(total, total)?, "stage.since_birth", tokens, false),
            Context::NotStage => None,
            _ => self.candidate(exact(day)?, "stage.weeks_and_days", tokens, false),
        }
    }

    /// A number with a unit.
    fn by_number(&self, place: usize) -> Option<Candidate> {
        use Measure::{Day, Hour, Month, Trimester, Week, Year};
        let next = self.unit_at(place);
        let number = self.whole(place).or_else(|| self.part_of_weeks(place, next))?;
        if self.numbers.tokens.broken(next) == Break::Hard {
            return self.unit_first(place, number);
        }
        let unit = [Week, Day, Hour, Month, Trimester, Year]
            .into_iter()
            .find(|unit| self.is(next, *unit));
        match unit {
            Some(Week) => self.by_weeks(place, number),
            Some(Day) => self.by_days(place, number),
            Some(Hour) => {
                let (least, most) = (i32::from(number / 24), i32::from(number.div_ceil(24)));
                let days = after(least, most)?;
                let hers = self.context(place, next) == Context::AfterBirth;
                hers.then(|| self.candidate(days, "stage.hours_since_birth", vec![place, next], false))?
            }
            Some(Month) => self.by_months(place, number),
            Some(Trimester) => self.trimester(number, vec![place, next]),
            Some(_) => None,
            None => self.unit_first(place, number),
        }
    }

    /// `week 37`, `day 5`, `trimester 2`.
    fn unit_first(&self, place: usize, number: u16) -> Option<Candidate> {
        let before = place.checked_sub(1)?;
        if self.numbers.tokens.broken(place) == Break::Hard {
            return None;
        }
        let tokens = vec![before, place];
        if self.is(before, Measure::Week) && (4..=43).contains(&number) {
            if !self.stands_alone(before) {
                return None;
            }
            // "weeks: 32, days: 3".
            let days = (place + 1..place + 4).find(|at| self.is(*at, Measure::Day));
            if let Some(at) = days
                && let Some(day) = self.whole(at + 1).filter(|day| *day <= 6)
            {
                let day = i32::from(number * 7 + day);
                let tokens = vec![before, place, at, at + 1];
                return self.candidate(pregnant(day, day)?, "stage.weeks_and_days", tokens, false);
            }
            return match self.context(before, place) {
                Context::AfterBirth => {
                    self.candidate(after_weeks(number)?, "stage.since_birth", tokens, false)
                }
                Context::NotStage => None,
                _ => self.candidate(weeks(number, number)?, "stage.week_number", tokens, false),
            };
        }
        if self.is(before, Measure::Trimester) {
            return self.trimester(number, tokens);
        }
        if self.is(before, Measure::Day) && number <= 60 {
            let birth = self.context(before, place) == Context::AfterBirth;
            let parted = self.numbers.tokens.broken(place + 1) != Break::None;
            let counted = before
                .checked_sub(1)
                .is_some_and(|at| self.is(at, Measure::Single) || self.whole(at).is_some());
            if birth || (parted && !counted) {
                let days = after(i32::from(number), i32::from(number))?;
                return self.candidate(days, "stage.day_number", tokens, !birth);
            }
        }
        None
    }

    fn trimester(&self, number: u16, tokens: Vec<usize>) -> Option<Candidate> {
        let stage = match number {
            1 => pregnant(0, 90)?,
            2 => pregnant(91, 195)?,
            3 => pregnant(196, 300)?,
            _ => return None,
        };
        self.candidate(stage, "stage.trimester", tokens, true)
    }

    fn candidate(
        &self,
        stage: Stage,
        rule: &'static str,
        tokens: Vec<usize>,
        weak: bool,
    ) -> Option<Candidate> {
        let around = self
            .numbers
            .scene
            .around(&super::numbers::alone(*tokens.first()?));
        (!around.supposed).then_some(Candidate {
            stage,
            rule,
            tokens,
            weak,
        })
    }

    fn by_weeks(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        if self.numbers.tokens.get(place)?.ordinal {
            let days = pregnant(7 * (i32::from(number) - 1), 7 * i32::from(number) + 6)?;
            let said = match self.context(place, next) {
                Context::Pregnancy => true,
                Context::Plain => number >= BARE,
                _ => false,
            };
            let fits = (4..=43).contains(&number) && said;
            return fits.then(|| self.candidate(days, "stage.nth_week", tokens, false))?;
        }
        let number_days = i32::from(number) * 7;
        match self.context(place, next) {
            Context::AfterBirth => self.candidate(after_weeks(number)?, "stage.since_birth", tokens, false),
            Context::Due => self.candidate(
                pregnant(TERM - number_days, TERM - number_days + 6)?,
                "stage.due_in",
                tokens,
                false,
            ),
            Context::Overdue => self.candidate(
                pregnant(TERM + number_days, TERM + number_days + 6)?,
                "stage.overdue",
                tokens,
                false,
            ),
            Context::NotStage => None,
            context => self.pregnant_weeks(place, number, context),
        }
    }

    fn pregnant_weeks(&self, place: usize, number: u16, context: Context) -> Option<Candidate> {
        if !(4..=43).contains(&number) {
            return None;
        }
        let next = self.unit_at(place);
        let weak = context == Context::At;
        if number < BARE && context != Context::Pregnancy && !self.stands_alone(place) {
            return None;
        }
        let mut tokens = vec![place, next];
        let (mut least, mut most) = (number, number);
        // "20 to 22 weeks", "30-31 weeks".
        let before = place.checked_sub(1);
        let dash = |at: usize| {
            matches!(self.sign(at), '-' | '/') && self.numbers.tokens.get(at).is_some_and(|token| token.glued)
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
        if before.is_some_and(|at| self.is(at, Measure::Nearly)) {
            least = least.saturating_sub(1);
        }
        let mut days = (i32::from(least) * 7, i32::from(most) * 7 + 6);
        // "36 weeks on Tuesday".
        if let Some(until) = self.reached_on(behind) {
            days = (i32::from(number) * 7 - until, i32::from(number) * 7 - until);
        }
        tokens.sort_unstable();
        self.candidate(pregnant(days.0, days.1)?, "stage.weeks", tokens, weak)
    }

    /// The days until a weekday or tomorrow, named right behind the weeks.
    fn reached_on(&self, behind: usize) -> Option<i32> {
        let near = |at: &usize| self.numbers.tokens.broken(*at) == Break::None;
        let at = (behind..behind + 3)
            .take_while(near)
            .find(|at| self.calendar.weekday(*at).is_some() || self.is(*at, Measure::Tomorrow))?;
        let since = (behind..at).any(|at| self.is(at, Measure::Since) || self.is(at, Measure::Last));
        if since {
            return None;
        }
        let day = self.calendar.day_at(at, Direction::Future)?;
        (day.least >= 0).then_some(day.least)
    }

    /// Nothing but small words before it in its clause, or she before it.
    fn stands_alone(&self, place: usize) -> bool {
        let (start, _) = self.numbers.scene.item_of(place);
        let (sentence, _) = self.numbers.scene.sentence_of(place);
        let small = flags::FILLER | flags::SUBJECT | flags::AND | flags::END;
        let said = start == sentence || (start..place).any(|at| self.numbers.tokens.has(at, flags::SUBJECT));
        said && (start..place).all(|at| self.numbers.tokens.has(at, small) || self.is(at, Measure::Nearly))
    }

    fn by_days(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        let number = i32::from(number);
        match self.context(place, next) {
            Context::AfterBirth => self.candidate(after(number, number)?, "stage.since_birth", tokens, false),
            Context::Due => self.candidate(
                pregnant(TERM - number, TERM - number)?,
                "stage.due_in",
                tokens,
                false,
            ),
            Context::Overdue => self.candidate(
                pregnant(TERM + number, TERM + number)?,
                "stage.overdue",
                tokens,
                false,
            ),
            _ => None,
        }
    }

    fn by_months(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        match self.context(place, next) {
            Context::AfterBirth => {
                let days = i32::from(number) * 30;
                self.candidate(after(days, days + 31)?, "stage.months_since_birth", tokens, false)
            }
            Context::Pregnancy => self.pregnant_months(number, tokens),
            // "In fifth month", or "I am 8 months": so many after a birth are out of scope.
            Context::Plain
                if self.numbers.tokens.get(place)?.ordinal
                    || number >= BARE_MONTHS && self.stands_alone(place) =>
            {
                self.pregnant_months(number, tokens)
            }
            _ => None,
        }
    }

    fn pregnant_months(&self, number: u16, tokens: Vec<usize>) -> Option<Candidate> {
        let place = usize::from(number).checked_sub(1)?;
        let (least, most) = *MONTHS.get(place)?;
        self.candidate(weeks(least, most)?, "stage.months", tokens, false)
    }

    /// Due days, last periods, days of birth.
    fn by_word(&self, place: usize) -> Option<Candidate> {
        let numbers = self.numbers;
        let (_, end) = numbers.scene.sentence_of(place);
        if let Some(length) = numbers.covers(place, Measure::LastPeriod) {
            let start = place + length;
            let day = self
                .calendar
                .day_in(start, (start + 5).min(end), Direction::Past)?;
            let stage = pregnant(-day.most, -day.least)?;
            return self.candidate(stage, "stage.last_period", vec![place, day.last], false);
        }
        if let Some(length) = numbers.covers(place, Measure::Due) {
            let start = place + length;
            if let Some((least, most)) = self.single_until(start, end) {
                let stage = pregnant(TERM - most, TERM - least)?;
                return self.candidate(stage, "stage.due_in", vec![place, start], false);
            }
            let day = self
                .calendar
                .day_in(start, (start + 5).min(end), Direction::Future)?;
            if day.least < -21 {
                return None;
            }
            let stage = pregnant(TERM - day.most, TERM - day.least)?;
            return self.candidate(stage, "stage.due_day", vec![place, day.last], false);
        }
        let length = numbers
            .covers(place, Measure::Birth)
            .or_else(|| numbers.covers(place, Measure::Loss))?;
        let start = place + length;
        if let Some(single) = self.single_since(place, start, end) {
            return Some(single);
        }
        let (_, item_end) = numbers.scene.item_of(start.min(end.saturating_sub(1)));
        let until = (start + 5).min(end).min(item_end.max(start));
        let day = self.calendar.day_in(start, until, Direction::Past)?;
        let stage = after(-day.most, -day.least)?;
        self.candidate(stage, "stage.day_of_birth", vec![place, day.last], false)
    }

    /// "a week ago".
    fn single_since(&self, place: usize, start: usize, end: usize) -> Option<Candidate> {
        let numbers = self.numbers;
        let at = (start..(start + 4).min(end)).find(|at| {
            numbers.is(*at, Measure::Single)
                && (numbers.is(at + 1, Measure::Week) || numbers.is(at + 1, Measure::Month))
        })?;
        let (least, most) = if numbers.is(at + 1, Measure::Week) {
            (7, 13)
        } else {
            (28, 45)
        };
        self.candidate(
            after(least, most)?,
            "stage.since_birth",
            vec![place, at + 1],
            false,
        )
    }
}

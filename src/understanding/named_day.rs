//! Her stage from a day that is named: due, last period, conception, birth or loss.

use crate::content::lexicon::Measure;
use crate::content::lexicon::compiled::flags;

use super::candidate::{Candidate, after, pregnant};
use super::dates::{DayRead, Direction};
use super::stage::{Stages, TERM};
use super::tokens::Break;

/// Days of pregnancy before a conception, or before the transfer of an embryo some days old.
const BEFORE_CONCEPTION: (i32, i32) = (14, 20);
/// How far behind its word a day may stand, in tokens.
const NEAR: usize = 5;
/// Fewer weeks than this, beside the day of a birth, are since the birth.
const FEW_WEEKS: u16 = 20;
/// A due day so many days ago may be hers still.
const LONGEST_OVERDUE: i32 = 21;

impl Stages<'_, '_> {
    /// Due days, last periods, conceptions, days of birth.
    pub(super) fn by_word(&self, place: usize) -> Option<Candidate> {
        self.last_period(place)
            .or_else(|| self.conceived(place))
            .or_else(|| self.month_of_baby(place))
            .or_else(|| self.due(place))
            .or_else(|| self.born(place))
    }

    /// The day that is gone, named behind a word of the list.
    fn past_day_behind(&self, place: usize, measure: Measure) -> Option<DayRead> {
        let start = place + self.numbers.covers(place, measure)?;
        let (_, end) = self.numbers.scene.sentence_of(place);
        let end = (start + NEAR).min(end);
        self.time_ago(start, end)
            .or_else(|| self.calendar.day_in(start, end, Direction::Past))
    }

    /// "12 weeks ago", "10 days ago", as days.
    fn time_ago(&self, start: usize, end: usize) -> Option<DayRead> {
        (start..end).find_map(|at| {
            let number = i32::from(self.whole(at)?);
            let unit = at + 1;
            let last = unit + self.unit_length(unit);
            let (most, span) = if self.is(unit, Measure::Week) {
                (-7 * number, 6)
            } else {
                (-number, 0)
            };
            let timed = self.is(unit, Measure::Week) || self.is(unit, Measure::Day);
            let least = most - span;
            (timed && self.is(last, Measure::Ago)).then_some(DayRead { least, most, last })
        })
    }

    fn last_period(&self, place: usize) -> Option<Candidate> {
        let day = self.past_day_behind(place, Measure::LastPeriod)?;
        let stage = pregnant(-day.most, -day.least)?;
        self.candidate(stage, "stage.last_period", vec![place, day.last], false)
    }

    fn conceived(&self, place: usize) -> Option<Candidate> {
        let day = self.past_day_behind(place, Measure::Conceived)?;
        let (least, most) = BEFORE_CONCEPTION;
        let stage = pregnant(least - day.most, most - day.least)?;
        self.candidate(stage, "stage.conceived", vec![place, day.last], false)
    }

    fn due(&self, place: usize) -> Option<Candidate> {
        let start = place + self.numbers.covers(place, Measure::Due)?;
        let (begin, end) = self.numbers.scene.sentence_of(place);
        // "The rent is due on the 1st".
        let until = (start + NEAR).min(end);
        if self
            .numbers
            .any(place.saturating_sub(NEAR).max(begin), place, Measure::NotDue)
        {
            return None;
        }
        if let Some((least, most)) = self.single_until(start, end) {
            let stage = pregnant(TERM - most, TERM - least)?;
            return self.candidate(stage, "stage.due_in", vec![place, start], false);
        }
        // "Was due on Saturday".
        let was = self
            .numbers
            .any(place.saturating_sub(2).max(begin), until, Measure::Was);
        let gone = || self.calendar.day_in(start, until, Direction::Past);
        let behind = was
            .then(gone)
            .flatten()
            .filter(|day| day.least >= -LONGEST_OVERDUE)
            .or_else(|| self.calendar.day_in(start, until, Direction::Future));
        let (day, mut tokens) = match behind {
            Some(day) => (day, vec![day.last]),
            None => self.day_before(place, begin)?,
        };
        // "Due for a smear in January".
        if self.numbers.any(start, day.last, Measure::NotDue) {
            return None;
        }
        if day.least < -LONGEST_OVERDUE {
            return None;
        }
        tokens.extend(place..start);
        tokens.sort_unstable();
        let stage = pregnant(TERM - day.most, TERM - day.least)?;
        self.candidate(stage, "stage.due_day", tokens, false)
    }

    /// "Today is my due date", "16 January due date".
    fn day_before(&self, place: usize, begin: usize) -> Option<(DayRead, Vec<usize>)> {
        let numbers = self.numbers;
        numbers.covers(place, Measure::DueDay)?;
        let from = place.saturating_sub(NEAR + 1).max(begin);
        (from..place).find_map(|at| {
            let day = self.calendar.day_at(at, Direction::Future)?;
            let joined = |at: usize| numbers.tokens.broken(at) == Break::None;
            let near = (day.last + 1..place).all(|at| joined(at) && !numbers.scene.counts(at));
            (near && joined(place)).then(|| (day, (at..=day.last).collect()))
        })
    }

    /// "A January baby on the way".
    fn month_of_baby(&self, place: usize) -> Option<Candidate> {
        let baby = place + 1;
        let said = self.hints.pregnant && self.numbers.is(baby, Measure::Baby);
        let joined = said && self.numbers.tokens.broken(baby) == Break::None;
        let day = self
            .calendar
            .month_day(place, Direction::Future)
            .filter(|_| joined)?;
        let stage = pregnant(TERM - day.most, TERM - day.least)?;
        self.candidate(stage, "stage.due_day", vec![place, baby], false)
    }

    fn born(&self, place: usize) -> Option<Candidate> {
        let numbers = self.numbers;
        let (_, end) = numbers.scene.sentence_of(place);
        let length = numbers
            .covers(place, Measure::Birth)
            .or_else(|| numbers.covers(place, Measure::Loss))?;
        let start = place + length;
        // "1 week pp today" is a number of weeks.
        let counted = place.checked_sub(1).is_some_and(|unit| {
            use Measure::{Day, Hour, Month, Week};
            let unit_of = [Week, Day, Month, Hour]
                .into_iter()
                .any(|of| numbers.is(unit, of));
            unit_of && unit.checked_sub(1).is_some_and(|at| self.whole(at).is_some())
        });
        // "The epidural for the birth, legs were fine this morning", "I wasn't born yesterday".
        let parted = numbers.tokens.broken(start) != Break::None
            && self.calendar.day_at(start, Direction::Past).is_none();
        let denied = place
            .checked_sub(1)
            .is_some_and(|at| numbers.tokens.has(at, flags::NEGATOR));
        if parted || denied || counted {
            return None;
        }
        if let Some(single) = self.single_since(place, start, end) {
            return Some(single);
        }
        let (_, item_end) = numbers.scene.item_of(start.min(end.saturating_sub(1)));
        let until = (start + NEAR).min(end).min(item_end.max(start));
        let day = self.calendar.day_in(start, until, Direction::Past)?;
        // "2 weeks ago on Tuesday" are weeks and days.
        let weeks = (start..day.last).any(|at| {
            let unit = at + 1;
            let counted =
                numbers.is(at, Measure::Single) || self.whole(at).is_some_and(|number| number < FEW_WEEKS);
            counted && numbers.is(unit, Measure::Week)
        });
        let stage = after(-day.most, -day.least).filter(|_| !weeks)?;
        self.candidate(stage, "stage.day_of_birth", vec![place, day.last], false)
    }

    /// "a week ago".
    fn single_since(&self, place: usize, start: usize, end: usize) -> Option<Candidate> {
        let numbers = self.numbers;
        let at = (start..(start + 4).min(end)).find(|at| {
            numbers.is(*at, Measure::Single)
                && (numbers.is(at + 1, Measure::Week) || numbers.is(at + 1, Measure::Month))
                // Not "came a month early".
                && (numbers.is(at + 2, Measure::Ago) || numbers.tokens.broken(at + 2) != Break::None)
        })?;
        let (least, most) = if numbers.is(at + 1, Measure::Week) {
            (7, 13)
        } else {
            (28, 45)
        };
        let stage = after(least, most)?;
        self.candidate(stage, "stage.since_birth", vec![place, at + 1], false)
    }
}

//! Days and dates in a message, counted from today.

use jiff::civil::Date;

use crate::content::lexicon::{CueKind, Lexicon, Measure};

use super::numbers::{Guard, Numbers};

/// A day that was read: how many days from today it may be (before today below zero), and its last token.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayRead {
    pub(super) least: i32,
    pub(super) most: i32,
    pub(super) last: usize,
}

/// In which direction a day lies that has no year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Past,
    Future,
}

/// Looks dates up.
pub(super) struct Calendar<'n, 't> {
    pub(super) lexicon: &'t Lexicon,
    pub(super) numbers: &'n Numbers<'t>,
    pub(super) today: Date,
}

impl Calendar<'_, '_> {
    fn term<T>(
        &self,
        place: usize,
        get: impl Fn(&crate::content::lexicon::compiled::Term) -> Option<T>,
    ) -> Option<T> {
        let compiled = self.lexicon.compiled();
        self.numbers
            .tokens
            .terms(place)
            .iter()
            .filter_map(|id| compiled.term(*id))
            .find_map(get)
    }

    /// The month, from 1.
    pub(super) fn month(&self, place: usize) -> Option<u16> {
        self.term(place, |term| term.month)
    }

    /// The weekday, Monday 1.
    pub(super) fn weekday(&self, place: usize) -> Option<u16> {
        self.term(place, |term| term.weekday)
    }

    /// The first day within these tokens.
    pub(super) fn day_in(&self, start: usize, end: usize, direction: Direction) -> Option<DayRead> {
        (start..end.min(self.numbers.tokens.list.len())).find_map(|place| self.day_at(place, direction))
    }

    /// The day that is written here.
    pub(super) fn day_at(&self, place: usize, direction: Direction) -> Option<DayRead> {
        self.iso_date(place)
            .or_else(|| self.date_in_digits(place, direction))
            .or_else(|| self.date_in_words(place, direction))
            .or_else(|| self.holiday(place, direction))
            .or_else(|| self.day_of_month(place, direction))
            .or_else(|| self.named_day(place, direction))
            .or_else(|| self.month_alone(place, direction))
    }

    fn days_to(&self, date: Date) -> i32 {
        date.since(self.today).map_or(i32::MAX, |span| span.get_days())
    }

    /// A day and month without a year: the nearest in the direction, a little slip allowed.
    fn resolve(&self, day: u16, month: u16, direction: Direction) -> Option<i32> {
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        let year = self.today.year();
        let days = [year - 1, year, year + 1]
            .into_iter()
            .filter_map(|year| Date::new(year, month, day).ok())
            .map(|date| self.days_to(date));
        match direction {
            Direction::Past => days.filter(|days| *days <= 0).max(),
            Direction::Future => days.filter(|days| *days >= -21).min(),
        }
    }

    /// `2027-01-20`.
    fn iso_date(&self, place: usize) -> Option<DayRead> {
        let token = |at: usize| self.numbers.tokens.get(at);
        let part = |at: usize| token(at).filter(|part| part.glued && part.sign == '-')?.whole();
        let year = token(place).filter(|year| year.digits == 4)?.whole()?;
        let (month, day) = (part(place + 1)?, part(place + 2)?);
        let date = Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        );
        let days = self.days_to(date.ok()?);
        Some(DayRead {
            least: days,
            most: days,
            last: place + 2,
        })
    }

    /// "Christmas Day".
    fn holiday(&self, place: usize, direction: Direction) -> Option<DayRead> {
        let compiled = self.lexicon.compiled();
        let (day, length) = compiled.holidays().iter().rev().find_map(|(class, day)| {
            let length = self.numbers.tokens.covers(place, *class)?;
            Some((*day, length))
        })?;
        let days = self.resolve(day % 100, day / 100, direction)?;
        Some(DayRead {
            least: days,
            most: days,
            last: place + length.saturating_sub(1),
        })
    }

    /// "In January".
    fn month_alone(&self, place: usize, direction: Direction) -> Option<DayRead> {
        self.month(place)?;
        let said = place.checked_sub(1).is_some_and(|before| {
            self.numbers.is(before, Measure::InMonth)
                || (direction == Direction::Future && self.behind_due(place))
        }) && !self.is_doubt(place);
        self.month_day(place, direction).filter(|_| said)
    }

    /// Any day of the month that is named here.
    pub(super) fn month_day(&self, place: usize, direction: Direction) -> Option<DayRead> {
        let month = self.month(place)?;
        let first = self.resolve(1, month, direction)?;
        let begun = self.today.month() == i8::try_from(month).ok()?;
        let first = if begun {
            1 - i32::from(self.today.day())
        } else {
            first
        };
        let most = match direction {
            Direction::Past => (first + 30).min(0),
            Direction::Future => first + 30,
        };
        Some(DayRead {
            least: first,
            most,
            last: place,
        })
    }

    /// "Due January", "my due date is January".
    fn behind_due(&self, place: usize) -> bool {
        let small = |at: &usize| !self.numbers.scene.counts(*at);
        let end = (0..place).rev().find(|at| !small(at)).map_or(0, |at| at + 1);
        (end.saturating_sub(4)..end).any(|at| {
            let length = self.numbers.covers(at, Measure::Due);
            length.is_some_and(|length| at + length == end)
        })
    }

    /// "Due may be wrong": the name of a month is a word of doubt as well.
    fn is_doubt(&self, place: usize) -> bool {
        let cues = self.numbers.scene.cues_in(place, place + 1);
        cues.iter().any(|cue| cue.kind == CueKind::Doubt)
    }

    fn date_in_digits(&self, place: usize, direction: Direction) -> Option<DayRead> {
        if self.numbers.guard_of(place) != Guard::Date {
            return None;
        }
        let whole = |at: usize| self.numbers.tokens.get(at).and_then(|token| token.whole());
        let (one, two) = (whole(place)?, whole(place + 1)?);
        let third = self
            .numbers
            .tokens
            .get(place + 2)
            .filter(|token| token.glued && matches!(token.sign, '/' | '.' | '-'))
            .and_then(|token| token.whole());
        let last = place + 1 + usize::from(third.is_some());
        let of = |day: u16, month: u16| match third {
            Some(year) => {
                let year = if year < 100 { year + 2000 } else { year };
                let date = Date::new(
                    i16::try_from(year).ok()?,
                    i8::try_from(month).ok()?,
                    i8::try_from(day).ok()?,
                );
                date.ok().map(|date| self.days_to(date))
            }
            None => self.resolve(day, month, direction),
        };
        let fits = |days: &i32| match direction {
            Direction::Past => (-365..=0).contains(days),
            Direction::Future => (-21..=300).contains(days),
        };
        // Day first or month first: if both may be, both count.
        let both = [of(one, two).filter(fits), of(two, one).filter(fits)];
        let days = || both.iter().flatten().copied();
        Some(DayRead {
            least: days().min()?,
            most: days().max()?,
            last,
        })
    }

    /// "12 November", "the 9th of February", "March 3", with a year or without.
    fn date_in_words(&self, place: usize, direction: Direction) -> Option<DayRead> {
        let of_month = |at: usize| self.numbers.whole(at).filter(|day| (1..=31).contains(day));
        let (day, month, last) = match self.month(place) {
            // "January 16", "January the 16th".
            Some(month) => {
                let next = place + 1;
                let small = of_month(next).is_none() && !self.numbers.scene.counts(next);
                let at = next + usize::from(small);
                (of_month(at)?, month, at)
            }
            None => {
                let day = of_month(place)?;
                let at = (place + 1..place + 4).find(|at| self.month(*at).is_some())?;
                (day, self.month(at)?, at)
            }
        };
        let year = self.numbers.tokens.get(last + 1).filter(|year| year.digits == 4);
        let days = match year.and_then(|year| year.whole()) {
            Some(year) => {
                let date = Date::new(
                    i16::try_from(year).ok()?,
                    i8::try_from(month).ok()?,
                    i8::try_from(day).ok()?,
                );
                self.days_to(date.ok()?)
            }
            None => self.resolve(day, month, direction)?,
        };
        Some(DayRead {
            least: days,
            most: days,
            last,
        })
    }

    /// "The 20th", "the 3rd of last month", "the 3rd of next month".
    fn day_of_month(&self, place: usize, direction: Direction) -> Option<DayRead> {
        let token = self.numbers.tokens.get(place)?;
        let in_digits = self
            .numbers
            .tokens
            .text(token)
            .starts_with(|letter: char| letter.is_ascii_digit());
        let day = token.whole().filter(|_| token.ordinal && in_digits)?;
        let (_, end) = self.numbers.scene.sentence_of(place);
        if self.numbers.any(place + 1, (place + 3).min(end), Measure::Week) {
            return None;
        }
        let month = |measure: Measure| {
            (place + 1..(place + 4).min(end))
                .find(|at| self.numbers.is(*at, measure) && self.numbers.is(*at + 1, Measure::Month))
        };
        let (before, behind) = (month(Measure::Last), month(Measure::Next));
        let shifts: &[i8] = match (before, behind) {
            (Some(_), _) => &[-1],
            (_, Some(_)) => &[1],
            _ => &[-1, 0, 1],
        };
        let months = shifts.iter().filter_map(|shift| {
            let month = self.today.month() + shift;
            let (year, month) = match month {
                0 => (self.today.year() - 1, 12),
                13 => (self.today.year() + 1, 1),
                _ => (self.today.year(), month),
            };
            Date::new(year, month, i8::try_from(day).ok()?).ok()
        });
        let days = months.map(|date| self.days_to(date));
        let days = match direction {
            Direction::Past => days.filter(|days| *days <= 0).max()?,
            Direction::Future => days.filter(|days| *days >= 0).min()?,
        };
        Some(DayRead {
            least: days,
            most: days,
            last: before.or(behind).map_or(place, |at| at + 1),
        })
    }

    /// Today, yesterday, Tuesday, last Tuesday.
    fn named_day(&self, place: usize, direction: Direction) -> Option<DayRead> {
        let day = |least: i32, most: i32, last: usize| Some(DayRead { least, most, last });
        let numbers = self.numbers;
        if let Some(length) = numbers.covers(place, Measure::BeforeYesterday) {
            return day(-2, -2, place + length - 1);
        }
        if let Some(length) = numbers.covers(place, Measure::AfterTomorrow) {
            return day(2, 2, place + length - 1);
        }
        if let Some(length) = numbers.covers(place, Measure::Yesterday) {
            return day(-1, -1, place + length - 1);
        }
        if let Some(length) = numbers.covers(place, Measure::Tomorrow) {
            return day(1, 1, place + length - 1);
        }
        if let Some(length) = numbers.covers(place, Measure::Today) {
            return day(0, 0, place + length - 1);
        }
        if numbers.is(place, Measure::Last) && direction == Direction::Past {
            if numbers.is(place + 1, Measure::Week) {
                return day(-13, -1, place + 1);
            }
            if numbers.is(place + 1, Measure::Month) {
                return day(-61, -1, place + 1);
            }
        }
        let weekday = i32::from(self.weekday(place)?);
        let today = i32::from(self.today.weekday().to_monday_one_offset());
        let before = place.checked_sub(1);
        match direction {
            Direction::Past => {
                let since = (today - weekday).rem_euclid(7);
                let last = before.is_some_and(|before| numbers.is(before, Measure::Last));
                // "Last Tuesday" may be the one before.
                let further = if last { since + 7 } else { since };
                day(-further, -since, place)
            }
            Direction::Future => {
                let until = (weekday - today).rem_euclid(7);
                let next = before.is_some_and(|before| numbers.is(before, Measure::Next));
                let further = if next { until + 7 } else { until };
                day(until, further, place)
            }
        }
    }
}

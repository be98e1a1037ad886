//! Weeks to the day: on which day so many were, or will be, reached.

use crate::content::lexicon::Measure;

use super::dates::Direction;
use super::stage::Stages;
use super::tokens::Break;

impl Stages<'_, '_> {
    /// Does a word for "to the day" stand right before a number, or before its "a"?
    pub(super) fn to_the_day(&self, place: usize) -> bool {
        let joined = |at: usize| self.numbers.tokens.broken(at) == Break::None;
        let before = |at: usize| at.checked_sub(1).filter(|_| joined(at));
        let single = before(place).filter(|at| self.is(*at, Measure::Single));
        before(single.unwrap_or(place)).is_some_and(|at| self.is(at, Measure::Exactly))
    }

    /// The days until a weekday, tomorrow or a date, named right behind the weeks; below zero if they were reached on a day
    /// that is gone.
    pub(super) fn reached_on(&self, place: usize, behind: usize) -> Option<i32> {
        let near = |at: &usize| self.numbers.tokens.broken(*at) == Break::None;
        // "30 weeks in 3 days".
        if near(&behind) && self.is(behind, Measure::InMonth) && self.is(behind + 2, Measure::Day) {
            return self.whole(behind + 1).filter(|days| *days < 7).map(i32::from);
        }
        let turned = self.turned(place);
        let gone = |at: usize| self.is(at, Measure::Yesterday) || self.is(at, Measure::BeforeYesterday);
        let at = (behind..behind + 3).take_while(near).find(|at| {
            let ordinal = self.numbers.tokens.get(*at).is_some_and(|token| token.ordinal);
            let coming = self.is(*at, Measure::Tomorrow) || self.is(*at, Measure::AfterTomorrow);
            // "30 weeks today", and no more said.
            let length = self.numbers.covers(*at, Measure::Today);
            let closed = length.is_some_and(|length| *at == behind && self.closes(at + length));
            let today = closed || (turned && length.is_some());
            self.calendar.weekday(*at).is_some() || coming || gone(*at) || today || ordinal
        })?;
        let since = (behind..at).any(|at| self.is(at, Measure::Since) || self.is(at, Measure::Last));
        if since {
            return None;
        }
        // "28 weeks on Sat gone".
        let behind = at + 1;
        let past = near(&behind) && (self.is(behind, Measure::Last) || self.is(behind, Measure::Pregnant));
        let gone = turned || gone(at) || past;
        let direction = if gone { Direction::Past } else { Direction::Future };
        let day = self.calendar.day_at(at, direction)?;
        (day.least >= -6 && (gone || day.least >= 0)).then_some(day.least)
    }

    /// "Turned 30 weeks", not "will have turned": they were reached.
    fn turned(&self, place: usize) -> bool {
        let joined = self.numbers.tokens.broken(place) == Break::None;
        let start = place.saturating_sub(4);
        let said = (start..place).any(|at| {
            let length = self.numbers.covers(at, Measure::Turned);
            let ahead = (start..at).any(|from| {
                let becomes = self.numbers.covers(from, Measure::Becomes);
                becomes.is_some_and(|length| from + length > at)
            });
            !ahead
                && length.is_some_and(|length| {
                    (at + length..place).all(|at| self.says_little(at) || !self.numbers.scene.counts(at))
                })
        });
        joined && said
    }

    /// "2 weeks ago on Tuesday", "3 weeks ago today": days more than whole weeks.
    pub(super) fn since_on(&self, unit: usize) -> Option<i32> {
        let near = |at: &usize| self.numbers.tokens.broken(*at) == Break::None;
        let behind = unit + self.numbers.covers(unit, Measure::Week)?;
        let ago = behind + self.numbers.covers(behind, Measure::Ago).unwrap_or(0);
        let said = ago > behind || self.is(behind, Measure::Last);
        let at = (ago..ago + 3).take_while(near).find(|at| {
            let gone = self.is(*at, Measure::Today) || self.is(*at, Measure::Yesterday);
            self.calendar.weekday(*at).is_some() || (gone && ago > behind)
        })?;
        let day = self.calendar.day_at(at, Direction::Past).filter(|_| said)?;
        // Of a weekday the nearest, whether "last" or not.
        Some(-day.most)
    }
}

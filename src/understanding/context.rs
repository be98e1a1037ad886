//! What a number of weeks, days or months is about: her pregnancy, the time since a birth, a duration, or something else.

use std::ops::Range;

use crate::content::lexicon::Measure;
use crate::content::lexicon::compiled::flags;

use super::dates::Direction;
use super::numbers::alone;
use super::scope::Time;
use super::stage::Stages;
use super::tokens::Break;

/// How far a word of birth may stand from its number, in tokens.
const NEAR: usize = 5;

/// From so many weeks on, a number between commas is how far she is, and not how far the due day is.
const FAR: u16 = 30;
/// From so many weeks on, a number is no time since a birth unless it says so in one breath.
const FAR_ON: u16 = 20;

/// What a number of weeks is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Context {
    Plain,
    Pregnancy,
    At,
    AfterBirth,
    Due,
    Overdue,
    NotStage,
}

/// A number of weeks, days or months, and how far around it is looked.
#[derive(Clone, Copy)]
struct Beside {
    place: usize,
    unit: usize,
    /// The token behind the unit.
    behind: usize,
    /// Where its sentence and its item begin.
    start: usize,
    item: usize,
    /// How far to the left and right a word for a birth or a due day may stand.
    left: usize,
    right: usize,
}

impl Stages<'_, '_> {
    /// What the words around a number and its unit say it is about.
    pub(super) fn context(&self, place: usize, unit: usize) -> Context {
        let numbers = self.numbers;
        let (start, end) = numbers.scene.sentence_of(place);
        let (item, _) = numbers.scene.item_of(place);
        let beside = Beside {
            place,
            unit,
            behind: unit + self.unit_length(unit),
            start,
            item,
            left: place.saturating_sub(NEAR).max(start),
            right: (unit + 1 + NEAR).min(end),
        };
        let before = place.checked_sub(1).filter(|at| *at >= start);
        // "If waters break before 37 weeks".
        let joined = numbers.tokens.broken(place) == Break::None;
        let ahead = joined && before.is_some_and(|at| numbers.is(at, Measure::Before));
        if ahead || before.is_some_and(|at| self.repeats(at, place)) {
            return Context::NotStage;
        }
        let birth = (beside.left..beside.right).any(|at| self.bears(at, place, unit));
        if let Some(at) = before.filter(|at| numbers.is(*at, Measure::At)) {
            return self.at_weeks(beside, at, birth);
        }
        self.due_or_overdue(beside)
            .or_else(|| self.of_birth(beside, birth))
            .unwrap_or_else(|| self.of_nothing_named(beside))
    }

    /// "Every 2 hours", "the first 14 weeks".
    fn repeats(&self, before: usize, place: usize) -> bool {
        let numbers = self.numbers;
        let token = numbers.tokens.get(before);
        let first = token.is_some_and(|token| token.ordinal && token.whole() == Some(1));
        numbers.tokens.broken(place) == Break::None && (first || numbers.is(before, Measure::Each))
    }

    /// "At 30 weeks" may be now, or when something else was.
    fn at_weeks(&self, beside: Beside, at: usize, birth: bool) -> Context {
        let numbers = self.numbers;
        let Beside { place, behind, .. } = beside;
        let (item, item_end) = numbers.scene.item_of(place);
        let not_mine = |from: usize, to: usize| (from..to).any(|place| place != at && self.not_mine(place));
        let another = birth || not_mine(item, at) || not_mine(behind, item_end.min(behind + 2));
        // "At 14 weeks my friend lost hers".
        let another = another || numbers.any(behind, behind + 2, Measure::Kin);
        let past = numbers.scene.around(&alone(place)).time == Time::Past;
        if another || past {
            Context::NotStage
        } else {
            Context::At
        }
    }

    fn due_or_overdue(&self, beside: Beside) -> Option<Context> {
        let numbers = self.numbers;
        let Beside {
            place,
            unit,
            behind,
            start,
            item,
            left,
            right,
        } = beside;
        // "My friend is due in 3 weeks, I'm 31 weeks": hers begin at her "I am".
        let from = self.led_by(place, Measure::IAm).map_or(left, |at| left.max(at));
        let something_else = numbers.any(place.saturating_sub(NEAR).max(start), place, Measure::NotDue);
        let late = self.late_period.contains(&start);
        let over = !late && (numbers.any(from, right, Measure::Overdue) || self.is_over(place, unit, behind));
        // "This one's due soon, 39 weeks": so many weeks behind a comma are how far she is.
        let far = numbers.is(unit, Measure::Week) && self.whole(place).is_some_and(|weeks| weeks >= FAR);
        let due_from = if far { from.max(item) } else { from };
        let due = numbers.any(due_from, place, Measure::Due) || self.due_behind(unit, behind);
        match (over, due) {
            (false, false) => None,
            _ if something_else => Some(Context::NotStage),
            (true, _) => Some(Context::Overdue),
            _ => Some(Context::Due),
        }
    }

    /// Since a birth, the age of a baby, or so far on.
    fn of_birth(&self, beside: Beside, birth: bool) -> Option<Context> {
        let numbers = self.numbers;
        let Beside {
            place,
            unit,
            behind,
            start,
            item,
            left,
            right,
        } = beside;
        let just_behind =
            |measure: Measure| numbers.tokens.broken(behind) == Break::None && numbers.is(behind, measure);
        if self.on_from_birth(unit, behind) || self.nursing_before(place, unit) {
            return Some(Context::AfterBirth);
        }
        let not_mine = (place.saturating_sub(2).max(start)..place).any(|at| self.not_mine(at));
        if just_behind(Measure::NotMine)
            || not_mine
            || self.reaches(place, start, Measure::NotMine)
            || self.reaches(place, start, Measure::WithAnother)
            || self.since_before(place, item) && !birth
        {
            return Some(Context::NotStage);
        }
        let old = just_behind(Measure::BabyAge) || numbers.is(unit, Measure::BabyAge);
        if old && self.is_early(place, unit) || birth && self.is_before(left..place, behind..right) {
            return Some(Context::NotStage);
        }
        let carrying = self.carrying(beside);
        if birth && !carrying {
            return Some(Context::AfterBirth);
        }
        // "With first baby, 9 months": what is behind a comma is hers where all else says that she is pregnant.
        let apart = |at: usize| (at + 1..=place).any(|at| numbers.tokens.broken(at) != Break::None);
        let carries = self.hints.pregnant && !self.hints.after_birth;
        let baby = self.baby_at(place).filter(|at| !(carries && apart(*at)));
        if !carrying && (old || (baby.is_some() && !self.far_on(place, unit))) {
            let years = numbers.is(unit, Measure::Year);
            return Some(if years {
                Context::NotStage
            } else {
                Context::AfterBirth
            });
        }
        if just_behind(Measure::Ago) {
            let born = self.born_at_weeks(start, place);
            return Some(if born {
                Context::AfterBirth
            } else {
                Context::NotStage
            });
        }
        (carrying || self.nth(place, start)).then_some(Context::Pregnancy)
    }

    /// Is a pregnancy named beside a number: "pregnant", "gone", "belle na"? "She is 12 weeks gone and I'm 5 weeks" is not.
    fn carrying(&self, beside: Beside) -> bool {
        let numbers = self.numbers;
        let Beside { place, behind, .. } = beside;
        let (clause, _) = numbers.scene.clause_of(place);
        let from = place.saturating_sub(3).max(beside.left).max(clause);
        let after = (behind..(behind + 3).min(beside.right))
            .take_while(|at| numbers.tokens.broken(*at) == Break::None)
            .any(|at| numbers.is(at, Measure::Pregnant));
        after || self.belly_at(place) || numbers.any(from, place, Measure::Pregnant)
    }

    /// How long something lasts, or a number with nothing beside it.
    fn of_nothing_named(&self, beside: Beside) -> Context {
        let numbers = self.numbers;
        let Beside {
            place, behind, item, ..
        } = beside;
        let near = place.saturating_sub(2).max(item)..place;
        let lasting = near.clone().any(|at| {
            numbers.is(at, Measure::Lasting) && !numbers.is(at, Measure::Since) && !self.says_little(at)
        });
        let yesterday = near.clone().any(|at| numbers.is(at, Measure::Yesterday));
        let of = numbers.tokens.broken(behind) == Break::None && numbers.is(behind, Measure::Of);
        if lasting || self.since_before(place, item) || (self.last_before(place, item) && !yesterday) || of {
            Context::NotStage
        } else {
            Context::Plain
        }
    }

    /// "A 34 weeker": how early a baby was born.
    fn is_early(&self, place: usize, unit: usize) -> bool {
        self.is(unit, Measure::BabyAge) && self.far_on(place, unit)
    }

    /// "A few days before I had him", not "she had baby 10 days before".
    fn is_before(&self, before: Range<usize>, behind: Range<usize>) -> bool {
        let numbers = self.numbers;
        let (behind, end) = (behind.start, behind.end);
        let told = numbers.any(before.start, before.end, Measure::Birth);
        let length = numbers.covers(behind, Measure::Before);
        let joined = |at: usize| numbers.tokens.broken(at) == Break::None;
        length.is_some_and(|length| {
            let next = behind + length;
            !told && joined(behind) && joined(next) && numbers.any(next, end, Measure::Birth)
        })
    }

    fn not_mine(&self, place: usize) -> bool {
        self.is(place, Measure::NotMine) || self.is(place, Measure::WithAnother)
    }

    /// "Since 32 weeks", "since about 32 weeks", not "since lunch 32 weeks".
    fn since_before(&self, place: usize, start: usize) -> bool {
        let small = |at: usize| !self.numbers.scene.content(at) || self.numbers.is(at, Measure::About);
        (place.saturating_sub(2).max(start)..place)
            .any(|at| self.numbers.is(at, Measure::Since) && (at + 1..place).all(small))
    }

    /// "The last 12 weeks", not "just past 12 weeks".
    fn last_before(&self, place: usize, start: usize) -> bool {
        (place.saturating_sub(2).max(start)..place)
            .any(|at| self.numbers.is(at, Measure::Last) && !self.says_little(at))
    }

    /// "She arrived at 41 weeks, 4 weeks ago": a birth, and how far on it was, before a number.
    fn born_at_weeks(&self, start: usize, place: usize) -> bool {
        let numbers = self.numbers;
        let birth = (start..place).find(|at| numbers.is(*at, Measure::Birth));
        birth.is_some_and(|birth| {
            (birth + 1..place).any(|at| {
                numbers.is(at, Measure::At)
                    && self.whole(at + 1).is_some()
                    && numbers.is(at + 2, Measure::Week)
            })
        })
    }

    /// "Born this morning at 38+2", "baby born 33 weeks": how far on she was at a birth.
    pub(super) fn at_a_birth(&self, place: usize, behind: usize) -> bool {
        let numbers = self.numbers;
        let (start, _) = numbers.scene.item_of(place);
        let far_on = self.whole(place).is_some_and(|weeks| weeks >= FAR_ON);
        let from = place.saturating_sub(2 * NEAR).max(start);
        let ends = |to: usize| {
            (from..to).any(|at| {
                numbers
                    .covers(at, Measure::Birth)
                    .is_some_and(|length| at + length == to)
            })
        };
        let at = place.checked_sub(1).filter(|at| numbers.is(*at, Measure::At));
        let within = at.is_some_and(|at| numbers.any(from, at, Measure::Birth));
        far_on && (within || ends(place)) && !numbers.is(behind, Measure::Ago)
    }

    /// "10 weeks left to go", "10 more weeks": one word or more of what is left, and no more said.
    pub(super) fn due_behind(&self, unit: usize, behind: usize) -> bool {
        let numbers = self.numbers;
        let part = |at: usize| {
            [Measure::Due, Measure::Remaining]
                .into_iter()
                .filter_map(|measure| numbers.covers(at, measure))
                .max()
        };
        // "10 more weeks".
        let more = unit
            .checked_sub(1)
            .is_some_and(|at| numbers.is(at, Measure::Remaining));
        let mut after = behind;
        let mut due = false;
        while let Some(length) = part(after).filter(|_| numbers.tokens.broken(after) == Break::None) {
            due |= numbers.is(after, Measure::DueDay);
            after += length;
        }
        // "10 weeks left of my pregnancy".
        let of = numbers
            .covers(after, Measure::Of)
            .filter(|_| after > behind || more);
        let carrying =
            of.is_some_and(|length| numbers.any(after + length, after + length + 2, Measure::Pregnant));
        (after > behind || more) && (due || carrying || self.closes(after))
    }

    /// "2 days over": past the due day, and no more said.
    fn is_over(&self, place: usize, unit: usize, behind: usize) -> bool {
        let numbers = self.numbers;
        let few = numbers.is(unit, Measure::Day) || numbers.is(unit, Measure::Week);
        let over = numbers.covers(behind, Measure::Beyond).filter(|_| few);
        over.is_some_and(|length| {
            numbers.tokens.broken(behind) == Break::None
                && self.closes(behind + length)
                && (self.hints.pregnant || self.stands_alone(place))
        })
    }

    /// Does what was said end before a token, but for small words: "3 weeks to go and …", "3 weeks to go now"?
    pub(super) fn closes(&self, at: usize) -> bool {
        let tokens = self.numbers.tokens;
        let last = flags::AND | flags::END | flags::SUBJECT;
        let end = |at: usize| tokens.broken(at) != Break::None || tokens.has(at, last);
        end(at) || (self.numbers.is(at, Measure::About) && end(at + 1))
    }

    /// Does a phrase of the list end directly before a number?
    fn reaches(&self, place: usize, start: usize, measure: Measure) -> bool {
        (place.saturating_sub(NEAR).max(start)..place).any(|at| {
            let length = self.numbers.covers(at, measure);
            let small = |at: &usize| !self.numbers.scene.counts(*at);
            length.is_some_and(|length| {
                length > 1 && at + length <= place && (at + length..place).all(|at| small(&at))
            })
        })
    }

    /// Is a birth or loss named at a token, and said of this number? Over a comma only in the first months ("31 weeks,
    /// planned section"), with no other number between ("my section was 2 years ago, 20 weeks"), and no duration ("for a week").
    fn bears(&self, at: usize, place: usize, unit: usize) -> bool {
        let numbers = self.numbers;
        if !numbers.is(at, Measure::Birth) && !numbers.is(at, Measure::Loss) {
            return false;
        }
        let (from, to) = if at < place { (at, place) } else { (unit, at) };
        let apart = (from + 1..=to).any(|at| numbers.tokens.broken(at) != Break::None);
        let counted = |at: usize| numbers.tokens.get(at).is_some_and(|token| token.digits > 0);
        let lasting = place
            .checked_sub(1)
            .is_some_and(|before| numbers.is(before, Measure::Lasting));
        let far_on = self.far_on(place, unit);
        !apart || !((from + 1..to).any(counted) || far_on || (lasting && at < place))
    }

    /// So many weeks that they are hardly a baby's age.
    fn far_on(&self, place: usize, unit: usize) -> bool {
        self.numbers.is(unit, Measure::Week) && self.whole(place).is_some_and(|weeks| weeks >= FAR_ON)
    }

    pub(super) fn unit_length(&self, unit: usize) -> usize {
        use Measure::{Day, Hour, Month, Week, Year};
        [Week, Day, Hour, Month, Year]
            .into_iter()
            .find_map(|measure| self.numbers.covers(unit, measure))
            .unwrap_or(1)
    }

    /// "my seventh month", "my 30th week": an ordinal with "my" or "in" before it.
    fn nth(&self, place: usize, start: usize) -> bool {
        self.numbers.tokens.get(place).is_some_and(|token| token.ordinal)
            && place > start
            && (place.saturating_sub(2)..place).any(|at| self.numbers.tokens.has(at, flags::SUBJECT))
    }

    /// Where the unit of a number stands: behind it, or behind "and a half" or one small word ("20ish weeks").
    pub(super) fn unit_at(&self, place: usize) -> usize {
        let numbers = self.numbers;
        let next = place + 1;
        if numbers.tokens.broken(next) != Break::None {
            return next;
        }
        if let Some(length) = numbers.covers(next, Measure::Half) {
            return next + length;
        }
        let half = (next + 1..next + 3).find_map(|at| Some(at + numbers.covers(at, Measure::Half)?));
        if let Some(behind) = half.filter(|_| numbers.tokens.has(next, flags::AND)) {
            return behind;
        }
        // "30 odd weeks", "30 or so weeks", "10 more weeks".
        let small = [Measure::About, Measure::Remaining]
            .into_iter()
            .filter_map(|measure| numbers.covers(next, measure))
            .max();
        let filler = numbers.tokens.has(next, flags::FILLER) || numbers.is(next, Measure::Becomes);
        let behind = next + small.unwrap_or(usize::from(filler));
        if behind > next && numbers.is(behind, Measure::Week) {
            return behind;
        }
        next
    }

    /// "32.3 weeks" are 32 weeks and something, "8.5 months" 8 and a half.
    pub(super) fn part_of_weeks(&self, place: usize, unit: usize) -> Option<u16> {
        let token = self.numbers.tokens.get(place)?;
        // "Temp a steady 37.2 all week".
        let timed = self.numbers.is(unit, Measure::Week) || self.numbers.is(unit, Measure::Month);
        let timed = timed && unit == place + 1;
        let whole = token.number.filter(|_| token.decimal && timed)? / 100;
        u16::try_from(whole).ok()
    }

    /// "Due in a week", "due next month": days from today.
    pub(super) fn single_until(&self, start: usize, end: usize) -> Option<(i32, i32)> {
        let numbers = self.numbers;
        (start..(start + 3).min(end)).find_map(|at| {
            let next = numbers.is(at, Measure::Next);
            if !next && !numbers.is(at, Measure::Single) {
                return None;
            }
            if numbers.is(at + 1, Measure::Week) {
                // "A week on Friday".
                let day = (at + 2..(at + 4).min(end)).find(|at| self.calendar.weekday(*at).is_some());
                let on = day.and_then(|at| self.calendar.day_at(at, Direction::Future));
                if let Some(day) = on.filter(|_| !next) {
                    return Some((day.least + 7, day.least + 7));
                }
                Some(if next { (1, 13) } else { (5, 9) })
            } else if numbers.is(at + 1, Measure::Month) {
                Some(if next { (1, 61) } else { (24, 37) })
            } else {
                None
            }
        })
    }
}

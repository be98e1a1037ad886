//! Her stage from words: weeks, weeks and days, months, trimesters, the due day, the last period, time since a birth
//! or a loss. A range where it is a range, and nothing where two things are said that cannot both be.

use std::sync::Arc;

use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Measure};
use crate::content::{Phase, Stage};

use super::candidate::{Candidate, after, after_weeks, pregnant, settle, weeks};
use super::context::Context;
use super::dates::Calendar;
use super::numbers::{Numbers, WEEKS};
use super::scene::Person;
use super::tokens::Break;

/// The due day, in days of pregnancy.
pub(super) const TERM: i32 = 280;
/// Fewer weeks than this must be said of herself or of a pregnancy to be a stage: "my back hurts, 6 weeks".
pub(super) const BARE: u16 = 9;
/// How far on a number may be put right, in tokens.
const PUT_RIGHT: usize = 9;
/// The lists a word is on that may begin a stage without a number.
const OPENS: u128 = {
    use Measure::{
        Baby, Birth, Born, Conceived, Couple, Due, Few, Had, LastPeriod, Loss, Month, Since, Single, Term,
        Week,
    };
    Baby.bit()
        | Birth.bit()
        | Born.bit()
        | Conceived.bit()
        | Couple.bit()
        | Due.bit()
        | Few.bit()
        | Had.bit()
        | LastPeriod.bit()
        | Loss.bit()
        | Month.bit()
        | Since.bit()
        | Single.bit()
        | Term.bit()
        | Week.bit()
};

/// Reads stages.
pub(super) struct Stages<'n, 't> {
    pub(super) numbers: &'n Numbers<'t>,
    pub(super) calendar: Calendar<'n, 't>,
    /// Sentences (by their first token) that say that her period is late.
    pub(super) late_period: Vec<usize>,
    /// Words say that she is pregnant, that she gave birth.
    pub(super) hints: Hints,
}

/// What the words of a message say of her, apart from numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    pub(super) pregnant: bool,
    pub(super) after_birth: bool,
    /// Something of a birth is named that may be years ago: days beside it are since the birth, weeks may not be.
    pub(super) birth: bool,
}

impl Hints {
    /// Adds what single words say of her.
    pub(super) fn with_words(mut self, numbers: &Numbers<'_>) -> Hints {
        use Measure::{BirthSomeTime, SaysAfterBirth, SaysPregnant};
        let says = SaysPregnant.bit() | SaysAfterBirth.bit() | BirthSomeTime.bit();
        for (place, token) in numbers.tokens.list.iter().enumerate() {
            if token.measures & says == 0 {
                continue;
            }
            let hers = matches!(numbers.scene.person(place), Person::Own | Person::Third);
            let now = hers && numbers.scene.denial_at(place).is_none();
            self.pregnant |= now && numbers.is(place, Measure::SaysPregnant);
            self.after_birth |= now && numbers.is(place, Measure::SaysAfterBirth);
            self.birth |= now && numbers.is(place, Measure::BirthSomeTime);
        }
        self
    }

    pub(super) fn only_after_birth(self) -> bool {
        self.after_birth && !self.pregnant
    }

    pub(super) fn only_birth(self) -> bool {
        (self.after_birth || self.birth) && !self.pregnant
    }
}

impl Stages<'_, '_> {
    /// The stage of the message, if one is said and no other.
    pub(super) fn read(&self) -> Option<(Stage, Arc<str>, Vec<usize>, bool)> {
        let count = self.numbers.tokens.list.len();
        let mut found: Vec<Candidate> = Vec::new();
        for place in 0..count {
            // A number, or a word that tells a stage with what stands behind it.
            let opens = self
                .numbers
                .tokens
                .get(place)
                .is_some_and(|token| token.number.is_some() || token.measures & OPENS != 0);
            if !opens && self.calendar.month(place).is_none() {
                continue;
            }
            let used = found.iter().any(|known| known.tokens.contains(&place));
            if used || !self.may_be_hers(place) {
                continue;
            }
            let candidate = self
                .weeks_and_days(place)
                .or_else(|| self.weeks_then_days(place))
                .or_else(|| self.past_term(place))
                .or_else(|| self.days_beside_weeks(place))
                .or_else(|| self.by_number(place))
                .or_else(|| self.by_few(place))
                .or_else(|| self.by_unit(place))
                .or_else(|| self.by_word(place));
            found.extend(candidate);
        }
        self.drop_taken_back(&mut found);
        if found.iter().all(|candidate| candidate.weak) {
            found.extend(self.left_out().or_else(|| self.turning()));
        }
        settle(found)
    }

    /// "I'm 20 weeks, no wait, 24 weeks": what is put right a few words on.
    fn drop_taken_back(&self, found: &mut Vec<Candidate>) {
        let span = |candidate: &Candidate| Some((*candidate.tokens.first()?, *candidate.tokens.last()?));
        let later: Vec<usize> = found.iter().filter_map(|other| Some(span(other)?.0)).collect();
        found.retain(|candidate| {
            let Some((_, last)) = span(candidate) else {
                return true;
            };
            let mut behind = later
                .iter()
                .filter(|at| (last + 1..last + PUT_RIGHT).contains(at));
            // "I'm not 20 weeks, I'm 18+3".
            let first = candidate.tokens.first().copied().unwrap_or(0);
            let denied = first
                .checked_sub(1)
                .is_some_and(|at| self.numbers.tokens.has(at, flags::NEGATOR));
            !behind.any(|at| denied || self.numbers.any(last + 1, *at, Measure::Misread))
        });
    }

    pub(super) fn is(&self, place: usize, measure: Measure) -> bool {
        self.numbers.is(place, measure)
    }

    pub(super) fn whole(&self, place: usize) -> Option<u16> {
        self.numbers.whole(place)
    }

    pub(super) fn sign(&self, place: usize) -> char {
        self.numbers.tokens.get(place).map_or('\0', |token| token.sign)
    }

    /// `30+4`, `30w4d`, `25 weeks and 6 days`, `34/40`.
    fn weeks_and_days(&self, place: usize) -> Option<Candidate> {
        let week = self.whole(place).filter(|week| WEEKS.contains(week))?;
        let next = place + 1;
        let glued = |at: usize| self.numbers.tokens.get(at).is_some_and(|token| token.glued);
        if glued(next) && self.sign(next) == '/' && self.numbers.tokens.get(next)?.whole() == Some(40) {
            return self.candidate(weeks(week, week)?, "stage.weeks_of_40", vec![place, next], false);
        }
        let exact = |day: u16| pregnant(i32::from(week * 7 + day), i32::from(week * 7 + day));
        if self.at_a_birth(place, next) {
            return None;
        }
        if glued(next) && self.sign(next) == '+' {
            let day = self.whole(next).filter(|day| *day <= 6)?;
            return self.candidate(exact(day)?, "stage.weeks_plus_days", vec![place, next], false);
        }
        // "32 + 3", "32 plus three".
        let sign = self
            .numbers
            .tokens
            .get(next)
            .is_some_and(|token| self.numbers.tokens.text(token) == "+");
        if (sign || self.is(next, Measure::Plus))
            && let Some(day) = self.whole(next + 1).filter(|day| *day <= 6)
        {
            let fits = sign || (week >= BARE && self.closes(next + 2));
            let stage = exact(day).filter(|_| fits)?;
            return self.candidate(stage, "stage.weeks_plus_days", vec![place, next + 1], false);
        }
        // "34 2/7", "34 weeks 2/7".
        let part = next + self.numbers.covers(next, Measure::Week).unwrap_or(0);
        if let Some(day) = self.sevenths(part) {
            return self.candidate(
                exact(day)?,
                "stage.weeks_and_days",
                vec![place, part, part + 1],
                false,
            );
        }
        let unit = self.numbers.covers(next, Measure::Week)?;
        let mut at = next + unit;
        let plus = self.is(at, Measure::Plus);
        if plus || self.numbers.tokens.has(at, flags::AND) {
            at += 1;
        }
        let day = self.whole(at).filter(|day| *day <= 6)?;
        let apart = self.numbers.tokens.broken(at) == Break::Hard;
        // "32wk3", or with the word for days.
        let named = plus || self.is(at + 1, Measure::Day) || (glued(at) && !glued(at + 1));
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

    /// `2/7` of a week, in days.
    fn sevenths(&self, place: usize) -> Option<u16> {
        let seven = self.numbers.tokens.get(place + 1)?;
        let whole = seven.glued && seven.sign == '/' && seven.whole() == Some(7);
        let joined = self.numbers.tokens.broken(place) == Break::None;
        self.whole(place).filter(|day| *day <= 6 && whole && joined)
    }

    /// A number with a unit.
    fn by_number(&self, place: usize) -> Option<Candidate> {
        use Measure::{Day, Hour, Month, Trimester, Week, Year};
        let next = self.unit_at(place);
        let number = self
            .whole(place)
            .or_else(|| self.part_of_weeks(place, next))
            .or_else(|| self.single(place))?;
        if self.numbers.tokens.broken(next) == Break::Hard {
            return self.unit_first(place, number);
        }
        let unit = [Week, Day, Hour, Month, Trimester, Year]
            .into_iter()
            .find(|unit| self.is(next, *unit));
        match unit {
            Some(Week) => self.by_weeks(place, number),
            Some(Day) => self
                .by_days(place, number)
                .or_else(|| self.unit_first(place, number)),
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

    /// "A week after", "a week overdue", "a month to go", "an hour since the birth": one.
    fn single(&self, place: usize) -> Option<u16> {
        use Measure::{Day, Hour, Month, Week};
        let unit = place + 1;
        let one =
            self.is(place, Measure::Single) && [Week, Day, Hour, Month].iter().any(|one| self.is(unit, *one));
        let behind = || unit + self.unit_length(unit);
        // "Since an hour, baby born 2 days ago": how long it lasts.
        let lasting = place.checked_sub(1).is_some_and(|at| {
            self.is(at, Measure::Lasting) && self.numbers.tokens.broken(place) == Break::None
        });
        let said = one
            && !lasting
            && match self.context(place, unit) {
                Context::Overdue => true,
                // Not "came a month early".
                Context::AfterBirth if !self.is(unit, Week) => {
                    let named = [Measure::Ago, Measure::BabyAge, Measure::Birth];
                    self.closes(behind()) || named.iter().any(|named| self.is(behind(), *named))
                }
                Context::AfterBirth => true,
                // "Due in a week" is read from its "due".
                Context::Due => self.due_behind(unit, behind()),
                _ => false,
            };
        said.then_some(1)
    }

    /// `week 37`, `day 5`, `trimester 2`.
    fn unit_first(&self, place: usize, number: u16) -> Option<Candidate> {
        let mut before = place.checked_sub(1)?;
        let broken = self.numbers.tokens.broken(place);
        // "Weeks pregnant: 30".
        if let Some(unit) = before.checked_sub(1)
            && self.is(before, Measure::Pregnant)
            && self.is(unit, Measure::Week)
            && broken != Break::Hard
        {
            before = unit;
        }
        // The unit belongs to the number before it: "10 days, one leg".
        let counted = before.checked_sub(1).is_some_and(|at| self.whole(at).is_some());
        if broken == Break::Hard || (broken == Break::Soft && counted) {
            return None;
        }
        let tokens = vec![before, place];
        if self.is(before, Measure::Week) && WEEKS.contains(&number) {
            let context = self.context(before, place);
            let named = matches!(context, Context::AfterBirth | Context::Pregnancy);
            // "In week 30 and my back aches".
            let (item, _) = self.numbers.scene.item_of(before);
            let of_another = self.numbers.any(item, before, Measure::NotMine);
            let within = before.checked_sub(1).is_some_and(|at| {
                self.is(at, Measure::InMonth) || (number >= BARE && self.is(at, Measure::InWeek))
            });
            let within = within && !of_another;
            // "calf cramp wks 26", and no more.
            let signs_off = number >= BARE && !of_another && place + 1 == self.numbers.tokens.list.len();
            let alone = self.stands_alone(before) || self.alone_in_item(before);
            if !named && !within && !signs_off && !alone {
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
            return match context {
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
        // "Month 8".
        if self.is(before, Measure::Month) && self.alone_in_item(before) {
            return self.pregnant_months(number, false, tokens);
        }
        self.day_number(before, place, number)
    }

    /// `day 5`.
    fn day_number(&self, before: usize, place: usize, number: u16) -> Option<Candidate> {
        if !self.is(before, Measure::Day) || number > 60 {
            return None;
        }
        let birth = self.context(before, place) == Context::AfterBirth;
        let parted = self.numbers.tokens.broken(place + 1) != Break::None
            || self.is(place + 1, Measure::WithThis)
            || (self.hints.only_birth() && self.alone_in_item(before));
        let counted = before
            .checked_sub(1)
            .is_some_and(|at| self.is(at, Measure::Single) || self.whole(at).is_some());
        let days = after(i32::from(number), i32::from(number)).filter(|_| birth || (parted && !counted))?;
        self.candidate(days, "stage.day_number", vec![before, place], !birth)
    }

    pub(super) fn candidate(
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
        // "When I was 20 weeks", "is it normal in the third trimester?"
        let place = tokens.first().copied().unwrap_or(0);
        // "Not sure if my leg is bigger, 25 weeks": a sign-off is not supposed.
        let of_another =
            stage.phase == Phase::Pregnant && self.by_pronoun(place) && self.numbers.scene.own_body;
        let dropped = of_another
            || (around.supposed && rule != "stage.due_in" && !self.alone_in_item(place))
            || (rule == "stage.trimester" && around.asked)
            || (stage.phase == Phase::Pregnant && self.was(place, rule == "stage.trimester"));
        (!dropped).then_some(Candidate {
            stage,
            rule,
            tokens,
            weak,
            alone: self.alone_in_item(place) || self.led_by(place, Measure::IAm).is_some(),
            now: self.said_to_be_now(place),
        })
    }

    /// "Now 35 weeks", "27 weeks now".
    fn said_to_be_now(&self, place: usize) -> bool {
        let unit = self.unit_at(place);
        let behind = unit + self.unit_length(unit);
        let (start, end) = self.numbers.scene.item_of(place);
        let cues = self.numbers.scene.cues_in(start, end);
        cues.iter().any(|cue| {
            cue.kind == CueKind::Now && (cue.last + 1 == place || (cue.first == behind && behind > place))
        })
    }

    /// Do words of the past stand directly before a number, or hold it? "In my first trimester" may be now.
    fn was(&self, place: usize, trimester: bool) -> bool {
        let (start, _) = self.numbers.scene.item_of(place);
        let cues = self.numbers.scene.cues_in(start, place + 1);
        let near = |last: usize| last + 1 >= place && !(trimester && last > place);
        cues.iter()
            .any(|cue| cue.kind == CueKind::Past && near(cue.last) && cue.first < place)
    }

    fn by_days(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        let number = i32::from(number);
        // "Floppy for the first day after the epidural".
        if number == 1 && self.numbers.tokens.get(place)?.ordinal {
            return None;
        }
        let since = || self.candidate(after(number, number)?, "stage.since_birth", tokens.clone(), false);
        match self.context(place, next) {
            Context::AfterBirth => since(),
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
            Context::Plain if self.by_pronoun(place) && self.stands_alone(place) => since(),
            Context::Plain if self.hints.only_birth() && self.alone_in_item(place) => since(),
            _ => None,
        }
    }
}

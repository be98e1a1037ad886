//! Months and trimesters of a pregnancy, and the age of a baby in months.

use crate::content::lexicon::Measure;

use super::candidate::{Candidate, after, pregnant, weeks};
use super::context::Context;
use super::stage::Stages;
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
/// Up to so many months "she" is a girl who was born, not a woman with child, where nobody speaks of herself.
const MOST_MONTHS_OF_A_GIRL: u16 = 3;
/// Up to so many months, alone between commas, are a baby's where all else says that she gave birth, and "she" is a girl where
/// the writer speaks of herself.
const MOST_MONTHS_OF_A_BABY: u16 = 6;
/// From so many months on, a number without more is the pregnancy's.
const BARE_MONTHS: u16 = 7;

impl Stages<'_, '_> {
    pub(super) fn trimester(&self, number: u16, tokens: Vec<usize>) -> Option<Candidate> {
        let stage = match number {
            1 => pregnant(0, 90)?,
            2 => pregnant(91, 195)?,
            3 => pregnant(196, 300)?,
            _ => return None,
        };
        self.candidate(stage, "stage.trimester", tokens, true)
    }

    pub(super) fn by_months(&self, place: usize, number: u16) -> Option<Candidate> {
        let next = self.unit_at(place);
        let tokens = vec![place, next];
        let context = self.context(place, next);
        let ordinal = self.numbers.tokens.get(place)?.ordinal;
        // Who speaks of herself does not write for somebody.
        let most = if self.speaks_of_herself() {
            MOST_MONTHS_OF_A_BABY
        } else {
            MOST_MONTHS_OF_A_GIRL
        };
        let girl = number <= most && self.by_pronoun(place) && self.stands_alone(place);
        // "Feeding him myself, 4 months".
        let hinted = number <= MOST_MONTHS_OF_A_BABY
            && self.hints.only_after_birth()
            && !self.numbers.scene.proxy
            && self.alone_in_item(place);
        let baby = context == Context::Plain && (girl || hinted) && !ordinal;
        if context == Context::AfterBirth || baby {
            let number = i32::from(number);
            let until = self
                .reached_on(place, next + 1)
                .filter(|_| self.becomes_before(place));
            let days = until.map_or((number * 30, number * 30 + 31), |until| {
                (number * 30 - until, number * 31 - until)
            });
            return self.candidate(after(days.0, days.1)?, "stage.months_since_birth", tokens, false);
        }
        let part = self.numbers.tokens.get(place)?.decimal;
        let half = part || next > place + 1 || self.half_behind(next);
        let completed = place.checked_sub(1).is_some_and(|before| self.becomes(before));
        // "I am four months".
        let told = self.led_by(place, Measure::IAm).is_some() && !self.hints.after_birth && !self.hints.birth;
        // "In fifth month", or "I am 8 months": so many after a birth are out of scope.
        let said = ordinal || completed || told || number >= BARE_MONTHS;
        let alone = ordinal
            || completed
            || self.stands_alone(place)
            || (self.is_pregnant() && self.alone_in_item(place));
        match context {
            Context::Due => self.months_to_go(number, tokens),
            Context::Pregnancy => self.pregnant_months(number, half, tokens),
            Context::Plain | Context::At if said && alone => self.pregnant_months(number, half, tokens),
            Context::At if half => self.pregnant_months(number, half, tokens),
            _ => None,
        }
    }

    /// Somebody writes for her, or words say that she is pregnant.
    fn is_pregnant(&self) -> bool {
        (self.hints.pregnant || self.numbers.scene.proxy) && !self.hints.after_birth
    }

    /// "Six months and a half".
    fn half_behind(&self, unit: usize) -> bool {
        let behind = unit + 1;
        self.numbers.tokens.broken(behind) == Break::None
            && (self.is(behind, Measure::Half) || self.is(behind + 1, Measure::Half))
    }

    pub(super) fn pregnant_months(&self, number: u16, half: bool, tokens: Vec<usize>) -> Option<Candidate> {
        let place = usize::from(number).checked_sub(1)?;
        let (mut least, mut most) = *MONTHS.get(place)?;
        if half {
            (least, most) = (least + 2, most + 2);
        }
        self.candidate(weeks(least, most)?, "stage.months", tokens, false)
    }
}

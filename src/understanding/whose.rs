//! Whose weeks they are where no word of pregnancy or birth stands beside them: a baby's age, a sign-off behind what is told
//! of somebody else, a number that leaves the weeks out.

use std::ops::RangeInclusive;

use crate::content::Stage;
use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Measure};

use super::candidate::{Candidate, pregnant, weeks};
use super::scene::{CueAt, NAMED, Person};
use super::stage::Stages;
use super::tokens::Break;

/// How far before its age a baby may be named, in tokens.
const NEAR_BABY: usize = 8;
/// Weeks that are told without the word, with the day they are reached on.
const TURNING: RangeInclusive<u16> = 12..=42;

/// Weeks that are told by a number alone.
fn without_the_word(stage: Stage, place: usize) -> Candidate {
    Candidate {
        stage,
        rule: "stage.weeks_left_out",
        tokens: vec![place],
        weak: false,
        alone: true,
        now: false,
    }
}

impl Stages<'_, '_> {
    /// May a number here be about her or a baby of hers?
    pub(super) fn may_be_hers(&self, place: usize) -> bool {
        if self.is_mother_to(place) {
            return true;
        }
        match self.numbers.scene.person(place) {
            Person::Own | Person::Third => !self.of_anothers_baby(place),
            Person::Other | Person::PerhapsOther => {
                self.baby_near(place)
                    .is_some_and(|_| !self.of_anothers_baby(place))
                    || self.names_her_own(place)
                    || self.says_when_she_gave_birth(place)
                    || self.signs_off(place)
                    || self.days_old(place)
            }
        }
    }

    /// "Mum to a 6 week old", not "my sister is mum to".
    fn is_mother_to(&self, place: usize) -> bool {
        let numbers = self.numbers;
        let named = numbers.leads_to(place, Measure::MotherTo);
        named.is_some_and(|at| {
            at == 0
                || matches!(numbers.scene.person(at - 1), Person::Own)
                || numbers.tokens.broken(at) != Break::None
        })
    }

    /// "Had a boy 6 weeks ago", "became a mum 6 weeks ago": who is named there is part of her own birth.
    fn names_her_own(&self, place: usize) -> bool {
        let scene = self.numbers.scene;
        let (start, _) = scene.sentence_of(place);
        let other = scene
            .cues_in(start, place)
            .iter()
            .rev()
            .find(|cue| cue.kind == CueKind::Other);
        let birth = (start..place).find_map(|at| Some((at, self.numbers.covers(at, Measure::Birth)?)));
        let Some((cue, (at, length))) = other.zip(birth) else {
            return false;
        };
        cue.first >= at && cue.last < at + length && (at == start || scene.person(at - 1) == Person::Own)
    }

    /// "4 weeks since I had him", whoever was spoken of before.
    fn says_when_she_gave_birth(&self, place: usize) -> bool {
        let unit = self.unit_at(place);
        let behind = unit + self.unit_length(unit);
        let end = self
            .numbers
            .covers(behind, Measure::Birth)
            .map_or(behind, |length| behind + length);
        let own = self.numbers.scene.cues_in(behind, end);
        end > behind && own.iter().any(|cue| cue.kind == CueKind::Own)
    }

    /// The baby whose age this is, here or at "9 weeks old".
    fn baby_near(&self, place: usize) -> Option<usize> {
        let (start, _) = self.numbers.scene.sentence_of(place);
        let old = (place + 1..place + 4).any(|at| self.numbers.is(at, Measure::BabyAge));
        let named = || {
            (start..place)
                .rev()
                .find(|at| self.numbers.is(*at, Measure::Baby))
        };
        self.baby_at(place).or_else(|| old.then(named).flatten())
    }

    /// "My baby is 9 weeks", "he'll be 8 weeks": nothing but small words between the baby and its age.
    pub(super) fn baby_at(&self, place: usize) -> Option<usize> {
        let (start, _) = self.numbers.scene.sentence_of(place);
        let small = flags::FILLER | flags::SUBJECT | flags::LIGHT;
        let numbers = self.numbers;
        let may_stand = |at: usize| numbers.tokens.has(at, small) || self.says_little(at);
        for at in (place.saturating_sub(NEAR_BABY).max(start)..place).rev() {
            let baby = numbers.covered(at, Measure::Baby) || numbers.covered(at, Measure::BabyHe);
            let born = numbers.is(at, Measure::Birth);
            // "I'm 43, second baby, 19 weeks".
            let counted = at
                .checked_sub(1)
                .and_then(|before| numbers.tokens.get(before))
                .is_some_and(|token| token.ordinal);
            if baby && !born && !counted {
                return Some(at);
            }
            if !may_stand(at) {
                break;
            }
        }
        self.baby_by_pronoun(place)
    }

    /// "Baby had a temp … home now. She's 6 weeks": the baby that was named last.
    fn baby_by_pronoun(&self, place: usize) -> Option<usize> {
        let pronoun = self.led_by(place, Measure::SheIs)?;
        let before = self.numbers.scene.cues_in(pronoun.saturating_sub(NAMED), pronoun);
        let other = before.iter().rev().find(|cue| cue.kind == CueKind::Other)?;
        (other.first..=other.last).find(|at| self.is(*at, Measure::Baby))
    }

    /// Is it one of the words that may stand before an age or a week and say nothing of whose it is?
    pub(super) fn says_little(&self, at: usize) -> bool {
        let numbers = self.numbers;
        numbers.is(at, Measure::Nearly) || numbers.is(at, Measure::About) || self.becomes(at)
    }

    /// Is a word of "will be", "completed" here?
    pub(super) fn becomes(&self, at: usize) -> bool {
        self.numbers.covered(at, Measure::Becomes)
    }

    /// "My sister's baby is 3 weeks old": somebody else is named beside the baby, or the pronoun is somebody else's.
    fn of_anothers_baby(&self, place: usize) -> bool {
        let Some(baby) = self.baby_near(place) else {
            return false;
        };
        let scene = self.numbers.scene;
        let (start, _) = scene.sentence_of(baby);
        // Words for a baby are cues of another person themselves.
        let other = |cue: &&CueAt| {
            let named = (cue.first..=cue.last).any(|at| self.numbers.is(at, Measure::Baby));
            // "My husband is asleep … he's 9 days old".
            let grown = self.numbers.is(cue.last, Measure::NoMother);
            let somebody = cue.last > cue.first || self.numbers.is(cue.first, Measure::Kin);
            cue.kind == CueKind::Other && somebody && !named && !grown
        };
        let before = scene.cues_in(baby.saturating_sub(40), baby + 1);
        // "My friend has a newborn 10 days old".
        let small = flags::FILLER | flags::LIGHT | flags::SUBJECT;
        let leads = |cue: &CueAt| {
            let mut between = cue.last + 1..baby;
            between.all(|at| self.numbers.tokens.has(at, small))
        };
        let beside =
            |cue: &CueAt| cue.first >= start && cue.last < baby && (baby - cue.last <= 2 || leads(cue));
        let by_pronoun = scene.person(baby) == Person::Other
            && before
                .iter()
                .rev()
                .find(|cue| matches!(cue.kind, CueKind::Own | CueKind::Other | CueKind::Third))
                .is_some_and(|cue| cue.kind == CueKind::Third);
        before.iter().filter(other).any(|cue| by_pronoun || beside(cue))
    }

    /// "My mom took my temp … she's 11 days old": only a baby's age is told in days. "My granny … feeding my 5 month old".
    fn days_old(&self, place: usize) -> bool {
        let unit = place + 1;
        let behind = unit + self.unit_length(unit);
        let old = self.is(behind, Measure::BabyAge) || self.is(unit, Measure::BabyAge);
        let my = || {
            let mut cues = self.numbers.scene.cues_in(place.saturating_sub(2), place).iter();
            cues.any(|cue| cue.kind == CueKind::Other && cue.first < place && cue.last > place)
        };
        let hers = self.is(unit, Measure::Day) || (my() && !self.hints.pregnant);
        old && hers && !self.of_anothers_baby(place)
    }

    /// Where a phrase of the list begins that leads to a number over nothing but small words: "I'm only about 6 weeks", "I am
    /// at 7 months".
    pub(super) fn led_by(&self, place: usize, measure: Measure) -> Option<usize> {
        let numbers = self.numbers;
        let joined = |at: usize| numbers.tokens.broken(at) == Break::None;
        let little = [Measure::About, Measure::Nearly, Measure::Becomes];
        let small = |at: usize| {
            !numbers.scene.counts(at)
                || little.iter().any(|measure| numbers.covered(at, *measure))
                || (at + 1 == place && numbers.is(at, Measure::At))
        };
        (place.saturating_sub(NEAR_BABY)..place).rev().find(|at| {
            let length = numbers.covers(*at, measure);
            length.is_some_and(|length| {
                at + length <= place && (at + length..place).all(small) && (at + 1..=place).all(joined)
            })
        })
    }

    /// "Belle na 8 months", "my belly don reach 7 months", not "pain for my belly is 3 months".
    pub(super) fn belly_at(&self, place: usize) -> bool {
        let numbers = self.numbers;
        self.led_by(place, Measure::Belly).is_some_and(|belly| {
            let (start, _) = numbers.scene.item_of(belly);
            let said = belly + 1 < place || numbers.tokens.broken(belly) != Break::None;
            said && (start..belly)
                .all(|at| !numbers.scene.counts(at) || numbers.tokens.has(at, flags::SUBJECT))
        })
    }

    /// "6 days out", "5 weeks on", "nine days after", and no more said: since a birth.
    pub(super) fn on_from_birth(&self, unit: usize, behind: usize) -> bool {
        let numbers = self.numbers;
        let out = numbers
            .covers(behind, Measure::Out)
            .filter(|_| !self.hints.pregnant);
        let birth = self.hints.only_birth();
        // "9 weeks after", and nothing beside it.
        let (start, _) = numbers.scene.item_of(unit);
        let alone = (start..unit).all(|at| !numbers.scene.counts(at) || self.whole(at).is_some());
        let after = numbers.is(behind, Measure::Following) && !numbers.is(behind, Measure::Since);
        let after = birth || (alone && after && !self.hints.pregnant);
        let on = numbers.covers(behind, Measure::OnFrom).filter(|_| after);
        let short = numbers.is(unit, Measure::Day) || birth;
        let length = out.filter(|_| short).or(on);
        length.is_some_and(|length| {
            numbers.tokens.broken(behind) == Break::None && self.closes(behind + length)
        })
    }

    /// "Feeding since 3 months", "breastfeeding for 6 weeks".
    pub(super) fn nursing_before(&self, place: usize, unit: usize) -> bool {
        let numbers = self.numbers;
        let long = numbers.is(unit, Measure::Week) || numbers.is(unit, Measure::Month);
        let Some(lasting) = place
            .checked_sub(1)
            .filter(|at| numbers.is(*at, Measure::Lasting))
        else {
            return false;
        };
        let nursing = (lasting.saturating_sub(3)..lasting).any(|at| {
            let length = numbers.covers(at, Measure::SaysAfterBirth);
            length.is_some_and(|length| (at + length..lasting).all(|at| !numbers.scene.counts(at)))
        });
        long && nursing && !self.hints.pregnant
    }

    /// Weeks alone between commas are hers, whoever was spoken of before: "carrying the toddler uphill, 14 weeks".
    fn signs_off(&self, place: usize) -> bool {
        use Measure::{Birth, Due, Loss, NotMine, Pregnant, Week};
        let numbers = self.numbers;
        let (start, end) = numbers.scene.sentence_of(place);
        // "Husband has been away 10 weeks, on my own with two kids, 26 weeks": from where she spoke of herself.
        let own = numbers.scene.cues_in(start, place);
        let own = own.iter().rev().find(|cue| cue.kind == CueKind::Own);
        let start = own.map_or(start, |cue| cue.first);
        let said = [Pregnant, Birth, Loss, NotMine, Due]
            .into_iter()
            .any(|measure| numbers.any(start, end, measure));
        let weeks = numbers.is(place + 1, Week) && self.whole(place).is_some_and(|weeks| weeks >= 9);
        numbers.scene.person(place) == Person::PerhapsOther && weeks && !said && self.alone_in_item(place)
    }

    /// Nothing but small words before it in its clause, or she before it.
    pub(super) fn stands_alone(&self, place: usize) -> bool {
        let (start, _) = self.numbers.scene.item_of(place);
        let (sentence, _) = self.numbers.scene.sentence_of(place);
        let tokens = self.numbers.tokens;
        let small = flags::FILLER | flags::SUBJECT | flags::AND | flags::END;
        if self.led_by(place, Measure::IAm).is_some() {
            return true;
        }
        let said = start == sentence || (start..place).any(|at| tokens.has(at, flags::SUBJECT));
        said && (start..place).all(|at| tokens.has(at, small) || self.says_little(at) || self.names_her(at))
    }

    /// "In 9 weeks", "my physio is in 10 weeks", but not "I am in 30 weeks".
    pub(super) fn is_ahead(&self, place: usize) -> bool {
        let tokens = self.numbers.tokens;
        let joined = tokens.broken(place) == Break::None;
        let Some(before) = place
            .checked_sub(1)
            .filter(|at| joined && self.numbers.is(*at, Measure::InMonth))
        else {
            return false;
        };
        let (start, _) = self.numbers.scene.item_of(place);
        let subject = (start..before)
            .rev()
            .find(|at| !tokens.has(*at, flags::FILLER) || tokens.has(*at, flags::SUBJECT));
        subject.is_none_or(|at| !tokens.has(at, flags::SUBJECT))
    }

    /// "My wife is 8 months": she is named by somebody who writes for her.
    fn names_her(&self, at: usize) -> bool {
        let cues = self.numbers.scene.cues_in(at.saturating_sub(5), at + 1);
        cues.iter()
            .any(|cue| cue.kind == CueKind::Proxy && cue.last >= at)
    }

    /// Nothing but small words beside a number and its unit between commas.
    pub(super) fn alone_in_item(&self, place: usize) -> bool {
        let (start, end) = self.numbers.scene.item_of(place);
        let unit = self.unit_at(place);
        let small = flags::FILLER | flags::SUBJECT | flags::AND | flags::END;
        (start..end).all(|at| {
            (at >= place && at <= unit) || self.numbers.tokens.has(at, small) || self.says_little(at)
        })
    }

    /// "At 12 weeks I fainted. 27 now": a number without more, where weeks were named and she speaks of herself or of now.
    pub(super) fn left_out(&self) -> Option<Candidate> {
        let numbers = self.numbers;
        let count = numbers.tokens.list.len();
        let mut weeks_named =
            (0..count).filter(|at| numbers.whole(*at).is_some() && numbers.is(at + 1, Measure::Week));
        let first = weeks_named.next()?;
        let hers = self.may_be_hers(first) || weeks_named.any(|at| self.may_be_hers(at));
        // "My sister is 32 weeks … I'm 27." may be her age; "she is 30 weeks, I'm 29 and …" goes on.
        let goes_on = |place: usize| numbers.tokens.broken(place + 1) == Break::None;
        let place = (0..count).find(|place| self.leaves_out(*place) && (hers || goes_on(*place)))?;
        let week = self.whole(place)?;
        Some(without_the_word(weeks(week, week)?, place))
    }

    /// "37 tomorrow and …", "only 36 on Friday", "not 34 till Wednesday": a number and the day it is reached on. "I'm 36
    /// tomorrow" may be a birthday.
    pub(super) fn turning(&self) -> Option<Candidate> {
        let numbers = self.numbers;
        let turns = |place: &usize| {
            let Some(token) = numbers.tokens.get(*place) else {
                return false;
            };
            let week = self.whole(*place).is_some_and(|week| TURNING.contains(&week));
            let (start, _) = numbers.scene.item_of(*place);
            let mut before = start..*place;
            let small = |at: usize| !numbers.scene.counts(at) || numbers.tokens.has(at, flags::NEGATOR);
            // Not "turning 40 tomorrow".
            let about = |at: usize| {
                (numbers.is(at, Measure::Nearly) || numbers.is(at, Measure::About)) && !self.becomes(at)
            };
            let said = before.clone().all(|at| small(at) || about(at));
            let little = before.any(|at| about(at) || numbers.tokens.has(at, flags::NEGATOR));
            let person = numbers.scene.person(*place) == Person::Own;
            let own = *place == start || little;
            token.digits > 0 && !token.ordinal && week && said && own && person
        };
        let place = (0..numbers.tokens.list.len()).find(|place| turns(place) && self.comes(place + 1))?;
        let until = self.reached_on(place, place + 1).filter(|days| *days > 0)?;
        let days = i32::from(self.whole(place)?) * 7 - until;
        Some(without_the_word(pregnant(days, days)?, place))
    }

    /// A day that is to come, and no more said.
    fn comes(&self, at: usize) -> bool {
        let numbers = self.numbers;
        let day = (at..at + 2)
            .find(|at| self.calendar.weekday(*at).is_some() || numbers.is(*at, Measure::Tomorrow));
        let joined = |last: usize| (at..=last).all(|at| numbers.tokens.broken(at) == Break::None);
        day.is_some_and(|last| joined(last) && self.closes(last + 1))
    }

    /// "27 now", "now 34 with my second", "I'm 14".
    fn leaves_out(&self, place: usize) -> bool {
        let numbers = self.numbers;
        let tokens = numbers.tokens;
        let scene = numbers.scene;
        let Some(token) = tokens.get(place) else {
            return false;
        };
        let week = self.whole(place).is_some_and(|week| (9..=42).contains(&week));
        let (start, end) = scene.sentence_of(place);
        let near = |kind: CueKind, from: usize, to: usize| {
            let mut cues = scene.cues_in(from.max(start), to.min(end)).iter();
            cues.any(|cue| cue.kind == kind)
        };
        let now = near(CueKind::Now, place.saturating_sub(1), place + 2);
        let own = place
            .checked_sub(1)
            .is_some_and(|before| tokens.has(before, flags::SUBJECT) && near(CueKind::Own, before, place));
        let closed = tokens.broken(place + 1) != Break::None
            || tokens.has(place + 1, flags::AND | flags::END)
            || numbers.is(place + 1, Measure::WithThis)
            || near(CueKind::Now, place + 1, place + 2);
        let at = place.checked_sub(1).is_some_and(|at| numbers.is(at, Measure::At));
        let plain = token.digits > 0 && !token.ordinal && scene.person(place) == Person::Own;
        week && plain && closed && !at && (now || own)
    }
}

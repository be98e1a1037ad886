//! Temperatures of hers, in °C or °F, in digits or spoken: what it is now, and what it was.

use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Measure};

use super::numbers::{Guard, Numbers, alone};
use super::scene::Person;
use super::tokens::Break;

/// A temperature that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Degrees {
    /// Tenths of a degree Celsius.
    pub(super) tenths: u16,
    pub(super) token: usize,
    /// Its last token.
    pub(super) last: usize,
    pub(super) past: bool,
}

/// 38.0 °C, from which on it is a fever.
pub(super) const FEVER: u16 = 380;
/// Below this, degrees without a word of temperature are the weather's.
const LEAST_WITHOUT_A_WORD: u16 = 355;
/// How far from a word of temperature its number may stand, in counted words.
const NEAR: usize = 5;

/// A number that may be a temperature.
struct Spoken {
    hundredths: u32,
    decimal: bool,
    /// Its last token.
    last: usize,
    digits: bool,
}

/// What stands behind a number.
struct Unit {
    celsius: bool,
    fahrenheit: bool,
    /// Another unit than degrees.
    another: bool,
}

/// What a temperature is said of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Now,
    /// So long ago that it is so still, unless another is said to be so now.
    Ago,
    Past,
    Open,
}

impl Numbers<'_> {
    /// All temperatures of hers.
    pub(super) fn temperatures(&self) -> Vec<Degrees> {
        let mut all: Vec<Degrees> = Vec::new();
        let mut place = 0;
        while place < self.tokens.list.len() {
            place += match self.temperature(place) {
                Some((degrees, last)) => {
                    all.push(degrees);
                    last - place + 1
                }
                None => 1,
            };
        }
        let read = |degrees: &Degrees| all.iter().any(|other| self.taken_back(degrees, other));
        let wrong: Vec<bool> = all.iter().map(read).collect();
        let mut wrong = wrong.iter();
        all.retain(|_| wrong.next() != Some(&true));
        let said: Vec<Said> = (0..all.len()).map(|index| self.said(&all, index)).collect();
        let now = said.contains(&Said::Now);
        for (degrees, said) in all.iter_mut().zip(said) {
            // Beside one that is said to be so now, the others were before.
            degrees.past = said == Said::Past || (now && said != Said::Now);
        }
        all
    }

    /// "38, sorry, 36.8", "I put 38 but I misread it, it's 36.6".
    fn taken_back(&self, degrees: &Degrees, other: &Degrees) -> bool {
        let near = other.token > degrees.last && other.token - degrees.last <= 3 * NEAR;
        near && self.any(degrees.last + 1, other.token, Measure::Misread)
    }

    /// The nearest word of time in the item decides; an "and" between two numbers parts what belongs to them.
    fn said(&self, all: &[Degrees], index: usize) -> Said {
        let Some(token) = all.get(index).map(|degrees| degrees.token) else {
            return Said::Open;
        };
        let (mut start, mut end) = self.scene.item_of(token);
        let parts = |at: usize| self.tokens.has(at, flags::AND) || self.is(at, Measure::Range);
        let neighbour = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|degrees| degrees.token);
        let (before, behind) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
        if let Some(other) = before.filter(|other| *other >= start) {
            // "From 39.5 to 36.9".
            if token.checked_sub(1).is_some_and(|at| self.is(at, Measure::Range)) {
                return Said::Now;
            }
            let parted = (other + 1..token).find(|at| parts(*at));
            start = parted.unwrap_or(other + 1);
        }
        if let Some(other) = behind.filter(|other| *other < end) {
            end = (token + 1..other).find(|at| parts(*at)).unwrap_or(other);
        }
        let (item, item_end) = self.scene.item_of(token);
        let rival = |at: usize| {
            let within = |from: &usize| (item..item_end).contains(from);
            let far = |from: Option<usize>| from.filter(within).map_or(usize::MAX, |from| from.abs_diff(at));
            far(before).min(far(behind))
        };
        let cues = self.scene.cues_in(start, end).iter();
        let of_cues = cues.filter_map(|cue| match cue.kind {
            // "It's gone up to 38.4" is not gone.
            CueKind::Past | CueKind::Over if self.covered(cue.last, Measure::Climbs) => None,
            CueKind::Past | CueKind::Over => Some((cue.last, Said::Past)),
            // "Was 100.1 now 101.6": the word belongs to the number right behind it.
            CueKind::Now if behind == Some(cue.last + 1) => None,
            CueKind::Now if self.any(cue.first, cue.last + 1, Measure::Ago) => Some((cue.first, Said::Ago)),
            CueKind::Now => Some((cue.first, Said::Now)),
            _ => None,
        });
        let of_days = (start..end)
            .filter(|at| self.is_weekday(*at) && !self.since(*at))
            .map(|at| (at, Said::Past));
        let nearest = of_cues
            .chain(of_days)
            .filter(|(at, _)| at.abs_diff(token) <= rival(*at))
            .min_by_key(|(at, said)| (at.abs_diff(token), *said != Said::Now));
        nearest.map_or(Said::Open, |(_, said)| said)
    }

    fn since(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.is(before, Measure::Since))
    }

    /// Digits (`38.4`, `38°5`) or words: thirty eight point nine, a hundred and two.
    fn spoken(&self, place: usize) -> Option<Spoken> {
        let token = self.tokens.get(place)?;
        if token.digits > 0 {
            let behind = self.tokens.get(place + 1);
            let tenths = behind.filter(|next| next.glued && next.sign == '°' && next.digits == 1);
            let part = tenths.and_then(|next| next.number).filter(|_| !token.decimal);
            if let Some((more, last)) = self.part_spoken(place, token.number?).filter(|_| !token.decimal) {
                return Some(Spoken {
                    hundredths: token.number? + more,
                    decimal: self.is(place + 1, Measure::Point),
                    last,
                    digits: true,
                });
            }
            return Some(Spoken {
                hundredths: token.number? + part.map_or(0, |part| part / 10),
                // One digit behind the point: "38.50" is a price.
                decimal: (token.decimal
                    && self
                        .tokens
                        .text(token)
                        .split('.')
                        .nth(1)
                        .is_some_and(|part| part.len() == 1))
                    || part.is_some(),
                last: place + usize::from(part.is_some()),
                digits: true,
            });
        }
        let (whole, mut last) = if let Some(ones) = self.one_oh(place) {
            (100 + ones, place + 2)
        } else if self.is(place, Measure::Hundred) {
            let at = place + 1 + usize::from(self.tokens.has(place + 1, flags::AND));
            match self.ones(at) {
                Some(ones) => (100 + ones, at),
                None => (100, place),
            }
        } else {
            (u32::from(token.whole()?), place)
        };
        let mut hundredths = whole * 100;
        let point = self.is(last + 1, Measure::Point);
        let part = self.part_spoken(last, hundredths);
        if let Some((more, end)) = part {
            hundredths += more;
            last = end;
        }
        Some(Spoken {
            hundredths,
            decimal: point && part.is_some(),
            last,
            digits: false,
        })
    }

    /// "One oh one", but for its hundred.
    fn one_oh(&self, place: usize) -> Option<u32> {
        let zero = place + 1;
        let one = self.ones(place) == Some(1) && self.tokens.broken(zero) == Break::None;
        self.ones(zero + 1)
            .filter(|_| one && self.is(zero, Measure::Zero))
    }

    /// "Point five", "and a half", "1/2", "38 5": hundredths behind a whole number, and their last token.
    fn part_spoken(&self, last: usize, whole: u32) -> Option<(u32, usize)> {
        let next = last + 1;
        if self.is(next, Measure::Point) {
            return Some((self.ones(next + 1)? * 10, next + 1));
        }
        let half_in_digits = self.ones(next) == Some(1)
            && self
                .tokens
                .get(next + 1)
                .is_some_and(|two| two.glued && two.sign == '/' && two.whole() == Some(2));
        if half_in_digits {
            return Some((50, next + 1));
        }
        if let Some(part) = self.tenths_left_bare(last, whole) {
            return Some(part);
        }
        let half = next + usize::from(self.tokens.has(next, flags::AND));
        let half = half + usize::from(half > next && self.is(half, Measure::Single));
        let length = self.covers(next, Measure::Half).map(|length| next + length);
        let end = length.or_else(|| Some(half + self.covers(half, Measure::Half)?))?;
        let joined = (next..end).all(|at| self.tokens.broken(at) == Break::None);
        joined.then_some((50, end - 1))
    }

    /// "38 5 on the thermometer", "thirty eight two", "38 and 7": one digit behind degrees, beside a word of temperature, and
    /// nothing that it counts.
    fn tenths_left_bare(&self, last: usize, whole: u32) -> Option<(u32, usize)> {
        let at = last + 1 + usize::from(self.tokens.has(last + 1, flags::AND));
        let tenths = self.ones(at)?;
        let token = self.tokens.get(at)?;
        let degrees = matches!(whole, 3500..=4200 | 9500..=10600) && whole.is_multiple_of(100);
        let counts = self.tokens.broken(at + 1) == Break::None
            && (self.has_unit(at + 1) || self.is(at + 1, Measure::Trimester) || token.glued);
        let worded = self
            .distance(last, Measure::Temperature)
            .is_some_and(|words| words <= NEAR);
        (degrees && worded && !counts && !token.ordinal).then_some((tenths * 10, at))
    }

    /// A number below ten.
    fn ones(&self, at: usize) -> Option<u32> {
        let joined = self.tokens.broken(at) == Break::None;
        let number = self.tokens.get(at)?.whole().filter(|_| joined)?;
        (number < 10).then_some(u32::from(number))
    }

    /// How many counted words lie between a number and the nearest word of a list, in its sentence.
    fn distance(&self, place: usize, measure: Measure) -> Option<usize> {
        let (start, end) = self.scene.sentence_of(place);
        let counted = |from: usize, to: usize| (from..to).filter(|at| self.scene.counts(*at)).count();
        let before = (start.max(place.saturating_sub(3 * NEAR))..place)
            .rev()
            .find_map(|at| Some(counted(at + self.covers(at, measure)?, place)));
        let behind = (place + 1..end.min(place + NEAR))
            .find(|at| self.is(*at, measure))
            .map(|at| counted(place + 1, at));
        before.into_iter().chain(behind).min()
    }

    /// A bath, the weather, a pulse: nearer to the number than a word of temperature.
    fn is_of_something_else(&self, place: usize, worded: Option<usize>) -> bool {
        let (start, end) = self.scene.item_of(place);
        // "38.5 hr 120": what has a number of its own is not this one's.
        let its_own = |at: usize, length: usize| {
            at > place
                && self
                    .tokens
                    .get(at + length)
                    .is_some_and(|token| token.number.is_some())
        };
        let there = (start..place + 4).any(|at| {
            let length = self.covers(at, Measure::NotDegrees).filter(|_| at < end);
            length.is_some_and(|length| !its_own(at, length) && !self.follows(at))
        });
        // "Bath was 37, my temp 36.7": the word of temperature is another number's.
        if there && !self.any(start, end, Measure::Temperature) {
            return true;
        }
        // "Pulse 98, temp 38.1".
        let beside = (start..place).any(|at| {
            let length = self.covers(at, Measure::NotDegrees);
            length.is_some_and(|length| at + length == place)
        });
        if beside {
            return true;
        }
        let other = self.distance(place, Measure::NotDegrees).filter(|_| there);
        other.is_some_and(|other| worded.is_none_or(|worded| other < worded))
    }

    /// "After a hot bath": what was before, not what was measured.
    fn follows(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|from| {
            let length = self.covers(from, Measure::Following);
            // "A lovely hot bath": one word of what it was like.
            length.is_some_and(|length| {
                let between = (from + length..at).filter(|at| self.scene.counts(*at));
                (from + length <= at) && between.count() <= 1
            })
        })
    }

    /// Another number of the sentence has a length or a weight: "36.2 cm and the other is 36.4".
    fn among_measures(&self, place: usize) -> bool {
        let (start, end) = self.scene.sentence_of(place);
        (start..end).any(|at| {
            let number = self.tokens.get(at).is_some_and(|token| token.number.is_some());
            number && (self.is(at + 1, Measure::Length) || self.is(at + 1, Measure::Weight))
        })
    }

    /// Hers, not "she's 38.4, the wee one, my back is sore from carrying her".
    fn is_hers(&self, place: usize) -> bool {
        let hers = match self.scene.person(place) {
            Person::Own => true,
            Person::Third => self.scene.proxy || !self.scene.own_body,
            Person::Other | Person::PerhapsOther => false,
        };
        hers && !self.is_of_a_baby(place)
    }

    /// Her baby's, not "38.5, five days after the baby".
    fn is_of_a_baby(&self, place: usize) -> bool {
        let (item, _) = self.scene.item_of(place);
        let start = place.saturating_sub(NEAR + 2).max(item);
        (start..place).any(|at| {
            // "His temp", "he is 38.6".
            let his = self.is(at, Measure::BabyHe)
                && (self.is(at + 1, Measure::Temperature)
                    || (at + 1..place).all(|between| !self.scene.counts(between)));
            if his {
                return true;
            }
            // Further off only if nobody else is named between: "baby is fine but i have".
            if place - at > NEAR && (at + 1..place).any(|at| self.tokens.has(at, flags::SUBJECT)) {
                return false;
            }
            let born = (at.saturating_sub(3)..=at).any(|from| {
                self.covers(from, Measure::Birth)
                    .is_some_and(|length| from + length > at)
            });
            self.is(at, Measure::Baby) && !born
        })
    }

    /// Weeks and days: "40+1, temp 37".
    fn has_days_added(&self, place: usize) -> bool {
        let behind = self.tokens.get(place + 1);
        behind.is_some_and(|next| next.glued && next.sign == '+' && next.digits == 1)
    }

    /// The unit behind a number.
    fn unit_behind(&self, place: usize, next: usize) -> Unit {
        let joined = self.tokens.broken(next) == Break::None;
        let sign = self.tokens.get(place + 1).is_some_and(|token| token.sign == '°');
        let celsius = joined && self.is(next, Measure::Celsius) || sign;
        let fahrenheit = joined && self.is(next, Measure::Fahrenheit)
            || self.is(next, Measure::Celsius) && self.is(next + 1, Measure::Fahrenheit);
        // "38.8 hr 110": a pulse, not hours.
        let counted = self.tokens.get(next + 1).is_some_and(|token| token.digits > 0);
        let pulse = counted && self.is(next, Measure::NotDegrees);
        Unit {
            celsius,
            fahrenheit,
            another: joined && !celsius && !fahrenheit && self.has_unit(next) && !pulse,
        }
    }

    /// "Day 37 after birth".
    fn counts_time(&self, place: usize) -> bool {
        let units = [Measure::Day, Measure::Week, Measure::Month];
        let joined = self.tokens.broken(place) == Break::None;
        let before = place.checked_sub(1).filter(|_| joined);
        before.is_some_and(|at| units.iter().any(|unit| self.is(at, *unit)))
    }

    /// "Temp 38.4, im 38": her age.
    fn is_age(&self, place: usize) -> bool {
        let joined = self.tokens.broken(place) == Break::None;
        let before = place.checked_sub(1).filter(|_| joined);
        before.is_some_and(|at| self.tokens.has(at, flags::SUBJECT))
    }

    /// "Was 38.2 yesterday but 37 now": a number that is said to be so now, behind a temperature.
    fn is_the_next(&self, place: usize, last: usize) -> bool {
        let (start, end) = self.scene.sentence_of(place);
        let cues = self.scene.cues_in(start, end);
        let now = cues
            .iter()
            .any(|cue| cue.kind == CueKind::Now && (cue.first == last + 1 || cue.last + 1 == place));
        let before = start.max(place.saturating_sub(3 * NEAR))..place;
        let degrees = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.decimal) && self.temperature(at).is_some()
        };
        now && !self.has_unit(last + 1) && before.into_iter().any(degrees)
    }

    fn temperature(&self, place: usize) -> Option<(Degrees, usize)> {
        let token = self.tokens.get(place)?;
        if self.guard_of(place) != Guard::Open || token.ordinal || self.has_days_added(place) {
            return None;
        }
        let Spoken {
            hundredths,
            decimal,
            last,
            digits,
        } = self.spoken(place)?;
        let distance = [place, last]
            .into_iter()
            .filter_map(|at| self.distance(at, Measure::Temperature))
            .min()
            .filter(|words| *words <= NEAR);
        // "It just hit 103".
        let climbs = hundredths >= 10_000 && self.leads_to(place, Measure::Climbs).is_some();
        let worded = distance.is_some() || climbs || self.is_the_next(place, last);
        let Unit {
            celsius,
            fahrenheit,
            another,
        } = self.unit_behind(place, last + 1);
        let bare = !digits && !worded && !decimal;
        let age = !decimal && !celsius && self.is_age(place);
        if another || bare || age || self.counts_time(place) {
            return None;
        }
        let (tenths, likely) = match hundredths {
            3400..=4250 if !fahrenheit => (hundredths / 10, worded || celsius || decimal),
            9300..=10900 if worded || fahrenheit || decimal || (celsius && hundredths >= 9600) => {
                (((hundredths - 3200) * 5 + 45) / 90, true)
            }
            _ => return None,
        };
        let tenths = u16::try_from(tenths).ok()?;
        let enough = worded || tenths >= LEAST_WITHOUT_A_WORD;
        let hers = self.is_hers(place);
        let unit_said = worded || celsius || fahrenheit;
        let other = self.is_of_something_else(place, distance) || (!unit_said && self.among_measures(place));
        if !likely || !enough || !hers || other {
            return None;
        }
        let around = self.scene.around(&alone(place));
        (!around.supposed && !around.asked).then_some((
            Degrees {
                tenths,
                token: place,
                last,
                past: false,
            },
            last,
        ))
    }
}

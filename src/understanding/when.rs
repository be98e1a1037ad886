//! Doubt and time: is she sure, and is it so now?

use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Reach};

use super::scene::{CueAt, Person, Scene};
use super::scope::Time;
use super::spot::Found;
use super::tokens::Break;

/// How far a word of doubt reaches back, in words.
const DOUBT_AFTER: usize = 3;
/// How far a word of doubt reaches forward, in counted words.
const DOUBT_BEFORE: usize = 10;
/// How far behind a finding a correction of it may stand, in tokens.
const TAKEN_BACK: usize = 16;
/// How far behind a finding a doubt of it that stands by itself may begin, in tokens.
const EXPLAINED: usize = 14;
/// How many stretches between commas further on it may be said to be over.
const OVER_AFTER: usize = 3;

impl Scene<'_> {
    pub(super) fn doubt(&self, found: &Found) -> bool {
        let first = found.core.first().copied().unwrap_or(0);
        let last = found.last();
        let (start, _) = self.clause_of(first);
        let before = self.cues_in(start, last).iter().rev().any(|cue| {
            if cue.kind != CueKind::Doubt || cue.last >= last {
                return false;
            }
            let between = cue.last + 1..first.max(cue.last + 1);
            let words = between.clone().filter(|place| self.counts(*place)).count();
            let commas = (cue.last + 1..=first).any(|place| self.tokens.broken(place) == Break::Soft);
            // Over a comma a doubt reaches only within a list.
            let listed = between.clone().any(|place| self.told(place))
                && between
                    .clone()
                    .all(|place| self.told(place) || !self.content(place));
            words <= DOUBT_BEFORE && (!commas || listed)
        });
        before || self.doubt_behind(last) || self.explained(last)
    }

    /// "A trickle down my leg, could be pee": a doubt that says what else it may be, with nothing told between.
    fn explained(&self, last: usize) -> bool {
        let ahead = (last + EXPLAINED).min(self.tokens.list.len());
        let cues = self.cues_in(last + 1, ahead).iter();
        let mut doubts = cues.filter(|cue| cue.kind == CueKind::Doubt && cue.reach == Reach::After);
        doubts
            .next()
            .is_some_and(|cue| !self.any_told(last + 1, cue.first))
    }

    fn doubt_behind(&self, last: usize) -> bool {
        let (_, end) = self.sentence_of(last);
        let mut words = 0;
        let mut commas = 0;
        for place in last + 1..end {
            commas += usize::from(self.tokens.broken(place) == Break::Soft);
            if commas > 1 || words >= DOUBT_AFTER || self.told(place) {
                return false;
            }
            let starts = self
                .cues_in(place, place + 1)
                .iter()
                .find(|cue| cue.kind == CueKind::Doubt);
            if let Some(cue) = starts {
                // A doubt that goes on to something told is about that; over a comma, one that goes on at all.
                let (_, item_end) = self.item_of(cue.last);
                let goes_on = commas > 0 && (cue.last + 1..item_end).any(|place| self.content(place));
                return !goes_on && !self.any_told(cue.last + 1, item_end);
            }
            words += usize::from(self.counts(place));
        }
        commas <= 1 && words < DOUBT_AFTER && self.only_doubts(end)
    }

    /// "Is my leg warm? I'm not certain.": a sentence that holds nothing but a doubt.
    fn only_doubts(&self, start: usize) -> bool {
        let (from, end) = self.sentence_of(start);
        let cues = self.cues_in(start, end);
        let doubts = || cues.iter().filter(|cue| cue.kind == CueKind::Doubt);
        let part = |place: usize| doubts().any(|cue| (cue.first..=cue.last).contains(&place));
        from == start
            && doubts().next().is_some()
            && (start..end).all(|place| part(place) || (!self.content(place) && !self.told(place)))
    }

    /// The nearest word of time decides; what is said to be so now is so now.
    pub(super) fn time(&self, found: &Found) -> Time {
        let (first, last) = (
            found.core.first().copied().unwrap_or(0),
            found.core.last().copied().unwrap_or(0),
        );
        let (start, end) = self.time_domain(first, last, found.is_number());
        let mut nearest: Option<(usize, bool)> = None;
        for cue in self.cues_in(start, end) {
            let past = match cue.kind {
                CueKind::Past => true,
                CueKind::Over if cue.last > first => true,
                CueKind::Now => false,
                _ => continue,
            };
            if !past && self.is_no_now(cue, last) {
                continue;
            }
            if !past && cue.first > last && !self.any_told(last + 1, cue.first) {
                return Time::Now;
            }
            let distance = if cue.first > last {
                cue.first - last
            } else {
                first.saturating_sub(cue.last)
            };
            // Other findings between make it less likely to be meant.
            let between = if cue.first > last {
                self.any_told(last + 1, cue.first)
            } else {
                false
            };
            let distance = distance + if between { 20 } else { 0 };
            if nearest.is_none_or(|(best, was)| distance < best || (distance == best && was && !past)) {
                nearest = Some((distance, past));
            }
        }
        match nearest {
            Some((_, true)) => Time::Past,
            None if self.framed(first) => Time::Past,
            _ => Time::Now,
        }
    }

    /// "With my first I had a headache, flashing lights": is it behind words that tell of another time, and not of now?
    fn framed(&self, first: usize) -> bool {
        let (start, _) = self.sentence_of(first);
        let before = self.cues_in(start, first);
        let frames = |cue: &CueAt| cue.kind == CueKind::Past && cue.reach == Reach::Frame && cue.last < first;
        let Some(frame) = before.iter().rev().find(|cue| frames(cue)) else {
            return false;
        };
        let ends =
            |kind: CueKind| matches!(kind, CueKind::Own | CueKind::Now | CueKind::End | CueKind::Third);
        !before.iter().any(|cue| cue.first > frame.last && ends(cue.kind))
    }

    /// A word of now that does not say that what was told before is so now: "none since I was seven", "now it has gone",
    /// "…, now 36 weeks".
    fn is_no_now(&self, now: &CueAt, last: usize) -> bool {
        if now.first <= last {
            return false;
        }
        let (start, end) = self.item_of(now.first);
        let said_over = self
            .cues_in(start, end)
            .iter()
            .filter(|cue| cue.kind == CueKind::Over)
            .any(|cue| {
                let within = cue.first < now.first && now.first <= cue.last;
                let led =
                    cue.first > now.last && (now.last + 1..cue.first).all(|place| self.stands_for(place));
                within || led
            });
        let apart = (last + 1..=now.first).any(|place| self.tokens.broken(place) != Break::None);
        let before = self.cues_in(start, now.first);
        // "…, he's 2 now"
        let of_another = self.person(last) == Person::Own
            && !self.proxy
            && before.iter().any(|cue| cue.kind == CueKind::Third)
            && !before.iter().any(|cue| cue.kind == CueKind::Own);
        said_over || (apart && (of_another || self.goes_on_to_weeks(now.last + 1)))
    }

    /// A small word that begins nothing and joins nothing: "it has" in "now it has gone".
    fn stands_for(&self, place: usize) -> bool {
        !self.content(place) && !self.tokens.has(place, flags::AND | flags::OR) && !self.told(place)
    }

    /// "Now 36 weeks", "now at 33": a number of weeks, behind two small words at most.
    fn goes_on_to_weeks(&self, from: usize) -> bool {
        let number = (from..from + 3)
            .take_while(|place| self.tokens.broken(*place) == Break::None)
            .find(|place| self.tokens.get(*place).is_some_and(|token| token.digits > 0));
        number.is_some_and(|place| {
            let small = (from..place).all(|before| {
                !self.counts(before) || self.tokens.has(before, flags::SUBJECT) || self.names_weeks(before)
            });
            let closed = self.tokens.broken(place + 1) != Break::None
                || self.tokens.has(place + 1, flags::AND | flags::END);
            small && (closed || self.names_weeks(place + 1))
        })
    }

    /// The item of a finding, and the items beside it in which nothing is told.
    fn time_domain(&self, first: usize, last: usize, alone: bool) -> (usize, usize) {
        let (sentence, sentence_end) = self.sentence_of(first);
        let (mut start, _) = self.item_of(first);
        let (_, mut end) = self.item_of(last);
        if alone {
            return (start, end);
        }
        if start > sentence {
            let (before, _) = self.item_of(start - 1);
            if !self.any_told(before, start) {
                start = before;
            }
        }
        if end < sentence_end {
            let (_, after) = self.item_of(end);
            // "… yesterday, today just shivers": what leads to something told belongs to that.
            let ended = self
                .cues_in(end, after)
                .iter()
                .any(|cue| cue.kind == CueKind::Over);
            let leads = !ended && after < sentence_end && {
                let (_, further) = self.item_of(after);
                self.any_told(after, further)
            };
            if !self.any_told(end, after) && !leads {
                end = after;
            }
        } else if end < self.tokens.list.len() {
            // "Had bleeding. It has stopped.", "Was throwing up. Eating toast now."
            let (_, after) = self.item_of(end);
            let mut cues = self.cues_in(end, after).iter();
            let goes_on = self.tokens.has(end, flags::SUBJECT) || cues.any(|cue| cue.kind == CueKind::Over);
            if goes_on && !self.any_told(end, after) {
                end = after;
            }
        }
        (start, self.until_over(end, sentence_end))
    }

    /// "…, hospital sent me home, gone now": items further on in which nothing is told, if one says that it is over.
    fn until_over(&self, end: usize, sentence_end: usize) -> usize {
        let mut next = end;
        for _ in 0..OVER_AFTER {
            let (from, after) = self.item_of(next);
            if next >= sentence_end || from != next || self.any_told(next, after) {
                break;
            }
            let mut cues = self.cues_in(next, after).iter();
            if cues.any(|cue| cue.kind == CueKind::Over) {
                return after;
            }
            next = after;
        }
        end
    }

    /// Does what follows say "but now", or "well actually"?
    pub(super) fn turned(&self, found: &Found) -> bool {
        self.taken_back(found, |kind| matches!(kind, CueKind::Turn | CueKind::Undo)) || self.but_now(found)
    }

    /// Is it said to be over as well as past, in its sentence or the next?
    pub(super) fn over(&self, found: &Found) -> bool {
        let (start, end) = self.sentence_of(found.last());
        let further = if end < self.tokens.list.len() {
            self.sentence_of(end).1
        } else {
            end
        };
        let has = |kind: CueKind| self.cues_in(start, further).iter().any(|cue| cue.kind == kind);
        has(CueKind::Past) && has(CueKind::Over)
    }

    /// Does what follows take it back?
    pub(super) fn undone(&self, found: &Found) -> bool {
        self.taken_back(found, |kind| kind == CueKind::Undo)
    }

    /// Does the next clause say "but now", and nothing that can be read by itself?
    fn but_now(&self, found: &Found) -> bool {
        let (_, end) = self.clause_of(found.last());
        let (_, sentence_end) = self.sentence_of(found.last());
        if end >= sentence_end {
            return false;
        }
        let (_, next_end) = self.clause_of(end);
        let cues = self.cues_in(end, next_end);
        let has = |kind: CueKind| cues.iter().any(|cue| cue.kind == kind);
        cues.first()
            .is_some_and(|cue| cue.kind == CueKind::End && cue.first == end)
            && has(CueKind::Now)
            && !self.any_told(end, next_end)
    }

    /// A word of correction behind a finding: in its sentence, the next, or the one after that.
    fn taken_back(&self, found: &Found, kind: impl Fn(CueKind) -> bool) -> bool {
        let count = self.tokens.list.len();
        let last = found.last();
        let mut end = self.sentence_of(last).1;
        for _ in 0..2 {
            if end < count {
                end = self.sentence_of(end).1;
            }
        }
        self.cues_in(last + 1, end.min(last + TAKEN_BACK))
            .iter()
            .any(|cue| kind(cue.kind))
    }
}

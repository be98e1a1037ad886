//! What the cues around a finding make of it. A finding may be believed on weak evidence, denied only on strong:
//! everything between is *not sure*, and becomes a question.

use crate::content::lexicon::compiled::flags;
use crate::content::lexicon::{CueKind, Reach};

use super::scene::{CueAt, Person, Scene};
use super::spot::Found;
use super::tokens::Break;

/// So many small words may stand between a denial and what it denies.
const MOST_SMALL: usize = 3;

/// Is it denied?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Denial {
    /// No.
    None,
    /// By a denial of something before it, in a list that nothing closes: *no fever baby kicking*, *no fever, chills*.
    Listed,
    /// By words that may mean something else.
    Loose,
    /// Yes.
    Strict,
}

/// When it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Time {
    Now,
    Past,
}

/// What the words around a finding say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    pub(super) denial: Denial,
    pub(super) doubt: bool,
    pub(super) time: Time,
    pub(super) person: Person,
    /// Only supposed, or only asked about.
    pub(super) supposed: bool,
    pub(super) asked: bool,
    /// A bare question: *calf swollen?*
    pub(super) questioned: bool,
    /// What follows says that it is otherwise: *fine this morning, but now …*, *not swollen, well actually …*
    pub(super) turned: bool,
    /// It was, and is said to be over as well: *suicidal years ago, had help, fine now*.
    pub(super) over: bool,
    /// What follows takes it back: *my waters went, oh no it was wee*.
    pub(super) undone: bool,
}

impl Scene<'_> {
    /// Looks around a finding.
    pub(super) fn around(&self, found: &Found) -> Around {
        let first = found.core.first().copied().unwrap_or(0);
        let (denial, doubt) = (self.denial(found), self.doubt(found));
        Around {
            denial,
            doubt,
            time: self.time(found),
            person: self.person_of(found, first),
            // "I couldn't say if it is" is a doubt.
            supposed: !doubt && self.supposed(found),
            asked: self.asked(found),
            // "Headache? No": the question is answered.
            questioned: denial != Denial::Strict && self.questioned(found),
            turned: self.turned(found),
            over: self.over(found),
            undone: self.undone(found),
        }
    }

    /// Whose it is. A person who is a part of what is told ("husband hits me") does not take it away from her.
    fn person_of(&self, found: &Found, first: usize) -> Person {
        let person = self.person_within(found, first);
        let held = || {
            let near = self.cues_in(found.first().saturating_sub(3), found.last() + 1);
            near.iter().filter(|cue| cue.kind == CueKind::Other).any(|cue| {
                // "Baby has a fever", "baby breathing fast": what she does is no person, nor is a small word.
                let person = (cue.first..=cue.last).find(|token| self.content(*token));
                person.is_some_and(|person| found.tokens.contains(&person))
            })
        };
        if person == Person::Other && held() {
            Person::Own
        } else {
            person
        }
    }

    /// Who is spoken of where a finding begins, or whose part of the body it names: "my mate texts me that fluid runs down
    /// her leg".
    fn person_within(&self, found: &Found, first: usize) -> Person {
        let of_other = |cue: &CueAt| {
            let part = cue.last + 1;
            let named = self.body(part) && found.tokens.contains(&part);
            cue.kind == CueKind::Third && named && self.person(cue.first) == Person::Other
        };
        let mut within = self.cues_in(found.first(), found.last() + 1).iter();
        match self.person(first) {
            Person::Own if within.any(of_other) => Person::Other,
            person => person,
        }
    }

    fn denial(&self, found: &Found) -> Denial {
        if self.named_ahead(found) {
            return Denial::Strict;
        }
        let before = self.denied_before(found);
        let after = self.denied_after(found);
        match (before, after) {
            (Denial::None, one) | (one, Denial::None) => one,
            // Two denials are one too many.
            _ => Denial::Loose,
        }
    }

    /// Walks left from a finding to a denial.
    fn denied_before(&self, found: &Found) -> Denial {
        // What holds its own denial is not denied by another: "no fever, cannot breathe".
        if found.negated {
            return Denial::None;
        }
        let mut worst = Denial::None;
        let mut anchors = found.core.clone();
        // Words of one stretch are denied together: the first of each stretch is looked at.
        anchors.dedup_by(|next, before| *next == *before + 1);
        let (mut begins, mut apart) = (None, false);
        for anchor in anchors {
            let denial = self.walk_left(found, anchor);
            let (first, before) = *begins.get_or_insert((anchor, denial));
            // "No swelling, but a red line": what is told in another clause is not denied with the rest.
            apart |= denial == Denial::None && self.clause_of(anchor) != self.clause_of(first);
            // "The calf is sore, not red": what was told before the denial is not denied.
            let told_before = before == Denial::None
                && (first..anchor).any(|place| {
                    let part = found.core.contains(&place) && self.content(place) && !self.body(place);
                    part || self.tokens.has(place, flags::SUBJECT | flags::AND)
                });
            worst = worst.max(if told_before {
                denial.min(Denial::Loose)
            } else {
                denial
            });
        }
        if apart { worst.min(Denial::Loose) } else { worst }
    }

    fn walk_left(&self, found: &Found, anchor: usize) -> Denial {
        let (start, _) = self.clause_of(anchor);
        let mut walk = Walk::default();
        for place in (start..=anchor).rev() {
            let own = found.tokens.contains(&place);
            if place < anchor && self.tokens.broken(place + 1) == Break::Soft {
                walk.comma();
            }
            // A denial that is a part of what is told ("not moving") was told with it; one that only ends in it
            // ("haven't been in bed") denies it.
            let cue = self
                .denial_at(place)
                .filter(|cue| !own || !found.tokens.contains(&cue.first));
            if let Some(cue) = cue {
                if own {
                    return Denial::Strict;
                }
                // "No, I have a fever": an answer.
                if self.tokens.broken(place + 1) != Break::None {
                    return Denial::None;
                }
                return self.weigh(&walk, cue, found, anchor);
            }
            if own {
                continue;
            }
            if walk.subject && (self.told(place) || self.content(place)) {
                return Denial::None;
            }
            if self.tokens.has(place, flags::OR) {
                walk.or = walk.or || walk.clean();
            } else if self.tokens.has(place, flags::SUBJECT) && walk.or && self.body_told(place + 1) {
                // "No pain under my ribs or swollen hands": a part of the list.
                walk.small += 1;
            } else if self.tokens.has(place, flags::SUBJECT) {
                walk.subject = true;
                // "My" in front of a part of the body is no new subject; "it" in "I don't like it" may be one.
                let next = place + 1;
                walk.astray |= !found.tokens.contains(&next) || found.core.contains(&next);
            } else if self.told(place) {
                walk.told = true;
            } else if self.content(place) {
                walk.words += 1;
            } else {
                walk.small += 1;
            }
            if walk.words > 12 {
                break;
            }
        }
        Denial::None
    }

    fn body_told(&self, place: usize) -> bool {
        self.body(place) && self.told(place)
    }

    /// A word that is neither small nor light.
    pub(super) fn content(&self, place: usize) -> bool {
        let small = flags::FILLER | flags::LIGHT | flags::AND | flags::OR | flags::SUBJECT;
        !self.tokens.has(place, small)
    }

    fn weigh(&self, walk: &Walk, cue: &CueAt, found: &Found, anchor: usize) -> Denial {
        // "Not without": two denials are one too many.
        let again = cue.first.checked_sub(1).is_some_and(|before| {
            self.tokens.broken(cue.first) == Break::None && self.denial_at(before).is_some()
        });
        if again {
            return Denial::Loose;
        }
        if walk.words > cue.words {
            return Denial::None;
        }
        if walk.astray || (walk.small > MOST_SMALL && !walk.told) {
            return Denial::Loose;
        }
        let listed = walk.commas > 0 || walk.told;
        if !listed {
            let stands = walk.words <= cue.strict && !self.opens_list(found);
            return if stands { Denial::Strict } else { Denial::Loose };
        }
        // A list begins with something told, directly behind the denial.
        let begins = (cue.last + 1..anchor)
            .take_while(|place| self.tokens.broken(*place) == Break::None)
            .find(|place| self.told(*place) || self.content(*place));
        let direct = begins.is_some_and(|place| self.told(place));
        if !direct {
            return if walk.commas > 0 {
                Denial::None
            } else {
                Denial::Loose
            };
        }
        let closed = walk.or || self.closed_behind(found);
        if closed && walk.words <= cue.strict {
            Denial::Strict
        } else if closed {
            Denial::Loose
        } else if walk.commas == 0 {
            Denial::Listed
        } else if self.each_denied(cue) {
            // "No fever, no chills, heart racing": what has no denial of its own is not denied.
            Denial::None
        } else {
            Denial::Listed
        }
    }

    /// Does the item before the one with this denial have a denial of its own?
    fn each_denied(&self, cue: &CueAt) -> bool {
        let (start, _) = self.item_of(cue.first);
        let (sentence, _) = self.sentence_of(start);
        start > sentence && {
            let (before, end) = self.item_of(start - 1);
            (before..end).any(|place| self.denial_at(place).is_some()) && self.any_told(before, end)
        }
    }

    /// Does the list go on behind a finding to an "or"?
    fn closed_behind(&self, found: &Found) -> bool {
        let last = found.core.last().copied().unwrap_or(0);
        let (_, end) = self.clause_of(last);
        for place in last + 1..end {
            if self.tokens.has(place, flags::OR) {
                // What stands behind it must belong to the list.
                return (place + 1..end)
                    .find(|next| self.content(*next) || self.told(*next))
                    .is_some_and(|next| self.told(next));
            }
            // "… and no bleeding" closes it as well.
            if self.tokens.has(place, flags::AND) && self.denial_begins(place + 1) {
                return true;
            }
            if !self.told(place) && self.content(place) || self.denial_at(place).is_some() {
                return false;
            }
        }
        false
    }

    /// "No fever, bleeding": a list that nothing closes. Does a bare danger sign follow behind the comma?
    fn opens_list(&self, found: &Found) -> bool {
        let next = found.last() + 1;
        let (_, clause_end) = self.clause_of(found.last());
        if next >= clause_end || self.tokens.broken(next) != Break::Soft || self.closed_behind(found) {
            return false;
        }
        let (_, end) = self.item_of(next);
        let bare = |place: usize| self.danger(place) || !self.content(place);
        let denies = |place: usize| self.tokens.has(place, flags::NEGATOR | flags::DENIES);
        (next..end).any(|place| self.danger(place)) && (next..end).all(|place| bare(place) && !denies(place))
    }

    fn denial_begins(&self, place: usize) -> bool {
        self.cues_in(place, place + 1)
            .iter()
            .any(|cue| cue.kind == CueKind::Deny && cue.reach != Reach::After)
    }

    /// "Fever: no", "bleeding? none".
    fn denied_after(&self, found: &Found) -> Denial {
        let last = found.last();
        let (_, end) = self.sentence_of(last);
        let ahead = self.tokens.list.len().min(end + 6);
        let mut words = 0;
        for place in last + 1..ahead.min(last + 14) {
            let broken = self.tokens.broken(place);
            let question = self.tokens.get(place - 1).is_some_and(|token| token.asked);
            if broken == Break::Hard && !question {
                break;
            }
            let cue = self
                .cues_in(place, place + 1)
                .iter()
                .find(|cue| cue.reach == Reach::After && cue.kind == CueKind::Deny);
            if let Some(cue) = cue {
                // "Fever no bleeding": the same word denies what follows.
                let (behind, parted) = (cue.last + 1, Break::None);
                if self.denial_begins(place) && self.tokens.broken(behind) == parted {
                    return Denial::None;
                }
                if words > cue.words {
                    return Denial::None;
                }
                let (start, _) = self.item_of(found.core.first().copied().unwrap_or(0));
                // "Fever no" denies; "I have a fever no" and "cannot breathe no" may be anything.
                let parted = self.tokens.broken(cue.first) != Break::None;
                let bare =
                    parted || (start..found.first()).all(|before| !self.content(before) || self.told(before));
                let sure = bare && !found.negated && !self.claims(start, found.first());
                return if sure { Denial::Strict } else { Denial::Loose };
            }
            if self.told(place) && !found.tokens.contains(&place) {
                break;
            }
            words += usize::from(self.content(place));
        }
        self.only_named(found)
    }

    /// "Fever, chills, bleeding, none of that": the list that stands before such words.
    fn only_named(&self, found: &Found) -> Denial {
        let last = found.last();
        let (start, end) = self.sentence_of(last);
        let (_, further) = self.sentence_of(end.min(self.tokens.list.len().saturating_sub(1)));
        let closing = self
            .cues_in(last + 1, further)
            .iter()
            .find(|cue| cue.kind == CueKind::None && !self.opens_names(cue));
        let Some(cue) = closing else {
            return Denial::None;
        };
        // It closes this sentence, or stands alone as the next one.
        let alone = cue.first < end || !self.any_told(end, cue.first);
        let split = self
            .cues_in(last + 1, cue.first)
            .iter()
            .any(|other| other.kind == CueKind::End);
        if !alone || split {
            return Denial::None;
        }
        if self.claims(start, cue.first) {
            Denial::Loose
        } else {
            Denial::Strict
        }
    }

    /// "None of these: fever, chills, bleeding": the bare list that stands behind such words and a colon.
    fn named_ahead(&self, found: &Found) -> bool {
        let (start, end) = self.sentence_of(found.first());
        let cues = self.cues_in(start, found.first()).iter();
        let mut ahead = cues.filter(|cue| cue.kind == CueKind::None && self.opens_names(cue));
        let Some(cue) = ahead.next().filter(|_| !found.negated) else {
            return false;
        };
        let (from, told_before) = (cue.last + 1, self.any_told(start, cue.first));
        let bare = |place: usize| {
            let part = found.tokens.contains(&place) || self.told(place) || !self.content(place);
            part && self.denial_at(place).is_none()
        };
        let split = self.cues_in(from, end).iter().any(|cue| cue.kind == CueKind::End);
        !told_before && !split && (from..end).all(bare) && !self.claims(from, end)
    }

    /// Does a colon stand behind a cue?
    fn opens_names(&self, cue: &CueAt) -> bool {
        let behind = self.tokens.get(cue.last + 1);
        behind.is_some_and(|next| next.sign == ':' && next.broken == Break::Soft)
    }

    /// Does she speak of herself there?
    pub(super) fn claims(&self, start: usize, end: usize) -> bool {
        self.cues_in(start, end)
            .iter()
            .any(|cue| matches!(cue.kind, CueKind::Own | CueKind::Now))
    }

    /// If, what if, worried about.
    fn supposed(&self, found: &Found) -> bool {
        let first = found.core.first().copied().unwrap_or(0);
        let (start, _) = self.clause_of(first);
        self.cues_in(start, first)
            .iter()
            // It may end behind where what is supposed begins: "worried my leg will swell".
            .any(|cue| cue.kind == CueKind::If && !found.tokens.contains(&cue.first))
    }

    /// A question or general talk, in which she does not speak of herself.
    fn asked(&self, found: &Found) -> bool {
        let first = found.core.first().copied().unwrap_or(0);
        let (start, _) = self.clause_of(first);
        let cues = self.cues_in(start, found.last() + 1);
        // "Is fever dangerous?" holds what it asks about; "it is numb" asks nothing.
        let before = |cue: &CueAt| cue.last < first || (cue.first < first && cue.first == start);
        let ask = cues
            .iter()
            .rev()
            .find(|cue| cue.kind == CueKind::Ask && before(cue));
        let Some(ask) = ask else {
            return false;
        };
        !cues
            .iter()
            .any(|cue| cue.kind == CueKind::Own && cue.first > ask.first)
    }

    fn questioned(&self, found: &Found) -> bool {
        let (start, end) = self.item_of(found.last());
        let marked = end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .is_some_and(|token| token.asked);
        // "Fever? yes"
        marked && !self.claims(start, end) && !self.tokens.has(end, flags::YES)
    }
}

/// What was met on the way left to a denial.
#[derive(Default)]
struct Walk {
    /// Small words.
    small: usize,
    /// A pronoun that may begin something new.
    astray: bool,
    commas: usize,
    told: bool,
    or: bool,
    subject: bool,
    words: usize,
}

impl Walk {
    fn comma(&mut self) {
        self.commas += 1;
    }
    /// Nothing but small words so far: an "or" met now joins the finding to the list.
    fn clean(&self) -> bool {
        self.commas == 0 && !self.told && self.words == 0
    }
}

//! Words that may stand in any order, and the part of the body they go with.

use crate::content::lexicon::compiled::{ClassId, flags};

use super::spot::{Scratch, Spotter};
use super::tokens::Break;

/// A body part beyond a comma counts as this much further away.
const BEYOND_COMMA: usize = 3;
/// How far back the body part of an earlier sentence is looked for, in tokens.
const CARRIED: usize = 60;

impl Spotter<'_> {
    fn distance(&self, one: usize, other: usize) -> usize {
        let at = |place: usize| self.counted.get(place).copied().unwrap_or(0);
        at(one.max(other)) - at(one.min(other))
    }

    pub(super) fn near(
        &self,
        classes: &[ClassId],
        body: &[bool],
        (within, same_clause): (usize, bool),
        place: usize,
        scratch: &mut Scratch,
    ) -> Option<()> {
        let first = *classes.first()?;
        let length = self.tokens.covers(place, first)?;
        scratch.tokens.extend(place..place + length);
        let only_body = body.iter().all(|body| *body);
        if only_body || !body.first().copied().unwrap_or(false) {
            scratch.core.extend(place..place + length);
        }
        for (class, is_body) in classes.iter().zip(body).skip(1) {
            let (at, length) = if *is_body && !only_body {
                self.body_part(*class, &scratch.tokens, within, same_clause)?
            } else {
                self.nearest(*class, &scratch.tokens, within, same_clause)?
            };
            scratch.tokens.extend(at..at + length);
            if !is_body || only_body {
                scratch.core.extend(at..at + length);
            }
        }
        scratch.tokens.sort_unstable();
        scratch.core.sort_unstable();
        scratch.tokens.dedup();
        scratch.core.dedup();
        Some(())
    }

    /// The nearest word of a class to what was found already.
    fn nearest(
        &self,
        class: ClassId,
        tokens: &[usize],
        within: usize,
        same_clause: bool,
    ) -> Option<(usize, usize)> {
        let from = *tokens.first()?;
        let (start, end) = *self.sentence.get(from)?;
        let fits = |at: usize| {
            let length = self.tokens.covers(at, class)?;
            let new = !(at..at + length).any(|place| tokens.contains(&place));
            let near = tokens.iter().all(|token| self.distance(*token, at) <= within);
            (new && near).then_some((at, length))
        };
        let parts = |one: usize| same_clause && self.tokens.broken(one) != Break::None;
        let far = |at: usize| self.distance(from, at) > within;
        let right = (from + 1..end)
            .take_while(|at| !parts(*at) && !far(*at))
            .find_map(fits);
        let left = (start..from)
            .rev()
            .take_while(|at| !parts(*at + 1) && !far(*at))
            .find_map(fits);
        match (left, right) {
            (Some(left), Some(right)) => {
                let nearer = self.distance(from, left.0) < self.distance(from, right.0);
                Some(if nearer { left } else { right })
            }
            (one, other) => one.or(other),
        }
    }

    /// The part of the body that goes with what was found: the nearest, with no other part between but in a list; else
    /// the last part that was named, if the words begin their clause.
    fn body_part(
        &self,
        class: ClassId,
        tokens: &[usize],
        within: usize,
        same_clause: bool,
    ) -> Option<(usize, usize)> {
        let from = *tokens.first()?;
        let (start, end) = *self.sentence.get(from)?;
        let limit = |at: &usize| self.distance(from, *at) <= within;
        let right = self.walk((from + 1..end).take_while(limit), class, from, same_clause, true);
        let left = self.walk(
            (start..from).rev().take_while(limit),
            class,
            from,
            same_clause,
            false,
        );
        let own_item = self.item_has_body(from);
        let weigh = |found: Option<(usize, usize, bool)>| {
            let (at, length, crossed) = found?;
            if crossed && own_item {
                return None;
            }
            let far = self.distance(from, at) + if crossed { BEYOND_COMMA } else { 0 };
            Some((far, at, length))
        };
        let nearest = match (weigh(left), weigh(right)) {
            (Some(left), Some(right)) => Some(if left.0 <= right.0 { left } else { right }),
            (one, other) => one.or(other),
        };
        if let Some((_, at, length)) = nearest {
            return Some((at, length));
        }
        if same_clause || own_item {
            return None;
        }
        self.carried(class, from)
    }

    /// Walks from a word to the first part of the body of this class: place, length, and whether a comma was crossed.
    fn walk(
        &self,
        places: impl Iterator<Item = usize>,
        class: ClassId,
        from: usize,
        same_clause: bool,
        forward: bool,
    ) -> Option<(usize, usize, bool)> {
        let mut crossed = false;
        let mut listed = false;
        for at in places {
            // "No chest pain, but the leg …": what has a part of its own takes none from behind a "but".
            if forward && self.tokens.has(at, flags::END) && self.part_between(from, at) {
                return None;
            }
            let edge = if forward { at } else { at + 1 };
            if edge != from && self.tokens.broken(edge) != Break::None
                || edge == from && !forward && self.tokens.broken(from) != Break::None
            {
                if same_clause {
                    return None;
                }
                crossed = !listed;
            }
            if let Some(length) = self.tokens.covers(at, class) {
                return Some((at, length, crossed));
            }
            if self.tokens.body(at) {
                listed = true;
            } else if listed {
                let joins = flags::AND | flags::OR | flags::FILLER | flags::SUBJECT;
                if !self.tokens.has(at, joins) {
                    return None;
                }
            }
        }
        None
    }

    /// Is a part of the body named between the last comma before a word and a place behind it?
    fn part_between(&self, from: usize, end: usize) -> bool {
        let (start, _) = self.item(from);
        (start..end).any(|place| self.tokens.body(place))
    }

    /// Is a part of the body named between the commas around this word?
    fn item_has_body(&self, at: usize) -> bool {
        self.item_body.get(at).copied().unwrap_or(false)
    }

    fn item(&self, at: usize) -> (usize, usize) {
        self.item.get(at).copied().unwrap_or((at, at + 1))
    }

    /// The last part of the body that was named in this sentence or the one before, for words that begin a clause.
    fn carried(&self, class: ClassId, from: usize) -> Option<(usize, usize)> {
        let (start, _) = self.item(from);
        let small = flags::FILLER
            | flags::SUBJECT
            | flags::AND
            | flags::OR
            | flags::LIGHT
            | flags::DENIES
            | flags::NEGATOR
            | flags::END;
        let begins = from - start <= 8 && (start..from).all(|place| self.tokens.has(place, small));
        if !begins {
            return None;
        }
        let (sentence, _) = *self.sentence.get(from)?;
        let earliest = match sentence.checked_sub(1).and_then(|last| self.sentence.get(last)) {
            Some((before, _)) => *before,
            None => 0,
        };
        let at = (earliest.max(start.saturating_sub(CARRIED))..start)
            .rev()
            .find(|place| self.tokens.body(*place))?;
        // A phrase may begin before the word that was met.
        (at.saturating_sub(3)..=at)
            .rev()
            .find_map(|place| self.tokens.covers(place, class).map(|length| (place, length)))
            .filter(|(place, length)| place + length > at)
    }
}

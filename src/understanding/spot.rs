//! Patterns and cues in a message. Each is looked for only where a word of it stands, and only if all words it needs
//! are in the sentence, so that the cost grows with the message and not with the lexicon.

use crate::content::Value;
use crate::content::lexicon::compiled::{ClassId, Compiled, NUMBER, Search, Searched, Step, Target, flags};
use crate::content::lexicon::{CueKind, Lexicon, Need, Reads, Says};

use super::tokens::{Break, Tokens};

/// Fillers that may be skipped between two places of a pattern.
const SKIPPED: usize = 3;
/// A body part beyond a comma counts as this much further away.
const BEYOND_COMMA: usize = 3;
/// How far back the body part of an earlier sentence is looked for, in tokens.
const CARRIED: usize = 60;
/// A cue spans no more tokens than this.
const LONGEST_CUE: usize = 60;

/// A pattern or cue that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What.
    pub(super) target: Target,
    /// The tokens its words are, in order.
    pub(super) tokens: Vec<usize>,
    /// The tokens that decide about denial: without the parts of the body, where there are others.
    pub(super) core: Vec<usize>,
    /// The number in it.
    pub(super) number: Option<usize>,
    /// Does it hold a denial of its own?
    pub(super) negated: bool,
}

impl Found {
    pub(super) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(0)
    }

    pub(super) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(0)
    }

    pub(super) fn inside(&self, other: &Found) -> bool {
        self.tokens.iter().all(|token| other.tokens.contains(token))
    }

    fn within_span(&self, other: &Found) -> bool {
        other.first() <= self.first() && self.last() <= other.last()
    }
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Spotted {
    pub(super) patterns: Vec<Found>,
    pub(super) cues: Vec<Found>,
    /// All cues that were met, also those that a longer match swallowed.
    pub(super) all_cues: Vec<Target>,
}

/// A set of classes.
struct Classes(Vec<u64>);

impl Classes {
    fn new(count: usize) -> Classes {
        Classes(vec![0; count / 64 + 1])
    }
    fn add(&mut self, class: ClassId) {
        if let Some(slot) = self.0.get_mut(usize::from(class) / 64) {
            *slot |= 1 << (class % 64);
        }
    }
    fn has(&self, class: ClassId) -> bool {
        self.0
            .get(usize::from(class) / 64)
            .is_some_and(|slot| slot & (1 << (class % 64)) != 0)
    }
}

/// Where a match is put together, again and again.
#[derive(Default)]
struct Scratch {
    tokens: Vec<usize>,
    core: Vec<usize>,
}

struct Spotter<'t> {
    lexicon: &'t Compiled,
    tokens: &'t Tokens,
    /// Counted words before each token.
    counted: Vec<usize>,
    /// For each token, where its sentence begins and ends.
    sentence: Vec<(usize, usize)>,
    /// For each token, where the words between two commas begin and end.
    item: Vec<(usize, usize)>,
    /// Which tokens are parts of the body.
    body: Vec<bool>,
    /// Is a part of the body named between the commas around this token?
    item_body: Vec<bool>,
}

/// For each token, the stretch between two breaks of at least this strength.
fn stretches(tokens: &Tokens, least: Break) -> Vec<(usize, usize)> {
    let count = tokens.list.len();
    let mut stretches = vec![(0, count); count];
    let mut start = 0;
    for end in 1..=count {
        if end == count || tokens.broken(end) >= least {
            for slot in stretches.iter_mut().take(end).skip(start) {
                *slot = (start, end);
            }
            start = end;
        }
    }
    stretches
}

/// Looks for everything.
pub(super) fn spot(lexicon: &Lexicon, tokens: &Tokens) -> Spotted {
    let compiled = lexicon.compiled();
    let spotter = Spotter::new(compiled, tokens);
    let mut spotted = Spotted::default();
    let mut scratch = Scratch::default();
    let mut everywhere = Classes::new(compiled.class_count());
    for place in 0..tokens.list.len() {
        for (class, _) in tokens.classes(place) {
            everywhere.add(*class);
        }
    }
    let mut start = 0;
    while start < tokens.list.len() {
        let end = spotter
            .sentence
            .get(start)
            .map_or(tokens.list.len(), |(_, end)| *end);
        let mut here = Classes::new(compiled.class_count());
        for place in start..end {
            for (class, _) in tokens.classes(place) {
                here.add(*class);
            }
        }
        for place in start..end {
            spotter.at(place, &here, &everywhere, &mut scratch, &mut spotted);
        }
        start = end.max(start + 1);
    }
    spotted.all_cues = spotted.cues.iter().map(|cue| cue.target).collect();
    settle(lexicon, &mut spotted, tokens);
    spotted
}

impl<'t> Spotter<'t> {
    fn new(lexicon: &'t Compiled, tokens: &'t Tokens) -> Spotter<'t> {
        let count = tokens.list.len();
        let mut counted = Vec::with_capacity(count + 1);
        let mut sum = 0;
        for token in &tokens.list {
            counted.push(sum);
            sum += usize::from(!token.has(flags::FILLER));
        }
        counted.push(sum);
        let sentence = stretches(tokens, Break::Hard);
        let item = stretches(tokens, Break::Soft);
        let body: Vec<bool> = (0..count)
            .map(|place| {
                let mut classes = tokens.classes(place).iter();
                classes.any(|(class, _)| lexicon.is_body(*class))
            })
            .collect();
        let mut item_body = vec![false; count];
        let mut start = 0;
        while let Some((_, end)) = item.get(start).copied() {
            let any = body.get(start..end).is_some_and(|part| part.contains(&true));
            for slot in item_body.iter_mut().take(end).skip(start) {
                *slot = any;
            }
            start = end.max(start + 1);
        }
        Spotter {
            lexicon,
            tokens,
            counted,
            sentence,
            item,
            body,
            item_body,
        }
    }

    fn at(
        &self,
        place: usize,
        here: &Classes,
        everywhere: &Classes,
        scratch: &mut Scratch,
        spotted: &mut Spotted,
    ) {
        let mut last = ClassId::MAX;
        for (class, _) in self.tokens.classes(place) {
            if *class == last {
                continue;
            }
            last = *class;
            let starts = self.lexicon.starts(*class).iter();
            for index in starts.chain(self.lexicon.triggers(*class)) {
                let Some(searched) = self.lexicon.searched.get(*index as usize) else {
                    continue;
                };
                let may = searched.required.iter().all(|class| {
                    here.has(*class) || (self.lexicon.is_body(*class) && everywhere.has(*class))
                }) && !searched.unless.iter().any(|class| here.has(*class));
                if may && let Some(found) = self.find(searched, place, scratch) {
                    let list = match searched.target {
                        Target::Pattern(_) => &mut spotted.patterns,
                        Target::Cue(_) => &mut spotted.cues,
                    };
                    let again = list
                        .iter()
                        .rev()
                        .take(8)
                        .any(|other| other.target == found.target && other.tokens == found.tokens);
                    if !again {
                        list.push(found);
                    }
                }
            }
        }
    }

    fn find(&self, searched: &Searched, place: usize, scratch: &mut Scratch) -> Option<Found> {
        scratch.tokens.clear();
        scratch.core.clear();
        let mut number = None;
        match &searched.search {
            Search::Seq(steps) => {
                if !self.follow(steps, place, false, &mut scratch.tokens, &mut number) {
                    return None;
                }
                scratch.core.extend(&scratch.tokens);
            }
            Search::Near {
                classes,
                body,
                within,
                same_clause,
            } => {
                let limits = (usize::from(*within), *same_clause);
                self.near(classes, body, limits, place, scratch)?;
            }
        }
        Some(Found {
            target: searched.target,
            tokens: scratch.tokens.clone(),
            core: scratch.core.clone(),
            number,
            negated: false,
        })
    }

    /// Follows the rest of a pattern from a token on.
    fn follow(
        &self,
        steps: &[Step],
        at: usize,
        loose: bool,
        found: &mut Vec<usize>,
        number: &mut Option<usize>,
    ) -> bool {
        let Some((step, rest)) = steps.split_first() else {
            return true;
        };
        match step {
            Step::Start => self.starts_clause(at) && self.follow(rest, at, loose, found, number),
            Step::End => self.ends_clause(at) && self.follow(rest, at, loose, found, number),
            Step::NotBefore(class) => {
                let before = at.checked_sub(1);
                let stands = before.is_some_and(|before| {
                    self.tokens.broken(at) != Break::Hard && self.tokens.covers(before, *class).is_some()
                });
                !stands && self.follow(rest, at, loose, found, number)
            }
            Step::Gap(words) => (0..=usize::from(*words)).any(|skip| {
                let crossed = (at..=at + skip).any(|place| self.tokens.broken(place) == Break::Hard);
                !crossed && self.follow(rest, at + skip, true, found, number)
            }),
            Step::Is(class, need) => {
                self.take(*class, None, rest, at, loose, found, number)
                    || (*need == Need::May && self.follow(rest, at, loose, found, number))
            }
            Step::Number(least, most, need) => {
                self.take(NUMBER, Some((*least, *most)), rest, at, loose, found, number)
                    || (*need == Need::May && self.follow(rest, at, loose, found, number))
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn take(
        &self,
        class: ClassId,
        bounds: Option<(u16, u16)>,
        rest: &[Step],
        at: usize,
        loose: bool,
        found: &mut Vec<usize>,
        number: &mut Option<usize>,
    ) -> bool {
        let begun = !found.is_empty();
        let most = if begun { SKIPPED } else { 0 };
        for place in at..=at + most {
            let Some(token) = self.tokens.get(place) else {
                return false;
            };
            let broken = if loose { Break::Hard } else { Break::Soft };
            if begun && token.broken >= broken {
                return false;
            }
            let in_bounds = bounds.is_none_or(|(least, most)| {
                token
                    .number
                    .is_some_and(|number| (u32::from(least) * 100..=u32::from(most) * 100).contains(&number))
            });
            if in_bounds && let Some(length) = self.tokens.covers(place, class) {
                let before = (found.len(), *number);
                found.extend(place..place + length);
                if bounds.is_some() {
                    *number = Some(place);
                }
                if self.follow(rest, place + length, false, found, number) {
                    return true;
                }
                found.truncate(before.0);
                *number = before.1;
            }
            if !token.has(flags::FILLER) {
                return false;
            }
        }
        false
    }

    /// Does a clause begin here, but for small words?
    fn starts_clause(&self, at: usize) -> bool {
        let mut place = at;
        loop {
            if place == 0 || self.tokens.broken(place) != Break::None {
                return true;
            }
            let small = flags::FILLER | flags::AND | flags::OR | flags::END | flags::YES | flags::NO;
            if !self.tokens.has(place - 1, small) || at - place > 4 {
                return false;
            }
            place -= 1;
        }
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.tokens.broken(at) != Break::None || self.tokens.has(at, flags::END | flags::AND)
    }

    fn distance(&self, one: usize, other: usize) -> usize {
        let at = |place: usize| self.counted.get(place).copied().unwrap_or(0);
        at(one.max(other)) - at(one.min(other))
    }

    fn near(
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
            if self.body.get(at).copied().unwrap_or(false) {
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
            .find(|place| self.body.get(*place).copied().unwrap_or(false))?;
        // A phrase may begin before the word that was met.
        (at.saturating_sub(3)..=at)
            .rev()
            .find_map(|place| self.tokens.covers(place, class).map(|length| (place, length)))
            .filter(|(place, length)| place + length > at)
    }
}

/// For each token, the matches it is a word of.
fn by_token(found: &[Found], count: usize) -> Vec<Vec<usize>> {
    let mut at = vec![Vec::new(); count];
    for (index, one) in found.iter().enumerate() {
        for token in &one.tokens {
            if let Some(list) = at.get_mut(*token) {
                list.push(index);
            }
        }
    }
    at
}

/// For each token, the block that hides it.
fn hidden(lexicon: &Lexicon, blocks: &[Found], count: usize) -> Vec<Option<usize>> {
    let hides = |block: &Found| {
        matches!(block.target, Target::Cue(place)
            if lexicon.source.cues.get(place).is_some_and(|cue| cue.hide))
    };
    if !blocks.iter().any(hides) {
        return Vec::new();
    }
    let mut hidden = vec![None; count];
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| hides(block)) {
        for token in &block.tokens {
            if let Some(slot) = hidden.get_mut(*token) {
                *slot = Some(index);
            }
        }
    }
    hidden
}

/// Longer matches before shorter ones; what a block covers is nothing; what a finding contains is no cue.
fn settle(lexicon: &Lexicon, spotted: &mut Spotted, tokens: &Tokens) {
    let count = tokens.list.len();
    let kind = |found: &Found| match found.target {
        Target::Cue(place) => lexicon.source.cues.get(place).map(|cue| cue.kind),
        Target::Pattern(_) => None,
    };
    let reads = |found: &Found| match found.target {
        Target::Pattern(place) => lexicon.source.patterns.get(place).map(|pattern| &pattern.reads),
        Target::Cue(_) => None,
    };
    let mut blocks: Vec<Found> = spotted
        .cues
        .iter()
        .filter(|cue| kind(cue) == Some(CueKind::Block))
        .cloned()
        .collect();
    blocks.sort_by_key(|block| (block.first(), block.last()));
    let covered = |found: &Found| {
        let from = blocks.partition_point(|block| block.first() + LONGEST_CUE < found.first());
        let near = blocks.get(from..).unwrap_or(&[]).iter();
        near.take_while(|block| block.first() <= found.first())
            .any(|block| found.within_span(block) && found.tokens.len() <= block.tokens.len())
    };
    let hidden = hidden(lexicon, &blocks, count);
    let hides = |found: &Found| {
        !hidden.is_empty() && {
            let block = found
                .tokens
                .iter()
                .find_map(|token| hidden.get(*token).copied().flatten())
                .and_then(|block| blocks.get(block));
            // Only what holds the whole of it stands.
            block.is_some_and(|block| !block.tokens.iter().all(|token| found.tokens.contains(token)))
        }
    };
    spotted.patterns.retain(|found| !covered(found) && !hides(found));
    let mut denials = vec![Vec::new(); count];
    for cue in &spotted.cues {
        let denies = matches!(cue.target, Target::Cue(place)
            if lexicon.source.cues.get(place).is_some_and(|cue| cue.kind == CueKind::Deny && !cue.after));
        if let Some(list) = denials.get_mut(cue.first()).filter(|_| denies) {
            list.push(cue.tokens.clone());
        }
    }
    // Small words of a cue may be skipped by the pattern: "havent had a" in "havent had wee".
    let holds = |found: &Found, cue: &[usize]| {
        cue.iter()
            .all(|token| found.tokens.contains(token) || tokens.has(*token, flags::FILLER))
    };
    for found in &mut spotted.patterns {
        let word = found
            .tokens
            .iter()
            .any(|token| tokens.has(*token, flags::NEGATOR));
        let held = || {
            let places = found.tokens.iter().filter_map(|place| denials.get(*place));
            places.flatten().any(|cue| holds(found, cue))
        };
        found.negated = word || held();
    }
    spotted
        .cues
        .retain(|found| kind(found) == Some(CueKind::Block) || !covered(found));
    let same = |one: &Found, other: &Found| match (reads(one), reads(other)) {
        (Some(Reads::Finding(one, _)), Some(Reads::Finding(other, _))) => one == other,
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    let patterns = std::mem::take(&mut spotted.patterns);
    let at = by_token(&patterns, count);
    let longer = |found: &Found| {
        let there = at.get(found.first()).map_or(&[][..], Vec::as_slice);
        there
            .iter()
            .filter_map(|other| patterns.get(*other))
            .any(|other| other.tokens.len() > found.tokens.len() && found.inside(other) && same(found, other))
    };
    spotted.patterns = patterns.iter().filter(|found| !longer(found)).cloned().collect();
    spotted
        .patterns
        .sort_by_key(|found| (found.first(), found.last()));
    let findings: Vec<Found> = spotted
        .patterns
        .iter()
        // What says no by itself leaves the word of denial to what stands beside it.
        .filter(|found| match reads(found) {
            Some(Reads::Finding(_, says)) => *says != Says::Is(Value::No),
            Some(Reads::Lost) => true,
            _ => false,
        })
        .cloned()
        .collect();
    let at = by_token(&findings, count);
    let mut cues = std::mem::take(&mut spotted.cues);
    cues.sort_by_key(|cue| (cue.first(), cue.last()));
    let cues = cues;
    let swallows = |cue: &Found| {
        let acts = !matches!(
            kind(cue),
            Some(CueKind::Own | CueKind::Proxy | CueKind::Now | CueKind::Block)
        );
        let there = at.get(cue.first()).map_or(&[][..], Vec::as_slice);
        acts && there
            .iter()
            .filter_map(|found| findings.get(*found))
            .any(|found| holds(found, &cue.tokens))
    };
    let shorter = |cue: &Found| {
        let first = cue.first();
        let from = cues.partition_point(|other| other.first() + LONGEST_CUE < first);
        let near = cues.get(from..).unwrap_or(&[]).iter();
        near.take_while(|other| other.first() <= first).any(|other| {
            let person = matches!(kind(cue), Some(CueKind::Own | CueKind::Third));
            let strong = matches!(
                kind(other),
                Some(CueKind::Other | CueKind::Ask | CueKind::If | CueKind::Proxy | CueKind::Block)
            );
            other.tokens.len() > cue.tokens.len() && cue.within_span(other) && (!person || strong)
        })
    };
    let mut kept: Vec<Found> = cues
        .iter()
        .filter(|cue| !swallows(cue) && !shorter(cue))
        .cloned()
        .collect();
    kept.retain(|cue| kind(cue) != Some(CueKind::Block));
    kept.sort_by_key(|cue| (cue.first(), cue.last()));
    spotted.cues = kept;
}

//! Patterns and cues in a message. A sentence is asked for those whose rarest word it has; of these, those that have all
//! their words in it are looked for where they may begin. So the cost grows with the message and not with the lexicon.

use smallvec::SmallVec;

use crate::content::lexicon::compiled::{
    ClassId, Compiled, NUMBER, Search, Searched, Step, Target, WideSet, flags,
};
use crate::content::lexicon::{Lexicon, Need, Pattern, Reads};

use super::settle::settle;
use super::tokens::{Break, Tokens};

/// Fillers that may be skipped between two places of a pattern.
const SKIPPED: usize = 3;

/// The tokens of a match: most are few.
pub(super) type Places = SmallVec<[usize; 6]>;

/// A pattern or cue that was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What.
    pub(super) target: Target,
    /// The tokens its words are, in order.
    pub(super) tokens: Places,
    /// The tokens that decide about denial: without the parts of the body, where there are others.
    pub(super) core: Places,
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

    /// Its pattern; none if it is a cue.
    pub(super) fn pattern<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l Pattern> {
        match self.target {
            Target::Pattern(place) => lexicon.source().patterns.get(place),
            Target::Cue(_) => None,
        }
    }

    /// What its pattern reads.
    pub(super) fn reads<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l Reads> {
        self.pattern(lexicon).map(|pattern| &pattern.reads)
    }

    /// Is it a number that no pattern asked for?
    pub(super) fn is_number(&self) -> bool {
        self.target == Target::Pattern(usize::MAX)
    }

    pub(super) fn inside(&self, other: &Found) -> bool {
        self.tokens.iter().all(|token| other.tokens.contains(token))
    }

    pub(super) fn within_span(&self, other: &Found) -> bool {
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

/// The classes of a sentence.
struct Sentence {
    /// Those of its words.
    here: WideSet,
    /// Those and the parts of the body that other sentences name.
    there: WideSet,
}

/// A pattern or cue whose words are all in the sentence, and a class it may begin with. Those in order come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Likely {
    opens: ClassId,
    without_order: bool,
    place: u32,
}

/// Where a match is put together, again and again.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) tokens: Vec<usize>,
    pub(super) core: Vec<usize>,
}

/// Looks for patterns in the tokens of a message.
pub(super) struct Spotter<'t> {
    pub(super) lexicon: &'t Compiled,
    pub(super) tokens: &'t Tokens<'t>,
    /// Counted words before each token.
    pub(super) counted: Vec<usize>,
    /// For each token, where its sentence begins and ends.
    pub(super) sentence: Vec<(usize, usize)>,
    /// For each token, where the words between two commas begin and end.
    pub(super) item: Vec<(usize, usize)>,
    /// Is a part of the body named between the commas around this token?
    pub(super) item_body: Vec<bool>,
}

/// For each token, the stretch between two breaks of at least this strength.
fn stretches(tokens: &Tokens<'_>, least: Break) -> Vec<(usize, usize)> {
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
pub(super) fn spot(lexicon: &Lexicon, tokens: &Tokens<'_>) -> Spotted {
    let compiled = lexicon.compiled();
    let spotter = Spotter::new(compiled, tokens);
    let mut spotted = Spotted::default();
    let mut scratch = Scratch::default();
    // Of the parts of the body, those of any sentence count.
    let mut bodies = WideSet::new(compiled.class_count());
    for place in (0..tokens.list.len()).filter(|place| tokens.body(*place)) {
        tokens.add_bodies(&mut bodies, place);
    }
    let mut sentence = Sentence {
        here: WideSet::new(compiled.class_count()),
        there: WideSet::new(compiled.class_count()),
    };
    let mut likely = Vec::new();
    let mut begins = WideSet::new(compiled.class_count());
    let mut start = 0;
    while start < tokens.list.len() {
        let end = spotter
            .sentence
            .get(start)
            .map_or(tokens.list.len(), |(_, end)| *end);
        sentence.here.clear();
        for place in start..end {
            tokens.add_to(&mut sentence.here, place);
        }
        sentence.there.join(&sentence.here, &bodies);
        likely.clear();
        begins.clear();
        spotter.likely(&sentence, &mut likely, &mut begins);
        for place in start..end {
            spotter.at(place, (&likely, &begins), &mut scratch, &mut spotted);
        }
        start = end.max(start + 1);
    }
    spotted.all_cues = spotted.cues.iter().map(|cue| cue.target).collect();
    settle(lexicon, &mut spotted, tokens);
    spotted
}

impl<'t> Spotter<'t> {
    fn new(lexicon: &'t Compiled, tokens: &'t Tokens<'t>) -> Spotter<'t> {
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
        let mut item_body = vec![false; count];
        let mut start = 0;
        while let Some((_, end)) = item.get(start).copied() {
            let any = (start..end).any(|place| tokens.body(place));
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
            item_body,
        }
    }

    /// What has all its words in a sentence and none it must not have, in order, and the classes it begins with.
    fn likely(&self, sentence: &Sentence, likely: &mut Vec<Likely>, begins: &mut WideSet) {
        let is_there = |class: &ClassId| sentence.there.has(*class);
        for class in sentence.there.common(self.lexicon.looked_at()) {
            for candidate in self.lexicon.looked_for(class) {
                // Without a look at the pattern itself: this decides most.
                if !is_there(&candidate.needs) {
                    continue;
                }
                let Some(searched) = self.lexicon.searched.get(candidate.place as usize) else {
                    continue;
                };
                let may = searched.required.iter().all(is_there)
                    && !searched.unless.iter().any(|class| sentence.here.has(*class));
                if !may {
                    continue;
                }
                let without_order = matches!(searched.search, Search::Near { .. });
                for opens in &searched.opens {
                    begins.add(*opens);
                    likely.push(Likely {
                        opens: *opens,
                        without_order,
                        place: candidate.place,
                    });
                }
            }
        }
        likely.sort_unstable();
        likely.dedup();
    }

    fn at(
        &self,
        place: usize,
        (likely, begins): (&[Likely], &WideSet),
        scratch: &mut Scratch,
        spotted: &mut Spotted,
    ) {
        for class in self.tokens.opens(place, begins) {
            let first = likely.partition_point(|one| one.opens < class);
            let here = likely.get(first..).unwrap_or(&[]);
            for one in here.iter().take_while(|one| one.opens == class) {
                let Some(searched) = self.lexicon.searched.get(one.place as usize) else {
                    continue;
                };
                if let Some(found) = self.find(searched, place, scratch) {
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
            tokens: Places::from_slice(&scratch.tokens),
            core: Places::from_slice(&scratch.core),
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
}

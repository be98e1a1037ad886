//! What of all that was spotted stands: the longer match before the shorter, nothing that a block covers, no cue that is
//! a part of a finding.

use smallvec::SmallVec;

use crate::content::Value;
use crate::content::lexicon::compiled::{Target, flags};
use crate::content::lexicon::{CueKind, Lexicon, Measure, Pattern, Reach, Reads, Says};

use super::spot::{Found, Places, Spotted};
use super::tokens::Tokens;

/// A cue spans no more tokens than this.
const LONGEST_CUE: usize = 60;

/// A denial spans no more tokens than this.
const LONGEST_DENIAL: usize = 8;

/// For each token, the matches it is a word of, by their place in a list.
struct ByToken {
    /// Where each token's part of the list begins; one more at the end.
    starts: Vec<usize>,
    places: Vec<usize>,
}

impl ByToken {
    fn new<'f>(found: impl Iterator<Item = &'f Found> + Clone, count: usize) -> ByToken {
        let mut starts = vec![0; count + 1];
        for token in found.clone().flat_map(|one| &one.tokens) {
            if let Some(slot) = starts.get_mut(token + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0; sum];
        for (place, one) in found.enumerate() {
            for token in &one.tokens {
                if let Some(at) = next.get_mut(*token) {
                    if let Some(slot) = places.get_mut(*at) {
                        *slot = place;
                    }
                    *at += 1;
                }
            }
        }
        ByToken { starts, places }
    }

    fn at(&self, token: usize) -> &[usize] {
        let range = self.starts.get(token).zip(self.starts.get(token + 1));
        range
            .and_then(|(start, end)| self.places.get(*start..*end))
            .unwrap_or(&[])
    }
}

/// Longer matches before shorter ones; what a block covers is nothing; what a finding contains is no cue.
pub(super) fn settle(lexicon: &Lexicon, spotted: &mut Spotted, tokens: &Tokens<'_>) {
    let count = tokens.list.len();
    let Spotted { patterns, cues, .. } = spotted;
    let blocks = Blocks::new(lexicon, cues, count);
    blocks.clear(patterns);
    let covered = blocks.covered(cues);
    let denials = Denials::new(lexicon, cues, tokens);
    for found in patterns.iter_mut() {
        let mut words = found.tokens.iter();
        found.negated = words.any(|token| tokens.has(*token, flags::NEGATOR)) || denials.any_in(found);
    }
    keep(cues, |place| !covered.get(place).copied().unwrap_or(false));
    let longer = without_longer(lexicon, patterns, &denials, count);
    keep(patterns, |place| !longer.get(place).copied().unwrap_or(false));
    patterns.sort_by_key(|found| (found.first(), found.last()));
    cues.sort_by_key(|cue| (cue.first(), cue.last()));
    let swallowed = swallowed(lexicon, patterns, cues, tokens);
    keep(cues, |place| !swallowed.get(place).copied().unwrap_or(false));
    cues.sort_by_key(|cue| (cue.first(), cue.last()));
}

/// Keeps those of a list whose place passes.
fn keep(list: &mut Vec<Found>, passes: impl Fn(usize) -> bool) {
    let mut place = 0;
    list.retain(|_| {
        place += 1;
        passes(place - 1)
    });
}

fn kind(lexicon: &Lexicon, found: &Found) -> Option<CueKind> {
    match found.target {
        Target::Cue(place) => lexicon.source().cues.get(place).map(|cue| cue.kind),
        Target::Pattern(_) => None,
    }
}

/// Set phrases that are no symptom: "killing time", "my water bottle".
struct Blocks<'s> {
    lexicon: &'s Lexicon,
    /// In the order of her words.
    list: Vec<&'s Found>,
    /// For each token, the block that hides it; empty if none hides.
    hidden: Vec<Option<usize>>,
}

impl<'s> Blocks<'s> {
    fn new(lexicon: &'s Lexicon, cues: &'s [Found], count: usize) -> Blocks<'s> {
        let mut list: Vec<&Found> = cues
            .iter()
            .filter(|cue| kind(lexicon, cue) == Some(CueKind::Block))
            .collect();
        list.sort_by_key(|block| (block.first(), block.last()));
        let hides = |block: &Found| {
            matches!(block.target, Target::Cue(place)
                if lexicon.source().cues.get(place).is_some_and(|cue| cue.hide))
        };
        let mut hidden = Vec::new();
        for (index, block) in list.iter().enumerate().filter(|(_, block)| hides(block)) {
            hidden.resize(count, None);
            for token in &block.tokens {
                if let Some(slot) = hidden.get_mut(*token) {
                    *slot = Some(index);
                }
            }
        }
        Blocks {
            lexicon,
            list,
            hidden,
        }
    }

    fn covers(&self, found: &Found) -> bool {
        let from = self
            .list
            .partition_point(|block| block.first() + LONGEST_CUE < found.first());
        let near = self.list.get(from..).unwrap_or(&[]).iter();
        near.take_while(|block| block.first() <= found.first())
            .any(|block| found.within_span(block) && found.tokens.len() <= block.tokens.len())
    }

    fn hides(&self, found: &Found) -> bool {
        let mut tokens = found.tokens.iter();
        let block = tokens
            .find_map(|token| self.hidden.get(*token).copied().flatten())
            .and_then(|block| self.list.get(block));
        // Only what holds the whole of it stands.
        block.is_some_and(|block| !block.tokens.iter().all(|token| found.tokens.contains(token)))
    }

    /// Takes away the patterns that are covered or hidden.
    fn clear(&self, patterns: &mut Vec<Found>) {
        if !self.list.is_empty() {
            patterns.retain(|found| !self.covers(found) && !self.hides(found));
        }
    }

    /// Which cues are covered.
    fn covered(&self, cues: &[Found]) -> Vec<bool> {
        if self.list.is_empty() {
            return Vec::new();
        }
        cues.iter()
            .map(|cue| kind(self.lexicon, cue) != Some(CueKind::Block) && self.covers(cue))
            .collect()
    }
}

/// Cues of denial that reach right, by the token they begin with.
struct Denials<'s> {
    tokens: &'s Tokens<'s>,
    cues: Vec<SmallVec<[Places; 1]>>,
}

impl<'s> Denials<'s> {
    fn new(lexicon: &Lexicon, cues: &[Found], tokens: &'s Tokens<'s>) -> Denials<'s> {
        let mut denials = vec![SmallVec::new(); tokens.list.len()];
        for cue in cues {
            let denies = matches!(cue.target, Target::Cue(place)
                if lexicon.source().cues.get(place).is_some_and(|cue| cue.kind == CueKind::Deny && cue.reach != Reach::After));
            if let Some(list) = denials.get_mut(cue.first()).filter(|_| denies) {
                list.push(cue.tokens.clone());
            }
        }
        Denials {
            tokens,
            cues: denials,
        }
    }

    /// Does one begin at this token?
    fn begins(&self, place: usize) -> bool {
        self.cues.get(place).is_some_and(|there| !there.is_empty())
    }

    /// Does one end at this token?
    fn ends(&self, place: usize) -> bool {
        let near = self.cues.iter().take(place + 1).rev().take(LONGEST_DENIAL);
        near.flatten().any(|cue| cue.last() == Some(&place))
    }

    /// Does a match hold one?
    fn any_in(&self, found: &Found) -> bool {
        let places = found.tokens.iter().filter_map(|place| self.cues.get(*place));
        places.flatten().any(|cue| holds(found, cue, self.tokens))
    }
}

/// Does a match hold the words of a cue? Small words of it may be skipped by the pattern: "havent had a" in "havent had wee".
fn holds(found: &Found, cue: &[usize], tokens: &Tokens<'_>) -> bool {
    cue.iter()
        .all(|token| found.tokens.contains(token) || tokens.has(*token, flags::FILLER))
}

/// Which patterns are inside a longer one that reads the same.
fn without_longer(lexicon: &Lexicon, patterns: &[Found], denials: &Denials<'_>, count: usize) -> Vec<bool> {
    let same = |one: &Found, other: &Found| match (one.reads(lexicon), other.reads(lexicon)) {
        (Some(Reads::Finding(one, _)), Some(Reads::Finding(other, _))) => one == other,
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    // "Sore leg, not red": the longer one holds what is denied, and the shorter does not.
    let parts = |short: &Found, long: &Found| {
        (long.first()..long.last()).any(|place| {
            denials.begins(place)
                && !long.tokens.contains(&place)
                && !(short.first()..=short.last()).contains(&place)
        })
    };
    // "No chest pain and breathing is fine": what is too far apart to be denied leaves that to the shorter one in it.
    let denies = |short: &Found, long: &Found| {
        let denied = short
            .first()
            .checked_sub(1)
            .is_some_and(|before| denials.ends(before));
        denied && short.first() == long.first() && long.pattern(lexicon).is_some_and(Pattern::is_apart)
    };
    let at = ByToken::new(patterns.iter(), count);
    let longer = |found: &Found| {
        let there = at.at(found.first()).iter();
        there.filter_map(|other| patterns.get(*other)).any(|other| {
            other.tokens.len() > found.tokens.len()
                && found.inside(other)
                && same(found, other)
                && !parts(found, other)
                && !denies(found, other)
        })
    };
    patterns.iter().map(longer).collect()
}

/// Which cues are part of a finding or of a longer cue, or are blocks, which have done their work.
fn swallowed(lexicon: &Lexicon, patterns: &[Found], cues: &[Found], tokens: &Tokens<'_>) -> Vec<bool> {
    let findings: Vec<&Found> = patterns
        .iter()
        // What says no by itself leaves the word of denial to what stands beside it.
        .filter(|found| match found.reads(lexicon) {
            Some(Reads::Finding(_, says)) => *says != Says::Is(Value::No),
            Some(Reads::Lost) => true,
            _ => false,
        })
        .collect();
    let at = ByToken::new(findings.iter().copied(), tokens.list.len());
    let there = |token: usize| at.at(token).iter().filter_map(|found| findings.get(*found));
    // "If she stopped moving": the words behind the "if" tell something else as well, and that is only supposed.
    let shared = |cue: &Found, holder: &Found| {
        let behind = |found: &Found| {
            let shared = found.tokens.iter().filter(|token| holder.tokens.contains(token));
            shared.filter(|token| **token > cue.last()).count()
        };
        let mut tokens = holder.tokens.iter();
        tokens.any(|token| there(*token).any(|found| found.first() > cue.last() && behind(found) > 1))
    };
    let swallows = |cue: &Found| {
        let kind = kind(lexicon, cue);
        let acts = !matches!(
            kind,
            Some(CueKind::Own | CueKind::Proxy | CueKind::Now | CueKind::Block)
        );
        // What begins a clause may begin with what is found.
        let begins = kind == Some(CueKind::End);
        let supposes = kind == Some(CueKind::If);
        // "Baby breathing fast" tells of the baby, and takes it away from whatever else is read of it.
        let of_baby = kind == Some(CueKind::Other) && tokens.is_on(cue.first(), Measure::Baby);
        acts && !of_baby
            && there(cue.first()).any(|found| {
                holds(found, &cue.tokens, tokens)
                    && !(begins && cue.first() == found.first())
                    && !(supposes && shared(cue, found))
            })
    };
    cues.iter()
        .map(|cue| {
            kind(lexicon, cue) == Some(CueKind::Block) || swallows(cue) || in_longer(lexicon, cue, cues)
        })
        .collect()
}

/// Is a cue within a longer one? The list is in the order of her words.
fn in_longer(lexicon: &Lexicon, cue: &Found, cues: &[Found]) -> bool {
    let first = cue.first();
    let from = cues.partition_point(|other| other.first() + LONGEST_CUE < first);
    let near = cues.get(from..).unwrap_or(&[]).iter();
    let person = matches!(kind(lexicon, cue), Some(CueKind::Own | CueKind::Third));
    near.take_while(|other| other.first() <= first).any(|other| {
        let strong = matches!(
            kind(lexicon, other),
            Some(CueKind::Other | CueKind::Ask | CueKind::If | CueKind::Proxy | CueKind::Block)
        );
        // A "my" that is only stepped over is still hers: "should my bleeding be so heavy".
        other.tokens.len() > cue.tokens.len()
            && cue.within_span(other)
            && (!person || (strong && cue.inside(other)))
    })
}

//! What of all that was spotted stands: the longer match before the shorter, nothing that a block covers, no cue that is
//! a part of a finding.

use crate::content::Value;
use crate::content::lexicon::compiled::{Target, flags};
use crate::content::lexicon::{CueKind, Lexicon, Reads, Says};

use super::spot::{Found, Spotted};
use super::tokens::Tokens;

/// A cue spans no more tokens than this.
const LONGEST_CUE: usize = 60;

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
            if lexicon.source().cues.get(place).is_some_and(|cue| cue.hide))
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
pub(super) fn settle(lexicon: &Lexicon, spotted: &mut Spotted, tokens: &Tokens<'_>) {
    let count = tokens.list.len();
    let kind = |found: &Found| match found.target {
        Target::Cue(place) => lexicon.source().cues.get(place).map(|cue| cue.kind),
        Target::Pattern(_) => None,
    };
    let reads = |found: &Found| match found.target {
        Target::Pattern(place) => lexicon.source().patterns.get(place).map(|pattern| &pattern.reads),
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
            if lexicon.source().cues.get(place).is_some_and(|cue| cue.kind == CueKind::Deny && !cue.after));
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
    // "Sore leg, not red": the longer one holds what is denied, and the shorter does not.
    let parts = |short: &Found, long: &Found| {
        let denied = |place: usize| denials.get(place).is_some_and(|there| !there.is_empty());
        (long.first()..long.last()).any(|place| {
            denied(place) && !long.tokens.contains(&place) && !(short.first()..=short.last()).contains(&place)
        })
    };
    let patterns = std::mem::take(&mut spotted.patterns);
    let at = by_token(&patterns, count);
    let longer = |found: &Found| {
        let there = at.get(found.first()).map_or(&[][..], Vec::as_slice);
        there
            .iter()
            .filter_map(|other| patterns.get(*other))
            .any(|other| {
                other.tokens.len() > found.tokens.len()
                    && found.inside(other)
                    && same(found, other)
                    && !parts(found, other)
            })
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
        // What begins a clause may begin with what is found.
        let begins = kind(cue) == Some(CueKind::End);
        let there = at.get(cue.first()).map_or(&[][..], Vec::as_slice);
        // "If she stopped moving": the words behind the "if" tell something else as well, and that is only supposed.
        let supposes = kind(cue) == Some(CueKind::If);
        let shared = |holder: &Found| {
            let behind = |found: &Found| {
                let shared = found.tokens.iter().filter(|token| holder.tokens.contains(token));
                shared.filter(|token| **token > cue.last()).count()
            };
            holder.tokens.iter().any(|token| {
                let there = at.get(*token).map_or(&[][..], Vec::as_slice);
                there
                    .iter()
                    .filter_map(|found| findings.get(*found))
                    .any(|found| found.first() > cue.last() && behind(found) > 1)
            })
        };
        acts && there
            .iter()
            .filter_map(|found| findings.get(*found))
            .any(|found| {
                holds(found, &cue.tokens)
                    && !(begins && cue.first() == found.first())
                    && !(supposes && shared(found))
            })
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
            // A "my" that is only stepped over is still hers: "should my bleeding be so heavy".
            other.tokens.len() > cue.tokens.len()
                && cue.within_span(other)
                && (!person || (strong && cue.inside(other)))
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

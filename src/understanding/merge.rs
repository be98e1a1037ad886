//! Several claims about one finding become one. What contradicts itself is *not sure*.

use crate::content::{FindingId, Value};

use super::read::Claim;
use super::reading::{Mention, Told};

/// One mention for each finding, in the order of her words.
pub(super) fn merge(mut claims: Vec<Claim>, safety: &[FindingId]) -> Vec<Mention> {
    claims.sort_by_key(|claim| claim.at);
    let mut mentions: Vec<Mention> = Vec::new();
    for claim in claims {
        let next = claim.mention;
        match mentions.iter_mut().find(|known| known.finding == next.finding) {
            None => mentions.push(next),
            Some(known) => join(known, next, safety),
        }
    }
    mentions
}

fn join(known: &mut Mention, next: Mention, safety: &[FindingId]) {
    let told = both(known.told, next.told, safety.contains(&next.finding));
    let affirmed = |told: Told| matches!(told, Told::Is(value) if value >= Value::Yes);
    if affirmed(known.told) && affirmed(next.told) {
        // One that is sure is enough.
        let sure = !next.ask_first && (known.ask_first || next.repair < known.repair);
        if sure {
            known.rule = next.rule;
            known.repair = next.repair;
        }
        known.ask_first &= next.ask_first;
    } else if affirmed(next.told) || (told == next.told && told != known.told) {
        known.rule = next.rule;
        known.repair = next.repair;
        known.ask_first = next.ask_first;
    }
    known.told = told;
    known.words.extend(next.words);
    known.words.sort_by_key(|place| (place.start, place.end));
    // What overlaps is quoted once.
    known.words.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
}

fn both(one: Told, other: Told, safety: bool) -> Told {
    use Told::{Is, Past};
    use Value::{Amount, No, Unsure, Yes};
    match (one, other) {
        (Is(Amount(one)), Is(Amount(other))) => Is(Amount(if safety { one.max(other) } else { one })),
        (Is(amount @ Amount(_)), Is(Yes)) | (Is(Yes), Is(amount @ Amount(_))) => Is(amount),
        (Is(Yes), Is(Yes)) => Is(Yes),
        (Is(No), Is(No)) => Is(No),
        (Is(No), Is(_)) | (Is(_), Is(No)) => Is(Unsure),
        (Is(value @ (Yes | Amount(_))), Is(Unsure) | Past)
        | (Is(Unsure) | Past, Is(value @ (Yes | Amount(_)))) => Is(value),
        (Is(Unsure), _) | (_, Is(Unsure)) => Is(Unsure),
        (Past, _) | (_, Past) => Past,
    }
}

//! Typing errors: words near a word that the lexicon knows. Only words of classes are repaired into; never a word that
//! denies, a number or a pronoun.
//!
//! Words are found by what is left of them when a letter is taken away (two, from eight letters on), and then
//! measured: a letter more, less, other, or two swapped is one step.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::compiled::{Term, TermId};

/// From how many letters on a word is repaired at all.
const SHORTEST: usize = 4;
/// From how many letters on two steps are allowed.
const LONG: usize = 8;
/// Longer words are left alone.
const LONGEST: usize = 24;

/// Words by what is left of them.
#[derive(Debug, Default)]
pub struct Repair {
    words: Vec<(u64, TermId)>,
    prefixes: Vec<(u64, TermId)>,
    /// For a word, what it is never repaired into.
    never: FxHashMap<Arc<str>, Vec<Arc<str>>>,
}

fn hash(letters: &[char], without: &[usize]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (place, letter) in letters.iter().enumerate() {
        if without.contains(&place) {
            continue;
        }
        hash = (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// Hashes of the word, of it without each letter and, if `two`, without each pair. The first letter stays.
fn leavings(letters: &[char], two: bool, mut put: impl FnMut(u64)) {
    put(hash(letters, &[]));
    for one in 1..letters.len() {
        put(hash(letters, &[one]));
        if two {
            for other in one + 1..letters.len() {
                put(hash(letters, &[one, other]));
            }
        }
    }
}

impl Repair {
    /// The words that may be repaired into.
    pub(super) fn new(
        terms: &[Term],
        targets: impl Iterator<Item = TermId>,
        never: FxHashMap<Arc<str>, Vec<Arc<str>>>,
    ) -> Repair {
        let mut repair = Repair {
            never,
            ..Repair::default()
        };
        for id in targets {
            let Some(term) = terms.get(id as usize) else {
                continue;
            };
            let letters: Vec<char> = term.text.chars().collect();
            let alphabetic = letters.iter().all(|letter| letter.is_alphabetic());
            if letters.len() < SHORTEST || letters.len() > LONGEST || !alphabetic {
                continue;
            }
            if term.prefix {
                if letters.len() > SHORTEST {
                    leavings(&letters, false, |key| repair.prefixes.push((key, id)));
                }
            } else {
                // A word of seven letters may be what a word of eight was meant to be.
                leavings(&letters, letters.len() + 1 >= LONG, |key| {
                    repair.words.push((key, id));
                });
            }
        }
        repair.words.sort_unstable();
        repair.words.dedup();
        repair.prefixes.sort_unstable();
        repair.prefixes.dedup();
        repair
    }

    /// The nearest words and their distance; several when they are equally near.
    pub(super) fn nearest(&self, word: &str, terms: &[Term]) -> Option<(Vec<TermId>, u8)> {
        let letters: Vec<char> = word.chars().collect();
        let alphabetic = letters.iter().all(|letter| letter.is_alphabetic());
        if letters.len() < SHORTEST || letters.len() > LONGEST || !alphabetic {
            return None;
        }
        let allowed = if letters.len() >= LONG { 2 } else { 1 };
        let mut best: (Vec<TermId>, usize) = (Vec::new(), allowed + 1);
        let mut offer = |id: TermId, distance: usize| {
            if distance < best.1 {
                best = (vec![id], distance);
            } else if distance == best.1 && !best.0.contains(&id) {
                best.0.push(id);
            }
        };
        leavings(&letters, allowed == 2, |key| {
            for id in at(&self.words, key) {
                if let Some(term) = terms.get(id as usize).filter(|term| self.may(word, &term.text)) {
                    let distance = strsim::osa_distance(word, &term.text);
                    if distance <= allowed {
                        offer(id, distance);
                    }
                }
            }
        });
        self.by_beginning(word, &letters, terms, &mut offer);
        best.0.sort_unstable();
        (!best.0.is_empty()).then(|| (best.0, u8::try_from(best.1).unwrap_or(2)))
    }

    fn by_beginning(
        &self,
        word: &str,
        letters: &[char],
        terms: &[Term],
        offer: &mut impl FnMut(TermId, usize),
    ) {
        if self.prefixes.is_empty() {
            return;
        }
        for cut in SHORTEST..=letters.len().min(12) {
            let Some(start) = letters.get(..cut) else {
                continue;
            };
            leavings(start, false, |key| {
                for id in at(&self.prefixes, key) {
                    let Some(term) = terms.get(id as usize).filter(|term| self.may(word, &term.text)) else {
                        continue;
                    };
                    let text: String = start.iter().collect();
                    if strsim::osa_distance(&text, &term.text) <= 1 {
                        offer(id, 1);
                    }
                }
            });
        }
    }

    fn may(&self, word: &str, term: &str) -> bool {
        let never = self.never.get(word).map_or(&[][..], Vec::as_slice);
        word.chars().next() == term.chars().next() && !never.iter().any(|to| term.starts_with(&**to))
    }
}

/// The terms behind a key.
fn at(list: &[(u64, TermId)], key: u64) -> impl Iterator<Item = TermId> + '_ {
    let start = list.partition_point(|(other, _)| *other < key);
    list.iter()
        .skip(start)
        .take_while(move |(other, _)| *other == key)
        .map(|(_, id)| *id)
}

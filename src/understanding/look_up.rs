//! What the lexicon knows of each token: its terms, the classes it is in, its number. A word that is not known is repaired,
//! within bounds.

use std::ops::Range;

use crate::content::lexicon::compiled::{ClassId, NUMBER, flags};

use super::tokens::{Break, Classes, Token, Tokens};

/// Looks all words up: terms, numbers, classes.
pub(super) fn look_up(tokens: &mut Tokens<'_>) {
    find_terms(tokens);
    forget_settings(&mut tokens.list);
    join_numbers(&mut tokens.list);
    find_classes(tokens);
}

fn find_terms(tokens: &mut Tokens<'_>) {
    let lexicon = tokens.lexicon;
    let mut found = Vec::new();
    for token in &mut tokens.list {
        found.clear();
        if token.digits == 0 {
            lexicon.terms_of(&token.text, &mut found);
            if found.is_empty()
                && let Some((nearest, distance, tied)) = lexicon.repair(&token.text)
            {
                token.repair = distance;
                token.tied = tied;
                found.extend(nearest);
            }
        } else if let Some(exact) = lexicon.exact(&token.text) {
            found.push(exact);
        }
        token.known = !found.is_empty() || token.digits > 0;
        for term in found.iter().filter_map(|id| lexicon.term(*id)) {
            if !term.prefix && token.repair == 0 {
                token.flags |= term.flags;
            }
            if token.digits == 0 && token.repair == 0 {
                if let Some(number) = term.number {
                    token.number = Some(u32::from(number) * 100);
                } else if let Some(number) = term.ordinal {
                    token.number = Some(u32::from(number) * 100);
                    token.ordinal = true;
                }
            }
        }
        let start = tokens.all_terms.len();
        tokens.all_terms.extend(&found);
        token.terms = start..tokens.all_terms.len();
    }
}

/// `name=value` is no statement: its words say nothing.
fn forget_settings(list: &mut [Token]) {
    for place in 1..list.len() {
        let setting = list
            .get(place)
            .is_some_and(|token| token.glued && token.sign == '=');
        for at in [place - 1, place] {
            if let Some(token) = list.get_mut(at).filter(|_| setting) {
                token.terms = 0..0;
                token.flags = 0;
                token.number = None;
            }
        }
    }
}

/// Number words of tens and ones are one number: thirty four.
fn join_numbers(list: &mut [Token]) {
    for place in 1..list.len() {
        let (before, from) = list.split_at_mut(place);
        let (Some(tens), Some(ones)) = (before.last_mut(), from.first_mut()) else {
            continue;
        };
        let fits = |token: &Token, range: Range<u32>| {
            token.digits == 0 && token.number.is_some_and(|number| range.contains(&number))
        };
        if ones.broken == Break::None && fits(tens, 2000..9001) && !tens.ordinal && fits(ones, 100..901) {
            ones.number = ones.number.zip(tens.number).map(|(one, ten)| one + ten);
            ones.place.start = tens.place.start;
            tens.number = None;
            tens.flags |= flags::FILLER;
        }
    }
}

fn find_classes(tokens: &mut Tokens<'_>) {
    let lexicon = tokens.lexicon;
    let mut found: Vec<(ClassId, u8)> = Vec::new();
    for place in 0..tokens.list.len() {
        found.clear();
        let number = tokens.get(place).is_some_and(|token| token.number.is_some());
        let (mut measures, mut body) = (0, false);
        for id in tokens.terms(place) {
            if let Some(term) = lexicon.term(*id) {
                measures |= term.measures;
                body |= term.body;
            }
            for phrase in lexicon.phrases(*id) {
                let fits =
                    phrase.rest.iter().zip(place + 1..).all(|(term, at)| {
                        tokens.broken(at) != Break::Hard && tokens.terms(at).contains(term)
                    });
                if fits {
                    let length = u8::try_from(phrase.rest.len() + 1).unwrap_or(u8::MAX);
                    found.push((phrase.class, length));
                    measures |= phrase.measure;
                    body |= phrase.body;
                }
            }
        }
        let classes = match tokens.terms(place) {
            [only] if found.is_empty() && !number => Classes::Term(*only),
            terms => {
                if number {
                    found.push((NUMBER, 1));
                }
                let terms = terms.iter().filter_map(|id| lexicon.term(*id));
                found.extend(terms.flat_map(|term| term.classes.iter().copied()));
                // Several sorted lists: a stable sort puts them together in one pass.
                found.sort();
                found.dedup();
                let start = tokens.own_classes.len();
                tokens.own_classes.extend(&found);
                Classes::Own(start..tokens.own_classes.len())
            }
        };
        if let Some(token) = tokens.list.get_mut(place) {
            token.classes = classes;
            token.measures = measures;
            token.body = body;
        }
    }
}

//! What the lexicon knows of each token: its terms, the classes it is in, its number. A word that is not known is repaired,
//! within bounds.

use super::tokens::{Break, Token, Tokens};

/// Looks all words up: terms, numbers, classes.
pub(super) fn look_up(tokens: &mut Tokens<'_>) {
    find_terms(tokens);
    forget_settings(&mut tokens.list);
    join_numbers(&mut tokens.list);
    find_classes(tokens);
}

fn find_terms(tokens: &mut Tokens<'_>) {
    let lexicon = tokens.lexicon;
    let Tokens {
        list,
        folded,
        all_terms,
        ..
    } = tokens;
    for token in list {
        let text = folded.get(token.text.clone()).unwrap_or("");
        let start = all_terms.len();
        if token.digits == 0 {
            lexicon.terms_of(text, all_terms);
            if all_terms.len() == start
                && let Some((nearest, distance, tied)) = lexicon.repair(text)
            {
                token.repair = distance;
                token.tied = tied;
                all_terms.extend(nearest);
            }
        } else if let Some(exact) = lexicon.exact(text) {
            all_terms.push(exact);
        }
        token.terms = start..all_terms.len();
        token.known = all_terms.len() > start || token.digits > 0;
        let found = all_terms.get(start..).unwrap_or(&[]);
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
fn join_numbers(list: &mut Vec<Token>) {
    let worded = |token: &Token| token.number.filter(|_| token.digits == 0);
    list.dedup_by(|ones, tens| {
        let number = worded(tens)
            .zip(worded(ones))
            .filter(|(ten, one)| (2000..=9000).contains(ten) && ten % 1000 == 0 && (100..=900).contains(one));
        let joined = ones.broken == Break::None && !tens.ordinal;
        let Some((ten, one)) = number.filter(|_| joined) else {
            return false;
        };
        tens.number = Some(ten + one);
        tens.ordinal = ones.ordinal;
        tens.place.end = ones.place.end;
        tens.asked = ones.asked;
        true
    });
}

fn find_classes(tokens: &mut Tokens<'_>) {
    let lexicon = tokens.lexicon;
    for place in 0..tokens.list.len() {
        let start = tokens.phrases.len();
        let (mut measures, mut body) = (0, false);
        for at in tokens.list.get(place).map_or(0..0, |token| token.terms.clone()) {
            let Some(id) = tokens.all_terms.get(at).copied() else {
                continue;
            };
            if let Some(term) = lexicon.term(id) {
                measures |= term.measures;
                body |= term.body;
            }
            let joined = tokens.broken(place + 1) != Break::Hard;
            let seconds = tokens.list.get(place + 1).filter(|_| joined);
            let seconds = seconds.map_or(0..0, |token| token.terms.clone());
            let seconds = seconds.filter_map(|at| tokens.all_terms.get(at));
            for phrase in seconds.flat_map(|second| lexicon.phrases(id, *second)) {
                let fits =
                    phrase.rest.iter().zip(place + 2..).all(|(term, at)| {
                        tokens.broken(at) != Break::Hard && tokens.terms(at).contains(term)
                    });
                if fits {
                    let length = u8::try_from(phrase.rest.len() + 2).unwrap_or(u8::MAX);
                    tokens.phrases.push((phrase.class, length));
                    measures |= phrase.measure;
                    body |= phrase.body;
                }
            }
        }
        let end = tokens.phrases.len();
        if let Some(token) = tokens.list.get_mut(place) {
            token.phrases = start..end;
            token.measures = measures;
            token.body = body;
        }
    }
}

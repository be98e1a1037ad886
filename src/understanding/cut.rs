//! A message → tokens. Links, mentions, commands and tags are left out; letters and digits part; slang is spelled out.

use std::ops::Range;

use smallvec::SmallVec;

use crate::content::lexicon::Measure;
use crate::content::lexicon::compiled::Compiled;
use crate::content::lexicon::fold::{self, Sort};

use super::look_up::look_up;
use super::mask::masked;
use super::tokens::{Break, Token, Tokens};

/// So many letters to a word, at the least: to make room in time.
const LETTERS: usize = 4;

/// Cuts a message into tokens.
pub(super) fn cut<'l>(lexicon: &'l Compiled, text: &str, joined: bool) -> Tokens<'l> {
    let mut cutter = Cutter {
        lexicon,
        joined,
        list: Vec::with_capacity(text.len() / LETTERS),
        folded: String::with_capacity(text.len()),
        run: String::new(),
        pending: Token::default(),
        gap: true,
    };
    cutter.run(text);
    cutter.finish()
}

/// A part of a run: letters or digits.
struct Part {
    /// Its place in the folded run.
    word: Range<usize>,
    /// Its place in the message.
    place: Range<usize>,
    digits: bool,
}

struct Cutter<'l> {
    lexicon: &'l Compiled,
    joined: bool,
    list: Vec<Token>,
    /// The words, folded.
    folded: String,
    /// The run of letters that is looked at; kept for the next one.
    run: String,
    /// What will be true of the next token.
    pending: Token,
    /// Is there space since the last token?
    gap: bool,
}

impl<'l> Cutter<'l> {
    fn run(&mut self, text: &str) {
        let mut place = 0;
        let mut fresh = true;
        while let Some(letter) = text.get(place..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(place..).unwrap_or("");
            if fresh && let Some(length) = masked(rest) {
                self.gap = true;
                place += length.max(1);
                continue;
            }
            let sort = fold::sort(letter);
            match sort {
                Sort::Letter | Sort::Digit => {
                    place = self.run_of_letters(text, place);
                    fresh = false;
                    continue;
                }
                Sort::Joined => place = self.joined_run(text, place),
                _ => {
                    self.between(rest, letter, sort);
                    place += letter.len_utf8();
                }
            }
            fresh = !matches!(sort, Sort::Nothing);
        }
    }

    /// Signs between words.
    fn between(&mut self, rest: &str, letter: char, sort: Sort) {
        let next = rest.chars().nth(1);
        let broken = match letter {
            // A point between digits that is no decimal one: "16.01.27".
            '.' if self.after_digit() && next.is_some_and(|next| fold::sort(next) == Sort::Digit) => {
                Break::None
            }
            '.' | '…' if letter == '…' || next == Some('.') || self.pending.sign == '.' => Break::Soft,
            '.' | '!' | '?' | ';' | '\n' | '\r' | '。' | '！' | '？' | '؟' | '；' | '۔' | '।' => {
                Break::Hard
            }
            ',' | ':' | '(' | ')' | '[' | ']' | '–' | '—' | '،' | '、' | '，' | '：' | '؛' | '|' => {
                Break::Soft
            }
            '-' if self.gap && next.is_none_or(char::is_whitespace) => Break::Soft,
            _ if sort == Sort::Picture => Break::Soft,
            _ => Break::None,
        };
        self.pending.broken = self.pending.broken.max(broken);
        if matches!(letter, '?' | '？' | '؟')
            && let Some(last) = self.list.last_mut()
        {
            last.asked = true;
        }
        if matches!(letter, '&' | '+' | '/') && !self.after_digit() {
            self.sign_as_word(letter);
        }
        if letter.is_whitespace() {
            self.gap = true;
        } else if sort == Sort::Other {
            self.pending.sign = letter;
        }
    }

    fn after_digit(&self) -> bool {
        !self.gap && self.list.last().is_some_and(|token| token.digits > 0)
    }

    /// `&`, `+` and `/` between words are words.
    fn sign_as_word(&mut self, letter: char) {
        let Some(last) = self.list.last() else {
            return;
        };
        let place = last.place.end..last.place.end;
        self.push(letter.encode_utf8(&mut [0; 4]), place);
    }

    /// A run of letters and digits: one word if it is known as such, else parted where letters and digits meet.
    fn run_of_letters(&mut self, text: &str, start: usize) -> usize {
        let mut whole = std::mem::take(&mut self.run);
        whole.clear();
        let mut parts: SmallVec<[Part; 4]> = SmallVec::new();
        let mut end = start;
        let rest = text.get(start..).unwrap_or("");
        let mut letters = rest.char_indices().peekable();
        while let Some((offset, letter)) = letters.next() {
            let place = start + offset;
            let sort = fold::sort(letter);
            let digits = sort == Sort::Digit;
            let last_is_digit = parts.last().is_some_and(|part| part.digits);
            match sort {
                Sort::Nothing => continue,
                // "38'5".
                Sort::Apostrophe if last_is_digit && self.is_point(letter, text, place, &whole, &parts) => {
                    whole.push('.');
                }
                // Inside a word only.
                Sort::Apostrophe if !last_is_digit => {
                    let next = letters.peek().map(|(_, next)| fold::sort(*next));
                    if next != Some(Sort::Letter) {
                        break;
                    }
                    continue;
                }
                Sort::Other if last_is_digit && self.is_point(letter, text, place, &whole, &parts) => {
                    whole.push('.');
                }
                Sort::Letter | Sort::Digit => {
                    if parts.last().is_none_or(|part| part.digits != digits) {
                        parts.push(Part {
                            word: whole.len()..whole.len(),
                            place: place..place,
                            digits,
                        });
                    }
                    fold::push(&mut whole, letter);
                }
                _ => break,
            }
            end = place + letter.len_utf8();
            if let Some(part) = parts.last_mut() {
                part.word.end = whole.len();
                part.place.end = end;
            }
        }
        self.parts(&mut whole, &parts, text.get(start..end).unwrap_or(""), start..end);
        self.run = whole;
        end
    }

    /// Takes in a run that was parted.
    fn parts(&mut self, whole: &mut String, parts: &[Part], raw: &str, place: Range<usize>) {
        match parts {
            [Part { digits: false, .. }] => {
                let possessive = ["'s", "\u{2019}s", "'S", "\u{2019}S"];
                if possessive.iter().any(|ending| raw.ends_with(ending)) {
                    self.without_possessive(whole);
                }
                fold::tidy(whole);
                self.word(whole, place);
                return;
            }
            [_] => {
                self.digits(whole, place);
                return;
            }
            _ => {}
        }
        let mut tidy = whole.clone();
        fold::tidy(&mut tidy);
        if self.lexicon.slang(&tidy).is_some() || self.lexicon.exact(&tidy).is_some() {
            self.word(&tidy, place);
            return;
        }
        for part in parts {
            let word = whole.get(part.word.clone()).unwrap_or("");
            if part.digits {
                self.digits(word, part.place.clone());
            } else if self.is_week(word) && part.word.end < whole.len() {
                // "w30".
                self.push(word, part.place.clone());
            } else {
                let mut word = word.to_owned();
                fold::tidy(&mut word);
                self.word(&word, part.place.clone());
            }
        }
    }

    /// Does the word, as it stands, name weeks?
    fn is_week(&self, word: &str) -> bool {
        let term = self.lexicon.exact(word).and_then(|id| self.lexicon.term(id));
        term.is_some_and(|term| term.measures & Measure::Week.bit() != 0)
    }

    /// "My leg's swollen" is one leg: a part of the body loses what stands behind the apostrophe.
    fn without_possessive(&self, word: &mut String) {
        let body = word
            .strip_suffix('s')
            .and_then(|base| self.lexicon.exact(base))
            .and_then(|id| self.lexicon.term(id))
            .is_some_and(|term| term.body);
        if body {
            word.pop();
        }
    }

    /// A point or comma inside a number: digits behind it, and at most two of them (`38.4`, `38,4`, `38·4`, not `1,000`).
    fn is_point(&self, letter: char, text: &str, place: usize, whole: &str, parts: &[Part]) -> bool {
        let last = parts.last().and_then(|part| whole.get(part.word.clone()));
        let apostrophe = fold::sort(letter) == Sort::Apostrophe;
        if !(apostrophe || matches!(letter, '.' | ',' | '٫' | '·'))
            || last.is_none_or(|word| word.contains('.'))
            || (self.pending.sign == '.' && self.after_digit())
        {
            return false;
        }
        let behind = text.get(place + letter.len_utf8()..).unwrap_or("");
        let digits = behind
            .chars()
            .take_while(|letter| fold::sort(*letter) == Sort::Digit)
            .count();
        // A second point makes it a date or a list.
        let after = behind.chars().nth(digits);
        let more = matches!(after, Some('.' | ','))
            && behind
                .chars()
                .nth(digits + 1)
                .is_some_and(|letter| fold::sort(letter) == Sort::Digit);
        // Feet and inches have one digit before it, minutes and seconds two behind it.
        let fits = !apostrophe || (digits == 1 && last.is_some_and(|word| word.len() == 2));
        (1..=2).contains(&digits) && !more && fits
    }

    fn digits(&mut self, word: &str, place: Range<usize>) {
        let (whole, part) = word.split_once('.').unwrap_or((word, ""));
        let hundredths = match part.len() {
            0 => Some(0),
            1 => part.parse::<u32>().ok().map(|tenths| tenths * 10),
            _ => part.parse::<u32>().ok(),
        };
        let number = whole
            .parse::<u32>()
            .ok()
            .filter(|whole| *whole < 10_000_000)
            .zip(hundredths)
            .map(|(whole, part)| whole * 100 + part);
        self.pending.decimal = !part.is_empty();
        self.pending.digits = u8::try_from(whole.len()).unwrap_or(u8::MAX);
        self.pending.number = number;
        self.push(word, place);
    }

    /// A word: looked up, slang spelled out.
    fn word(&mut self, word: &str, place: Range<usize>) {
        let glued_number = !self.gap && self.list.last().is_some_and(|token| token.digits > 0);
        if let Some(last) = self.list.last_mut()
            && glued_number
            && matches!(word, "st" | "nd" | "rd" | "th")
        {
            last.ordinal = true;
            last.place.end = place.end;
            return;
        }
        if let Some(last) = self.list.last()
            && self.pending.broken == Break::None
            && let Some(before) = self.folded.get(last.text.clone())
            && self.lexicon.joins(before)
        {
            let joined = format!("{before}{word}");
            let place = last.place.start..place.end;
            self.pending = self.list.pop().unwrap_or_default();
            self.push(&joined, place);
            return;
        }
        let Some(meant) = self.lexicon.slang(word) else {
            self.push(word, place);
            return;
        };
        let after_number = self.list.last().is_some_and(|token| token.number.is_some());
        // "30w" is thirty weeks, whatever else a "w" stands for.
        if (after_number || glued_number) && self.lexicon.exact(word).is_some() {
            self.push(word, place);
            return;
        }
        for one in meant {
            self.push(one, place.clone());
        }
    }

    fn push(&mut self, text: &str, place: Range<usize>) {
        let mut token = std::mem::take(&mut self.pending);
        token.glued = !self.gap && token.broken == Break::None && !self.list.is_empty();
        let start = self.folded.len();
        self.folded.push_str(text);
        token.text = start..self.folded.len();
        token.place = place;
        self.gap = false;
        self.list.push(token);
    }

    /// A run of a script without spaces: the longest known word, again and again.
    fn joined_run(&mut self, text: &str, start: usize) -> usize {
        let rest = text.get(start..).unwrap_or("");
        let mut letters: Vec<(usize, char)> = Vec::new();
        for (offset, letter) in rest.char_indices() {
            match fold::sort(letter) {
                Sort::Joined => letters.push((start + offset, letter)),
                Sort::Nothing => {}
                _ => break,
            }
        }
        let end = letters
            .last()
            .map_or(start, |(place, letter)| place + letter.len_utf8());
        let longest = self.lexicon.longest_joined().max(1);
        let mut rest = letters.as_slice();
        while let Some(((first, letter), others)) = rest.split_first() {
            let most = longest.min(rest.len());
            let known = (2..=most).rev().find_map(|length| {
                let piece = rest.get(..length)?;
                let word: String = piece.iter().map(|(_, letter)| *letter).collect();
                let (last, letter) = piece.last()?;
                self.lexicon
                    .exact(&word)
                    .map(|_| (word, last + letter.len_utf8(), length))
            });
            match known {
                Some((word, end, length)) => {
                    self.word(&word, *first..end);
                    rest = rest.get(length..).unwrap_or(&[]);
                }
                None => {
                    self.word(letter.encode_utf8(&mut [0; 4]), *first..first + letter.len_utf8());
                    rest = others;
                }
            }
        }
        if self.joined {
            self.gap = true;
        }
        end.max(start + 1)
    }

    fn finish(self) -> Tokens<'l> {
        let mut tokens = Tokens::new(self.lexicon, self.list, self.folded);
        look_up(&mut tokens);
        tokens
    }
}

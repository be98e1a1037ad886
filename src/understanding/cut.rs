//! A message → tokens. Links, mentions, commands and tags are left out; letters and digits part; slang is spelled out.

use std::ops::Range;

use crate::content::lexicon::compiled::Compiled;
use crate::content::lexicon::fold::{self, Sort};

use super::look_up::look_up;
use super::mask::masked;
use super::tokens::{Break, Token, Tokens};

/// Cuts a message into tokens.
pub(super) fn cut<'l>(lexicon: &'l Compiled, text: &str, joined: bool) -> Tokens<'l> {
    let mut cutter = Cutter {
        lexicon,
        joined,
        list: Vec::new(),
        pending: Token::default(),
        gap: true,
    };
    cutter.run(text);
    cutter.finish()
}

struct Cutter<'l> {
    lexicon: &'l Compiled,
    joined: bool,
    list: Vec<Token>,
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
        let mut word = letter.to_string();
        fold::tidy(&mut word);
        self.push(word, place);
    }

    /// A run of letters and digits: one word if it is known as such, else parted where letters and digits meet.
    fn run_of_letters(&mut self, text: &str, start: usize) -> usize {
        let mut parts: Vec<(String, Range<usize>, bool)> = Vec::new();
        let mut whole = String::new();
        let mut end = start;
        let rest = text.get(start..).unwrap_or("");
        let mut letters = rest.char_indices().peekable();
        while let Some((offset, letter)) = letters.next() {
            let place = start + offset;
            let sort = fold::sort(letter);
            let next = letters.peek().map(|(_, next)| fold::sort(*next));
            let is_digit = sort == Sort::Digit;
            let last_is_digit = parts.last().is_some_and(|(_, _, digits)| *digits);
            match sort {
                Sort::Nothing => continue,
                // Inside a word only.
                Sort::Apostrophe if next == Some(Sort::Letter) && !last_is_digit => continue,
                Sort::Other if last_is_digit && self.is_point(letter, text, place, &parts) => {
                    if let Some((word, range, _)) = parts.last_mut() {
                        word.push('.');
                        range.end = place + letter.len_utf8();
                    }
                    end = place + letter.len_utf8();
                    whole.push('.');
                    continue;
                }
                Sort::Letter | Sort::Digit => {}
                _ => break,
            }
            end = place + letter.len_utf8();
            fold::push(&mut whole, letter);
            match parts.last_mut() {
                Some((word, range, digits)) if *digits == is_digit => {
                    fold::push(word, letter);
                    range.end = end;
                }
                _ => {
                    let mut word = String::new();
                    fold::push(&mut word, letter);
                    parts.push((word, place..end, is_digit));
                }
            }
        }
        fold::tidy(&mut whole);
        let raw = text.get(start..end).unwrap_or("");
        if let [(word, _, false)] = parts.as_mut_slice()
            && (raw.ends_with("'s")
                || raw.ends_with("\u{2019}s")
                || raw.ends_with("'S")
                || raw.ends_with("\u{2019}S"))
        {
            self.without_possessive(word);
        }
        let mixed = parts.len() > 1;
        if mixed && (self.lexicon.slang(&whole).is_some() || self.lexicon.exact(&whole).is_some()) {
            self.word(whole, start..end);
        } else {
            for (word, range, digits) in parts {
                if digits {
                    self.digits(word, range);
                } else {
                    let mut word = word;
                    fold::tidy(&mut word);
                    self.word(word, range);
                }
            }
        }
        end
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
    fn is_point(
        &self,
        letter: char,
        text: &str,
        place: usize,
        parts: &[(String, Range<usize>, bool)],
    ) -> bool {
        if !matches!(letter, '.' | ',' | '٫' | '·')
            || parts.last().is_none_or(|(word, _, _)| word.contains('.'))
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
        (1..=2).contains(&digits) && !more
    }

    fn digits(&mut self, word: String, place: Range<usize>) {
        let (whole, part) = word.split_once('.').unwrap_or((&word, ""));
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
    fn word(&mut self, word: String, place: Range<usize>) {
        let glued_number = !self.gap && self.list.last().is_some_and(|token| token.digits > 0);
        if let Some(last) = self.list.last_mut()
            && glued_number
            && matches!(word.as_str(), "st" | "nd" | "rd" | "th")
        {
            last.ordinal = true;
            last.place.end = place.end;
            return;
        }
        if let Some(last) = self.list.last()
            && self.pending.broken == Break::None
            && self.lexicon.joins(&last.text)
            && let Some(mut last) = self.list.pop()
        {
            last.text.push_str(&word);
            let joined = last.place.start..place.end;
            let text = std::mem::take(&mut last.text);
            last.place = joined.clone();
            self.pending = last;
            self.push(text, joined);
            return;
        }
        let after_number = self.list.last().is_some_and(|token| token.number.is_some());
        let unit = after_number && self.lexicon.exact(&word).is_some();
        // "30w" is thirty weeks, whatever else a "w" stands for.
        let word_itself = glued_number && self.lexicon.exact(&word).is_some();
        match self.lexicon.slang(&word) {
            Some(meant) if !unit && !word_itself => {
                for one in meant {
                    self.push(one.to_string(), place.clone());
                }
            }
            _ => self.push(word, place),
        }
    }

    fn push(&mut self, text: String, place: Range<usize>) {
        let mut token = std::mem::take(&mut self.pending);
        token.glued = !self.gap && token.broken == Break::None && !self.list.is_empty();
        token.text = text;
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
                    self.word(word, *first..end);
                    rest = rest.get(length..).unwrap_or(&[]);
                }
                None => {
                    self.word(letter.to_string(), *first..first + letter.len_utf8());
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
        let mut tokens = Tokens::new(self.lexicon, self.list);
        look_up(&mut tokens);
        tokens
    }
}

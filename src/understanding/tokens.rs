//! A message → tokens: words folded and looked up, numbers, and where sentences and items part. Links, mentions,
//! commands and tags are left out. Every token keeps its place in the message as she typed it.

use std::ops::Range;

use crate::content::lexicon::compiled::{ClassId, Compiled, NUMBER, TermId, flags};
use crate::content::lexicon::fold::{self, Sort};

use super::mask::masked;

/// What parts a token from the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Break {
    /// Nothing but space.
    #[default]
    None,
    /// A comma, a colon, a dash.
    Soft,
    /// The end of a sentence.
    Hard,
}

/// One word or number.
#[derive(Clone, Debug, Default)]
pub(super) struct Token {
    /// Its place in the message, in bytes.
    pub(super) place: Range<usize>,
    /// The word, folded; of a number, its digits.
    pub(super) text: String,
    /// Its number in hundredths, if it is one.
    pub(super) number: Option<u32>,
    /// Is it a number in digits with a point or comma?
    pub(super) decimal: bool,
    /// Is the number an ordinal?
    pub(super) ordinal: bool,
    /// How many digits it was written with; 0 for a number word.
    pub(super) digits: u8,
    /// Classes it is in, with how many tokens they cover from here.
    pub(super) classes: Range<usize>,
    /// The terms it is.
    pub(super) terms: Range<usize>,
    /// The lists it stands on.
    pub(super) flags: u16,
    /// Steps of repair.
    pub(super) repair: u8,
    /// Was it repaired into one of several words?
    pub(super) tied: bool,
    /// Does the lexicon know it?
    pub(super) known: bool,
    /// What parts it from the token before.
    pub(super) broken: Break,
    /// The sign before it, if there is one (`+`, `/`, `-`, `:`, `°`, `%`, `$`, `<`).
    pub(super) sign: char,
    /// Does nothing but a sign stand between it and the token before?
    pub(super) glued: bool,
    /// Does a question mark follow?
    pub(super) asked: bool,
}

impl Token {
    pub(super) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// A whole number below 10,000.
    pub(super) fn whole(&self) -> Option<u16> {
        let hundredths = self.number?;
        (hundredths % 100 == 0)
            .then(|| u16::try_from(hundredths / 100).ok())
            .flatten()
    }
}

/// The tokens of a message.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    classes: Vec<(ClassId, u8)>,
    terms: Vec<TermId>,
}

impl Tokens {
    /// The classes that begin at a token, with the number of tokens they cover.
    pub(super) fn classes(&self, place: usize) -> &[(ClassId, u8)] {
        self.list
            .get(place)
            .and_then(|token| self.classes.get(token.classes.clone()))
            .unwrap_or(&[])
    }

    /// The most tokens of this class that begin here.
    pub(super) fn covers(&self, place: usize, class: ClassId) -> Option<usize> {
        let classes = self.classes(place);
        // Sorted by class, the longest last.
        let end = classes.partition_point(|(other, _)| *other <= class);
        let (other, length) = classes.get(end.checked_sub(1)?)?;
        (*other == class).then_some(usize::from(*length))
    }

    pub(super) fn terms(&self, place: usize) -> &[TermId] {
        self.list
            .get(place)
            .and_then(|token| self.terms.get(token.terms.clone()))
            .unwrap_or(&[])
    }

    pub(super) fn get(&self, place: usize) -> Option<&Token> {
        self.list.get(place)
    }

    pub(super) fn has(&self, place: usize, flag: u16) -> bool {
        self.list.get(place).is_some_and(|token| token.has(flag))
    }

    /// What parts a token from the one before it.
    pub(super) fn broken(&self, place: usize) -> Break {
        self.list.get(place).map_or(Break::Hard, |token| token.broken)
    }
}

/// Cuts a message into tokens.
pub(super) fn cut(lexicon: &Compiled, text: &str, joined: bool) -> Tokens {
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

impl Cutter<'_> {
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
            .is_some_and(|term| term.classes.iter().any(|class| self.lexicon.is_body(*class)));
        if body {
            word.pop();
        }
    }

    /// A point or comma inside a number: digits behind it, and at most two of them (`38.4`, `38,4`, not `1,000`).
    fn is_point(
        &self,
        letter: char,
        text: &str,
        place: usize,
        parts: &[(String, Range<usize>, bool)],
    ) -> bool {
        if !matches!(letter, '.' | ',' | '٫') || parts.last().is_none_or(|(word, _, _)| word.contains('.')) {
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
        match self.lexicon.slang(&word) {
            Some(meant) if !unit && !glued_number => {
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

    fn finish(self) -> Tokens {
        let mut tokens = Tokens {
            list: self.list,
            classes: Vec::new(),
            terms: Vec::new(),
        };
        look_up(self.lexicon, &mut tokens);
        join_numbers(&mut tokens.list);
        find_classes(self.lexicon, &mut tokens);
        tokens
    }
}

fn look_up(lexicon: &Compiled, tokens: &mut Tokens) {
    let mut found = Vec::new();
    for token in &mut tokens.list {
        found.clear();
        if token.digits == 0 {
            lexicon.terms_of(&token.text, &mut found);
            if found.is_empty()
                && let Some((nearest, distance)) = lexicon.repair(&token.text)
            {
                token.repair = distance;
                token.tied = nearest.len() > 1;
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
        let start = tokens.terms.len();
        tokens.terms.extend(&found);
        token.terms = start..tokens.terms.len();
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

fn find_classes(lexicon: &Compiled, tokens: &mut Tokens) {
    let mut found: Vec<(ClassId, u8)> = Vec::new();
    for place in 0..tokens.list.len() {
        found.clear();
        if tokens.get(place).is_some_and(|token| token.number.is_some()) {
            found.push((NUMBER, 1));
        }
        for id in tokens.terms(place) {
            if let Some(term) = lexicon.term(*id) {
                found.extend(term.classes.iter().map(|class| (*class, 1)));
            }
            for phrase in lexicon.phrases(*id) {
                let fits =
                    phrase.rest.iter().zip(place + 1..).all(|(term, at)| {
                        tokens.broken(at) != Break::Hard && tokens.terms(at).contains(term)
                    });
                if fits {
                    let length = u8::try_from(phrase.rest.len() + 1).unwrap_or(u8::MAX);
                    found.push((phrase.class, length));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let start = tokens.classes.len();
        tokens.classes.extend(&found);
        let end = tokens.classes.len();
        if let Some(token) = tokens.list.get_mut(place) {
            token.classes = start..end;
        }
    }
}

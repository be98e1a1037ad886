//! Folding: letters made plain, so that one word is written one way. Lexicon and messages are folded alike.

use unicode_normalization::char::decompose_compatible;

/// What a character is to the reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// Part of a word.
    Letter,
    /// A digit, whatever its script.
    Digit,
    /// Left out without parting a word: joiners, marks, direction signs.
    Nothing,
    /// Left out between letters (`can't`), else a space.
    Apostrophe,
    /// A letter of a script without spaces: found by longest match.
    Joined,
    /// A picture: parts like a comma.
    Picture,
    /// Anything else.
    Other,
}

/// Is it an accent, a vowel point or the like, that may be typed or left out?
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Is it a sign that has no width, or only says in which direction to write?
fn is_nothing(letter: char) -> bool {
    matches!(u32::from(letter),
        0x00AD | 0x034F | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE01EF | 0x0640)
}

fn is_joined(letter: char) -> bool {
    matches!(u32::from(letter),
        0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x0E00..=0x0EFF
        | 0x20000..=0x3134F)
}

fn is_picture(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// What the character is.
#[must_use]
pub fn sort(letter: char) -> Sort {
    if letter.is_ascii_alphabetic() {
        Sort::Letter
    } else if letter.is_ascii_digit() {
        Sort::Digit
    } else if letter.is_ascii() {
        if letter == '\'' || letter == '`' {
            Sort::Apostrophe
        } else {
            Sort::Other
        }
    } else if matches!(
        letter,
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{00B4}' | '\u{FF07}'
    ) {
        Sort::Apostrophe
    } else if is_nothing(letter) || is_mark(letter) {
        Sort::Nothing
    } else if is_joined(letter) {
        Sort::Joined
    } else if is_picture(letter) {
        Sort::Picture
    } else if digit(letter).is_some() {
        Sort::Digit
    } else if letter.is_alphabetic() || is_spacing_mark(letter) {
        Sort::Letter
    } else {
        Sort::Other
    }
}

/// Vowel signs of Indian scripts belong to their word.
fn is_spacing_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x0900..=0x0DFF | 0x1000..=0x109F | 0x1780..=0x17FF) && letter != '।'
}

/// The digit, whatever its script.
#[must_use]
pub fn digit(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    const ZEROS: [u32; 14] = [
        0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xFF10,
    ];
    ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))
        .and_then(|zero| u8::try_from(code - zero).ok())
}

/// Adds the folded letter to a word: lower case, without accents, one form for letters with several.
pub fn push(word: &mut String, letter: char) {
    if letter.is_ascii() {
        word.push(letter.to_ascii_lowercase());
        return;
    }
    if let Some(digit) = digit(letter) {
        word.push(char::from(b'0' + digit));
        return;
    }
    let mut add = |part: char| {
        if is_mark(part) || is_nothing(part) {
            return;
        }
        for lower in part.to_lowercase() {
            if !is_mark(lower) {
                word.push(plain(lower));
            }
        }
    };
    decompose_compatible(letter, &mut add);
}

/// Letters that decomposition leaves apart.
fn plain(letter: char) -> char {
    match letter {
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        '\u{064A}' | '\u{0649}' => '\u{06CC}',
        '\u{0643}' => '\u{06A9}',
        other => other,
    }
}

/// Three or more of the same letter are one; Cyrillic look-alikes in a Latin word are Latin.
pub fn tidy(word: &mut String) {
    let mut run = 0;
    let mut last = '\0';
    let mut long = false;
    let (mut latin, mut cyrillic) = (false, false);
    for letter in word.chars() {
        run = if letter == last { run + 1 } else { 1 };
        long |= run >= 3 && !letter.is_ascii_digit();
        last = letter;
        latin |= letter.is_ascii_alphabetic();
        cyrillic |= ('\u{0400}'..='\u{04FF}').contains(&letter);
    }
    if latin && cyrillic {
        *word = word.chars().map(latin_twin).collect();
    }
    if long {
        *word = without_runs(word);
    }
}

fn without_runs(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    for run in letters.chunk_by(|one, other| one == other) {
        let keep = if run.len() >= 3 { 1 } else { run.len() };
        out.extend(run.iter().take(keep));
    }
    out
}

fn latin_twin(letter: char) -> char {
    match letter {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'х' => 'x',
        'у' => 'y',
        'к' => 'k',
        'м' => 'm',
        'т' => 't',
        'н' => 'h',
        'в' => 'b',
        'і' => 'i',
        other => other,
    }
}

/// A word or phrase of a lexicon, folded: its words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars() {
        match sort(letter) {
            Sort::Letter | Sort::Digit | Sort::Joined => {
                if let Some(word) = words.last_mut() {
                    push(word, letter);
                }
            }
            Sort::Nothing | Sort::Apostrophe => {}
            Sort::Other if matches!(letter, '&' | '+' | '/') => {
                words.push(letter.to_string());
                words.push(String::new());
            }
            Sort::Picture | Sort::Other => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        tidy(word);
    }
    words
}

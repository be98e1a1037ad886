//! How hard a text is to read: sentences, words, syllables, Flesch-Kincaid grade. English only; syllables are counted
//! by a rule of thumb.

use std::collections::BTreeSet;

/// The sentences of a text. A line break ends a sentence, and so does a full stop, question mark or exclamation mark
/// that is followed by a space; the point in "38.0" is none. Numbers and bullets in front of a line are left out.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    text.lines()
        .map(without_bullet)
        .flat_map(sentences_of_line)
        .filter(|sentence| !words(sentence).is_empty())
        .collect()
}

fn sentences_of_line(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (place, letter) in line.char_indices() {
        if ended && letter.is_whitespace() {
            found.push(line.get(start..place).unwrap_or("").trim());
            start = place;
        }
        // A closing quote or bracket behind the stop belongs to the sentence.
        ended = matches!(letter, '.' | '?' | '!' | '…')
            || (ended && matches!(letter, '"' | '\'' | '”' | '’' | '»' | ')'));
    }
    found.push(line.get(start..).unwrap_or("").trim());
    found
}

/// A line without "1. ", "2) ", "- ", "• " or "* " in front.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let digits = line.len()
        - line
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let rest = line.get(digits..).unwrap_or("");
    let marks: &[char] = if digits > 0 {
        &['.', ')']
    } else {
        &['-', '•', '*', '–']
    };
    match rest.strip_prefix(marks) {
        Some(text) if text.starts_with(' ') => text.trim_start(),
        _ => line,
    }
}

/// The words of a text: what stands between spaces, slashes and dashes, without the marks around it.
#[must_use]
pub fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '–' | '—' | '…'))
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Syllables of a word, at least 1. A number counts as one.
#[must_use]
pub fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let parts = word
        .split(['-', '\'', '’'])
        .filter(|part| part.chars().any(char::is_alphabetic));
    parts.map(syllables_of_part).sum::<usize>().max(1)
}

fn syllables_of_part(part: &str) -> usize {
    let letters: Vec<char> = part.chars().collect();
    let vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = 0;
    let mut inside = false;
    for letter in &letters {
        let is_vowel = vowel(letter);
        groups += usize::from(is_vowel && !inside);
        inside = is_vowel;
    }
    // A silent e at the end: "time", "times", "cramped"; not "table", "needed", "noses".
    let silent = match letters.as_slice() {
        [.., before, 'l', 'e'] => vowel(before),
        [.., before, 'e'] => !vowel(before),
        [.., before, 'e', 's'] => !vowel(before) && !matches!(before, 's' | 'z' | 'x' | 'c' | 'g' | 'h'),
        [.., before, 'e', 'd'] => !vowel(before) && !matches!(before, 't' | 'd'),
        _ => false,
    };
    // "s", "t", "ll" behind an apostrophe have no vowel and no syllable.
    if groups > 1 && silent { groups - 1 } else { groups }
}

/// Flesch-Kincaid grade: years of school needed. Exempt words (lower case) count as one syllable. 0 without words.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    reason = "a text has far fewer words than a float can count"
)]
pub fn grade(text: &str, exempt: &BTreeSet<String>) -> f64 {
    let sentences = sentences(text);
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    if words.is_empty() {
        return 0.0;
    }
    let count = |word: &&str| {
        if exempt.contains(&word.to_lowercase()) {
            1
        } else {
            syllables(word)
        }
    };
    let syllables: usize = words.iter().map(count).sum();
    let (sentences, words, syllables) = (sentences.len() as f64, words.len() as f64, syllables as f64);
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Hot: 38.0 C or more. Call 112, 911 or 999 now."),
            ["Hot: 38.0 C or more.", "Call 112, 911 or 999 now."]
        );
    }

    #[test]
    fn lines_bullets_and_quotes() {
        let text = "Say:\n1. \"I am 30 weeks pregnant.\" Wait.\n2) One leg is bigger\n- Sit up";
        assert_eq!(
            sentences(text),
            [
                "Say:",
                "\"I am 30 weeks pregnant.\"",
                "Wait.",
                "One leg is bigger",
                "Sit up"
            ]
        );
    }

    #[test]
    fn no_sentence_without_words() {
        assert_eq!(sentences("...\n\n- \n"), Vec::<&str>::new());
    }

    #[test]
    fn words_without_marks() {
        assert_eq!(
            words("Leg cold, white/blue (or \"numb\") – don't rub"),
            ["Leg", "cold", "white", "blue", "or", "numb", "don't", "rub"]
        );
    }

    #[test]
    fn syllables_of_known_words() {
        for (word, count) in [
            ("leg", 1),
            ("time", 1),
            ("table", 2),
            ("needed", 2),
            ("cramped", 1),
            ("swollen", 2),
            ("emergency", 4),
            ("pregnant", 2),
            ("toes", 1),
            ("noses", 2),
            ("the", 1),
            ("112", 1),
            ("38.0", 1),
            ("don't", 1),
            ("tell-tale", 2),
            ("whole", 1),
            ("breathe", 1),
            ("breathing", 2),
            ("you", 1),
            ("sore", 1),
            ("able", 2),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn grades_of_known_sentences() {
        let none = BTreeSet::new();
        // 6 words, 6 syllables, 1 sentence: 0.39 * 6 + 11.8 - 15.59
        assert!((grade("The cat sat on the mat.", &none) - -1.45).abs() < 0.01);
        // 4 words, 11 syllables, 1 sentence: 0.39 * 4 + 11.8 * 2.75 - 15.59
        let hard = "Contact emergency maternity services.";
        assert!((grade(hard, &none) - 21.37).abs() < 3.1, "{}", grade(hard, &none));
        let exempt = BTreeSet::from(["emergency".to_owned(), "maternity".to_owned()]);
        assert!(grade(hard, &exempt) < grade(hard, &none) - 10.0);
        assert!(grade("", &none).abs() < f64::EPSILON);
    }
}

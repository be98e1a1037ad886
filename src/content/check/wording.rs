//! The wording itself: lengths, reading grade, sentences, marks, and words that must not stand there.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::content::catalog::{Catalog, Written};
use crate::content::draft::{Draft, Readability};
use crate::content::fault::{FaultKind, Place, Sink};
use crate::content::model::Withheld;
use crate::content::readability::{grade, sentences, words};

/// Longest label of a button, in characters: more is cut off on a narrow phone.
const LABEL: usize = 24;
/// Longest message, in characters.
pub(super) const MESSAGE: usize = 600;
/// Longest sentence, in words.
const SENTENCE: usize = 20;
/// Highest reading grade (Flesch-Kincaid).
const GRADE: f64 = 6.0;
/// Shorter texts have no reading grade worth the name.
const GRADED_FROM: usize = 10;
/// The first line of first aid has fewer words than this.
const FIRST_AID: usize = 20;

/// The most characters a text may have. Limits of `profile-` and `command-` are Telegram's.
fn longest(key: &str) -> usize {
    let label = ["choice-", "button-", "topic-", "country-"]
        .iter()
        .any(|start| key.starts_with(start))
        && !key.contains('.');
    match key {
        _ if label => LABEL,
        "profile-description" => 512,
        "profile-short" => 120,
        _ if key.starts_with("command-") => 256,
        _ => MESSAGE,
    }
}

/// Where in a text these words stand, or the name of the text.
fn place(text: &Written, words: &str) -> Place {
    // A sentence may run on over a line of the file; its beginning is enough to find it.
    let beginning: String = words.chars().take(24).collect();
    text.whole
        .find(words)
        .or_else(|| text.whole.find(beginning.trim()))
        .unwrap_or_else(|| text.at.clone())
}

/// Checks of every language: lengths, exclamation marks, withheld advice.
pub(super) fn any_language(draft: &Draft, catalog: &Catalog, sink: &Sink) {
    let never = never_together(draft);
    for (key, text) in &catalog.texts {
        let variants = catalog.variants_of(&text.pattern);
        let most = longest(key);
        if let Some(long) = variants
            .iter()
            .map(|variant| variant.chars().count())
            .max()
            .filter(|long| *long > most)
        {
            let message = format!("\"{key}\" has {long} characters");
            sink.add(text.at.fault(
                FaultKind::TooLong,
                message,
                format!("{most} fit: say it in fewer words"),
            ));
        }
        if variants.iter().any(|variant| variant.contains(['!', '¡'])) {
            let message = format!("\"{key}\" holds an exclamation mark");
            sink.add(place(text, "!").fault(FaultKind::ExclamationMark, message, "write a full stop"));
        }
        // Most variants share most sentences.
        let said: BTreeSet<&str> = variants.iter().flat_map(|variant| sentences(variant)).collect();
        for sentence in said {
            withheld(&never, key, text, sentence, sink);
        }
    }
}

/// Checks of English. Gives back the reading grade of each text that has one.
pub(super) fn english(draft: &Draft, catalog: &Catalog, sink: &Sink) -> Vec<(f64, Arc<str>)> {
    let mut grades = Vec::new();
    for (key, text) in &catalog.texts {
        let variants = catalog.variants_of(&text.pattern);
        let hardest = variants
            .iter()
            .filter(|variant| words(variant).len() >= GRADED_FROM)
            .map(|variant| grade(variant, &draft.readability.exempt))
            .max_by(f64::total_cmp);
        if let Some(hardest) = hardest {
            grades.push((hardest, Arc::from(key.as_str())));
            // As it is printed, to one decimal place.
            if (hardest * 10.0).round() > GRADE * 10.0 {
                let message = format!("\"{key}\" has reading grade {hardest:.1}");
                let cure = format!(
                    "grade {GRADE:.0} is the limit: shorter words, shorter sentences; or exempt a word she must learn"
                );
                sink.add(text.at.fault(FaultKind::HardToRead, message, cure));
            }
        }
        for variant in &variants {
            long_sentences(key, text, variant, sink);
            banned(&draft.readability, key, text, variant, sink);
        }
        if key.starts_with("first_aid-") {
            first_aid(key, text, &variants, sink);
        }
    }
    grades
}

fn long_sentences(key: &str, text: &Written, variant: &str, sink: &Sink) {
    for sentence in sentences(variant) {
        let count = words(sentence).len();
        if count > SENTENCE {
            let message = format!("a sentence of \"{key}\" has {count} words");
            let cure = format!("{SENTENCE} is the limit: make two of it");
            sink.add(place(text, sentence).fault(FaultKind::LongSentence, message, cure));
        }
    }
}

fn first_aid(key: &str, text: &Written, variants: &[String], sink: &Sink) {
    let count = |variant: &String| variant.lines().next().map_or(0, |line| words(line).len());
    if let Some(most) = variants.iter().map(count).max().filter(|most| *most >= FIRST_AID) {
        let message = format!("the first line of \"{key}\" has {most} words");
        let cure = format!("say it in under {FIRST_AID} words: she reads it in pain");
        sink.add(text.at.fault(FaultKind::TooLong, message, cure));
    }
}

fn banned(readability: &Readability, key: &str, text: &Written, variant: &str, sink: &Sink) {
    // Spaces at both ends, so that "you have " is found at the end as well, and "normal" not in "abnormal".
    let plain = variant.to_lowercase().replace('’', "'");
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    for words in &readability.banned {
        let found = plain.match_indices(words.as_str()).any(|(start, _)| {
            plain
                .get(..start)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|letter| !letter.is_alphanumeric())
        });
        if found {
            let words = words.trim();
            let message = format!("\"{key}\" says \"{words}\"");
            let cure = "say it in other words: this reassures or diagnoses where nothing may";
            sink.add(place(text, words).fault(FaultKind::BannedWords, message, cure));
        }
    }
}

/// A piece of advice withheld, and words in a row that must not all stand in one sentence.
type Never<'d> = (&'d Withheld, Vec<Vec<&'d str>>);

fn never_together(draft: &Draft) -> Vec<Never<'_>> {
    let all = draft
        .withheld
        .iter()
        .flat_map(|advice| advice.never.iter().map(move |together| (advice, together)));
    all.map(|(advice, together)| {
        let split = together.iter().map(|words| words.split_whitespace().collect());
        (advice, split.collect())
    })
    .collect()
}

fn withheld(never: &[Never], key: &str, text: &Written, sentence: &str, sink: &Sink) {
    let lower = sentence.to_lowercase();
    let said: Vec<&str> = words(&lower);
    for (advice, together) in never {
        if together.iter().all(|wanted| says(&said, wanted)) {
            let listed: Vec<String> = together
                .iter()
                .map(|words| format!("\"{}\"", words.join(" ")))
                .collect();
            let listed = listed.join(" and ");
            let message = format!(
                "a sentence of \"{key}\" holds {listed}: withheld as {}",
                advice.id
            );
            let cure = format!("say instead: {}", advice.instead);
            sink.add(place(text, sentence).fault(FaultKind::WithheldAdvice, message, cure));
        }
    }
}

/// Does a sentence hold these words in a row? A `*` behind a word stands for any ending.
fn says(said: &[&str], wanted: &[&str]) -> bool {
    let fits = |word: &str, wanted: &str| match wanted.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == wanted,
    };
    !wanted.is_empty()
        && said
            .windows(wanted.len())
            .any(|words| words.iter().zip(wanted).all(|(word, wanted)| fits(word, wanted)))
}

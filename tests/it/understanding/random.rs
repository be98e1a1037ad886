//! Messages at random: nothing panics, every quoted word is a piece of the message, more words never make a denial.

use nightease::content::{FindingKind, LanguageId, Value};
use nightease::understanding::{Told, read};
use proptest::prelude::*;

use super::{TODAY, content};

/// Words of the lexicon, numbers, signs and rubbish.
fn message() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "fever", "no", "not", "or", "and", "calf", "leg", "arm", "swollen", "my", "sister", "wife", "she", "if",
            "is", "maybe", "now", "yesterday", "stopped", "but", "bleeding", "heavy", "cannot", "breathe", "30", "w",
            "weeks", "days", "38.5", "temp", "pp", "due", "january", "none of that", "gasping", "chills",
        ])
        .prop_map(str::to_owned),
        1 => "[a-z]{1,12}",
        1 => "\\PC{0,6}",
        1 => "[0-9]{1,9}",
    ];
    let sign = prop::sample::select(vec![
        " ", " ", " ", ", ", ". ", "? ", "\n", "+", "/", ":", "-", "'", "\u{200b}", "😀", "",
    ]);
    prop::collection::vec((word, sign), 0..40).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(word, sign)| format!("{word}{sign}"))
            .collect()
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let reading = read(content(), &LanguageId::from("en"), text, TODAY);
    let mut seen = Vec::new();
    for mention in &reading.mentions {
        prop_assert!(!seen.contains(&mention.finding), "a finding twice in {text:?}");
        seen.push(mention.finding);
        prop_assert!(!mention.words.is_empty());
        for range in &mention.words {
            prop_assert!(
                text.get(range.clone()).is_some_and(|word| !word.is_empty()),
                "{text:?}: {range:?}"
            );
        }
        if mention.told == Told::Is(Value::No) {
            prop_assert_eq!(mention.repair, 0, "a repaired word denies in {:?}", text);
            prop_assert!(!mention.ask_first);
        }
        if let Told::Is(Value::Amount(amount)) = mention.told {
            let fits = match &content().findings.get(mention.finding).unwrap().kind {
                FindingKind::Words(words) => usize::from(amount) < words.len(),
                FindingKind::Number { min, max, .. } => (*min..=*max).contains(&amount),
                _ => false,
            };
            prop_assert!(fits);
        }
    }
    for range in &reading.unknown_words {
        prop_assert!(text.get(range.clone()).is_some());
    }
    let _ = reading.urgent(content());
    prop_assert_eq!(&reading, &read(content(), &LanguageId::from("en"), text, TODAY));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn made_of_its_words(text in message()) {
        check(&text)?;
    }

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn a_danger_sign_told_in_a_sentence_of_its_own_is_never_denied_by_another(before in message(), after in message()) {
        let text = format!("{before}. i am gasping now. {after}");
        let reading = read(content(), &LanguageId::from("en"), &text, TODAY);
        let id = content().findings.id("breathless").unwrap();
        let mention = reading.mentions.iter().find(|mention| mention.finding == id);
        if !reading.truncated {
            prop_assert!(mention.is_some_and(|mention| mention.told != Told::Is(Value::No)), "{text:?}");
        }
    }
}

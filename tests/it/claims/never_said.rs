//! What no text may ever say.

use nightease::content::readability::words;

use super::{all_sentences, has, never, with, wordings};

#[test]
fn no_dose_of_any_medicine() {
    let units = [
        "mg", "mcg", "µg", "iu", "tablet", "tablets", "pill", "pills", "drops", "capsule", "capsules",
    ];
    for (key, sentence) in all_sentences() {
        let said = words(&sentence);
        for pair in said.windows(2) {
            let number = pair[0]
                .chars()
                .all(|letter| letter.is_ascii_digit() || letter == '.')
                || ["one", "two", "three", "half"].contains(&pair[0]);
            assert!(!(number && units.contains(&pair[1])), "{key}: {sentence}");
        }
        let glued = said.iter().any(|word| {
            word.starts_with(|letter: char| letter.is_ascii_digit())
                && ["mg", "mcg", "µg", "iu"].iter().any(|unit| word.ends_with(unit))
        });
        assert!(!glued, "{key}: {sentence}");
        assert!(
            !sentence.contains("tablets a day") && !sentence.contains("pills a day"),
            "{key}: {sentence}"
        );
    }
}

#[test]
fn no_drug_is_advised_by_name() {
    never(&[
        "paracetamol",
        "acetaminophen",
        "tylenol",
        "panadol",
        "aspirin",
        "codeine",
        "tramadol",
        "morphine",
        "naproxen",
        "diazepam",
        "baclofen",
        "gabapentin",
        "pregabalin",
        "ropinirole",
        "pramipexole",
        "levodopa",
        "heparin",
        "enoxaparin",
        "warfarin",
        "diphenhydramine",
        "melatonin",
        "vitamin",
        "potassium",
        "verapamil",
        "diltiazem",
        "simvastatin",
        "atorvastatin",
        "furosemide",
        "arnica",
        "valerian",
        "castor",
        "magnesium sulfate",
    ]);
    for (key, sentence) in with(&["quinine", "herb"]) {
        let warned = has(&sentence, &["no", "never", "harm"]);
        assert!(warned, "{key}: {sentence}");
    }
    for (key, sentence) in with(&["statin", "laxative"]) {
        let asked = [
            "choice-pills",
            "finding-sign_pills",
            "finding-on_statin",
            "finding-on_diuretic",
        ];
        assert!(
            asked.iter().any(|start| key.starts_with(start)),
            "{key}: {sentence}"
        );
    }
    for (key, sentence) in with(&["magnesium"]) {
        let may = has(&sentence, &["may", "ask"]) || !sentence.contains(' ');
        assert!(may || key.starts_with("cause-low_magnesium"), "{key}: {sentence}");
    }
}

#[test]
fn nothing_is_diagnosed_or_played_down() {
    for wording in wordings() {
        let text = wording.text.to_lowercase().replace('’', "'");
        let text = format!(" {} ", text.split_whitespace().collect::<Vec<_>>().join(" "));
        for banned in [
            " you have ",
            " you've got ",
            " normal",
            "don't worry",
            "do not worry",
            "no need to worry",
            "no cause for alarm",
            "nothing serious",
            "perfectly safe",
            "you are fine",
            "it is only ",
            "it's only ",
            "it is just ",
            "sounds like",
            "diagnosis",
        ] {
            let duty = banned == " you have " && text.contains("you do not have to");
            assert!(
                duty || !text.contains(banned),
                "{} says \"{banned}\"",
                wording.key
            );
        }
        assert!(
            !wording.text.contains(['!', '¡']),
            "{} holds an exclamation mark",
            wording.key
        );
    }
}

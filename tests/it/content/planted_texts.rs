//! Faults of texts.

use nightease::content::FaultKind;

use super::{changed, faults, one_fault, plant, small};

const TEXTS: &str = "text/en/topics.ftl";
const PROGRAM: &str = "text/en/program.ftl";

#[test]
fn not_fluent() {
    let faults = faults(&changed(small(), TEXTS, "Do you bleed?", "Do you { bleed?"));
    let fault = faults.0.first().unwrap();
    assert_eq!(
        (fault.kind, &*fault.file),
        (FaultKind::Syntax, "dialogues/text/en/topics.ftl"),
        "{faults}"
    );
    assert_eq!(fault.source_line, "screen-blood = Do you { bleed?");
}

#[test]
fn a_text_twice() {
    let files = changed(small(), TEXTS, "flag-R02 =", "flag-N1 = cramps\nflag-R02 =");
    one_fault(&files, FaultKind::Duplicate, TEXTS, "flag-N1");
}

#[test]
fn a_missing_text_at_its_owner_and_a_missing_text_of_the_program() {
    let files = changed(small(), TEXTS, "cause-dehydration = too little to drink\n", "");
    one_fault(&files, FaultKind::MissingText, "causes.toml", "dehydration");
    let shown = faults(&changed(small(), PROGRAM, "apology = Words\n", "")).to_string();
    assert!(
        shown.starts_with("dialogues/text/en/: missing text: there is no text \"apology\""),
        "{shown}"
    );
}

#[test]
fn a_fixed_answer_stands_for_what_to_ask() {
    let parts = "    .ask = I need a check.\n    .meanwhile = Lie on your side.\n";
    let files = changed(small(), TEXTS, parts, "    .answer = Call now.\n");
    assert!(faults(&files).0.is_empty());
    let neither = faults(&changed(small(), TEXTS, parts, ""));
    assert_eq!(neither.0.len(), 2, "{neither}");
}

#[test]
fn p18_finds_a_text_missing_in_another_language() {
    let mut files = small();
    for path in [TEXTS, PROGRAM] {
        files.put(
            &path.replace("/en/", "/ru/"),
            super::text_of(&small(), path).as_bytes(),
        );
    }
    assert!(faults(&files).0.is_empty());
    let files = changed(files, "text/ru/program.ftl", "apology = Words\n", "");
    let shown = faults(&files).to_string();
    assert!(shown.starts_with("dialogues/text/ru/: missing text: "), "{shown}");
}

#[test]
fn a_text_that_nothing_uses() {
    let shown = plant(
        TEXTS,
        "choice-dry =",
        "choice-dri = Dry\nchoice-dry =",
        FaultKind::UnusedText,
        "choice-dri",
    );
    assert!(shown.contains("did you mean \"choice-dry\"?"), "{shown}");
}

#[test]
fn placeholders() {
    plant(
        TEXTS,
        "Do you bleed?",
        "Do you bleed, { $nobody }?",
        FaultKind::UnknownPlaceholder,
        "nobody",
    );
    plant(
        PROGRAM,
        "ticked = Words { $list }",
        "ticked = Words",
        FaultKind::MissingPlaceholder,
        "ticked",
    );
    let shown = plant(
        TEXTS,
        "[yes] How",
        "[yess] How",
        FaultKind::UnknownPlaceholder,
        "yess",
    );
    assert!(shown.contains("did you mean \"yes\"?"), "{shown}");
    plant(
        TEXTS,
        "Call today.",
        "Call { nobody }.",
        FaultKind::MissingText,
        "nobody",
    );
}

#[test]
fn a_label_too_long() {
    plant(
        TEXTS,
        "Drank little today",
        "I drank very little all day",
        FaultKind::TooLong,
        "choice-dry",
    );
}

#[test]
fn a_message_too_long_in_one_variant() {
    let long = format!("How long ago?{}", " We ask.".repeat(80));
    plant(
        TEXTS,
        "How long ago did it end?",
        &long,
        FaultKind::TooLong,
        "screen-stage",
    )
    .contains("characters")
    .then_some(())
    .unwrap();
}

#[test]
fn a_screen_too_long_with_its_lines() {
    let half = "We ask. ".repeat(45);
    let files = changed(small(), TEXTS, "How do you feel?", &half);
    let files = changed(files, TEXTS, "Hot, 38.0 C or more, or shaking.", &half);
    one_fault(&files, FaultKind::TooLong, "screens.toml", "body");
}

#[test]
fn first_aid_too_long() {
    let long = "Sit up now. Then slowly pull all of your toes up to your shin. Hold for 30 seconds. Then rest a bit.";
    plant(
        TEXTS,
        "Sit up. Pull your toes up to your shin. Hold 30 seconds.\n",
        &format!("{long}\n"),
        FaultKind::TooLong,
        "first_aid-cramp_now",
    );
}

#[test]
fn hard_to_read() {
    let hard =
        "Immediately contact professional maternity services regarding unusual deterioration of circulation.";
    plant(
        TEXTS,
        "Blood can need help now.",
        hard,
        FaultKind::HardToRead,
        "why = Immediately",
    );
}

#[test]
fn a_long_sentence() {
    let long = "If a leg is red or hot or big or sore then call us now and do not rub or lift it.";
    plant(
        TEXTS,
        "These need help now.",
        long,
        FaultKind::LongSentence,
        "If a leg is red",
    );
}

#[test]
fn exclamation_marks_and_banned_words() {
    plant(
        TEXTS,
        "These need help now.",
        "These need help now!",
        FaultKind::ExclamationMark,
        "!",
    );
    plant(
        TEXTS,
        "Look again.",
        "Cramps are normal.",
        FaultKind::BannedWords,
        "normal",
    );
    plant(
        TEXTS,
        "Look again.",
        "Don’t worry.",
        FaultKind::BannedWords,
        "screen-gate_check",
    );
    let files = changed(small(), TEXTS, "Look again.", "Is it abnormal?");
    assert!(faults(&files).0.is_empty());
}

#[test]
fn withheld_advice_in_one_sentence_only() {
    plant(
        TEXTS,
        "Call today.",
        "Call today. Try eating some kelp.",
        FaultKind::WithheldAdvice,
        "Try eating",
    );
    let apart = changed(
        small(),
        TEXTS,
        "Call today.",
        "Kelp is not for you. Eat what you like.",
    );
    assert!(faults(&apart).0.is_empty());
}

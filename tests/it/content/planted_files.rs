//! Faults of files, tables, keys, values and names.

use nightease::content::FaultKind;

use super::{changed, faults, one_fault, plant, small};

#[test]
fn a_missing_file() {
    let mut files = small();
    files.remove("numbers.toml");
    let faults = faults(&files);
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert!(
        faults
            .to_string()
            .starts_with("dialogues/numbers.toml: missing file: "),
        "{faults}"
    );
}

#[test]
fn an_unknown_file() {
    let mut files = small();
    files.put("releif.toml", b"schema = 1\n");
    let shown = faults(&files).to_string();
    assert!(
        shown.starts_with("dialogues/releif.toml: unknown file: "),
        "{shown}"
    );
    assert!(shown.contains("did you mean \"relief.toml\"?"), "{shown}");
}

#[test]
fn a_file_that_is_not_text() {
    let mut files = small();
    files.put("sources.toml", b"\xff\xfe");
    assert!(
        faults(&files)
            .0
            .iter()
            .any(|fault| fault.kind == FaultKind::Unreadable)
    );
}

#[test]
fn not_toml() {
    plant(
        "numbers.toml",
        "emergency = \"999\"",
        "emergency = word",
        FaultKind::Syntax,
        "word",
    );
}

#[test]
fn another_schema() {
    plant(
        "numbers.toml",
        "schema = 1",
        "schema = 2",
        FaultKind::WrongValue,
        "2",
    );
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let shown = plant(
        "screens.toml",
        "columns = 2",
        "colums = 2",
        FaultKind::UnknownKey,
        "colums",
    );
    assert!(shown.contains("did you mean \"columns\"?"), "{shown}");
    assert!(shown.contains("| colums = 2\n      | ^^^^^^\n"), "{shown}");
}

#[test]
fn a_missing_key() {
    plant(
        "numbers.toml",
        "emergency = \"999\"\n",
        "",
        FaultKind::MissingKey,
        "[[country]]",
    );
}

#[test]
fn a_wrong_type() {
    plant(
        "relief.toml",
        "leaflet = true",
        "leaflet = \"yes\"",
        FaultKind::WrongType,
        "\"yes\"",
    );
}

#[test]
fn a_wrong_word() {
    let shown = plant(
        "relief.toml",
        "\"tonight\"",
        "\"tonigth\"",
        FaultKind::WrongValue,
        "tonigth",
    );
    assert!(shown.contains("did you mean \"tonight\"?"), "{shown}");
}

#[test]
fn a_number_out_of_bounds() {
    plant(
        "causes.toml",
        "thirsty = 3",
        "thirsty = 9",
        FaultKind::WrongValue,
        "9,",
    );
}

#[test]
fn a_window_that_is_none() {
    plant(
        "red_flags.toml",
        "pregnant 13w..",
        "pregnnat 13w..",
        FaultKind::WrongValue,
        "pregnnat",
    );
}

#[test]
fn an_amount_the_finding_cannot_hold() {
    plant(
        "screens.toml",
        "bleeding=heavy",
        "bleeding=lots",
        FaultKind::WrongValue,
        "lots",
    );
    plant(
        "red_flags.toml",
        "bleeding>=heavy",
        "bleeding>=heavily",
        FaultKind::WrongValue,
        "heavily",
    );
}

#[test]
fn a_duplicate_name() {
    let again = "[[source]]\nid = \"F01\"\ntitle = \"Again\"\naddress = \"example.org\"\n\n[[source]]";
    let files = changed(small(), "sources.toml", "[[source]]", again);
    one_fault(&files, FaultKind::Duplicate, "sources.toml", "F01");
}

#[test]
fn a_duplicate_choice_on_a_screen() {
    plant(
        "screens.toml",
        "[\"dry\", \"often\"]",
        "[\"dry\", \"often\", \"dry\"]",
        FaultKind::Duplicate,
        "dry",
    );
}

#[test]
fn a_missing_source() {
    plant(
        "suppressors.toml",
        "sources = [\"F01\"]",
        "sources = []",
        FaultKind::MissingSource,
        "[]",
    );
}

#[test]
fn names_of_what_does_not_exist() {
    for (path, from, to, at) in [
        ("relief.toml", "\"S_VEIN\"", "\"S_VEINS\"", "S_VEINS"),
        ("relief.toml", "\"dehydration\"", "\"dehydratoin\"", "dehydratoin"),
        ("suppressors.toml", "\"F01\"", "\"F02\"", "F02"),
        ("topics/leg_cramps.toml", "\"body\"", "\"bodies\"", "bodies"),
        (
            "red_flags.toml",
            "topics = [\"leg_cramps\"]",
            "topics = [\"leg_cramp\"]",
            "leg_cramp",
        ),
        ("screens.toml", "[\"ill\"]", "[\"well\"]", "well"),
    ] {
        plant(path, from, to, FaultKind::UnknownName, at);
    }
}

#[test]
fn an_unknown_finding_inside_a_rule() {
    let shown = plant(
        "red_flags.toml",
        "sign_ill | fever\"",
        "sign_ill | fevre\"",
        FaultKind::UnknownFinding,
        "fevre",
    );
    let expected = "dialogues/red_flags.toml:17:24: unknown finding: \"fevre\" is not in findings.toml\n   17 |   \
                    { when = \"sign_ill | fevre\", level = \"SAME_DAY\" },\n      |                        ^^^^^\n   \
                    mend: did you mean \"fever\"?";
    assert_eq!(shown, expected);
}

#[test]
fn a_rule_that_denies() {
    plant(
        "red_flags.toml",
        "\"sign_ill | fever\"",
        "\"sign_ill | !fever\"",
        FaultKind::Syntax,
        "!fever",
    );
}

#[test]
fn a_name_too_long_for_a_button() {
    let long = "a_choice_with_a_very_long_name";
    let files = changed(
        small(),
        "screens.toml",
        "id = \"ill\"",
        &format!("id = \"{long}\""),
    );
    let files = changed(files, "screens.toml", "[\"ill\"]", &format!("[\"{long}\"]"));
    let files = changed(
        files,
        "text/en/topics.ftl",
        "choice-ill",
        &format!("choice-{long}"),
    );
    let faults = faults(&files);
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert!(
        faults
            .to_string()
            .starts_with("dialogues/screens.toml:8:7: too long: "),
        "{faults}"
    );
}

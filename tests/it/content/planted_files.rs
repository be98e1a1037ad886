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
        "schema = 3",
        FaultKind::WrongValue,
        "3",
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
fn p11_a_name_too_long_for_a_button() {
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

#[test]
fn a_number_that_cannot_be_dialled() {
    for wrong in ["nine", "9", "0800 NHS", "0800 611 116 extra", "(0)800"] {
        let from = "number = \"111\"";
        let to = format!("number = \"{wrong}\"");
        let shown = plant("numbers.toml", from, &to, FaultKind::WrongValue, wrong);
        assert!(shown.contains("at most 16 characters"), "{shown}");
    }
}

#[test]
fn hours_that_are_none() {
    let shown = plant(
        "numbers.toml",
        "07:00-21:00 mon-fri",
        "7-21 on weekdays",
        FaultKind::WrongValue,
        "7-21 on weekdays",
    );
    assert!(shown.contains("\"09:00-17:00 mon-fri\""), "{shown}");
}

#[test]
fn a_kind_of_line_that_is_none_and_one_that_is_there_twice() {
    let shown = plant(
        "numbers.toml",
        "kind = \"health\"",
        "kind = \"helth\"",
        FaultKind::WrongValue,
        "helth",
    );
    assert!(shown.contains("did you mean \"health\"?"), "{shown}");
    let mut files = small();
    let text = super::text_of(&files, "numbers.toml");
    let line = text.split_once("[[country.line]]").unwrap().1.to_owned();
    files.put(
        "numbers.toml",
        format!("{text}\n[[country.line]]{line}").as_bytes(),
    );
    one_fault(&files, FaultKind::Duplicate, "numbers.toml", "[[country.line]]");
}

#[test]
fn an_unknown_key_of_a_line() {
    let shown = plant(
        "numbers.toml",
        "most_parts = true",
        "most_part = true",
        FaultKind::UnknownKey,
        "most_part",
    );
    assert!(shown.contains("did you mean \"most_parts\"?"), "{shown}");
}

#[test]
fn a_number_says_when_it_was_read_and_whether_it_was_phoned() {
    let country = "sources = [\"F01\"]\nread = \"2026-11-22\"\nverified = \"never\"";
    let plant = |to: &str, kind, at: &str| plant("numbers.toml", country, to, kind, at);
    plant(
        "sources = [\"F01\"]\nverified = \"never\"",
        FaultKind::MissingKey,
        "[[country]]",
    );
    plant(
        "sources = [\"F01\"]\nread = \"2026-11-22\"",
        FaultKind::MissingKey,
        "[[country]]",
    );
    plant(
        "sources = [\"F01\"]\nread = \"2026-11-22\"\nverified = \"yes\"",
        FaultKind::WrongValue,
        "yes",
    );
    plant(
        "sources = [\"F01\"]\nread = \"in May\"\nverified = \"never\"",
        FaultKind::WrongValue,
        "in May",
    );
}

#[test]
fn general_knowledge_was_not_read() {
    let mut files = small();
    let numbers = super::text_of(&files, "numbers.toml").replacen("[\"F01\"]", "[\"K\"]", 1);
    files.put("numbers.toml", numbers.as_bytes());
    let sources = super::text_of(&files, "sources.toml");
    let known = "\n[[source]]\nid = \"K\"\ntitle = \"Known\"\naddress = \"none\"\n";
    if !sources.contains("\"K\"") {
        files.put("sources.toml", format!("{sources}{known}").as_bytes());
    }
    let faults = faults(&files);
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert!(
        faults
            .to_string()
            .contains("general knowledge was not read on a page"),
        "{faults}"
    );
}

#[test]
fn too_many_likely_countries() {
    let mut files = small();
    let mut numbers = super::text_of(&files, "numbers.toml");
    let mut texts = super::text_of(&files, "text/en/program.ftl");
    for letter in 'A'..='H' {
        numbers.push_str(&format!(
            "\n[[country]]\ncountry = \"X{letter}\"\nlikely = true\nemergency = \"112\"\nsources = [\"F01\"]\nread = \"2026-11-22\"\nverified = \"never\"\n"
        ));
        texts.push_str(&format!("country-X{letter} = Words\n"));
    }
    files.put("numbers.toml", numbers.as_bytes());
    files.put("text/en/program.ftl", texts.as_bytes());
    let shown = one_fault(&files, FaultKind::WrongValue, "numbers.toml", "true");
    assert!(shown.contains("more than 8 countries"), "{shown}");
}

#[test]
fn a_country_without_a_name() {
    let files = changed(small(), "text/en/program.ftl", "country-GB = Words\n", "");
    let shown = one_fault(&files, FaultKind::MissingText, "numbers.toml", "GB");
    assert!(shown.contains("country-GB"), "{shown}");
}

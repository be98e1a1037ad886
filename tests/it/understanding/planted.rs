//! Faults planted in a lexicon.

use nightease::content::{Content, FaultKind, Faults};
use nightease::understanding::lines;

use super::{ENGLISH, with_lexicon};

fn faults(lexicon: &str) -> Faults {
    let mut files = crate::content::small();
    files.put("lexicon/en.toml", lexicon.as_bytes());
    Content::load(&files).err().unwrap_or_default()
}

/// The lexicon with one piece of text changed.
fn changed(from: &str, to: &str) -> String {
    assert!(ENGLISH.contains(from), "{from}");
    ENGLISH.replacen(from, to, 1)
}

fn plant(from: &str, to: &str, kind: FaultKind, says: &str) {
    let lexicon = changed(from, to);
    let faults = faults(&lexicon);
    let shown = faults.to_string();
    let fault = faults.0.iter().find(|fault| fault.kind == kind);
    let fault = fault.unwrap_or_else(|| panic!("no {kind:?} in:\n{shown}"));
    assert!(fault.message.contains(says), "{shown}");
    let line = lexicon.lines().nth(fault.line - 1).unwrap();
    assert_eq!(line, fault.source_line);
    assert!(!fault.cure.is_empty());
}

#[test]
fn each_fault_has_its_place() {
    use FaultKind::{
        ClashingWord, Duplicate, FewPatterns, Lookalike, ShadowedRow, UnknownFinding, UnknownKey,
        UnknownName, Unreachable, WrongValue,
    };
    plant(
        "near = [\"leg\", \"swell\"]",
        "near = [\"leg\", \"swel\"]",
        UnknownName,
        "no class \"swel\"",
    );
    plant("id = \"fever.1\"", "id = \"fevr.1\"", UnknownFinding, "fevr");
    plant("id = \"fever.2\"", "id = \"fever.1\"", Duplicate, "fever.1");
    plant(
        "seq = [\"=boiling\"]",
        "seq = [\"=burning\", \"=up\"]",
        ShadowedRow,
        "fever.2",
    );
    plant(
        "seq = [\"=boiling\"]",
        "seq = [\"=boiling?\"]",
        Unreachable,
        "must be there",
    );
    plant(
        "seq = [\"=boiling\"]",
        "seq = [\"*3\", \"=boiling\"]",
        Unreachable,
        "begin",
    );
    plant("[\"=boiling\"]", "[\"*99\", \"=boiling\"]", WrongValue, "gap");
    plant("word = \"heavy\"", "word = \"havy\"", WrongValue, "havy");
    plant("denies = true", "denys = true", UnknownKey, "denys");
    plant(
        "seq = [\"=gasping\"]",
        "seq = [\"=gasping\"]\nvalue = \"no\"",
        FewPatterns,
        "breathless",
    );
    plant(
        "protected = [[\"fewer\", \"fever\"]]",
        "protected = []",
        Lookalike,
        "fewer",
    );
    plant(
        "arm = [\"arm\"]",
        "arm = [\"arm\", \"no\"]",
        ClashingWord,
        "\"no\"",
    );
    plant(
        "hell = [\"hell\"]",
        "hell = [\"he*\"]",
        WrongValue,
        "three letters",
    );
    plant("clock = [", "clok = [", UnknownKey, "clok");
    plant("kind = \"over\"", "kind = \"ovr\"", WrongValue, "ovr");
    plant(
        "topic = \"leg_cramps\"",
        "topic = \"leg_crumps\"",
        UnknownName,
        "leg_crumps",
    );
}

#[test]
fn a_line_that_is_read_otherwise_is_a_fault() {
    assert_eq!(lines::faults(&with_lexicon(ENGLISH)), Vec::new());
    assert!(lines::count(&with_lexicon(ENGLISH)) >= 3);
    let lexicon = changed("yes = [\"my calf is swollen\"]", "yes = [\"my calf is fine\"]");
    let found = lines::faults(&with_lexicon(&lexicon));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, FaultKind::FailingLine);
    assert!(found[0].source_line.contains("my calf is fine"));
    let lexicon = changed("no = [\"my arm is swollen\"]", "no = [\"my leg is swollen\"]");
    assert_eq!(lines::faults(&with_lexicon(&lexicon)).len(), 1);
}

#[test]
fn the_shipped_lines_hold() {
    let found = lines::faults(crate::shared::content());
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", shown.join("\n\n"));
}

#[test]
fn a_lexicon_changes_the_digest() {
    let one = with_lexicon(ENGLISH).digest;
    let other = with_lexicon(&changed("\"puffy\"", "\"puffed\"")).digest;
    assert_ne!(one, other);
}

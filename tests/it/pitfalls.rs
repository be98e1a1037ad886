//! Every pitfall of bots has a line in `ARCHITECTURE.md`, with a test that exists or a reason why it cannot arise.

use std::fs;
use std::path::Path;

#[test]
fn every_pitfall_has_a_test_or_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for number in 1..=32 {
        let begin = format!("| P{number} | ");
        let line = text.lines().find(|line| line.starts_with(&begin));
        let line = line.unwrap_or_else(|| panic!("P{number} has no line"));
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (how, tests) = (cells[2], cells.get(3).copied().unwrap_or_default());
        let files: Vec<&str> = tests.split('`').filter(|name| name.ends_with(".rs")).collect();
        assert!(
            how.starts_with("does not arise") || !files.is_empty(),
            "P{number} names neither a test nor a reason"
        );
        for file in files {
            assert!(
                root.join("tests/it").join(file).exists(),
                "P{number} names {file}"
            );
        }
    }
}

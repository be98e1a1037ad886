//! Every pitfall of bots has a line in `ARCHITECTURE.md`: with a test that carries its number and stands in the file that is
//! named, or with a reason why it cannot arise.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The tests that carry numbers, such as `p1_p20_kills_…`: the numbers, and the file below `tests/it/`.
fn numbered(folder: &Path, root: &Path, found: &mut BTreeMap<u32, Vec<String>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            numbered(&path, root, found);
            continue;
        }
        let file = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let code = fs::read_to_string(&path).unwrap();
        for rest in code.split("\nfn p").skip(1).chain(code.split(" fn p").skip(1)) {
            let name = format!("p{}", rest.split('(').next().unwrap());
            let numbers = name
                .split('_')
                .map_while(|part| part.strip_prefix('p')?.parse().ok());
            for number in numbers {
                found.entry(number).or_default().push(file.clone());
            }
        }
    }
}

#[test]
fn every_pitfall_has_a_test_with_its_number_or_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = root.join("tests/it");
    let mut found = BTreeMap::new();
    numbered(&tests, &tests, &mut found);
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    for number in 1..=32 {
        let begin = format!("| P{number} | ");
        let line = text.lines().find(|line| line.starts_with(&begin));
        let line = line.unwrap_or_else(|| panic!("P{number} has no line"));
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (how, files) = (cells[2], cells.get(3).copied().unwrap_or_default());
        if let Some(reason) = how.strip_prefix("does not arise") {
            assert!(
                reason.len() > 20,
                "P{number} does not arise, and no reason is given"
            );
            continue;
        }
        let files: Vec<&str> = files.split('`').filter(|name| name.ends_with(".rs")).collect();
        assert!(!files.is_empty(), "P{number} names neither a test nor a reason");
        for file in files {
            let there = found
                .get(&number)
                .is_some_and(|known| known.iter().any(|known| known == file));
            assert!(there, "P{number} names {file}, where no test carries its number");
        }
    }
}

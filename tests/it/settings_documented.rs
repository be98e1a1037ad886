//! `.env.example` explains every setting that can come from the environment, and no other; copied as it is, it sets
//! nothing but an empty token.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The names in `env = "…"`.
fn in_the_program() -> BTreeSet<String> {
    let code = read("src/app/settings.rs");
    let names = code.split("env = \"").skip(1);
    names
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

/// The lines `NAME=value` and `#NAME=value`: the name, whether it is on, and the line before.
fn in_the_example() -> Vec<(String, bool, String)> {
    let text = read(".env.example");
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let bare = line.trim_start_matches('#');
        let Some((name, _)) = bare.split_once('=') else {
            continue;
        };
        let is_name = |letter: char| letter.is_ascii_uppercase() || letter == '_';
        if name.chars().all(is_name) {
            let before = place.checked_sub(1).map_or("", |above| lines[above]);
            found.push((name.to_owned(), bare == *line, before.to_owned()));
        }
    }
    found
}

#[test]
fn every_setting_is_in_the_example_and_no_other() {
    let named = in_the_program();
    assert!(named.contains("TELOXIDE_TOKEN"), "{named:?}");
    let explained: BTreeSet<String> = in_the_example().into_iter().map(|(name, ..)| name).collect();
    assert_eq!(named, explained);
}

#[test]
fn every_setting_in_the_example_has_a_line_of_explanation() {
    for (name, _, before) in in_the_example() {
        assert!(before.starts_with("# "), "{name} is not explained");
    }
}

#[test]
fn the_example_copied_as_it_is_sets_only_an_empty_token() {
    let on: Vec<String> = in_the_example()
        .into_iter()
        .filter(|(_, on, _)| *on)
        .map(|(name, ..)| name)
        .collect();
    assert_eq!(on, ["TELOXIDE_TOKEN"]);
    assert!(read(".env.example").lines().any(|line| line == "TELOXIDE_TOKEN="));
}

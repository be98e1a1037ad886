//! A room knows only the rooms below it; only some may name some crates; pure rooms have no clock, chance or I/O.

use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up. A room may name those before it. `terminal` and `telegram` do not know each other, and only `app`
/// knows `proof`.
const ROOMS: [&str; 10] = [
    "content",
    "triage",
    "understanding",
    "conversation",
    "proof",
    "store",
    "delivery",
    "telegram",
    "terminal",
    "app",
];
const PURE: [&str; 5] = ["content", "triage", "understanding", "conversation", "proof"];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The lines of a room that are code, each with its file.
fn code(room: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
    let mut lines = Vec::new();
    for file in files(&root) {
        let name = file
            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
            .unwrap()
            .display()
            .to_string();
        for line in fs::read_to_string(&file).unwrap().lines() {
            if !line.trim_start().starts_with("//") {
                lines.push((name.clone(), line.to_owned()));
            }
        }
    }
    assert!(!lines.is_empty(), "src/{room} is empty");
    lines
}

#[test]
fn a_room_knows_only_the_rooms_below_it() {
    for (height, room) in ROOMS.iter().enumerate() {
        let mut forbidden: Vec<&str> = ROOMS[height + 1..].to_vec();
        if *room == "terminal" {
            forbidden.extend(["telegram", "delivery", "store"]);
        }
        if !["proof", "app"].contains(room) {
            forbidden.push("proof");
        }
        for (file, line) in code(room) {
            for other in &forbidden {
                assert!(
                    !line.contains(&format!("crate::{other}")),
                    "{file} names the room {other}: {line}"
                );
            }
        }
    }
}

#[test]
fn only_telegram_names_telegram_crates_and_only_store_names_sql() {
    for room in ROOMS {
        for (file, line) in code(room) {
            let names = |word: &str| line.contains(word);
            let telegram = ["teloxide::", "dptree::", "reqwest::"].into_iter().any(names);
            assert!(room == "telegram" || !telegram, "{file}: {line}");
            assert!(room == "store" || !names("rusqlite"), "{file}: {line}");
        }
    }
}

#[test]
fn pure_rooms_have_no_clock_no_chance_and_no_io() {
    for room in PURE {
        for (file, line) in code(room) {
            let reads_folder = file.ends_with("content/files.rs");
            for word in [
                "Timestamp::now",
                "SystemTime",
                "Instant::now",
                "getrandom",
                "async fn",
                "tokio::",
                "std::net",
            ] {
                assert!(!line.contains(word), "{file} names {word}: {line}");
            }
            assert!(reads_folder || !line.contains("std::fs"), "{file}: {line}");
        }
    }
}

#[test]
fn the_decision_has_no_language_in_scope() {
    for (file, line) in code("triage") {
        for word in ["LanguageId", "Texts", "texts", "fluent"] {
            assert!(!line.contains(word), "{file} names {word}: {line}");
        }
    }
}

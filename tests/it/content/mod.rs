//! A small valid content, and faults planted in copies of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod load;
mod planted_files;
mod planted_rules;
mod planted_says;
mod planted_texts;

use std::path::PathBuf;

use nightease::content::{Content, FaultKind, Faults, Files};

/// The folder of the small content.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/content/small")
}

/// The files of the small content, reported as `dialogues/…`.
pub(crate) fn small() -> Files {
    let mut files = Files::new("dialogues");
    for part in ["", "topics", "text/en"] {
        for entry in std::fs::read_dir(folder().join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
                files.put(&name, &std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn text_of(files: &Files, path: &str) -> String {
    String::from_utf8(files.get(path).unwrap().to_vec()).unwrap()
}

/// The small content with one piece of text changed; the piece must stand there once.
fn changed(mut files: Files, path: &str, from: &str, to: &str) -> Files {
    let text = text_of(&files, path);
    assert_eq!(text.matches(from).count(), 1, "\"{from}\" in {path}");
    files.put(path, text.replace(from, to).as_bytes());
    files
}

fn faults(files: &Files) -> Faults {
    Content::load(files).err().unwrap_or_default()
}

/// Exactly one fault of this kind, at the last place where the words `at` stand in the file.
fn one_fault(files: &Files, kind: FaultKind, path: &str, at: &str) -> String {
    let faults = faults(files);
    let [fault] = faults.0.as_slice() else {
        panic!("one fault expected:\n{faults}");
    };
    let text = text_of(files, path);
    let before = text
        .get(..text.rfind(at).unwrap_or_else(|| panic!("\"{at}\" in {path}")))
        .unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
    let expected = (format!("dialogues/{path}"), line, column, kind);
    assert_eq!(
        (fault.file.to_string(), fault.line, fault.column, fault.kind),
        expected,
        "{fault}"
    );
    assert_eq!(text.lines().nth(line - 1), Some(fault.source_line.as_str()));
    fault.to_string()
}

/// Changes one piece of text and expects one fault at `at`.
fn plant(path: &str, from: &str, to: &str, kind: FaultKind, at: &str) -> String {
    one_fault(&changed(small(), path, from, to), kind, path, at)
}

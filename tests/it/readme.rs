//! What the README shows is what the program says: its picture is drawn from a transcript, and its excerpt stands in
//! one. The README names both: `<!-- picture: FILE TURNS -->` above the picture, `<!-- transcript: FILE -->` above the
//! excerpt.

use std::fs;
use std::path::Path;

use nightease::content::Content;
use nightease::terminal::picture::picture;

fn read(file: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).ok()
}

fn readme() -> String {
    read("README.md").expect("README.md is missing")
}

/// What the mark says after its name, and what follows the mark.
fn after_mark<'r>(readme: &'r str, name: &str) -> (&'r str, &'r str) {
    let begin = format!("<!-- {name}: ");
    let (_, rest) = readme
        .split_once(&begin)
        .unwrap_or_else(|| panic!("README.md has no line {begin}… -->"));
    rest.split_once(" -->").expect("the mark is not closed")
}

/// The transcript that a mark names. `None`, with a word about it, if it is not there.
fn transcript(file: &str) -> Option<String> {
    let text = read(file);
    if text.is_none() {
        eprintln!("skipped: README.md names {file}, which does not exist");
    }
    text
}

#[test]
fn the_picture_is_what_the_example_draws_from_the_named_transcript() {
    let readme = readme();
    let (mark, after) = after_mark(&readme, "picture");
    let (file, turns) = mark
        .split_once(' ')
        .map_or((mark, None), |(file, turns)| (file, Some(turns)));
    let alt = after
        .split_once("alt=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    assert!(
        alt.is_some_and(|(alt, _)| alt.len() > 80),
        "the picture needs alt text that tells what it shows"
    );
    let Some(transcript) = transcript(file) else {
        return;
    };
    let content = Content::embedded().unwrap();
    let drawn = picture(&content, &transcript, turns).unwrap();
    let command = format!(
        "cargo run --example picture -- {file} {} > docs/conversation.svg",
        turns.unwrap_or_default()
    );
    assert!(
        read("docs/conversation.svg").as_deref() == Some(drawn.as_str()),
        "docs/conversation.svg is not drawn from the present words: {command}"
    );
}

#[test]
fn the_excerpt_stands_in_the_named_transcript() {
    let readme = readme();
    let (file, after) = after_mark(&readme, "transcript");
    let Some(transcript) = transcript(file) else {
        return;
    };
    let (_, rest) = after.split_once("```text\n").expect("no ```text below the mark");
    let (excerpt, _) = rest.split_once("```").expect("the excerpt is not closed");
    assert!(!excerpt.trim().is_empty(), "the excerpt is empty");
    assert!(
        transcript.contains(excerpt.trim_end()),
        "the excerpt of README.md does not stand in {file}"
    );
}

#[test]
fn what_is_linked_is_there() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
    ] {
        let text = read(document).unwrap_or_else(|| panic!("{document} is missing"));
        let links = text.split("](").skip(1);
        for target in links.filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            let is_file = !file.is_empty() && !target.contains("://");
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            assert!(!is_file || root.join(file).exists(), "{document} links {target}");
        }
    }
}

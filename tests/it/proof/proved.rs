//! What is served was proved: the embedded content by this test, which writes its digest down; a folder with other
//! rules at every start.

use nightease::content::{Content, Files, LanguageId};
use nightease::proof::all::{explore_all, explore_within};
use nightease::proof::model::TooMuch;
use nightease::proof::properties::verdicts;
use nightease::proof::prove::proved_digest;
use tempfile::TempDir;

use super::explored;
use super::properties::planted;
use crate::shared::{content, program};

const DIGEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/proof/proved_digest.txt");

/// The one place that writes the digest down: after the proof, never before it.
#[test]
fn the_embedded_content_is_the_one_that_was_proved() {
    let all = verdicts(content(), explored());
    assert!(all.iter().all(|verdict| verdict.holds()));
    if std::env::var_os("NIGHTEASE_BLESS").is_some() {
        std::fs::write(DIGEST, format!("{}\n", content().digest)).unwrap();
        return;
    }
    assert_eq!(
        proved_digest(),
        &*content().digest,
        "the content has changed and holds all properties; write that down: NIGHTEASE_BLESS=1 cargo test --test it proof::proved"
    );
}

/// What is served is loaded without the check of form; it must be the very content that was checked and walked.
#[test]
fn content_that_is_served_unchecked_is_the_one_that_was_checked() {
    let served = Content::embedded_to_serve(&content().digest).unwrap();
    let names = text_names();
    assert!(names.len() > 500);
    let parts = |content: &Content| {
        let text = |name: &String| content.texts.get(&LanguageId::from("en"), name, &[]);
        (
            format!(
                "{:?}",
                (
                    &content.digest,
                    &content.findings,
                    &content.screens,
                    &content.topics
                )
            ),
            format!(
                "{:?}",
                (
                    &content.red_flags,
                    &content.causes,
                    &content.steps,
                    &content.suppressors
                )
            ),
            format!("{:?}", (&content.sources, &content.withheld, &content.numbers)),
            names.iter().map(text).collect::<Vec<_>>(),
        )
    };
    assert!(parts(&served) == parts(content()));
    assert!(served.vignettes.hand_written.is_empty() && served.notes.grades.is_empty());
    // Any other digest, and it is checked.
    let checked = Content::embedded_to_serve("000000000000").unwrap();
    assert!(!checked.vignettes.hand_written.is_empty() && !checked.notes.grades.is_empty());
}

/// A lexicon is read when somebody writes; it must be the one that was checked, but for the lines that show what it reads.
#[test]
fn a_lexicon_that_is_read_later_is_the_one_that_was_checked() {
    let served = Content::embedded_to_serve(&content().digest).unwrap();
    assert_eq!(served.lexicons.len(), content().lexicons.len());
    for (later, checked) in served.lexicons.iter().zip(&content().lexicons) {
        assert_eq!(later.language, checked.language);
        assert_eq!(later.never_denied, checked.never_denied);
        assert_eq!(later.safety, checked.safety);
        let mut source = checked.source().clone();
        for pattern in &mut source.patterns {
            pattern.lines.clear();
        }
        for cue in &mut source.cues {
            cue.lines.clear();
        }
        assert!(!source.patterns.is_empty());
        assert!(*later.source() == source);
    }
}

/// Whose rules are the embedded ones, and only its words are others, is not walked again at a start.
#[test]
fn words_decide_nothing_and_every_rule_does() {
    let decides = |path: &str| {
        let mut files = Files::embedded();
        let longer = [files.get(path).unwrap(), b"\n"].concat();
        files.put(path, &longer);
        let content = Content::load(&files).unwrap();
        assert!(*content.digest != *proved_digest() || path == "hazards.toml");
        !content.decides_as_embedded()
    };
    for path in ["text/en/answers.ftl", "lexicon/en.toml", "hazards.toml"] {
        assert!(!decides(path), "{path}");
    }
    let files = Files::embedded();
    let topic = files.paths().find(|path| path.starts_with("topics/")).unwrap();
    for path in [
        "findings.toml",
        "screens.toml",
        "red_flags.toml",
        "suppressors.toml",
        "relief.toml",
        "causes.toml",
        topic,
    ] {
        assert!(decides(path), "{path}");
    }
}

/// The same walk, whatever the words are.
#[test]
fn other_words_make_no_other_walk() {
    let other = planted(&[(
        "text/en/answers.ftl",
        "Unlock the door.",
        "Open the lock of the door.",
    )]);
    assert!(other.decides_as_embedded());
    let sizes = |explored: &[nightease::proof::all::Explored<'_>]| {
        let nodes = explored.iter().map(|one| one.graph.nodes.len());
        nodes.collect::<Vec<_>>()
    };
    let walked = explore_all(&other).unwrap();
    assert_eq!(sizes(&walked), sizes(explored()));
    let (here, there) = (verdicts(content(), explored()), verdicts(&other, &walked));
    let shown = |verdicts: &[nightease::proof::properties::Verdict]| {
        let lines = verdicts
            .iter()
            .map(|verdict| (verdict.property, verdict.looked_at));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(shown(&here), shown(&there));
}

/// The names of all English texts, attributes among them, read off their lines.
fn text_names() -> Vec<String> {
    let files = Files::embedded();
    let mut names: Vec<String> = Vec::new();
    for path in files.paths().filter(|path| path.starts_with("text/en/")) {
        let text = std::str::from_utf8(files.get(path).unwrap()).unwrap();
        let mut message = "";
        for (name, _) in text.lines().filter_map(|line| line.split_once(" =")) {
            match name.strip_prefix("    .") {
                Some(attribute) => names.push(format!("{message}.{attribute}")),
                None if name.starts_with(|letter: char| letter.is_ascii_lowercase()) => {
                    message = name;
                    names.push(name.to_owned());
                }
                None => {}
            }
        }
    }
    names
}

/// The shipped files in a folder, one of them changed.
fn folder(path: &str, from: &str, to: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::embedded();
    for name in files.paths() {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let mut text = String::from_utf8(files.get(name).unwrap().to_vec()).unwrap();
        if name == path {
            assert!(text.contains(from));
            text = text.replacen(from, to, 1);
        }
        std::fs::write(file, text).unwrap();
    }
    folder
}

#[test]
fn a_folder_that_breaks_a_property_is_refused_at_start_with_the_shortest_conversation() {
    let step = "id = \"shake_out_position\"\n";
    let folder = folder("relief.toml", step, &format!("{step}first_aid = true\n"));
    let output = program(&["serve", "--dialogues", folder.path().to_str().unwrap()])
        .env("TELOXIDE_TOKEN", "1:nobody")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in [
        "P04: the step shake_out_position is shown",
        "she taps: ",
        "by name:  ",
        "nightease check DIR",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[test]
fn a_topic_with_too_many_merged_states_is_refused_by_the_rule_that_couples_most() {
    // One row that asks for many things at once, and no review could follow.
    let row = "  { rule = \"E4\", when = \"vaginal_bleeding>=moderate\"";
    let names = coupled();
    let many = format!(
        "  {{ rule = \"E98?\", when = \"{}\", level = \"EMERGENCY\", topics = [\"leg_cramps\"] }},\n",
        names
            .iter()
            .map(|name| format!("{name}?"))
            .collect::<Vec<_>>()
            .join(" & ")
    );
    let content = planted(&[("red_flags.toml", row, &format!("{many}{row}"))]);
    let Err(TooMuch::States {
        rule,
        findings,
        topic,
        ..
    }) = explore_within(&content, 2_000)
    else {
        panic!("2,000 merged states were enough");
    };
    assert_eq!((rule.as_str(), findings), ("E98?", names.len()));
    let said = explore_within(&content, 2_000).err().unwrap().to_string();
    assert!(said.contains(&format!(
        "{topic}: more than 2000 merged states; the rule E98? couples most findings"
    )));
}

/// Findings that buttons of one topic record, more than any row of the shipped rules couples.
fn coupled() -> Vec<String> {
    let screens = ["legs", "legs_body"];
    let choices = content()
        .screens
        .iter()
        .filter(|screen| screens.contains(&screen.id.as_str()))
        .flat_map(|screen| &screen.choices)
        .filter(|choice| {
            choice.topics.is_empty() || choice.topics.iter().any(|topic| topic.as_str() == "leg_cramps")
        });
    let mut names: Vec<String> = choices
        .filter_map(|choice| choice.sets.first())
        .map(|(finding, _)| content().findings.name(*finding).to_owned())
        .collect();
    names.sort();
    names.dedup();
    names.truncate(12);
    names
}

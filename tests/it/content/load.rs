//! Reading whole contents.

use std::path::Path;

use nightease::content::{Argument, Content, FaultKind, FlagId, LanguageId, Level, TopicId, Value};

use super::{changed, faults, folder, small};

#[test]
fn the_small_content_has_no_fault() {
    let faults = faults(&small());
    assert!(faults.0.is_empty(), "{faults}");
}

#[test]
fn a_folder_and_its_files_give_the_same_content() {
    let from_folder = Content::from_dir(&folder()).unwrap();
    let from_files = Content::load(&small()).unwrap();
    assert_eq!(from_folder.digest, from_files.digest);
    assert_eq!(from_folder.digest.len(), 12);
    let other = changed(small(), "numbers.toml", "999", "112");
    assert_ne!(Content::load(&other).unwrap().digest, from_files.digest);
}

#[test]
fn what_is_written_is_what_is_read() {
    let content = Content::load(&small()).unwrap();
    let names: Vec<_> = content.topics.iter().map(|topic| topic.id.as_str()).collect();
    assert_eq!(names, ["leg_cramps", "something_feels_wrong"]);
    let flag = content.red_flag(&FlagId::from("R03")).unwrap();
    let rules: Vec<_> = flag
        .rows
        .iter()
        .map(|row| (row.rule.as_str(), row.level, row.unsure))
        .collect();
    assert_eq!(
        rules,
        [("R03", Level::GoNow, false), ("R03?", Level::SameDay, true)]
    );
    let bleeding = content.findings.id("bleeding").unwrap();
    let sets = content
        .screens
        .iter()
        .flat_map(|screen| &screen.choices)
        .flat_map(|choice| &choice.sets);
    assert!(sets.clone().any(|set| *set == (bleeding, Value::Amount(2))));
    let topic = content.topic(&TopicId::from("something_feels_wrong")).unwrap();
    assert_eq!(
        topic.floor.as_ref().map(|(level, rule)| (*level, rule.as_str())),
        Some((Level::SameDay, "E14"))
    );
}

#[test]
fn texts_are_formatted_without_isolating_marks() {
    let content = Content::load(&small()).unwrap();
    let number = [("number", Argument::Word("112".to_owned()))];
    let text = content
        .texts
        .get(&LanguageId::from("en"), "answer-emergency", &number);
    assert_eq!(text, "Words 112");
    let loss = [("loss", Argument::Word("yes".to_owned()))];
    let text = content.texts.get(&LanguageId::from("en"), "screen-stage", &loss);
    assert_eq!(text, "How long ago did it end?");
}

#[test]
fn a_missing_folder_is_one_fault() {
    let faults = Content::from_dir(Path::new("/nowhere/dialogues")).unwrap_err();
    assert_eq!(faults.0.len(), 1);
    assert!(
        faults.to_string().starts_with("/nowhere/dialogues: unreadable: "),
        "{faults}"
    );
}

#[test]
fn the_report_is_one_screen() {
    let report = nightease::content::check_report(&Content::load(&small()).unwrap());
    assert!(report.lines().count() <= 24, "{report}");
    for words in [
        "2 topics",
        "toes_up",
        "bleeding",
        "No clinician has signed this content.",
    ] {
        assert!(report.contains(words), "{words} in\n{report}");
    }
}

#[test]
fn faults_of_all_files_come_in_one_run_sorted() {
    let mut files = changed(small(), "relief.toml", "\"S_VEIN\"", "\"S_VEINS\"");
    files = changed(files, "causes.toml", "thirsty = 3", "thirty = 3");
    files = changed(files, "causes.toml", "prior = 1", "prior = \"one\"");
    files = changed(files, "screens.toml", "columns = 2", "colums = 2");
    let faults = faults(&files);
    let kinds: Vec<_> = faults.0.iter().map(|fault| fault.kind).collect();
    assert_eq!(
        kinds,
        [
            FaultKind::WrongType,
            FaultKind::UnknownFinding,
            FaultKind::UnknownName,
            FaultKind::UnknownKey
        ],
        "{faults}"
    );
    assert!(faults.to_string().ends_with("4 faults"), "{faults}");
}

#[test]
fn nothing_in_a_file_can_make_the_reader_panic() {
    let small = small();
    let paths: Vec<String> = small.paths().map(str::to_owned).collect();
    for path in paths {
        let bytes = small.get(&path).unwrap().to_vec();
        let step = (bytes.len() / 8).max(1);
        for cut in (0..bytes.len()).step_by(step) {
            let mut files = small.clone();
            files.put(&path, bytes.get(..cut).unwrap());
            let _ = faults(&files).to_string();
            let mut garbled = bytes.clone();
            if let Some(byte) = garbled.get_mut(cut) {
                *byte = [b']', b'}', b'"', b'=', 0xff, b'\n']
                    .into_iter()
                    .cycle()
                    .nth(cut % 6)
                    .unwrap();
            }
            files.put(&path, &garbled);
            let _ = faults(&files).to_string();
        }
    }
}

#[test]
fn the_content_of_the_program_has_no_fault_and_is_the_folder_of_the_repository() {
    let embedded = Content::embedded().unwrap_or_else(|faults| panic!("{faults}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues");
    assert_eq!(embedded.digest, Content::from_dir(&folder).unwrap().digest);
    let report = nightease::content::check_report(&embedded);
    assert!(report.lines().count() <= 24, "{report}");
}

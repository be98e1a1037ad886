//! What a text must say, and what must not stand in it.

use nightease::content::{Content, FaultKind, Files};

use super::{faults, small};

const SAYS: &str = "text = \"screen-blood\"\nall = [\"bleed\"]\nnone = [\"cramp\"]\n";

fn with_says(says: &str) -> Files {
    let mut files = small();
    files.put("says.toml", format!("schema = 1\n\n[[says]]\n{says}").as_bytes());
    files
}

#[test]
fn a_text_that_says_what_it_must_is_no_fault() {
    let found = faults(&with_says(SAYS));
    assert!(found.0.is_empty(), "{found}");
}

#[test]
fn words_that_are_missing_and_words_of_another_text() {
    for (says, told) in [
        (SAYS.replace("bleed", "call now"), "does not say \"call now\""),
        (SAYS.replace("cramp", "bleed"), "says \"bleed\""),
    ] {
        let found = faults(&with_says(&says));
        let [fault] = found.0.as_slice() else {
            panic!("{found}");
        };
        assert_eq!(fault.kind, FaultKind::WrongWords);
        assert!(fault.message.contains(told), "{fault}");
        assert_eq!(&*fault.file, "dialogues/text/en/topics.ftl");
    }
}

#[test]
fn a_text_that_is_not_there() {
    let found = faults(&with_says(&SAYS.replace("screen-blood", "screen-blod")));
    let [fault] = found.0.as_slice() else {
        panic!("{found}");
    };
    assert_eq!((fault.kind, fault.line), (FaultKind::UnknownName, 4), "{fault}");
}

/// P19 on the shipped content: the answer of one level in the words of another.
#[test]
fn p19_finds_words_of_another_level() {
    let mut files = Files::embedded();
    let path = "text/en/answers.ftl";
    let text = String::from_utf8(files.get(path).unwrap().to_vec()).unwrap();
    let emergency = "answer-emergency = Call { $number } now.";
    assert!(text.contains(emergency));
    let calm = "answer-emergency = Book a visit. { $number }";
    files.put(path, text.replacen(emergency, calm, 1).as_bytes());
    let found = Content::load(&files).err().unwrap();
    let told = found.to_string();
    assert!(
        told.contains("\"answer-emergency\" does not say \"call\""),
        "{told}"
    );
}

//! Any text is read without a panic, and every quoted word is a piece of it: `cargo fuzz run -s none reader`.
#![no_main]

use std::sync::OnceLock;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use nightease::content::{Content, LanguageId, Value};
use nightease::understanding::{Told, read};

fuzz_target!(|text: &str| {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    let content = CONTENT.get_or_init(|| Content::embedded().expect("the shipped content has no fault"));
    let reading = read(content, &LanguageId::from("en"), text, date(2026, 11, 22));
    for mention in &reading.mentions {
        assert!(!mention.words.is_empty());
        for words in &mention.words {
            assert!(text.get(words.clone()).is_some_and(|words| !words.is_empty()));
        }
        assert!(mention.told != Told::Is(Value::No) || mention.repair == 0);
    }
    let _ = reading.urgent(content);
});

//! Wording: Fluent, one folder per language under `dialogues/text/`.

use std::collections::BTreeMap;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::id::LanguageId;

/// Something put into a text: a word or a number.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A word or a sentence.
    Word(String),
    /// A whole number.
    Number(i64),
}

/// All wording, by language. English is always there.
pub struct Texts {
    bundles: BTreeMap<LanguageId, FluentBundle<FluentResource>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Texts({} languages)", self.bundles.len())
    }
}

impl Texts {
    /// Takes bundles whose form has been checked.
    #[must_use]
    pub fn new(bundles: BTreeMap<LanguageId, FluentBundle<FluentResource>>) -> Texts {
        Texts { bundles }
    }

    /// The languages there are.
    pub fn languages(&self) -> impl Iterator<Item = &LanguageId> {
        self.bundles.keys()
    }

    /// The text of a message, or of one of its attributes (`name.attribute`), in this language or else in English.
    /// `None` when there is no such text anywhere.
    #[must_use]
    pub fn find(&self, language: &LanguageId, key: &str, arguments: &[(&str, Argument)]) -> Option<String> {
        let own = self.bundles.get(language);
        let english = self.bundles.get(&LanguageId::from("en"));
        own.into_iter()
            .chain(english)
            .find_map(|bundle| format(bundle, key, arguments))
    }

    /// As [`Texts::find`], for texts that the checker has seen; what is missing all the same shows its key, which is
    /// ugly, and never silence.
    #[must_use]
    pub fn get(&self, language: &LanguageId, key: &str, arguments: &[(&str, Argument)]) -> String {
        self.find(language, key, arguments)
            .unwrap_or_else(|| format!("[{key}]"))
    }

    /// Is there such a text in exactly this language?
    #[must_use]
    pub fn has(&self, language: &LanguageId, key: &str) -> bool {
        self.bundles
            .get(language)
            .is_some_and(|bundle| pattern(bundle, key).is_some())
    }
}

fn pattern<'b>(
    bundle: &'b FluentBundle<FluentResource>,
    key: &str,
) -> Option<&'b fluent_syntax::ast::Pattern<&'b str>> {
    match key.split_once('.') {
        None => bundle.get_message(key)?.value(),
        Some((name, attribute)) => bundle
            .get_message(name)?
            .get_attribute(attribute)
            .map(|attribute| attribute.value()),
    }
}

fn format(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    arguments: &[(&str, Argument)],
) -> Option<String> {
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        match value {
            Argument::Word(word) => args.set(*name, FluentValue::from(word.as_str())),
            Argument::Number(number) => args.set(*name, FluentValue::from(*number)),
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern(bundle, key)?, Some(&args), &mut errors);
    Some(text.into_owned())
}

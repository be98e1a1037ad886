//! Wording: Fluent, one folder per language under `dialogues/text/`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::{FluentArgs, FluentValue};
use fluent_syntax::ast::Pattern;

use super::bundle::{Bundle, Found, plain};
use super::fault::File;
use super::id::LanguageId;
use super::pseudo;

/// The language every other falls back on.
static ENGLISH: LazyLock<LanguageId> = LazyLock::new(|| LanguageId::from("en"));

/// Something put into a text: a word or a number.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A word or a sentence.
    Word(String),
    /// A whole number.
    Number(i64),
}

/// All wording, by language. English is always there.
#[derive(Clone)]
pub struct Texts {
    bundles: BTreeMap<LanguageId, Arc<Bundle>>,
    /// The English files, from which a pseudo-language can be made.
    english: Vec<Arc<File>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Texts({} languages)", self.bundles.len())
    }
}

impl Texts {
    /// Takes bundles whose form has been checked.
    #[must_use]
    pub(super) fn new(bundles: BTreeMap<LanguageId, Bundle>, english: Vec<Arc<File>>) -> Texts {
        let bundles = bundles.into_iter();
        Texts {
            bundles: bundles.map(|(language, one)| (language, Arc::new(one))).collect(),
            english,
        }
    }

    /// Adds the pseudo-language.
    pub(super) fn add_pseudo(&mut self) {
        let files = self.english.iter().map(|file| &*file.text);
        let bundle = pseudo::bundle(files);
        self.bundles.insert(pseudo::pseudo_language(), Arc::new(bundle));
    }

    /// The languages there are.
    pub fn languages(&self) -> impl Iterator<Item = &LanguageId> {
        self.bundles.keys()
    }

    /// The text of a message, or of one of its attributes (`name.attribute`), in this language or else in English.
    /// `None` when there is no such text anywhere.
    #[must_use]
    pub fn find(&self, language: &LanguageId, key: &str, arguments: &[(&str, Argument)]) -> Option<String> {
        self.find_with(language, key, || arguments.to_vec())
    }

    /// As [`Texts::find`]. The arguments are only worked out for a text that has a place for one: most have none.
    #[must_use]
    pub fn find_with<'b>(
        &self,
        language: &LanguageId,
        key: &str,
        arguments: impl FnOnce() -> Vec<(&'b str, Argument)>,
    ) -> Option<String> {
        let own = self.bundles.get(language);
        let english = || self.bundles.get(&ENGLISH);
        let (bundle, found) = own
            .and_then(|bundle| Some((bundle, bundle.find(key)?)))
            .or_else(|| english().and_then(|bundle| Some((bundle, bundle.find(key)?))))?;
        Some(match found {
            Found::Plain(text) => text.to_owned(),
            Found::Pattern(pattern) => {
                plain(pattern).unwrap_or_else(|| format(bundle, pattern, &arguments()))
            }
        })
    }

    /// As [`Texts::find`], for texts that the checker has seen; what is missing all the same shows its key, which is
    /// ugly, and never silence.
    #[must_use]
    pub fn get(&self, language: &LanguageId, key: &str, arguments: &[(&str, Argument)]) -> String {
        self.find(language, key, arguments)
            .unwrap_or_else(|| missing(key))
    }

    /// As [`Texts::get`], with arguments as in [`Texts::find_with`].
    #[must_use]
    pub fn get_with<'b>(
        &self,
        language: &LanguageId,
        key: &str,
        arguments: impl FnOnce() -> Vec<(&'b str, Argument)>,
    ) -> String {
        self.find_with(language, key, arguments)
            .unwrap_or_else(|| missing(key))
    }

    /// Is there such a text in exactly this language?
    #[must_use]
    pub fn has(&self, language: &LanguageId, key: &str) -> bool {
        self.bundles
            .get(language)
            .is_some_and(|bundle| bundle.find(key).is_some())
    }
}

fn missing(key: &str) -> String {
    format!("[{key}]")
}

fn format(bundle: &Bundle, pattern: &Pattern<&str>, arguments: &[(&str, Argument)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in arguments {
        match value {
            Argument::Word(word) => args.set(*name, FluentValue::from(word.as_str())),
            Argument::Number(number) => args.set(*name, FluentValue::from(*number)),
        }
    }
    let mut errors = Vec::new();
    bundle
        .fluent
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned()
}

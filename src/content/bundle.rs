//! The texts of one language as they are used: those without a place for an argument, which are most of them, as they
//! stand; the others as Fluent, which keeps a tree of several times their size.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::{Attribute, Entry, Message, Pattern, PatternElement};
use fluent_syntax::parser;
use unic_langid::LanguageIdentifier;

use super::fault::File;

/// The texts of one language.
pub(super) struct Bundle {
    plain: HashMap<Cow<'static, str>, Cow<'static, str>>,
    pub(super) fluent: FluentBundle<FluentResource>,
}

/// One text.
pub(super) enum Found<'b> {
    /// As it stands.
    Plain(&'b str),
    /// To be formatted.
    Pattern(&'b Pattern<&'b str>),
}

impl Bundle {
    /// No texts yet. `isolating` puts marks of direction around inserted words.
    pub(super) fn new(language: LanguageIdentifier, isolating: bool) -> Bundle {
        let mut fluent = FluentBundle::new_concurrent(vec![language]);
        fluent.set_use_isolating(isolating);
        Bundle {
            plain: HashMap::new(),
            fluent,
        }
    }

    /// Adds the texts of these files. What does not parse, and names that are there twice, the catalog has reported.
    pub(super) fn add(&mut self, files: &[impl AsRef<File>]) {
        let files = || files.iter().map(|file| &file.as_ref().text);
        // A text that another refers to has to be found by Fluent.
        let refers = files().any(|text| may_refer(text));
        for text in files() {
            if refers {
                self.add_fluent(text.to_string());
                continue;
            }
            match text {
                Cow::Borrowed(text) => self.add_text(text, Cow::Borrowed),
                Cow::Owned(text) => self.add_text(text, |part| Cow::Owned(part.to_owned())),
            }
        }
        self.plain.shrink_to_fit();
    }

    /// Adds texts for Fluent to format.
    pub(super) fn add_fluent(&mut self, text: String) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        let _ = self.fluent.add_resource(resource);
    }

    fn add_text<'f>(&mut self, text: &'f str, keep: impl Fn(&'f str) -> Cow<'static, str>) {
        let resource = parser::parse_runtime(text).unwrap_or_else(|(resource, _)| resource);
        let place = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let starts: Vec<usize> = resource.body.iter().map(|entry| begin(entry, place)).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let mut fluent = String::new();
        for ((entry, start), end) in resource.body.iter().zip(&starts).zip(ends) {
            match entry {
                Entry::Message(message) if is_plain(message) => self.add_plain(message, &keep),
                _ => fluent.push_str(text.get(*start..end).unwrap_or_default()),
            }
        }
        if !fluent.is_empty() {
            self.add_fluent(fluent);
        }
    }

    fn add_plain<'f>(&mut self, message: &Message<&'f str>, keep: &impl Fn(&'f str) -> Cow<'static, str>) {
        let text = |pattern: &Pattern<&'f str>| match pattern.elements.as_slice() {
            [PatternElement::TextElement { value }] => keep(value),
            _ => Cow::Owned(plain(pattern).unwrap_or_default()),
        };
        let name = message.id.name;
        if let Some(value) = &message.value {
            self.plain.entry(keep(name)).or_insert_with(|| text(value));
        }
        for Attribute { id, value } in &message.attributes {
            let key = Cow::Owned(format!("{name}.{}", id.name));
            self.plain.entry(key).or_insert_with(|| text(value));
        }
    }

    /// The text of a message, or of one of its attributes (`name.attribute`).
    pub(super) fn find(&self, key: &str) -> Option<Found<'_>> {
        if let Some(text) = self.plain.get(key) {
            return Some(Found::Plain(text));
        }
        let pattern = match key.split_once('.') {
            None => self.fluent.get_message(key)?.value(),
            Some((name, attribute)) => {
                let message = self.fluent.get_message(name)?;
                message
                    .get_attribute(attribute)
                    .map(|attribute| attribute.value())
            }
        };
        pattern.map(Found::Pattern)
    }
}

/// Where an entry begins. The dash in front of a term is not part of its name.
fn begin(entry: &Entry<&str>, place: impl Fn(&str) -> usize) -> usize {
    match entry {
        Entry::Message(message) => place(message.id.name),
        Entry::Term(term) => place(term.id.name).saturating_sub(1),
        Entry::Junk { content } => place(content),
        // The parser of texts that are used leaves comments out.
        Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => 0,
    }
}

fn is_plain(message: &Message<&str>) -> bool {
    let attributes = message.attributes.iter().map(|attribute| &attribute.value);
    let mut patterns = message.value.iter().chain(attributes);
    patterns.all(|pattern| plain(pattern).is_some())
}

/// A text without any place for an argument, as it stands.
pub(super) fn plain(pattern: &Pattern<&str>) -> Option<String> {
    let parts = pattern.elements.iter().map(|element| match element {
        PatternElement::TextElement { value } => Some(*value),
        PatternElement::Placeable { .. } => None,
    });
    parts.collect()
}

/// Does any text refer to another? Taken broadly: a place that begins with a letter.
fn may_refer(text: &str) -> bool {
    let mut places = text.split('{').skip(1);
    places.any(|rest| {
        rest.trim_start()
            .starts_with(|letter: char| letter.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

    use std::sync::Arc;

    use super::*;

    fn shown(text: &'static str) -> Vec<Option<String>> {
        let mut bundle = Bundle::new("en".parse().unwrap(), false);
        let file = File {
            path: Arc::from("a.ftl"),
            text: Cow::Borrowed(text),
        };
        bundle.add(&[Arc::new(file)]);
        let keys = ["one", "two", "two.sub", "three", "four", "five", "six.sub"];
        let show = |key: &&str| {
            Some(match bundle.find(key)? {
                Found::Plain(text) => text.to_owned(),
                Found::Pattern(pattern) => {
                    let text = bundle.fluent.format_pattern(pattern, None, &mut Vec::new());
                    format!("fluent: {text}")
                }
            })
        };
        keys.iter().map(show).collect()
    }

    #[test]
    fn plain_texts_stand_by_themselves_and_the_others_are_formatted() {
        let text = "# A word\none = First\n-name = Ease\n\ntwo = Second\n    and more\n    .sub = below\n\
                    # Of the next\nthree = It is { -name }\nfour = a-\n-other = Other\nfive = { -other }-\nsix =\n    .sub = end\n";
        let expected = [
            "First",
            "Second\nand more",
            "below",
            "fluent: It is Ease",
            "a-",
            "fluent: Other-",
            "end",
        ];
        assert_eq!(shown(text), expected.map(|text| Some(text.to_owned())));
    }

    #[test]
    fn what_is_referred_to_is_left_to_fluent() {
        let text = "one = First\ntwo = { one } and { two.sub }\n    .sub = third\n";
        let expected = ["fluent: First", "fluent: First and third", "fluent: third"];
        assert_eq!(shown(text)[..3], expected.map(|text| Some(text.to_owned())));
    }
}

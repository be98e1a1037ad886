//! Reads the Fluent files: every text with its place, and the bundles the program formats from.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_syntax::ast::{Entry, Identifier, Pattern};
use fluent_syntax::parser;
use unic_langid::LanguageIdentifier;

use super::bundle::Bundle;
use super::fault::{FaultKind, File, Place, Sink};
use super::files::Files;
use super::id::LanguageId;

/// Languages written from right to left; in them inserted words are isolated, so that they keep their direction.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "he", "fa", "ur", "ps", "ku", "sd", "yi"];

/// One text: a message (`screen-legs`), an attribute (`screen-legs.why`), or a term (`-name`).
#[derive(Debug)]
pub(super) struct Written<'f> {
    /// Its name.
    pub(super) at: Place,
    /// From its name to the next one.
    pub(super) whole: Place,
    pub(super) pattern: Pattern<&'f str>,
}

/// All texts of one language by key.
#[derive(Debug)]
pub(super) struct Catalog<'f> {
    /// The folder, as it is reported.
    pub(super) folder: String,
    pub(super) texts: BTreeMap<String, Written<'f>>,
}

/// The Fluent files of one language.
pub(super) struct LanguageFiles {
    pub(super) language: LanguageId,
    folder: String,
    identifier: LanguageIdentifier,
    files: Vec<Arc<File>>,
}

/// Finds the folders under `text/` and reads their files. English must be there.
pub(super) fn languages(files: &Files, sink: &Sink) -> Vec<LanguageFiles> {
    let mut found: BTreeMap<&str, Vec<Arc<File>>> = BTreeMap::new();
    for path in files.paths() {
        let Some((language, _)) = path.strip_prefix("text/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        if path.ends_with(".ftl") {
            found.entry(language).or_default().extend(files.text(path, sink));
        }
    }
    if !found.contains_key("en") {
        let cure = "add the English wording: every language falls back on it";
        sink.add_file(
            &files.shown("text/en/"),
            FaultKind::MissingFile,
            "there is no .ftl file here",
            cure,
        );
    }
    let mut languages = Vec::new();
    for (language, texts) in found {
        let folder = files.shown(&format!("text/{language}/"));
        match language.parse::<LanguageIdentifier>() {
            Ok(identifier) => {
                let language = LanguageId::from(language);
                languages.push(LanguageFiles {
                    language,
                    folder,
                    identifier,
                    files: texts,
                });
            }
            Err(_) => sink.add_file(
                &folder,
                FaultKind::UnknownFile,
                "the name of this folder is not a language tag",
                "name it after a language, for example en, ru or pt-BR",
            ),
        }
    }
    languages
}

/// What a text is called while its end is not known yet.
struct Found<'f> {
    key: String,
    start: usize,
    name_length: usize,
    pattern: Pattern<&'f str>,
}

impl LanguageFiles {
    /// All texts with their places. Reports what does not parse and names that are there twice.
    pub(super) fn catalog(&self, sink: &Sink) -> Catalog<'_> {
        let mut catalog = Catalog {
            folder: self.folder.clone(),
            texts: BTreeMap::new(),
        };
        for file in &self.files {
            let resource = match parser::parse_runtime(&*file.text) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    for error in errors {
                        let cure =
                            "write name = text, further lines indented by spaces, variables as { $name }";
                        let place = Place::new(file, error.pos);
                        sink.add(place.fault(FaultKind::Syntax, error.kind.to_string(), cure));
                    }
                    resource
                }
            };
            let mut found = Vec::new();
            for entry in resource.body {
                collect(file, entry, &mut found);
            }
            let starts: Vec<usize> = found.iter().map(|text| text.start).collect();
            let ends = starts.into_iter().skip(1).chain([file.text.len()]);
            for (text, end) in found.into_iter().zip(ends) {
                catalog.add(file, text, end, sink);
            }
        }
        catalog
    }

    /// Its files.
    pub(super) fn files(&self) -> impl Iterator<Item = Arc<File>> {
        self.files.iter().cloned()
    }

    /// The texts as they are used.
    pub(super) fn bundle(&self) -> Bundle {
        let isolating = RIGHT_TO_LEFT.contains(&self.identifier.language.as_str());
        let mut bundle = Bundle::new(self.identifier.clone(), isolating);
        bundle.add(&self.files);
        bundle
    }
}

impl<'f> Catalog<'f> {
    fn add(&mut self, file: &Arc<File>, text: Found<'f>, end: usize, sink: &Sink) {
        let at = Place::new(file, text.start..text.start + text.name_length);
        if let Some(first) = self.texts.get(&text.key) {
            let first = first.at.fault(FaultKind::Duplicate, "", "");
            sink.add(at.fault(
                FaultKind::Duplicate,
                format!("the text \"{}\" is there already", text.key),
                format!(
                    "take one of the two away; the first is at {}:{}",
                    first.file, first.line
                ),
            ));
            return;
        }
        let whole = Place::new(file, text.start..end);
        self.texts.insert(
            text.key,
            Written {
                at,
                whole,
                pattern: text.pattern,
            },
        );
    }
}

fn collect<'f>(file: &File, entry: Entry<&'f str>, found: &mut Vec<Found<'f>>) {
    let (id, value, attributes, term) = match entry {
        Entry::Message(message) => (message.id, message.value, message.attributes, ""),
        Entry::Term(term) => (term.id, Some(term.value), term.attributes, "-"),
        Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => return,
    };
    let name = format!("{term}{}", id.name);
    found.extend(value.map(|pattern| place_name(file, name.clone(), &id, pattern)));
    for attribute in attributes {
        let key = format!("{name}.{}", attribute.id.name);
        found.push(place_name(file, key, &attribute.id, attribute.value));
    }
}

fn place_name<'f>(
    file: &File,
    key: String,
    id: &Identifier<&'f str>,
    pattern: Pattern<&'f str>,
) -> Found<'f> {
    Found {
        key,
        start: file.place_of(id.name),
        name_length: id.name.len(),
        pattern,
    }
}

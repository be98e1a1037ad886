//! The checks of form once more, for content that was changed in memory: what would the check say of it?

use std::path::Path;
use std::sync::Arc;

use super::catalog::{self, LanguageFiles};
use super::check;
use super::draft::Draft;
use super::fault::{Fault, Faults, Sink};
use super::files::Files;
use super::model::Choice;
use super::{Content, read};

/// What was read of a content, kept for checking changed copies of it.
pub struct Form {
    draft: Draft,
    english: Option<LanguageFiles>,
}

impl Form {
    /// That of the content the program was built with, or of a folder.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn of(folder: Option<&Path>) -> Result<Form, Faults> {
        let sink = Sink::default();
        let files = match folder {
            Some(folder) => Files::read(folder, &sink),
            None => Files::embedded(),
        };
        if sink.len() > 0 {
            return Err(sink.into_faults());
        }
        let mut draft = read::decisions(&files, &sink);
        read::rest(&files, &mut draft, &sink);
        draft.check_references(&sink);
        let mut languages = catalog::languages(&files, &sink).into_iter();
        Ok(Form {
            draft,
            english: languages.find(|one| one.language.as_str() == "en"),
        })
    }

    /// The faults of a changed copy, but for those of its wording.
    pub fn faults(&mut self, changed: &Content) -> Vec<Fault> {
        let draft = &mut self.draft;
        draft.screens.clone_from(&changed.screens);
        draft.topics.clone_from(&changed.topics);
        draft.red_flags.clone_from(&changed.red_flags);
        draft.causes.clone_from(&changed.causes);
        draft.steps.clone_from(&changed.steps);
        draft.suppressors.clone_from(&changed.suppressors);
        let on_screens: Vec<&Choice> = changed
            .screens
            .iter()
            .flat_map(|screen| &screen.choices)
            .collect();
        for choice in &mut draft.choices {
            if let Some(now) = on_screens.iter().find(|now| now.id == choice.id) {
                choice.clone_from(now);
            }
        }
        let sink = Sink::default();
        check::structure(draft, &sink);
        sink.into_faults().0
    }

    /// The English texts by key.
    #[must_use]
    pub fn keys(&self) -> Vec<Arc<str>> {
        let sink = Sink::default();
        let catalog = self.english.as_ref().map(|english| english.catalog(&sink));
        let texts = catalog.into_iter().flat_map(|catalog| catalog.texts);
        texts.map(|(key, _)| Arc::from(key)).collect()
    }

    /// The faults of a copy in which the English text of the one key stands under the other.
    #[must_use]
    pub fn faults_of_text(&self, of: &str, under: &str) -> Vec<Fault> {
        let sink = Sink::default();
        let Some(mut catalog) = self.english.as_ref().map(|english| english.catalog(&sink)) else {
            return Vec::new();
        };
        let said = catalog.texts.get(of).map(|text| text.pattern.clone());
        if let (Some(said), Some(text)) = (said, catalog.texts.get_mut(under)) {
            text.pattern = said;
        }
        check::of_texts(&self.draft, &catalog, &sink);
        sink.into_faults().0
    }
}

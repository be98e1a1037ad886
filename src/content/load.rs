//! From files to checked [`Content`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Content;
use super::catalog;
use super::check;
use super::fault::{Faults, Sink};
use super::files::Files;
use super::read;
use super::text::Texts;
use super::vignette::{self, Lock, VignetteFiles};

impl Content {
    /// The content the program was built with.
    ///
    /// # Errors
    /// All faults of form, if there are any.
    pub fn embedded() -> Result<Content, Faults> {
        Content::load(&Files::embedded())
    }

    /// The content of a folder.
    ///
    /// # Errors
    /// All faults of form, if there are any; a folder or file that cannot be read is one.
    pub fn from_dir(folder: &Path) -> Result<Content, Faults> {
        let sink = Sink::default();
        let files = Files::read(folder, &sink);
        if sink.len() > 0 {
            return Err(sink.into_faults());
        }
        Content::load(&files)
    }

    /// Content from files.
    ///
    /// # Errors
    /// All faults of form, if there are any. What is missing or unused is only looked for once all files can be read:
    /// a slip in one place would else be reported in many.
    pub fn load(files: &Files) -> Result<Content, Faults> {
        let sink = Sink::default();
        let mut draft = read::read(files, &sink);
        let lock = files.text(vignette::LOCK, &sink).map(|file| Lock {
            file: Arc::clone(&file.path),
            text: Arc::from(file.text.as_str()),
        });
        let languages = catalog::languages(files, &sink);
        let catalogs: BTreeMap<_, _> = languages
            .iter()
            .map(|one| (one.language.clone(), one.catalog(&sink)))
            .collect();
        let bundles = languages
            .iter()
            .map(|one| (one.language.clone(), one.bundle()))
            .collect();
        let english = languages.iter().filter(|one| one.language.as_str() == "en");
        let texts = Texts::new(bundles, english.flat_map(|one| one.files()).collect());
        let notes = check::all(&draft, &catalogs, &texts, &sink);
        if sink.len() > 0 {
            return Err(sink.into_faults());
        }
        // In the order of the opening's buttons; topics without one come last.
        draft.topics.sort_by_key(|topic| topic.place.unwrap_or(u8::MAX));
        Ok(Content {
            digest: files.digest(),
            findings: draft.findings,
            screens: draft.screens,
            topics: draft.topics,
            red_flags: draft.red_flags,
            causes: draft.causes,
            steps: draft.steps,
            suppressors: draft.suppressors,
            sources: draft.sources,
            withheld: draft.withheld,
            numbers: draft.numbers,
            hazards: Arc::new(draft.hazards),
            vignettes: Arc::new(VignetteFiles {
                hand_written: draft.vignettes,
                lock,
                folder: Arc::from(files.shown("vignettes/")),
            }),
            texts,
            notes,
        })
    }
}

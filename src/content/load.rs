//! From files to checked [`Content`].

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::Content;
use super::catalog::{self, LanguageFiles};
use super::check::{self, Notes};
use super::draft::Draft;
use super::fault::{Faults, Sink};
use super::files::Files;
use super::id::LanguageId;
use super::lexicon::{Lexicon, Source as LexiconSource};
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

    /// The content the program was built with, to be served. If this is its digest, somebody who has checked its form
    /// wrote that down, and the same bytes are not checked again: that would take most of the time of a start. Vignettes
    /// and notes for the report are left out then.
    ///
    /// # Errors
    /// All faults of form, if there are any.
    pub fn embedded_to_serve(proved: &str) -> Result<Content, Faults> {
        let digest = Files::embedded_digest();
        if digest != proved {
            return Content::embedded();
        }
        let mut files = Files::embedded_to_serve();
        let later = files.leave_for_later();
        let sink = Sink::default();
        let mut draft = read::decisions(&files, &sink);
        read::rest(&files, &mut draft, &sink);
        draft.check_references(&sink);
        draft.lexicons_for_later = later;
        let languages = catalog::languages(&files, &sink);
        Content::put_together(
            draft,
            texts(&languages),
            Notes::default(),
            (Arc::from(digest), Arc::from(Files::embedded_decisions())),
            &files,
            sink,
        )
    }

    /// Are its rules, steps, screens and topics those of the content the program was built with? Then a walk over all paths
    /// comes to the same.
    #[must_use]
    pub fn decides_as_embedded(&self) -> bool {
        *self.decisions == *Files::embedded_decisions()
    }

    /// Names the content the program was built with.
    #[must_use]
    pub fn embedded_digest() -> &'static str {
        Files::embedded_digest()
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
        let mut draft = read::decisions(files, &sink);
        let (findings, safety) = (draft.findings.clone(), check::safety(&draft));
        let languages = catalog::languages(files, &sink);
        let (texts, notes) = thread::scope(|scope| {
            let beside = scope.spawn(|| {
                let (reading, looking) = (Sink::default(), Sink::default());
                let lexicons = read::lexicons(files, &findings, &reading);
                check::of_lexicons(&lexicons, &safety, &looking);
                (lexicons, reading, looking)
            });
            read::rest(files, &mut draft, &sink);
            let catalogs: BTreeMap<_, _> = languages
                .iter()
                .map(|one| (one.language.clone(), one.catalog(&sink)))
                .collect();
            let texts = texts(&languages);
            let mut faults = sink.len();
            let notes = check::by_itself(&draft, &catalogs, &texts, &sink);
            match beside.join() {
                Ok((lexicons, reading, looking)) => {
                    faults += reading.len();
                    draft.add_lexicons(lexicons);
                    sink.add_all(reading);
                    sink.add_all(looking);
                }
                Err(panic) => resume_unwind(panic),
            }
            let before = sink.len();
            draft.check_references(&sink);
            if faults == 0 && sink.len() == before {
                check::missing_and_unused(&draft, &catalogs, &sink);
            }
            (texts, notes)
        });
        let digests = (files.digest(), files.decisions());
        Content::put_together(draft, texts, notes, digests, files, sink)
    }

    fn put_together(
        mut draft: Draft,
        texts: Texts,
        notes: Notes,
        (digest, decisions): (Arc<str>, Arc<str>),
        files: &Files,
        sink: Sink,
    ) -> Result<Content, Faults> {
        let lock = files.text(vignette::LOCK, &sink).map(|file| Lock {
            file: Arc::clone(&file.path),
            text: Arc::from(&*file.text),
        });
        if sink.len() > 0 {
            return Err(sink.into_faults());
        }
        let never_denied = check::never_denied(&draft);
        let safety: Vec<_> = check::safety(&draft).into_iter().collect();
        let lexicons = std::mem::take(&mut draft.lexicons)
            .into_iter()
            .map(|lexicon| {
                Arc::new(Lexicon::new(
                    lexicon.language,
                    lexicon.source,
                    never_denied.clone(),
                    safety.clone(),
                ))
            })
            .chain(draft.lexicons_for_later.drain(..).map(|language| {
                let (never_denied, safety) = (never_denied.clone(), safety.clone());
                Arc::new(Lexicon::later(language, built_in_lexicon, never_denied, safety))
            }))
            .collect();
        // In the order of the opening's buttons; topics without one come last.
        draft.topics.sort_by_key(|topic| topic.place.unwrap_or(u8::MAX));
        Ok(Content {
            digest,
            decisions,
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
            lexicons,
            texts,
            notes,
        })
    }
}

/// Reads a lexicon of the files the program was built with. Its lines are for the check, and are left out.
fn built_in_lexicon(language: &LanguageId) -> LexiconSource {
    let (files, sink) = (Files::embedded_to_serve(), Sink::default());
    let findings = read::decisions(&files, &sink).findings;
    let mut lexicons = read::lexicons(&files, &findings, &sink).lexicons.into_iter();
    let lexicon = lexicons.find(|lexicon| lexicon.language == *language);
    let mut source = lexicon.map(|lexicon| lexicon.source).unwrap_or_default();
    source.leave_out_lines();
    source
}

fn texts(languages: &[LanguageFiles]) -> Texts {
    let bundles = languages.iter().map(|one| (one.language.clone(), one.bundle()));
    let english = languages.iter().filter(|one| one.language.as_str() == "en");
    Texts::new(bundles.collect(), english.flat_map(|one| one.files()).collect())
}

//! The files of `dialogues/`, from the program itself or from a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::digest::{digest, digest_of_decisions, is_only_for_the_check};
use super::embedded;
use super::fault::{FaultKind, File, Sink};
use super::id::LanguageId;

/// All files of one content: path below the folder, with `/` between the parts → bytes.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// What stands in front of a path when it is reported (`dialogues/`).
    prefix: String,
    bytes: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Files {
    /// No files yet; faults will name them with this folder in front.
    #[must_use]
    pub fn new(folder: &str) -> Files {
        let slash = if folder.is_empty() || folder.ends_with('/') {
            ""
        } else {
            "/"
        };
        Files {
            prefix: format!("{folder}{slash}"),
            bytes: BTreeMap::new(),
        }
    }

    /// The files the program was built with.
    #[must_use]
    pub fn embedded() -> Files {
        Files::built_in(|_| true)
    }

    /// Those of them that a conversation needs: all but the vignettes, which are not in the digest either.
    pub(super) fn embedded_to_serve() -> Files {
        Files::built_in(|path| !is_only_for_the_check(path))
    }

    /// The digest of the files the program was built with, as `build.rs` worked it out.
    pub(super) fn embedded_digest() -> &'static str {
        embedded::DIGEST
    }

    /// Takes away what is not needed for buttons, and gives back the languages whose lexicon is among it: one is several
    /// times as long as all else.
    pub(super) fn leave_for_later(&mut self) -> Vec<LanguageId> {
        let mut languages = Vec::new();
        self.bytes.retain(|path, _| {
            let name = path
                .strip_prefix("lexicon/")
                .and_then(|name| name.strip_suffix(".toml"));
            languages.extend(name.map(LanguageId::from));
            name.is_none()
        });
        languages
    }

    fn built_in(wanted: impl Fn(&str) -> bool) -> Files {
        let mut files = Files::new("dialogues");
        for (path, bytes) in embedded::FILES.iter().filter(|(path, _)| wanted(path)) {
            files.bytes.insert((*path).to_owned(), Cow::Borrowed(bytes));
        }
        files
    }

    /// Adds a file, or puts another in its place.
    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        self.bytes.insert(path.to_owned(), Cow::Owned(bytes.to_vec()));
    }

    /// What a file holds, if it is there.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.bytes.get(path).map(|bytes| &**bytes)
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.bytes.remove(path);
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.bytes.keys().map(String::as_str)
    }

    /// Names exactly what a conversation is held with: SHA-256 over all paths and bytes but those only for the check, the
    /// first 12 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> Arc<str> {
        Arc::from(digest(
            self.bytes.iter().map(|(path, bytes)| (path.as_str(), &**bytes)),
        ))
    }

    /// Names the rules, steps, screens and topics among them: where it is equal, a walk over all paths comes to the same.
    pub(super) fn decisions(&self) -> Arc<str> {
        let files = self.bytes.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
        Arc::from(digest_of_decisions(files))
    }

    /// That of the files the program was built with, as `build.rs` worked it out.
    pub(super) fn embedded_decisions() -> &'static str {
        embedded::DECISIONS
    }

    /// The name a path is reported under.
    pub(super) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A file as text. Reports a file that is not UTF-8.
    pub(super) fn text(&self, path: &str, sink: &Sink) -> Option<Arc<File>> {
        let bytes = self.bytes.get(path)?;
        let text = match bytes {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed),
            Cow::Owned(bytes) => std::str::from_utf8(bytes).map(|text| Cow::Owned(text.to_owned())),
        };
        match text {
            Ok(text) => Some(Arc::new(File {
                path: Arc::from(self.shown(path)),
                text,
            })),
            Err(error) => {
                let message = format!("it is not UTF-8 text (from byte {} on)", error.valid_up_to());
                sink.add_file(
                    &self.shown(path),
                    FaultKind::Unreadable,
                    &message,
                    "save the file as UTF-8",
                );
                None
            }
        }
    }

    /// All files below a folder. Hidden files and editors' leavings are passed over.
    pub(super) fn read(folder: &Path, sink: &Sink) -> Files {
        let mut files = Files::new(&folder.to_string_lossy());
        files.read_folder(folder, "", sink);
        files
    }

    fn read_folder(&mut self, folder: &Path, below: &str, sink: &Sink) {
        let unreadable = |path: &Path, error: &std::io::Error| {
            sink.add_file(
                &path.to_string_lossy(),
                FaultKind::Unreadable,
                &format!("it cannot be read: {error}"),
                "check the path and that the program may read it",
            );
        };
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return unreadable(folder, &error),
        };
        for entry in entries {
            let path = match entry {
                Ok(entry) => entry.path(),
                Err(error) => {
                    unreadable(folder, &error);
                    continue;
                }
            };
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if name.starts_with('.') || name.ends_with('~') {
                continue;
            }
            let inner = format!("{below}{name}");
            if path.is_dir() {
                self.read_folder(&path, &format!("{inner}/"), sink);
                continue;
            }
            match std::fs::read(&path) {
                Ok(bytes) => self.put(&inner, &bytes),
                Err(error) => unreadable(&path, &error),
            }
        }
    }
}

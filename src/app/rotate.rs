//! `nightease key rotate`: a new key for the same database. The new key lies beside the old one until the database is
//! sealed with it, so that whenever the program dies one of the two opens it, and doing it again finishes it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::store::{Key, SqliteStore, StoreError};

use super::settings::StoreSettings;

/// Seals the database with a new key. Gives back how many records it holds.
///
/// # Errors
/// When the key is not in a file, the bot runs, or a file cannot be written.
pub fn rotate_key(settings: &StoreSettings) -> anyhow::Result<usize> {
    if settings.key().is_some() {
        bail!(
            "the key is set by NIGHTEASE_KEY: put it into a file named by NIGHTEASE_KEY_FILE, unset NIGHTEASE_KEY, and \
             try again"
        );
    }
    for (file, name) in [
        (&settings.key_file, "NIGHTEASE_KEY_FILE"),
        (&settings.database, "NIGHTEASE_DATABASE"),
    ] {
        if !file.exists() {
            bail!(
                "{} is not there: set {name} to the one that is in use",
                file.display()
            );
        }
    }
    let beside = beside(&settings.key_file);
    let old = Key::load_or_create(&settings.key_file)?;
    let new = Key::load_or_create(&beside)?;
    let records = match SqliteStore::open(&settings.database, &old) {
        Ok(store) => store.seal_anew(&new)?,
        // The last time it was interrupted after the database was sealed.
        Err(StoreError::Sealed { .. }) => {
            drop(SqliteStore::open(&settings.database, &new)?);
            0
        }
        Err(error) => return Err(error.into()),
    };
    put_in_place(&beside, &settings.key_file)?;
    Ok(records)
}

fn beside(key_file: &Path) -> PathBuf {
    let mut name = key_file.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

fn put_in_place(new: &Path, old: &Path) -> anyhow::Result<()> {
    fs::rename(new, old).with_context(|| {
        format!(
            "the database is sealed with the new key, but {} could not be put in the place of {}: do that by hand",
            new.display(),
            old.display()
        )
    })
}

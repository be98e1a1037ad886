//! What names a content. `build.rs` reads this file too, so that the digest of what is built in is written into the
//! program: to work it out at every start would read two megabytes that may not be needed for hours.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// SHA-256 over all paths and bytes, in this order, the first 12 hexadecimal digits. What is only there for the check is
/// left out: no woman meets it, and to sign a vignette must not change what is signed.
pub(super) fn digest<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> String {
    of_those(files, |path| !is_only_for_the_check(path))
}

/// The same without texts and without the words that are read: rules, steps, screens, topics, and what stands beside them. The
/// walk over all paths comes to the same for two contents in which this is equal.
pub(super) fn digest_of_decisions<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> String {
    let says_only = |path: &str| path.starts_with("text/") || path.starts_with("lexicon/");
    of_those(files, |path| !is_only_for_the_check(path) && !says_only(path))
}

fn of_those<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
    wanted: impl Fn(&str) -> bool,
) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        if !wanted(path) {
            continue;
        }
        // The lengths keep two files from reading as one.
        hasher.update((path.len() as u64).to_le_bytes());
        hasher.update(path.as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    let mut digits = String::new();
    for byte in hasher.finalize().iter().take(6) {
        // Writing into a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// What no woman meets: cases, hazards, and what texts must say.
pub(super) fn is_only_for_the_check(path: &str) -> bool {
    path.starts_with("vignettes/") || ["hazards.toml", "says.toml"].contains(&path)
}

//! The key that seals every record. It lives outside the database: in a setting, or in a file of its own.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::{Zeroize, Zeroizing};

const BYTES: usize = 32;

/// 32 secret bytes. `Debug` prints none of them, and they are overwritten when the key is dropped.
#[derive(Clone)]
pub struct Key([u8; BYTES]);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(secret)")
    }
}

/// Why there is no key; for the operator. Never holds any part of one.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not 32 bytes in hexadecimal or base64.
    #[error(
        "the key is not 32 bytes written as 64 hexadecimal digits or as base64: make one with `openssl rand -hex 32`"
    )]
    Form,
    /// The file holds something else than a key.
    #[error(
        "{path} does not hold a key (32 bytes as 64 hexadecimal digits or as base64): put the key back from your \
         backup; if no database was begun with it yet, delete the file and start again"
    )]
    FileForm {
        /// Which file.
        path: PathBuf,
    },
    /// Others than its owner can read the file.
    #[error("{path} can be read by others than its owner (mode {mode:03o}): run `chmod 600 {path}`")]
    Open {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file could not be read or made.
    #[error("the key file {path} cannot be {what}: {why}")]
    File {
        /// Which file.
        path: PathBuf,
        /// `read` or `made`.
        what: &'static str,
        /// What the system said.
        why: std::io::Error,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for a new key: {0}")]
    Random(getrandom::Error),
}

impl Key {
    /// Takes 32 bytes as they are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; BYTES]) -> Key {
        Key(bytes)
    }

    /// A new random key.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn generate() -> Result<Key, KeyError> {
        let mut key = Key([0; BYTES]);
        getrandom::fill(&mut key.0).map_err(KeyError::Random)?;
        Ok(key)
    }

    /// Reads a key from a setting: 64 hexadecimal digits, or base64 of either alphabet. White space around it is fine.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: &str) -> Result<Key, KeyError> {
        let text = text.trim();
        let bytes = if text.len() == 2 * BYTES {
            from_hex(text)
        } else {
            from_base64(text)
        };
        let bytes = bytes.ok_or(KeyError::Form)?;
        let bytes: [u8; BYTES] = bytes.as_slice().try_into().map_err(|_| KeyError::Form)?;
        Ok(Key(bytes))
    }

    /// Reads the key file, and makes it with a new random key when there is none (mode 0600).
    ///
    /// # Errors
    /// When the file can be read by others, holds no key, or can be neither read nor made.
    pub fn load_or_create(path: &Path) -> Result<Key, KeyError> {
        match File::open(path) {
            Ok(file) => Self::read(file, path),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(why) => Err(failed(path, "read", why)),
        }
    }

    fn read(mut file: File, path: &Path) -> Result<Key, KeyError> {
        refuse_if_readable_by_others(&file, path)?;
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text).map_err(|why| {
            if why.kind() == ErrorKind::InvalidData {
                KeyError::FileForm { path: path.into() }
            } else {
                failed(path, "read", why)
            }
        })?;
        Key::parse(&text).map_err(|_| KeyError::FileForm { path: path.into() })
    }

    fn create(path: &Path) -> Result<Key, KeyError> {
        let key = Key::generate()?;
        let text = Zeroizing::new(to_hex(&key.0) + "\n");
        let mut options = OpenOptions::new();
        // `create_new`: when two processes start at once, one of them fails here instead of sealing with a key that
        // the other has overwritten.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(|why| failed(path, "made", why))?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        written.map_err(|why| failed(path, "made", why))?;
        sync_directory(path);
        Ok(key)
    }

    /// The bytes themselves, to be sealed with another key.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// A key for one purpose, from which neither this one nor those of other purposes can be found.
    pub(super) fn derive(&self, purpose: &str) -> Zeroizing<[u8; BYTES]> {
        Zeroizing::new(super::seal::keyed_hash(
            &self.0,
            &[b"nightease 1 ", purpose.as_bytes()],
        ))
    }
}

fn failed(path: &Path, what: &'static str, why: std::io::Error) -> KeyError {
    KeyError::File {
        path: path.into(),
        what,
        why,
    }
}

#[cfg(unix)]
fn refuse_if_readable_by_others(file: &File, path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file
        .metadata()
        .map_err(|why| failed(path, "read", why))?
        .permissions()
        .mode()
        & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(KeyError::Open {
        path: path.into(),
        mode,
    })
}

#[cfg(not(unix))]
fn refuse_if_readable_by_others(_file: &File, _path: &Path) -> Result<(), KeyError> {
    Ok(())
}

/// A new name in a directory survives a power cut only once the directory is written too. Not all systems allow it;
/// the file itself is written by then.
fn sync_directory(path: &Path) {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Option<Vec<u32>> = text.chars().map(|letter| letter.to_digit(16)).collect();
    let digits = Zeroizing::new(digits?);
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    });
    bytes.collect::<Option<Vec<u8>>>().map(Zeroizing::new)
}

fn from_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES + 2));
    let (mut bits, mut held) = (0u32, 0u32);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    // What is left over of the last letter has to be zero, or two writings would mean one key.
    (bits == 0 && held < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

    use super::*;

    #[test]
    fn reads_hexadecimal_and_base64() {
        let bytes: [u8; 32] = std::array::from_fn(|i| u8::try_from(i * 8 + 3).unwrap());
        let hex = to_hex(&bytes);
        assert_eq!(Key::parse(&format!(" {hex}\n")).unwrap().0, bytes);
        assert_eq!(Key::parse(&hex.to_uppercase()).unwrap().0, bytes);
        let base64 = "AwsTGyMrMztDS1NbY2tze4OLk5ujq7O7w8vT2+Pr8/s=";
        assert_eq!(Key::parse(base64).unwrap().0, bytes);
        assert_eq!(Key::parse(base64.trim_end_matches('=')).unwrap().0, bytes);
        let address_form = base64.replace('+', "-").replace('/', "_");
        assert_eq!(Key::parse(&address_form).unwrap().0, bytes);
    }

    #[test]
    fn refuses_what_is_no_key_and_does_not_repeat_it() {
        for text in [
            "",
            "secret-words",
            &"g".repeat(64),
            &"0".repeat(62),
            &"A".repeat(44),
        ] {
            let error = Key::parse(text).unwrap_err();
            assert!(matches!(error, KeyError::Form));
            assert!(!format!("{error} {error:?}").contains("secret-words"));
        }
    }

    #[test]
    fn debug_prints_nothing_of_it() {
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(secret)");
    }

    #[test]
    fn makes_the_file_once_and_reads_it_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("night.key");
        let first = Key::load_or_create(&path).unwrap();
        assert_eq!(Key::load_or_create(&path).unwrap().0, first.0);
        assert_ne!(
            Key::load_or_create(&directory.path().join("b")).unwrap().0,
            first.0
        );
    }

    #[cfg(unix)]
    #[test]
    fn refuses_a_file_that_others_can_read() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("night.key");
        Key::load_or_create(&path).unwrap();
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let message = Key::load_or_create(&path).unwrap_err().to_string();
        assert!(
            message.contains("mode 640") && message.contains("chmod 600"),
            "{message}"
        );
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("nowhere").join("night.key");
        let message = Key::load_or_create(&path).unwrap_err().to_string();
        assert!(message.contains("night.key cannot be made"), "{message}");
        let path = directory.path().join("night.key");
        Key::load_or_create(&path).unwrap();
        std::fs::write(&path, "").unwrap();
        let message = Key::load_or_create(&path).unwrap_err().to_string();
        assert!(message.contains("does not hold a key"), "{message}");
    }
}

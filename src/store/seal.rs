//! Sealing of records: XChaCha20-Poly1305, a random nonce for each, bound to the table and row they stand in. Also the
//! keyed hash that stands in the database instead of anybody's id.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{ConversationKey, Key};

/// The form of a sealed record: this byte, the nonce, then what was sealed with its tag.
const FORM: u8 = 1;
const NONCE: usize = 24;
/// SHA-256 works on blocks of this many bytes.
const BLOCK: usize = 64;

/// Seals and opens records with a key derived for this purpose alone.
pub struct Sealer(XChaCha20Poly1305);

impl fmt::Debug for Sealer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sealer(secret)")
    }
}

impl Sealer {
    /// A sealer with a key derived from this one.
    #[must_use]
    pub fn new(key: &Key) -> Sealer {
        let key = key.derive("records");
        Sealer(XChaCha20Poly1305::new((&*key).into()))
    }

    /// Seals a record for this row of this table. `None` when the system gives no random bytes.
    #[must_use]
    pub fn seal(&self, table: &str, row: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).ok()?;
        let bound = bound_to(table, row);
        let payload = Payload {
            msg: plain,
            aad: &bound,
        };
        let body = self.0.encrypt(&XNonce::from(nonce), payload).ok()?;
        let mut record = Vec::with_capacity(1 + NONCE + body.len());
        record.push(FORM);
        record.extend_from_slice(&nonce);
        record.extend_from_slice(&body);
        Some(record)
    }

    /// Opens a record. `None` when it was sealed with another key, for another row, in another form, or was changed.
    #[must_use]
    pub fn open(&self, table: &str, row: &[u8], record: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (form, rest) = record.split_first()?;
        let (nonce, body) = rest.split_first_chunk::<NONCE>()?;
        if *form != FORM {
            return None;
        }
        let bound = bound_to(table, row);
        let payload = Payload {
            msg: body,
            aad: &bound,
        };
        let plain = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Zeroizing::new(plain))
    }
}

/// What a record is bound to. No table has a zero byte in its name, so two rows never give the same bytes.
fn bound_to(table: &str, row: &[u8]) -> Vec<u8> {
    [&[FORM], table.as_bytes(), &[0], row].concat()
}

/// The name of a conversation in the database: 16 bytes of a keyed hash of the platform and the place (a chat's id) on
/// it. Without the key neither can be found by trying.
#[must_use]
pub fn conversation_key(key: &Key, platform: &str, place: &str) -> ConversationKey {
    let key = key.derive("conversations");
    let hash = keyed_hash(&key, &[platform.as_bytes(), &[0], place.as_bytes()]);
    let mut short = [0; 16];
    for (to, from) in short.iter_mut().zip(hash) {
        *to = from;
    }
    ConversationKey(short)
}

/// HMAC with SHA-256 (RFC 2104) over these parts one after the other.
pub(super) fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let pad = |filler: u8| {
        let mut block = Zeroizing::new([filler; BLOCK]);
        for (to, from) in block.iter_mut().zip(key) {
            *to ^= from;
        }
        block
    };
    let mut inner = Sha256::new().chain_update(pad(0x36).as_slice());
    for part in parts {
        inner.update(part);
    }
    let outer = Sha256::new()
        .chain_update(pad(0x5c).as_slice())
        .chain_update(inner.finalize());
    outer.finalize().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&Key::from_bytes([byte; 32]))
    }

    #[test]
    fn opens_what_it_sealed_and_only_in_its_row() {
        let sealer = sealer(1);
        let record = sealer.seal("session", b"row 1", b"her words").unwrap();
        assert_eq!(
            &**sealer.open("session", b"row 1", &record).unwrap(),
            b"her words"
        );
        assert!(sealer.open("session", b"row 2", &record).is_none());
        assert!(sealer.open("inbox", b"row 1", &record).is_none());
        assert!(
            super::tests::sealer(2)
                .open("session", b"row 1", &record)
                .is_none()
        );
    }

    #[test]
    fn no_byte_can_be_changed_or_missing() {
        let sealer = sealer(1);
        let record = sealer.seal("session", b"1", b"words").unwrap();
        for place in 0..record.len() {
            let mut changed = record.clone();
            changed[place] ^= 1;
            assert!(sealer.open("session", b"1", &changed).is_none(), "byte {place}");
            assert!(
                sealer.open("session", b"1", &record[..place]).is_none(),
                "cut at {place}"
            );
        }
    }

    #[test]
    fn the_same_words_never_look_the_same() {
        let sealer = sealer(1);
        assert_ne!(sealer.seal("a", b"1", b"words"), sealer.seal("a", b"1", b"words"));
    }

    #[test]
    fn hash_is_the_published_one() {
        // RFC 4231, test case 2, with the key filled with zeros to 32 bytes, which HMAC does by itself.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let hash = keyed_hash(&key, &[b"what do ya want ", b"for nothing?"]);
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn conversations_differ_by_key_platform_and_place() {
        let key = Key::from_bytes([1; 32]);
        let one = conversation_key(&key, "telegram", "12");
        assert_eq!(one, conversation_key(&key, "telegram", "12"));
        assert_ne!(one, conversation_key(&key, "telegram", "13"));
        assert_ne!(one, conversation_key(&key, "telegram1", "2"));
        assert_ne!(one, conversation_key(&Key::from_bytes([2; 32]), "telegram", "12"));
    }
}

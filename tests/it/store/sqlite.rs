//! What only a store on a disk has to do.

use std::path::Path;

use nightease::store::{Key, SessionChange, Settlement, SqliteStore, Store, StoreError, conversation_key};
use rusqlite::Connection;

use super::{at, chat, done, keep, key, parcel, put, session, sqlite, update, words, work_with};

#[test]
fn all_is_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let store = sqlite(directory.path());
    store.accept(&[update(1, 1)], at(0)).unwrap();
    let put_session = || {
        done(
            SessionChange::Put(b"answers".to_vec()),
            vec![parcel("a1"), parcel("a2")],
        )
    };
    work_with(&store, 1, at(0), |_| put_session());
    store.accept(&[update(2, 2), update(3, 3)], at(0)).unwrap();
    work_with(&store, 1, at(0), |_| nightease::store::Handled::Failed);
    drop(store);

    let store = sqlite(directory.path());
    assert_eq!(store.accept(&[update(1, 1), update(2, 2)], at(1)).unwrap(), 0);
    let due = store.due(10, at(1), &[]).unwrap();
    assert_eq!(words(&due), ["a1"]);
    store.settle(&[(due[0].id, Settlement::Finished)], at(1)).unwrap();
    let mut tried = Vec::new();
    work_with(&store, 10, at(1), |job| {
        tried.push((job.update_id, job.failures));
        keep()
    });
    assert_eq!(tried, [(2, 1), (3, 0)]);
    assert_eq!(session(&store, 4, 1, at(1)).as_deref(), Some(&b"answers"[..]));
    drop(store);
    assert_eq!(
        words(&sqlite(directory.path()).due(10, at(1), &[]).unwrap()),
        ["a2"]
    );
}

/// A first start that broke off, and the log of a database that was deleted, are nothing to the new one.
#[test]
fn a_new_database_has_nothing_of_an_old_one() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let beside = |ending: &str| directory.path().join(format!("night.sqlite{ending}"));
    let store = sqlite(directory.path());
    store.accept(&[update(1, 1)], at(0)).unwrap();
    let log = std::fs::read(beside("-wal")).unwrap();
    assert!(!log.is_empty());
    drop(store);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(beside("-wal"), log).unwrap();
    std::fs::write(beside(".new"), "half a database").unwrap();

    let store = sqlite(directory.path());
    assert_eq!(
        store.accept(&[update(1, 1)], at(1)).unwrap(),
        1,
        "it is seen for the first time"
    );
    drop(store);
    assert!(!beside(".new").exists());
    assert_eq!(
        sqlite(directory.path()).accept(&[update(1, 1)], at(2)).unwrap(),
        0
    );
}

#[test]
fn a_second_one_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let store = sqlite(directory.path());
    let error = SqliteStore::open(&path, &key()).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    #[cfg(unix)]
    {
        let link = directory.path().join("link.sqlite");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let error = SqliteStore::open(&link, &key()).unwrap_err();
        assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    }
    drop(store);
    sqlite(directory.path());
}

#[test]
fn another_key_is_known_at_the_door() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    drop(sqlite(directory.path()));
    let error = SqliteStore::open(&path, &Key::from_bytes([1; 32])).unwrap_err();
    assert!(matches!(error, StoreError::Sealed { .. }), "{error}");
    sqlite(directory.path());
}

#[test]
fn says_in_a_sentence_why_a_file_cannot_be_used() {
    let directory = tempfile::tempdir().unwrap();
    let open = |path: &Path| SqliteStore::open(path, &key()).unwrap_err().to_string();
    let message = open(&directory.path().join("nowhere").join("night.sqlite"));
    assert!(message.contains("make the directory first"), "{message}");
    assert!(!message.contains('\n'));
    let message = open(directory.path());
    assert!(message.contains("cannot be opened for writing"), "{message}");
    let other = directory.path().join("letter.txt");
    std::fs::write(&other, "Dear reader, ".repeat(500)).unwrap();
    let message = open(&other);
    assert!(message.contains("name another file"), "{message}");
    let newer = directory.path().join("newer.sqlite");
    Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let message = open(&newer);
    assert!(message.contains("written by a newer nightease"), "{message}");
}

#[cfg(unix)]
#[test]
fn the_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let store = sqlite(directory.path());
    put(&store, 1, 1, at(0), &[parcel("a1")]);
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn no_file_holds_a_word_or_an_id() {
    let directory = tempfile::tempdir().unwrap();
    let store = sqlite(directory.path());
    let place = "8675309424242";
    let who = conversation_key(&key(), "telegram", place);
    for round in 0..3 {
        let body = format!("{{\"chat\":{{\"id\":{place}}},\"text\":\"inbox-canary\"}}");
        let row = nightease::store::RawUpdate {
            update_id: round,
            conversation: who,
            body: body.into_bytes(),
        };
        store.accept(&[row], at(0)).unwrap();
        assert_clean(directory.path(), place);
        let session = || SessionChange::Put(b"session-canary".to_vec());
        work_with(&store, 1, at(0), |_| {
            done(session(), vec![parcel("outbox-canary 8675309424242")])
        });
        assert_clean(directory.path(), place);
    }
    drop(store);
    assert_clean(directory.path(), place);
}

fn assert_clean(directory: &Path, place: &str) {
    let number: i64 = place.parse().unwrap();
    let (big, little) = (number.to_be_bytes(), number.to_le_bytes());
    let mut seen = 0;
    for entry in std::fs::read_dir(directory).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        seen += bytes.len();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(b"canary") && !holds(place.as_bytes()));
        // Numbers are stored without leading zero bytes: look for the six that matter.
        assert!(!holds(&big[2..]) && !holds(&little[..6]));
    }
    assert!(seen > 1000, "nothing was read");
}

#[test]
fn bodies_of_handled_rows_are_gone_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let store = sqlite(directory.path());
    put(&store, 1, 1, at(0), &[]);
    let reader = Connection::open(&path).unwrap();
    let count = |table: &str| -> i64 {
        let query = format!("SELECT COUNT(*) FROM {table}");
        reader.query_row(&query, (), |row| row.get(0)).unwrap()
    };
    assert_eq!((count("inbox"), count("done"), count("outbox")), (0, 1, 0));
}

#[test]
fn a_record_changed_on_the_disk_holds_nobody_up() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let store = sqlite(directory.path());
    put(&store, 1, 1, at(0), &[parcel("a1"), parcel("a2")]);
    put(&store, 2, 2, at(0), &[parcel("b1")]);
    store.accept(&[update(3, 1)], at(0)).unwrap();
    work_with(&store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![])
    });
    store.accept(&[update(4, 1), update(5, 2)], at(0)).unwrap();
    let vandal = Connection::open(&path).unwrap();
    // A record moved to another row does not open there.
    vandal
        .execute_batch(
            "UPDATE inbox SET body = (SELECT body FROM inbox WHERE update_id = 5) WHERE update_id = 4;
             UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = 3) WHERE id = 1;
             INSERT INTO session SELECT x'02020202020202020202020202020202', expires_at, look_at, body FROM session;",
        )
        .unwrap();
    let (worked, order) = work_with(&store, 10, at(0), |job| {
        assert_eq!((job.conversation, job.session), (chat(2), None));
        keep()
    });
    assert_eq!((worked.done, order), (2, vec![5]));
    assert_eq!(words(&store.due(10, at(0), &[]).unwrap()), ["a2", "b1"]);
}

#[test]
fn a_panic_in_the_handler_rolls_the_batch_back() {
    let directory = tempfile::tempdir().unwrap();
    let store = sqlite(directory.path());
    store.accept(&[update(1, 1), update(2, 2)], at(0)).unwrap();
    let panics = std::panic::AssertUnwindSafe(|| {
        let _ = store.work(10, at(0), &mut |job| {
            assert_eq!(job.update_id, 1, "on purpose");
            done(SessionChange::Keep, vec![parcel("a1")])
        });
    });
    assert!(std::panic::catch_unwind(panics).is_err());
    assert_eq!(store.due(10, at(0), &[]).unwrap().len(), 0);
    assert_eq!(work_with(&store, 10, at(0), |_| keep()).1, [1, 2]);
}

/// The sender asks where everything else waits for the network.
#[test]
fn what_the_sender_asks_does_not_wait_for_another_program() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let store = sqlite(directory.path());
    put(&store, 1, 1, at(0), &[parcel("hello")]);
    let due = store.due(9, at(0), &[]).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = std::time::Instant::now();
    let sent = [(due[0].id, Settlement::Finished)];
    assert!(store.settle(&sent, at(0)).is_err());
    assert_eq!(store.due(9, at(0), &[]).unwrap().len(), 1);
    assert_eq!(store.next_due(at(0)).unwrap(), None);
    assert!(begun.elapsed() < std::time::Duration::from_secs(2));
    other.execute_batch("ROLLBACK").unwrap();
    store.settle(&sent, at(0)).unwrap();
    assert!(store.due(9, at(0), &[]).unwrap().is_empty());
}

//! `nightease key rotate`: a new key, the same conversations.

use std::fs;
use std::path::Path;

use nightease::store::{Key, SessionChange, SqliteStore, Store, StoreError};

use crate::fake_telegram::FakeTelegram;
use crate::process::{Process, nightease, refusal, serve};
use crate::store::{at, done, keep, parcel, put, session, sqlite, update, work_with};

#[test]
fn every_record_opens_with_the_new_key_and_none_with_the_old() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("night.sqlite");
    let store = sqlite(directory.path());
    let names = store.names().clone();
    put(&store, 1, 1, at(0), &[parcel("a1")]);
    store.accept(&[update(2, 1)], at(0)).unwrap();
    work_with(&store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![])
    });
    store.accept(&[update(3, 2)], at(0)).unwrap();
    let new = Key::from_bytes([3; 32]);
    assert_eq!(store.seal_anew(&new).unwrap(), 3);
    let error = SqliteStore::open(&path, &crate::store::key()).unwrap_err();
    assert!(matches!(error, StoreError::Sealed { .. }), "{error}");
    let store = SqliteStore::open(&path, &new).unwrap();
    assert_eq!(store.due(9, at(1), &[]).unwrap()[0].body, b"a1");
    let (_, order) = work_with(&store, 9, at(1), |job| {
        assert_eq!(job.body, b"update 3");
        keep()
    });
    assert_eq!(order, [3]);
    assert_eq!(session(&store, 4, 1, at(1)).as_deref(), Some(&b"answers"[..]));
    let same = |one: &Key, other: &Key| {
        let name = |key| nightease::store::conversation_key(key, "telegram", "5");
        name(one) == name(other)
    };
    assert!(same(&names, store.names()));
}

async fn rotate(folder: &Path) -> (Option<i32>, Vec<String>) {
    let mut command = nightease(folder);
    command.args(["key", "rotate"]);
    refusal(command, folder).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_goes_on_where_she_was_after_a_change_of_keys() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("nightease.key");
    // Nothing to change yet.
    let (code, said) = rotate(folder.path()).await;
    assert_eq!(code, Some(1));
    assert!(said[0].contains("nightease.key is not there"), "{said:?}");
    let her = telegram.user(7);
    let mut process = Process::start(serve(folder.path(), &telegram), folder.path());
    her.send_text("/start legs");
    her.wait("the first list", |chat| {
        !chat.of_bot().is_empty() && !chat.last().rows.is_empty()
    })
    .await;
    let before = fs::read_to_string(&key).unwrap();
    // Not while the bot runs.
    let (code, said) = rotate(folder.path()).await;
    assert_eq!(code, Some(1));
    assert!(said[0].contains("in use by another"), "{said:?}");
    assert_eq!(fs::read_to_string(&key).unwrap(), before);
    process.signal("TERM");
    process.end().await;
    assert_eq!(rotate(folder.path()).await.0, Some(0));
    assert_ne!(fs::read_to_string(&key).unwrap(), before);
    assert!(!folder.path().join("nightease.key.new").exists());
    let _again = Process::start(serve(folder.path(), &telegram), folder.path());
    her.tap("None of these");
    her.wait("the next question", |chat| {
        chat.last().text.contains("Where are you now?")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_that_was_cut_off_is_finished_by_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let old = Key::load_or_create(&path("nightease.key")).unwrap();
    let store = SqliteStore::open(&path("nightease.sqlite"), &old).unwrap();
    put(&store, 1, 1, at(0), &[parcel("a1")]);
    // It died between the commit and the new name of the key file.
    let new = Key::load_or_create(&path("nightease.key.new")).unwrap();
    store.seal_anew(&new).unwrap();
    assert_eq!(rotate(directory.path()).await.0, Some(0));
    let key = Key::load_or_create(&path("nightease.key")).unwrap();
    let store = SqliteStore::open(&path("nightease.sqlite"), &key).unwrap();
    assert_eq!(store.due(9, at(1), &[]).unwrap()[0].body, b"a1");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_start_makes_a_key_for_its_owner_alone_and_says_to_move_it() {
    use std::os::unix::fs::PermissionsExt;
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("nightease.key");
    let mut process = Process::start(serve(folder.path(), &telegram), folder.path());
    process.logs("listening").await;
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let log = process.log();
    assert!(log.contains("made a new key in nightease.key: move it"), "{log}");
    assert!(!log.contains(fs::read_to_string(&key).unwrap().trim()), "{log}");
    process.kill();
    // Said once.
    let mut again = Process::start(serve(folder.path(), &telegram), folder.path());
    telegram
        .wait("a second first poll", |telegram| {
            telegram.requests_of("getme").len() >= 2
        })
        .await;
    assert_eq!(again.log().matches("made a new key").count(), 1);
    again.kill();
    // A key that others can read is refused.
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (code, said) = refusal(serve(folder.path(), &telegram), folder.path()).await;
    assert_ne!(code, Some(0), "{said:?}");
    assert!(said.join(" ").contains("nightease.key"), "{said:?}");
}

//! When a commit is on the disk. SQLite could wait for the disk inside each commit (`synchronous=FULL`); then nobody could
//! read or commit for as long, and her answer would wait for the disk too. So SQLite only writes its log (`NORMAL`), and the
//! log is brought to the disk here, which is all that `FULL` does beyond that. Who takes updates waits for it before they
//! are confirmed; an answer does not wait. If the power goes in between, her update is brought again, finds everything as
//! it was, and is answered again.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::super::StoreError;
use super::open::{real_name, unusable, with_ending};

/// One commit. They are numbered in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Commit(u64);

/// SQLite's write-ahead log.
pub(super) struct Log {
    disk: Mutex<Disk>,
    /// How many commits there were.
    commits: AtomicU64,
}

struct Disk {
    file: File,
    /// All commits up to this one are on the disk.
    durable: u64,
    /// The disk failed once. The system reports that once, and may drop what it could not write: what is in the log is
    /// not to be trusted until all of it was copied into the database.
    doubtful: bool,
}

impl Log {
    /// The log of the database at this path, which must be open. What is in it is brought to the disk: a program that was
    /// killed may not have done so.
    pub(super) fn open(path: &Path) -> Result<Log, StoreError> {
        let beside = with_ending(&real_name(path), "-wal");
        let failed = |error: io::Error| unusable(path, &beside, &error);
        let file = File::open(&beside).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > 0 {
            file.sync_data().map_err(failed)?;
        }
        Ok(Log::of(file))
    }

    fn of(file: File) -> Log {
        Log {
            disk: Mutex::new(Disk {
                file,
                durable: 0,
                doubtful: false,
            }),
            commits: AtomicU64::new(0),
        }
    }

    /// Something was committed.
    pub(super) fn committed(&self) -> Commit {
        Commit(self.commits.fetch_add(1, Ordering::SeqCst) + 1)
    }

    /// Waits until a commit is on the disk, and with it all before it. `copy` copies the log into the database, and
    /// waits for that.
    pub(super) fn on_disk(
        &self,
        commit: Commit,
        copy: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), io::Error> {
        let mut disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        if disk.durable >= commit.0 {
            return Ok(());
        }
        // What is committed from here on may miss the disk this time.
        let newest = self.commits.load(Ordering::SeqCst);
        if disk.doubtful {
            copy().map_err(io::Error::other)?;
            disk.doubtful = false;
        } else if let Err(error) = disk.file.sync_data() {
            disk.doubtful = true;
            return Err(error);
        }
        disk.durable = newest;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use std::cell::Cell;

    use jiff::Timestamp;

    use super::super::super::{
        ConversationKey, Handled, Job, Key, NewParcel, Parcel, RawUpdate, SessionChange, SqliteStore, Store,
    };
    use super::*;

    #[test]
    fn an_answer_leaves_once_it_is_committed_and_its_update_is_taken_once_it_is_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("night.sqlite");
        let store = SqliteStore::open(&path, &Key::from_bytes([7; 32])).unwrap();
        let update = RawUpdate {
            update_id: 1,
            conversation: ConversationKey([1; 16]),
            body: Vec::new(),
        };
        let mut answer = |_: Job<'_>| Handled::Done {
            session: SessionChange::Keep,
            parcels: vec![NewParcel {
                body: b"answer".to_vec(),
                urgent: false,
                public: false,
            }],
        };
        let now = Timestamp::UNIX_EPOCH;
        let on_disk = || {
            let commits = store.log.commits.load(Ordering::SeqCst);
            store.log.disk.lock().unwrap().durable == commits
        };
        let mut left = 0;
        let mut leave = |parcels: Vec<Parcel>| {
            left += parcels.len();
            assert!(!on_disk());
            // Nothing is locked meanwhile, and it is committed.
            assert_eq!(store.due(9, now, &[]).unwrap().len(), 1);
        };
        let taken = store.take(&[update], now, &mut answer, &mut leave).unwrap();
        assert_eq!((left, taken.worked.parcels, on_disk()), (1, 1, true));
        drop(store);
        let store = SqliteStore::open(&path, &Key::from_bytes([7; 32])).unwrap();
        assert_eq!(store.due(9, now, &[]).unwrap().len(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn after_a_failure_the_log_is_copied_before_anything_counts() {
        // Which cannot be brought to any disk.
        let log = Log::of(File::open("/dev/null").unwrap());
        let (first, copies) = (log.committed(), Cell::new(0));
        let copy = |succeeds: bool| {
            copies.set(copies.get() + 1);
            let what = "busy".to_owned();
            let path = String::new();
            succeeds.then_some(()).ok_or(StoreError::Database { path, what })
        };
        assert!(log.on_disk(first, || copy(true)).is_err());
        assert_eq!(copies.get(), 0);
        assert!(log.on_disk(first, || copy(false)).is_err());
        assert_eq!(copies.get(), 1);
        let second = log.committed();
        log.on_disk(second, || copy(true)).unwrap();
        assert_eq!(copies.get(), 2);
        // It went with the second.
        log.on_disk(first, || copy(false)).unwrap();
        assert_eq!(copies.get(), 2);
    }
}

//! A change of the database: one transaction, its commit, and the wait until that is on the disk.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::super::StoreError;
use super::log::Commit;
use super::open::PATIENCE;
use super::{Book, Desk, Fault, SqliteStore};

impl SqliteStore {
    /// Runs it in one transaction, and commits unless it fails or panics. The commit is on the disk before it counts; while
    /// that is waited for, others may read and commit.
    pub(super) fn write<T>(
        &self,
        job: impl FnOnce(&mut Desk<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let (result, commit) = self.commit(PATIENCE, job)?;
        self.on_disk(commit)?;
        Ok(result)
    }

    /// As [`SqliteStore::write`], but the commit is on the disk with the next that is written. `patience` is how
    /// long another program may hold the database.
    pub(super) fn commit<T>(
        &self,
        patience: Duration,
        job: impl FnOnce(&mut Desk<'_>) -> Result<T, Fault>,
    ) -> Result<(T, Commit), StoreError> {
        let mut book = self.book()?;
        book.stale = true;
        let Book {
            connection, lists, ..
        } = &mut *book;
        let run = || {
            connection.busy_timeout(patience)?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let last_parcel = lists.last_parcel;
            let mut desk = Desk {
                connection: &transaction,
                sealer: &self.sealer,
                lists,
            };
            let result = job(&mut desk)?;
            if desk.lists.last_parcel != last_parcel {
                desk.keep_last_parcel()?;
            }
            transaction.commit()?;
            Ok(result)
        };
        let result = run().map_err(|fault| self.error(fault))?;
        book.stale = false;
        let commit = self.log.committed();
        Ok((result, commit))
    }

    /// Waits until this commit is on the disk, and with it all before it.
    pub(super) fn on_disk(&self, commit: Commit) -> Result<(), StoreError> {
        self.log
            .on_disk(commit, || self.copy_log())
            .map_err(|error| StoreError::Database {
                path: self.path.clone(),
                what: format!("what was written is not on the disk ({error}): look after the disk"),
            })
    }

    /// Copies the write-ahead log into the file and empties it: it holds, sealed, what was deleted since. Not done
    /// while somebody reads (a backup), and then the next sweep does it.
    pub(super) fn empty_log(&self) -> Result<(), StoreError> {
        let book = self.book()?;
        let empty = || {
            book.connection.busy_timeout(Duration::ZERO)?;
            checkpoint(&book.connection)
        };
        empty().map(|_| ()).map_err(|error| self.error(error.into()))
    }

    /// Copies all of the write-ahead log into the file, and waits until it is on the disk.
    fn copy_log(&self) -> Result<(), StoreError> {
        let book = self.book()?;
        let copy = || {
            book.connection.busy_timeout(PATIENCE)?;
            checkpoint(&book.connection)
        };
        if copy().map_err(|error| self.error(error.into()))? {
            return Ok(());
        }
        Err(StoreError::Database {
            path: self.path.clone(),
            what: "another program reads it".to_owned(),
        })
    }
}

/// Copies the write-ahead log into the file and empties it. False while somebody reads it: then it is not done.
fn checkpoint(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| {
        Ok(!row.get::<_, bool>(0)?)
    })
}

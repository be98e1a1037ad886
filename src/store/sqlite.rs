//! The store in one SQLite file: nothing to install, one writer, every commit on the disk before it counts (`log`). Bodies
//! are sealed; what stands in the clear is update ids, keyed hashes of conversations, and times. What waits is also listed
//! in memory (`lists`), so that the tables are only written to, and read by their first key.

mod begin;
mod commit;
mod inbox;
mod lists;
mod log;
mod open;
mod outbox;
mod rotate;

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use self::lists::Lists;
use self::log::Log;
use self::open::{PATIENCE, SHORT_PATIENCE};
use super::seal::Sealer;
use super::{
    ConversationKey, Handled, Job, Key, Parcel, ParcelId, RawUpdate, SessionChange, Settlement, Store,
    StoreError, Taken, Waiting, Worked,
};

/// Room for one update and what it is answered with, in bytes: three messages, sealed.
const ANSWER: i64 = 8 * 1024;

/// A store in one SQLite file.
pub struct SqliteStore {
    path: String,
    sealer: Sealer,
    names: Key,
    book: Mutex<Book>,
    log: Log,
    /// The most pages the database may have, if that was said; else 0.
    most_pages: AtomicI64,
    /// Locked for as long as the store lives, so that a second process keeps its hands off.
    _lock: File,
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SqliteStore({})", self.path)
    }
}

/// The place of a database that nobody else may open now. Nothing is in it yet that was not there before.
#[derive(Debug)]
pub struct Reserved {
    path: PathBuf,
    lock: File,
}

impl Reserved {
    /// Takes the place.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when the database is open already, [`StoreError::Database`] when it cannot be written to.
    pub fn take(path: &Path) -> Result<Reserved, StoreError> {
        let lock = open::lock(path)?;
        Ok(Reserved {
            path: path.to_owned(),
            lock,
        })
    }

    /// Opens the database there, as [`SqliteStore::open`] does.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn open(self, key: &Key) -> Result<SqliteStore, StoreError> {
        SqliteStore::open_locked(&self.path, self.lock, key)
    }
}

/// The tables, and the lists of what waits in them.
struct Book {
    connection: Connection,
    lists: Lists,
    /// The lists have to be read anew: a transaction is under way, or came to nothing.
    stale: bool,
}

/// What can go wrong inside; becomes a [`StoreError`] once the path is put to it.
enum Fault {
    Sql(rusqlite::Error),
    Random,
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Sql(error)
    }
}

/// One piece of work on the database: inside a transaction, or only reading.
struct Desk<'a> {
    connection: &'a Connection,
    sealer: &'a Sealer,
    lists: &'a mut Lists,
}

impl SqliteStore {
    /// Opens the database, makes it when there is none, and brings it to the present form. Keeps it from being opened
    /// a second time for as long as the store lives.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it is open already, [`StoreError::Sealed`] when it was begun with another key,
    /// [`StoreError::Database`] when the file can be neither read nor made, or is of a newer form.
    pub fn open(path: &Path, key: &Key) -> Result<SqliteStore, StoreError> {
        Reserved::take(path)?.open(key)
    }

    fn open_locked(path: &Path, lock: File, key: &Key) -> Result<SqliteStore, StoreError> {
        let sealer = Sealer::new(key);
        begin::begin(path, &sealer)?;
        let connection = open::connect(path, &sealer)?;
        let log = Log::open(path)?;
        let path = path.display().to_string();
        let names = open::names(&connection, &sealer).map_err(|fault| explain(&path, fault))?;
        Ok(SqliteStore {
            log,
            path,
            sealer,
            names,
            book: Mutex::new(Book {
                connection,
                lists: Lists::default(),
                stale: true,
            }),
            most_pages: AtomicI64::new(0),
            _lock: lock,
        })
    }

    /// Lets the database grow to so many MiB, and no further: then what comes stays where it is until there is room. It
    /// is never made smaller than it is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn keep_within(&self, megabytes: u32) -> Result<(), StoreError> {
        let book = self.book()?;
        let connection = &book.connection;
        let set = || {
            let page: i64 = connection.query_row("PRAGMA page_size", (), |row| row.get(0))?;
            let pages = i64::from(megabytes) * 1024 * 1024 / page.max(1);
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), (), |row| row.get(0))
        };
        let pages = set().map_err(|error| self.error(error.into()))?;
        self.most_pages.store(pages, Ordering::Relaxed);
        Ok(())
    }

    /// Is there room for so many updates and the answers to them, and to those that wait? What is taken in without would
    /// stand in its own way.
    fn has_room(&self, updates: usize) -> Result<(), StoreError> {
        let most = self.most_pages.load(Ordering::Relaxed);
        if most == 0 {
            return Ok(());
        }
        let (used, page, waiting) = self.read(|desk| {
            let number = |pragma: &str| -> rusqlite::Result<i64> {
                desk.connection.query_row(pragma, (), |row| row.get(0))
            };
            let used = number("PRAGMA page_count")? - number("PRAGMA freelist_count")?;
            Ok((used, number("PRAGMA page_size")?, desk.lists.inbox.waiting().0))
        })?;
        let free = (most - used).max(0) * page;
        let needed = i64::try_from(updates + waiting)
            .unwrap_or(i64::MAX)
            .saturating_mul(ANSWER);
        if free >= needed {
            return Ok(());
        }
        Err(StoreError::Database {
            path: self.path.clone(),
            what: "it is nearly full: what comes has to wait until messages have left; NIGHTEASE_DATABASE_MEGABYTES \
                   gives it more room"
                .to_owned(),
        })
    }

    /// The secret behind the names of conversations. It stays when the key is changed.
    #[must_use]
    pub fn names(&self) -> &Key {
        &self.names
    }

    /// The book, with lists that are true. A panic while the lock was held left no half-done work: its transaction was
    /// rolled back when it was dropped.
    fn book(&self) -> Result<MutexGuard<'_, Book>, StoreError> {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        if book.stale {
            book.lists = Lists::read(&book.connection).map_err(|error| self.error(error.into()))?;
            book.stale = false;
        }
        Ok(book)
    }

    fn work_off(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError> {
        let mut worked = Worked::default();
        if limit == 0 {
            return Ok(worked);
        }
        if let Some(row) = self.read(|desk| Ok(desk.lists.inbox.oldest_failed()))? {
            self.write(|desk| desk.work(&[row], now, handle, &mut worked))?;
        }
        let left = limit - worked.done - worked.failed;
        let rows = self.read(|desk| Ok(desk.lists.inbox.next_rows(left)))?;
        if rows.is_empty() {
            return Ok(worked);
        }
        let mut batch = Worked::default();
        self.write(|desk| desk.work(&rows, now, handle, &mut batch))?;
        Ok(Worked {
            done: worked.done + batch.done,
            failed: worked.failed + batch.failed,
            parcels: worked.parcels + batch.parcels,
        })
    }

    /// Empties the log afterwards, if something was wiped.
    fn and_empty<T>(
        &self,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        job: impl FnOnce(&mut dyn FnMut(Job<'_>) -> Handled) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut wiped = false;
        let done = job(&mut |job| {
            let handled = handle(job);
            let session = match &handled {
                Handled::Done { session, .. } => Some(session),
                Handled::Failed => None,
            };
            wiped |= session == Some(&SessionChange::Wipe);
            handled
        })?;
        if wiped {
            // What was asked for is done; this failing is no reason to do it again.
            let _ = self.empty_log();
        }
        Ok(done)
    }

    fn read<T>(&self, job: impl FnOnce(&Desk<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        let mut book = self.book()?;
        let Book {
            connection, lists, ..
        } = &mut *book;
        let desk = Desk {
            connection,
            sealer: &self.sealer,
            lists,
        };
        job(&desk).map_err(|fault| self.error(fault))
    }

    fn error(&self, fault: Fault) -> StoreError {
        explain(&self.path, fault)
    }
}

fn explain(path: &str, fault: Fault) -> StoreError {
    let what = match fault {
        Fault::Sql(error) => open::explain(&error),
        Fault::Random => "the system gave no random bytes to seal a record with".to_owned(),
    };
    StoreError::Database {
        path: path.to_owned(),
        what,
    }
}

impl Desk<'_> {
    fn seal(&self, table: &str, row: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        self.sealer.seal(table, row, plain).ok_or(Fault::Random)
    }

    fn run(&self, statement: &str, parameters: impl rusqlite::Params) -> Result<usize, Fault> {
        Ok(self.connection.prepare_cached(statement)?.execute(parameters)?)
    }

    fn forget(&mut self, conversation: ConversationKey) -> Result<(), Fault> {
        for update_id in self.lists.inbox.of(conversation) {
            self.run(
                "INSERT OR REPLACE INTO done (update_id, done_at)
                 SELECT update_id, received_at FROM inbox WHERE update_id = ?1",
                params![update_id],
            )?;
            self.run("DELETE FROM inbox WHERE update_id = ?1", params![update_id])?;
        }
        self.lists.inbox.remove_all(conversation);
        self.delete_session(conversation)?;
        self.delete_unsent(conversation)
    }

    /// Deletes what has expired. A session is looked at when it would have expired if nothing had been written to it
    /// since it was last looked at, so that writing to it changes no index.
    fn sweep(&self, now: Timestamp) -> Result<usize, Fault> {
        let at = now.as_millisecond();
        let sessions = self.run(
            "DELETE FROM session WHERE look_at <= ?1 AND expires_at <= ?1",
            params![at],
        )?;
        self.run(
            "UPDATE session SET look_at = expires_at WHERE look_at <= ?1",
            params![at],
        )?;
        let limit = inbox::done_limit(now);
        let done = self.run("DELETE FROM done WHERE done_at <= ?1", params![limit])?;
        Ok(sessions + done)
    }

    fn waiting(&self) -> Waiting {
        let (inbox, oldest) = self.lists.inbox.waiting();
        Waiting {
            inbox,
            outbox: self.lists.outbox.len(),
            oldest: oldest.map(moment),
        }
    }
}

/// What a record of the inbox or the outbox is bound to.
fn bound(id: i64, conversation: ConversationKey) -> Vec<u8> {
    [&id.to_be_bytes()[..], &conversation.0].concat()
}

/// Milliseconds as they stand in the database. What is out of range was not written by this program; it counts as long
/// ago.
fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Store for SqliteStore {
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError> {
        if updates.is_empty() {
            return Ok(0);
        }
        self.has_room(updates.len())?;
        self.write(|desk| desk.accept(updates, now))
    }

    fn take(
        &self,
        updates: &[RawUpdate],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        leave: &mut dyn FnMut(Vec<Parcel>),
    ) -> Result<Taken, StoreError> {
        if updates.is_empty() {
            return Ok(Taken::default());
        }
        self.has_room(updates.len())?;
        self.and_empty(handle, |handle| {
            let ((taken, at_once), commit) = self.commit(PATIENCE, |desk| desk.take(updates, now, handle))?;
            if !at_once.is_empty() {
                leave(at_once);
            }
            self.on_disk(commit)?;
            Ok(taken)
        })
    }

    fn work(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError> {
        self.and_empty(handle, |handle| self.work_off(limit, now, handle))
    }

    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Result<Vec<Parcel>, StoreError> {
        let (parcels, unreadable) = self.read(|desk| desk.due(limit, now, busy))?;
        if unreadable.is_empty() {
            return Ok(parcels);
        }
        // Kept, they would hold up their conversations for good.
        let settled: Vec<_> = unreadable
            .into_iter()
            .map(|id| (id, Settlement::Finished))
            .collect();
        tracing::error!(
            records = settled.len(),
            database = self.path,
            "messages in the outbox did not open (changed on the disk?) and were left out"
        );
        self.settle(&settled, now)?;
        self.read(|desk| desk.due(limit, now, busy))
            .map(|(parcels, _)| parcels)
    }

    fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let next = self.read(|desk| Ok(desk.lists.outbox.next_due(now.as_millisecond())))?;
        Ok(next.map(moment))
    }

    fn settle(&self, settled: &[(ParcelId, Settlement)], _now: Timestamp) -> Result<(), StoreError> {
        if settled.is_empty() {
            return Ok(());
        }
        // A program that is killed loses nothing of it; it is on the disk with the next commit of another kind. If the
        // power goes in between, a message comes twice, as it does when it goes just before.
        self.commit(SHORT_PATIENCE, |desk| {
            settled
                .iter()
                .try_for_each(|(id, settlement)| desk.settle(*id, *settlement))
        })?;
        if settled
            .iter()
            .any(|(_, settlement)| *settlement == Settlement::ChatGone)
        {
            // The chat is forgotten; this failing is no reason to settle again.
            let _ = self.empty_log();
        }
        Ok(())
    }

    fn forget(&self, conversation: ConversationKey) -> Result<(), StoreError> {
        self.write(|desk| desk.forget(conversation))
    }

    fn sweep(&self, now: Timestamp) -> Result<usize, StoreError> {
        let swept = self.write(|desk| desk.sweep(now))?;
        self.empty_log()?;
        Ok(swept)
    }

    fn waiting(&self) -> Result<Waiting, StoreError> {
        self.read(|desk| Ok(desk.waiting()))
    }
}

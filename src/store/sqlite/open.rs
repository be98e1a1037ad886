//! Opening the database: the lock, the settings, the form of the tables.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params};

use super::super::seal::Sealer;
use super::super::{ConversationKey, Key, StoreError};
use super::Fault;
use super::lists::{Lists, Row, Unsent};

/// One step for each form the tables have had; the database counts in `user_version` how many it has seen. Never
/// change one that was released: add another.
const MIGRATIONS: &[&str] = &["
    -- Holds one sealed record, so that a wrong key is known at the door.
    CREATE TABLE mark (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        body BLOB NOT NULL
    ) STRICT;

    -- `head` is 1 for the first row of a conversation and 0 for those behind it. So a fair batch is found without
    -- reading the whole inbox, however long it has grown.
    CREATE TABLE inbox (
        update_id INTEGER PRIMARY KEY,
        conversation BLOB NOT NULL,
        body BLOB NOT NULL,
        received_at INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        head INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX inbox_by_conversation ON inbox (conversation, update_id, failures);
    CREATE INDEX inbox_heads ON inbox (update_id, conversation) WHERE head = 1 AND failures = 0;
    CREATE INDEX inbox_failed_heads ON inbox (update_id) WHERE head = 1 AND failures > 0;

    CREATE TABLE done (
        update_id INTEGER PRIMARY KEY,
        done_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX done_by_age ON done (done_at);

    CREATE TABLE session (
        conversation BLOB PRIMARY KEY,
        body BLOB NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_by_age ON session (expires_at);

    -- `head` is null but for the first unsent message of a conversation; there it says whether an urgent one waits
    -- in that conversation. So the next message is found without reading those behind it.
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation BLOB NOT NULL,
        body BLOB NOT NULL,
        urgent INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        head INTEGER
    ) STRICT;
    CREATE INDEX outbox_by_conversation ON outbox (conversation, id);
    CREATE INDEX outbox_urgent ON outbox (conversation) WHERE urgent = 1;
    CREATE INDEX outbox_heads ON outbox (head DESC, id) WHERE head IS NOT NULL;
    CREATE INDEX outbox_times ON outbox (due_at) WHERE head IS NOT NULL;
", "
    -- What waits is listed in memory, so the tables need no indexes, and nothing to say which row is first.
    DROP INDEX inbox_by_conversation;
    DROP INDEX inbox_heads;
    DROP INDEX inbox_failed_heads;
    ALTER TABLE inbox DROP COLUMN head;

    -- The id that was given to a message last, so that none is given twice.
    CREATE TABLE counter (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        last_parcel INTEGER NOT NULL
    ) STRICT;
    INSERT INTO counter SELECT 1, ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0);
    CREATE TABLE unsent (
        id INTEGER PRIMARY KEY,
        conversation BLOB NOT NULL,
        body BLOB NOT NULL,
        urgent INTEGER NOT NULL,
        public INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO unsent SELECT id, conversation, body, urgent, 0, due_at, failures FROM outbox;
    DROP TABLE outbox;
    ALTER TABLE unsent RENAME TO outbox;

    -- `look_at` is when the session would have expired if nothing had been written to it since it was last looked at.
    CREATE TABLE kept (
        conversation BLOB PRIMARY KEY,
        expires_at INTEGER NOT NULL,
        look_at INTEGER NOT NULL,
        body BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO kept SELECT conversation, expires_at, expires_at, body FROM session;
    DROP TABLE session;
    ALTER TABLE kept RENAME TO session;
    CREATE INDEX session_by_look ON session (look_at);

    -- The sealed secret behind the names of conversations. It stays when the key is changed.
    CREATE TABLE names (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        body BLOB NOT NULL
    ) STRICT;
"];

/// A backup tool that reads may hold a lock for a moment.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// As long, where others wait for whoever waits; then it is tried again later.
pub(super) const SHORT_PATIENCE: Duration = Duration::from_millis(50);

const MARK: &[u8] = b"nightease";
/// How long the lock of another program is waited for.
const LOCK_PATIENCE: Duration = Duration::from_millis(500);
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Takes the lock beside the database, or says who has it.
pub(super) fn lock(path: &Path) -> Result<File, StoreError> {
    // The file itself first: made here, it is its owner's alone, and the files SQLite puts beside it get the same
    // mode. It also turns "read only" into an error now, which SQLite would report with the first update.
    drop(open_for_writing(path).map_err(|error| unusable(path, path, &error))?);
    // By its real name, so that a link to the same file meets the same lock.
    let lock_path = with_ending(&real_name(path), ".lock");
    let file = open_for_writing(&lock_path).map_err(|error| unusable(path, &lock_path, &error))?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            // One that ends at this moment may still have it.
            Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_PATIENCE => {
                std::thread::sleep(LOCK_PAUSE)
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::Busy {
                    path: path.display().to_string(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(unusable(path, &lock_path, &error)),
        }
    }
}

pub(super) fn real_name(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A file beside another, by its name and something more.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn open_for_writing(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(super) fn unusable(database: &Path, path: &Path, error: &std::io::Error) -> StoreError {
    let cure = match error.kind() {
        ErrorKind::NotFound => "make the directory first, or name another place",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "give the account that runs nightease the right to write there, or name another place"
        }
        _ => "name a place for the database that can be written to",
    };
    StoreError::Database {
        path: database.display().to_string(),
        what: format!(
            "{} cannot be opened for writing ({error}): {cure}",
            path.display()
        ),
    }
}

/// What SQLite said of the database at this path.
pub(super) fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + Copy {
    move |error| StoreError::Database {
        path: path.display().to_string(),
        what: explain(&error),
    }
}

/// Opens the database, brings its tables to the present form, and tries the key on it.
pub(super) fn connect(path: &Path, sealer: &Sealer) -> Result<Connection, StoreError> {
    let sql = failed(path);
    // A full path is always a file to SQLite; `:memory:` and `file:…` would not be.
    let mut connection = Connection::open(real_name(path)).map_err(sql)?;
    settings(&connection).map_err(sql)?;
    bring_up(&mut connection, path, sealer)?;
    Ok(connection)
}

/// Brings the tables to the present form, and tries the key on them.
pub(super) fn bring_up(connection: &mut Connection, path: &Path, sealer: &Sealer) -> Result<(), StoreError> {
    let sql = failed(path);
    let form: usize = connection
        .query_row("PRAGMA user_version", (), |row| row.get::<_, i64>(0))
        .map(|form| usize::try_from(form).unwrap_or(usize::MAX))
        .map_err(sql)?;
    if form > MIGRATIONS.len() {
        return Err(StoreError::Database {
            path: path.display().to_string(),
            what: format!(
                "it was written by a newer nightease (form {form}; this one knows {}): run that one, or start with a \
                 database of its own",
                MIGRATIONS.len()
            ),
        });
    }
    for (number, step) in (1..).zip(MIGRATIONS).skip(form) {
        migrate(connection, number, step).map_err(sql)?;
    }
    if check_mark(connection, sealer).map_err(sql)? {
        Ok(())
    } else {
        Err(StoreError::Sealed {
            path: path.display().to_string(),
        })
    }
}

impl Lists {
    /// Reads what waits.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Lists> {
        let mut lists = Lists {
            last_parcel: connection.query_row("SELECT last_parcel FROM counter", (), |row| row.get(0))?,
            ..Lists::default()
        };
        let query = "SELECT conversation, update_id, received_at, failures FROM inbox ORDER BY update_id";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let waiting = Row {
                update_id: row.get(1)?,
                received_at: row.get(2)?,
                failures: row.get(3)?,
            };
            lists.inbox.insert(ConversationKey(row.get(0)?), waiting);
        }
        let query = "SELECT conversation, id, due_at, failures, urgent, public FROM outbox ORDER BY id";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            let unsent = Unsent {
                id: row.get(1)?,
                due_at: row.get(2)?,
                failures: row.get(3)?,
                urgent: row.get(4)?,
                public: row.get(5)?,
            };
            lists.outbox.push(ConversationKey(row.get(0)?), unsent);
        }
        Ok(lists)
    }
}

/// What SQLite waits for: `NORMAL` for the disk where the order of writing matters, `OFF` for nothing.
pub(super) fn synchronous(connection: &Connection, level: &str) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", level)
}

fn settings(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Commits are brought to the disk by `Log`.
    synchronous(connection, "NORMAL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // 32 MiB of pages in memory, and 64 in the log before they are copied into the database: with the few that SQLite takes
    // by default, every batch of a backlog would read and copy the same pages again, and nobody is answered meanwhile.
    connection.pragma_update(None, "cache_size", -32 * 1024)?;
    connection.pragma_update(None, "wal_autocheckpoint", 16 * 1024)?;
    // The write-ahead log is cut back to this many bytes after a burst.
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn migrate(connection: &mut Connection, number: i64, step: &str) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(step)?;
    transaction.pragma_update(None, "user_version", number)?;
    transaction.commit()
}

/// Is this the key that the database was begun with? A new database gets its mark here.
fn check_mark(connection: &mut Connection, sealer: &Sealer) -> rusqlite::Result<bool> {
    let transaction: Transaction<'_> =
        connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let record: Option<Vec<u8>> = transaction
        .query_row("SELECT body FROM mark WHERE id = 1", (), |row| row.get(0))
        .optional()?;
    if let Some(record) = record {
        return Ok(sealer.open("mark", &[], &record).is_some());
    }
    let marked = put_mark(&transaction, sealer).is_ok();
    transaction.commit()?;
    Ok(marked)
}

/// Puts the mark of a key into the database.
pub(super) fn put_mark(connection: &Connection, sealer: &Sealer) -> Result<(), Fault> {
    let record = sealer.seal("mark", &[], MARK).ok_or(Fault::Random)?;
    let put = "INSERT OR REPLACE INTO mark (id, body) VALUES (1, ?1)";
    connection.execute(put, params![record])?;
    Ok(())
}

/// The secret behind the names of conversations; a new database gets one here.
pub(super) fn names(connection: &Connection, sealer: &Sealer) -> Result<Key, Fault> {
    let record: Option<Vec<u8>> = connection
        .query_row("SELECT body FROM names WHERE id = 1", (), |row| row.get(0))
        .optional()?;
    let opened = record.and_then(|record| sealer.open("names", &[], &record));
    if let Some(bytes) = opened.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok()) {
        return Ok(Key::from_bytes(bytes));
    }
    let names = Key::generate().map_err(|_| Fault::Random)?;
    put_names(connection, sealer, &names)?;
    Ok(names)
}

/// Puts the secret behind the names into the database.
pub(super) fn put_names(connection: &Connection, sealer: &Sealer, names: &Key) -> Result<(), Fault> {
    let record = sealer.seal("names", &[], names.bytes()).ok_or(Fault::Random)?;
    let put = "INSERT OR REPLACE INTO names (id, body) VALUES (1, ?1)";
    connection.execute(put, params![record])?;
    Ok(())
}

/// What SQLite said, with the way out where there is a known one.
pub(super) fn explain(error: &rusqlite::Error) -> String {
    let cure = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => ": make room on the disk",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            ": give the account that runs nightease the right to write there"
        }
        Some(ErrorCode::NotADatabase) => ": name another file, or move this one away",
        Some(ErrorCode::DatabaseCorrupt) => ": stop, and put a backup in its place",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ": another program holds it (a backup, a database browser)"
        }
        _ => "",
    };
    format!("{error}{cure}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    #[test]
    fn the_log_is_written_in_order_and_a_deletion_is_real() {
        let directory = tempfile::tempdir().unwrap();
        let connection = Connection::open(directory.path().join("night.sqlite")).unwrap();
        settings(&connection).unwrap();
        let number = |pragma: &str| -> i64 {
            connection
                .query_row(&format!("PRAGMA {pragma}"), (), |row| row.get(0))
                .unwrap()
        };
        let mode: String = connection
            .query_row("PRAGMA journal_mode", (), |row| row.get(0))
            .unwrap();
        // 1 is NORMAL.
        assert_eq!(
            (mode.as_str(), number("synchronous"), number("secure_delete")),
            ("wal", 1, 1)
        );
    }
}

//! A database that is not there yet: made beside its place without waiting for the disk, and put there whole. A start
//! that breaks off leaves nothing half made, and a first start waits for the disk once instead of six times.

use std::fs::{File, remove_file, rename};
use std::io::{self, ErrorKind};
use std::path::Path;

use rusqlite::Connection;

use super::super::StoreError;
use super::super::seal::Sealer;
use super::open::{bring_up, failed, names, open_for_writing, real_name, synchronous, unusable, with_ending};

/// Puts a new database into an empty file. The lock must be held.
///
/// # Errors
/// When it cannot be made there.
pub(super) fn begin(path: &Path, sealer: &Sealer) -> Result<(), StoreError> {
    let place = real_name(path);
    if place.metadata().is_ok_and(|file| file.len() > 0) {
        return Ok(());
    }
    let beside = with_ending(&place, ".new");
    let files = |error: io::Error| unusable(path, &beside, &error);
    // What an earlier start left, and the log of a database that was deleted: SQLite would play it into this one.
    for (file, ending) in [
        (&beside, ""),
        (&beside, "-wal"),
        (&beside, "-shm"),
        (&place, "-wal"),
        (&place, "-shm"),
    ] {
        remove(&with_ending(file, ending)).map_err(files)?;
    }
    drop(open_for_writing(&beside).map_err(files)?);
    fill(&beside, path, sealer)?;
    // Its name is on the disk with the first commit that counts: SQLite then writes the directory for its log.
    let whole = File::open(&beside).and_then(|file| file.sync_all());
    whole.and_then(|()| rename(&beside, &place)).map_err(files)
}

fn fill(beside: &Path, path: &Path, sealer: &Sealer) -> Result<(), StoreError> {
    let sql = failed(path);
    let mut connection = Connection::open(beside).map_err(sql)?;
    synchronous(&connection, "OFF").map_err(sql)?;
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .map_err(sql)?;
    bring_up(&mut connection, path, sealer)?;
    names(&connection, sealer).map_err(|fault| super::explain(&path.display().to_string(), fault))?;
    // The log goes into the file, and away.
    connection.close().map_err(|(_, error)| sql(error))
}

fn remove(path: &Path) -> io::Result<()> {
    match remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

//! Sealing all records with another key.

use rusqlite::{Connection, TransactionBehavior, params};

use super::super::seal::Sealer;
use super::super::{ConversationKey, Key, StoreError};
use super::{Fault, SqliteStore, bound, open};

/// The tables with sealed records, and what names a row.
const TABLES: [(&str, &str); 3] = [
    ("inbox", "update_id"),
    ("outbox", "id"),
    ("session", "conversation"),
];

impl SqliteStore {
    /// Seals every record with this key instead, in one transaction, and closes the database. Gives back how many
    /// there were. The names of conversations stay, so nobody is stranded.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn seal_anew(self, key: &Key) -> Result<usize, StoreError> {
        let sealer = Sealer::new(key);
        let mut book = self.book()?;
        let sealed = all(&mut book.connection, &self.sealer, &sealer, &self.names);
        let records = sealed.map_err(|fault| self.error(fault))?;
        let commit = self.log.committed();
        drop(book);
        self.on_disk(commit)?;
        // The log holds records that the old key opens.
        self.empty_log()?;
        Ok(records)
    }
}

fn all(connection: &mut Connection, from: &Sealer, to: &Sealer, names: &Key) -> Result<usize, Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut records = 0;
    for (table, name) in TABLES {
        let rows = format!("SELECT conversation, {name}, body FROM {table}");
        let rows: Vec<(ConversationKey, rusqlite::types::Value, Vec<u8>)> = transaction
            .prepare(&rows)?
            .query_map((), |row| {
                Ok((ConversationKey(row.get(0)?), row.get(1)?, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?;
        let update = format!("UPDATE {table} SET body = ?2 WHERE {name} = ?1");
        let mut update = transaction.prepare(&update)?;
        for (conversation, id, record) in rows {
            let row = match &id {
                rusqlite::types::Value::Integer(id) => bound(*id, conversation),
                _ => conversation.0.to_vec(),
            };
            // What does not open was changed on the disk, and is left out when it is met.
            let Some(body) = from.open(table, &row, &record) else {
                continue;
            };
            let record = to.seal(table, &row, &body).ok_or(Fault::Random)?;
            update.execute(params![id, record])?;
            records += 1;
        }
    }
    open::put_mark(&transaction, to)?;
    open::put_names(&transaction, to, names)?;
    transaction.commit()?;
    Ok(records)
}

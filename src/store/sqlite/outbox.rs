//! Messages decided and not yet sent.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::{ConversationKey, NewParcel, Parcel, ParcelId, Settlement};
use super::{Desk, Fault, moment};

const OUTBOX: &str = "outbox";

/// What an outbox record is bound to.
fn outbox_row(id: i64, conversation: ConversationKey) -> Vec<u8> {
    [&id.to_be_bytes()[..], &conversation.0].concat()
}

impl Desk<'_> {
    pub(super) fn put_parcels(
        &self,
        conversation: ConversationKey,
        parcels: &[NewParcel],
        now: Timestamp,
    ) -> Result<usize, Fault> {
        if parcels.is_empty() {
            return Ok(0);
        }
        // The record is bound to its id, so the id has to be known before it is written.
        let last = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'";
        let mut last = self.connection.prepare_cached(last)?;
        let last: i64 = last.query_row((), |row| row.get(0)).optional()?.unwrap_or(0);
        let insert =
            "INSERT INTO outbox (id, conversation, body, urgent, due_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.connection.prepare_cached(insert)?;
        for (id, parcel) in (last + 1..).zip(parcels) {
            let record = self.seal(OUTBOX, &outbox_row(id, conversation), &parcel.body)?;
            insert.execute(params![
                id,
                conversation.0,
                record,
                parcel.urgent,
                now.as_millisecond()
            ])?;
        }
        self.mark_head(conversation)?;
        Ok(parcels.len())
    }

    /// Puts the mark on the first unsent message of a conversation.
    fn mark_head(&self, conversation: ConversationKey) -> Result<(), Fault> {
        let update = "UPDATE outbox
                      SET head = EXISTS (SELECT 1 FROM outbox WHERE conversation = ?1 AND urgent = 1)
                      WHERE id = (SELECT MIN(id) FROM outbox WHERE conversation = ?1)";
        self.connection
            .prepare_cached(update)?
            .execute(params![conversation.0])?;
        Ok(())
    }

    /// Messages that are due, and the ids of those met on the way that do not open.
    pub(super) fn due(
        &self,
        limit: usize,
        now: Timestamp,
        busy: &[ConversationKey],
    ) -> Result<(Vec<Parcel>, Vec<ParcelId>), Fault> {
        let busy: HashSet<_> = busy.iter().collect();
        let query = "SELECT id, conversation, body, failures, urgent FROM outbox INDEXED BY outbox_heads
                     WHERE head IS NOT NULL AND due_at <= ?1 ORDER BY head DESC, id";
        let mut statement = self.connection.prepare_cached(query)?;
        let mut rows = statement.query(params![now.as_millisecond()])?;
        let (mut parcels, mut unreadable) = (Vec::new(), Vec::new());
        while parcels.len() < limit {
            let Some(row) = rows.next()? else {
                break;
            };
            let (id, conversation): (i64, _) = (row.get(0)?, ConversationKey(row.get(1)?));
            if busy.contains(&conversation) {
                continue;
            }
            let record = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
            match self.sealer.open(OUTBOX, &outbox_row(id, conversation), record) {
                None => unreadable.push(ParcelId(id)),
                Some(body) => parcels.push(Parcel {
                    id: ParcelId(id),
                    conversation,
                    body: body.to_vec(),
                    failures: row.get(3)?,
                    urgent: row.get(4)?,
                }),
            }
        }
        Ok((parcels, unreadable))
    }

    pub(super) fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
        let query = "SELECT MIN(due_at) FROM outbox WHERE head IS NOT NULL AND due_at > ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        let next: Option<i64> = statement.query_row(params![now.as_millisecond()], |row| row.get(0))?;
        Ok(next.map(moment))
    }

    /// A message that is not there any more (wiped while it was under way) needs no settling.
    pub(super) fn settle(&self, id: ParcelId, settlement: Settlement) -> Result<(), Fault> {
        let conversation = "SELECT conversation FROM outbox WHERE id = ?1";
        let mut conversation = self.connection.prepare_cached(conversation)?;
        let found = conversation.query_row(params![id.0], |row| row.get(0).map(ConversationKey));
        let Some(conversation) = found.optional()? else {
            return Ok(());
        };
        match settlement {
            Settlement::Finished => {
                let delete = "DELETE FROM outbox WHERE id = ?1";
                self.connection.prepare_cached(delete)?.execute(params![id.0])?;
                self.mark_head(conversation)
            }
            Settlement::Later(moment) => {
                let later = "UPDATE outbox SET due_at = ?2, failures = failures + 1 WHERE id = ?1";
                let mut later = self.connection.prepare_cached(later)?;
                later.execute(params![id.0, moment.as_millisecond()])?;
                Ok(())
            }
            Settlement::ChatGone => {
                self.delete_session(conversation)?;
                self.delete_unsent(conversation)
            }
        }
    }

    pub(super) fn delete_unsent(&self, conversation: ConversationKey) -> Result<(), Fault> {
        let delete = "DELETE FROM outbox WHERE conversation = ?1";
        self.connection
            .prepare_cached(delete)?
            .execute(params![conversation.0])?;
        Ok(())
    }
}

//! Updates accepted and not yet handled, and the sessions they belong to.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use super::super::{
    ConversationKey, DONE_LIFE, Handled, Job, NewParcel, RawUpdate, SESSION_LIFE, SessionChange, Worked,
};
use super::lists::Row;
use super::{Desk, Fault, bound, moment};

const INBOX: &str = "inbox";
const SESSION: &str = "session";

/// Handled updates from before this moment (milliseconds) are forgotten.
pub(super) fn done_limit(now: Timestamp) -> i64 {
    now.as_millisecond().saturating_sub(milliseconds(DONE_LIFE))
}

fn milliseconds(duration: jiff::SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

struct InboxRow {
    body: Vec<u8>,
    received_at: Timestamp,
    failures: u32,
}

impl Desk<'_> {
    pub(super) fn accept(&mut self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, Fault> {
        let insert = "INSERT INTO inbox (update_id, conversation, body, received_at)
                      SELECT ?1, ?2, ?3, ?4
                      WHERE NOT EXISTS (SELECT 1 FROM done WHERE update_id = ?1 AND done_at > ?5)
                      ON CONFLICT (update_id) DO NOTHING";
        let (limit, received_at) = (done_limit(now), now.as_millisecond());
        let mut new = 0;
        for update in updates {
            let (update_id, conversation) = (update.update_id, update.conversation);
            let record = self.seal(INBOX, &bound(update_id, conversation), &update.body)?;
            let parameters = params![update_id, conversation.0, record, received_at, limit];
            if self.run(insert, parameters)? == 1 {
                let row = Row {
                    update_id,
                    received_at,
                    failures: 0,
                };
                self.lists.inbox.insert(conversation, row);
                new += 1;
            }
        }
        Ok(new)
    }

    /// Hands these rows to the handler, one after the other. Nothing of a row is written before the handler has
    /// answered, so a row that fails needs no undoing.
    pub(super) fn work(
        &mut self,
        rows: &[(i64, ConversationKey)],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        worked: &mut Worked,
    ) -> Result<(), Fault> {
        let mut stopped = HashSet::new();
        for &(update_id, conversation) in rows {
            if stopped.contains(&conversation) {
                continue;
            }
            match self.handle(update_id, conversation, now, handle)? {
                Handled::Done { session, parcels } => {
                    self.finish(update_id, conversation, now)?;
                    self.change_session(conversation, session, now)?;
                    worked.parcels += self.put_parcels(conversation, &parcels, now)?;
                    worked.done += 1;
                }
                Handled::Failed => {
                    self.run(
                        "UPDATE inbox SET failures = failures + 1 WHERE update_id = ?1",
                        params![update_id],
                    )?;
                    self.lists.inbox.raise_failures(conversation, update_id);
                    stopped.insert(conversation);
                    worked.failed += 1;
                }
            }
        }
        Ok(())
    }

    fn handle(
        &self,
        update_id: i64,
        conversation: ConversationKey,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Handled, Fault> {
        let row = self.inbox_row(update_id)?;
        let bound = bound(update_id, conversation);
        let opened = row
            .as_ref()
            .and_then(|row| self.sealer.open(INBOX, &bound, &row.body));
        let (Some(row), Some(body)) = (row, opened) else {
            // The key is right (the mark said so), so these bytes were changed on the disk, and no later try will
            // read them. Kept, they would hold up everybody.
            tracing::error!("an update in the inbox did not open (changed on the disk?) and was left out");
            return Ok(Handled::Done {
                session: SessionChange::Keep,
                parcels: Vec::<NewParcel>::new(),
            });
        };
        let session = self.session(conversation, now)?;
        let (unsent, urgent) = self.lists.outbox.count(conversation);
        Ok(handle(Job {
            update_id,
            conversation,
            body: &body,
            received_at: row.received_at,
            failures: row.failures,
            session: session.as_deref().map(Vec::as_slice),
            unsent,
            urgent_unsent: urgent > 0,
        }))
    }

    fn inbox_row(&self, update_id: i64) -> Result<Option<InboxRow>, Fault> {
        let query = "SELECT body, received_at, failures FROM inbox WHERE update_id = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        let row = statement.query_row(params![update_id], |row| {
            Ok(InboxRow {
                body: row.get(0)?,
                received_at: moment(row.get(1)?),
                failures: row.get(2)?,
            })
        });
        Ok(row.optional()?)
    }

    fn session(
        &self,
        conversation: ConversationKey,
        now: Timestamp,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        let query = "SELECT body FROM session WHERE conversation = ?1 AND expires_at > ?2";
        let mut statement = self.connection.prepare_cached(query)?;
        let found = statement.query_row(params![conversation.0, now.as_millisecond()], |row| row.get(0));
        let record: Option<Vec<u8>> = found.optional()?;
        Ok(record.and_then(|record| {
            let body = self.sealer.open(SESSION, &conversation.0, &record);
            if body.is_none() {
                tracing::error!("a session did not open (changed on the disk?): it is begun anew");
            }
            body
        }))
    }

    /// Deletes the body; the id stays, against doubled delivery.
    fn finish(&mut self, update_id: i64, conversation: ConversationKey, now: Timestamp) -> Result<(), Fault> {
        self.run("DELETE FROM inbox WHERE update_id = ?1", params![update_id])?;
        self.run(
            "INSERT OR REPLACE INTO done (update_id, done_at) VALUES (?1, ?2)",
            params![update_id, now.as_millisecond()],
        )?;
        self.lists.inbox.remove(conversation, update_id);
        Ok(())
    }

    fn change_session(
        &mut self,
        conversation: ConversationKey,
        change: SessionChange,
        now: Timestamp,
    ) -> Result<(), Fault> {
        match change {
            SessionChange::Keep => Ok(()),
            SessionChange::Put(body) => {
                let body = Zeroizing::new(body);
                let record = self.seal(SESSION, &conversation.0, &body)?;
                let expires_at = now.as_millisecond().saturating_add(milliseconds(SESSION_LIFE));
                self.run(
                    "INSERT INTO session (conversation, body, expires_at, look_at) VALUES (?1, ?2, ?3, ?3)
                     ON CONFLICT (conversation) DO UPDATE SET body = ?2, expires_at = ?3",
                    params![conversation.0, record, expires_at],
                )?;
                Ok(())
            }
            SessionChange::Wipe => {
                self.delete_session(conversation)?;
                self.delete_unsent(conversation)
            }
        }
    }

    pub(super) fn delete_session(&self, conversation: ConversationKey) -> Result<(), Fault> {
        self.run(
            "DELETE FROM session WHERE conversation = ?1",
            params![conversation.0],
        )?;
        Ok(())
    }
}

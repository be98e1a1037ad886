//! Updates accepted and not yet handled, and the sessions they belong to.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use super::super::{
    ConversationKey, DONE_LIFE, Handled, Job, NewParcel, RawUpdate, SESSION_LIFE, SessionChange, Worked,
};
use super::{Desk, Fault, moment};

const INBOX: &str = "inbox";
const SESSION: &str = "session";

/// Handled updates from before this moment (milliseconds) are forgotten.
pub(super) fn done_limit(now: Timestamp) -> i64 {
    now.as_millisecond().saturating_sub(milliseconds(DONE_LIFE))
}

fn milliseconds(duration: jiff::SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// What an inbox record is bound to.
fn inbox_row(update_id: i64, conversation: ConversationKey) -> Vec<u8> {
    [&update_id.to_be_bytes()[..], &conversation.0].concat()
}

/// A count as SQL takes it.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

struct InboxRow {
    conversation: ConversationKey,
    body: Vec<u8>,
    received_at: Timestamp,
    failures: u32,
}

impl Desk<'_> {
    pub(super) fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, Fault> {
        let insert = "INSERT INTO inbox (update_id, conversation, body, received_at, head)
                      SELECT ?1, ?2, ?3, ?4,
                             NOT EXISTS (SELECT 1 FROM inbox WHERE conversation = ?2 AND update_id < ?1)
                      WHERE NOT EXISTS (SELECT 1 FROM done WHERE update_id = ?1 AND done_at > ?5)
                      ON CONFLICT (update_id) DO NOTHING";
        let mut insert = self.connection.prepare_cached(insert)?;
        // When updates come out of order, the head may have been one behind this.
        let behind = "UPDATE inbox SET head = 0 WHERE conversation = ?1 AND update_id > ?2 AND head = 1";
        let mut behind = self.connection.prepare_cached(behind)?;
        let (limit, now) = (done_limit(now), now.as_millisecond());
        let mut new = 0;
        for update in updates {
            let (id, conversation) = (update.update_id, update.conversation);
            let record = self.seal(INBOX, &inbox_row(id, conversation), &update.body)?;
            if insert.execute(params![id, conversation.0, record, now, limit])? == 1 {
                behind.execute(params![conversation.0, id])?;
                new += 1;
            }
        }
        Ok(new)
    }

    /// The oldest row that failed before and is first of its conversation.
    pub(super) fn oldest_failed(&self) -> Result<Option<i64>, Fault> {
        let query = "SELECT update_id FROM inbox INDEXED BY inbox_failed_heads
                     WHERE head = 1 AND failures > 0 ORDER BY update_id LIMIT 1";
        let mut statement = self.connection.prepare_cached(query)?;
        Ok(statement.query_row((), |row| row.get(0)).optional()?)
    }

    /// Rows that never failed and do not stand behind one that did: the first of every conversation, then the second
    /// of every one, and so on.
    pub(super) fn next_rows(&self, limit: usize) -> Result<Vec<i64>, Fault> {
        let heads = "SELECT update_id, conversation FROM inbox INDEXED BY inbox_heads
                     WHERE head = 1 AND failures = 0 ORDER BY update_id LIMIT ?1";
        let mut heads = self.connection.prepare_cached(heads)?;
        let heads = heads.query_map(params![number(limit)], |row| {
            Ok((row.get(0)?, ConversationKey(row.get(1)?)))
        })?;
        let heads: Vec<(i64, ConversationKey)> = heads.collect::<Result<_, _>>()?;
        let mut rows: Vec<i64> = heads.iter().map(|(id, _)| *id).collect();
        let left = limit.saturating_sub(rows.len());
        if left > 0 {
            rows.extend(self.rows_behind(&heads, left)?);
        }
        Ok(rows)
    }

    /// Rows behind these heads, in turns.
    fn rows_behind(&self, heads: &[(i64, ConversationKey)], limit: usize) -> Result<Vec<i64>, Fault> {
        let query = "SELECT update_id, failures FROM inbox INDEXED BY inbox_by_conversation
                     WHERE conversation = ?1 AND update_id > ?2 ORDER BY update_id LIMIT ?3";
        let mut query = self.connection.prepare_cached(query)?;
        let mut rows: Vec<(usize, i64)> = Vec::new();
        for (head, conversation) in heads {
            let mut behind = query.query(params![conversation.0, head, number(limit)])?;
            for place in 0.. {
                let Some(row) = behind.next()? else {
                    break;
                };
                if row.get::<_, u32>(1)? > 0 {
                    break;
                }
                rows.push((place, row.get(0)?));
            }
        }
        rows.sort_unstable();
        Ok(rows.into_iter().take(limit).map(|(_, id)| id).collect())
    }

    /// Hands these rows to the handler, one after the other. Nothing of a row is written before the handler has
    /// answered, so a row that fails needs no undoing.
    pub(super) fn work(
        &self,
        rows: &[i64],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        worked: &mut Worked,
    ) -> Result<(), Fault> {
        let mut stopped = HashSet::new();
        for &update_id in rows {
            let Some(row) = self.inbox_row(update_id)? else {
                continue;
            };
            if stopped.contains(&row.conversation) {
                continue;
            }
            match self.handle(update_id, &row, now, handle)? {
                Handled::Done { session, parcels } => {
                    self.finish(update_id, row.conversation, now)?;
                    self.change_session(row.conversation, session, now)?;
                    worked.parcels += self.put_parcels(row.conversation, &parcels, now)?;
                    worked.done += 1;
                }
                Handled::Failed => {
                    let raise = "UPDATE inbox SET failures = failures + 1 WHERE update_id = ?1";
                    self.connection
                        .prepare_cached(raise)?
                        .execute(params![update_id])?;
                    stopped.insert(row.conversation);
                    worked.failed += 1;
                }
            }
        }
        Ok(())
    }

    fn handle(
        &self,
        update_id: i64,
        row: &InboxRow,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Handled, Fault> {
        let bound = inbox_row(update_id, row.conversation);
        let Some(body) = self.sealer.open(INBOX, &bound, &row.body) else {
            // The key is right (the mark said so), so these bytes were changed on the disk, and no later try will
            // read them. Kept, they would hold up everybody.
            tracing::error!("an update in the inbox did not open (changed on the disk?) and was left out");
            return Ok(Handled::Done {
                session: SessionChange::Keep,
                parcels: Vec::<NewParcel>::new(),
            });
        };
        let session = self.session(row.conversation, now)?;
        Ok(handle(Job {
            update_id,
            conversation: row.conversation,
            body: &body,
            received_at: row.received_at,
            failures: row.failures,
            session: session.as_deref().map(Vec::as_slice),
        }))
    }

    fn inbox_row(&self, update_id: i64) -> Result<Option<InboxRow>, Fault> {
        let query = "SELECT conversation, body, received_at, failures FROM inbox WHERE update_id = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        let row = statement.query_row(params![update_id], |row| {
            Ok(InboxRow {
                conversation: ConversationKey(row.get(0)?),
                body: row.get(1)?,
                received_at: moment(row.get(2)?),
                failures: row.get(3)?,
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
    fn finish(&self, update_id: i64, conversation: ConversationKey, now: Timestamp) -> Result<(), Fault> {
        let delete = "DELETE FROM inbox WHERE update_id = ?1";
        self.connection
            .prepare_cached(delete)?
            .execute(params![update_id])?;
        let next = "UPDATE inbox SET head = 1
                    WHERE update_id = (SELECT MIN(update_id) FROM inbox WHERE conversation = ?1)";
        self.connection
            .prepare_cached(next)?
            .execute(params![conversation.0])?;
        let remember = "INSERT OR REPLACE INTO done (update_id, done_at) VALUES (?1, ?2)";
        self.connection
            .prepare_cached(remember)?
            .execute(params![update_id, now.as_millisecond()])?;
        Ok(())
    }

    fn change_session(
        &self,
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
                let put =
                    "INSERT OR REPLACE INTO session (conversation, body, expires_at) VALUES (?1, ?2, ?3)";
                self.connection
                    .prepare_cached(put)?
                    .execute(params![conversation.0, record, expires_at])?;
                Ok(())
            }
            SessionChange::Wipe => {
                self.delete_session(conversation)?;
                self.delete_unsent(conversation)
            }
        }
    }

    pub(super) fn delete_session(&self, conversation: ConversationKey) -> Result<(), Fault> {
        let delete = "DELETE FROM session WHERE conversation = ?1";
        self.connection
            .prepare_cached(delete)?
            .execute(params![conversation.0])?;
        Ok(())
    }
}

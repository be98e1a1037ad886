//! Updates accepted and not yet handled, and the sessions they belong to.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use super::super::{
    ConversationKey, DONE_LIFE, Handled, Job, NewParcel, Parcel, ParcelId, RawUpdate, SESSION_LIFE,
    SessionChange, Taken, Worked,
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
    update_id: i64,
    conversation: ConversationKey,
    received_at: Timestamp,
    failures: u32,
}

impl Desk<'_> {
    pub(super) fn accept(&mut self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, Fault> {
        let mut new = 0;
        for update in updates {
            if self.is_new(update, now)? {
                self.put_in(update, 0, now)?;
                new += 1;
            }
        }
        Ok(new)
    }

    /// Is an update neither in the inbox nor handled within the last 48 hours?
    fn is_new(&self, update: &RawUpdate, now: Timestamp) -> Result<bool, Fault> {
        let seen = "SELECT 1 FROM done WHERE update_id = ?1 AND done_at > ?2
                    UNION ALL SELECT 1 FROM inbox WHERE update_id = ?1";
        let mut statement = self.connection.prepare_cached(seen)?;
        Ok(!statement.exists(params![update.update_id, done_limit(now)])?)
    }

    fn put_in(&mut self, update: &RawUpdate, failures: u32, now: Timestamp) -> Result<(), Fault> {
        let (update_id, conversation) = (update.update_id, update.conversation);
        let received_at = now.as_millisecond();
        let record = self.seal(INBOX, &bound(update_id, conversation), &update.body)?;
        self.run(
            "INSERT INTO inbox (update_id, conversation, body, received_at, failures)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![update_id, conversation.0, record, received_at, failures],
        )?;
        let row = Row {
            update_id,
            received_at,
            failures,
        };
        self.lists.inbox.insert(conversation, row);
        Ok(())
    }

    /// Accepts updates, and hands to the handler at once those that need not wait. What is handled is never written
    /// into the inbox. Gives back the first message of each conversation, too, where none waits before it.
    pub(super) fn take(
        &mut self,
        updates: &[RawUpdate],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<(Taken, Vec<Parcel>), Fault> {
        let (mut taken, mut at_once) = (Taken::default(), Vec::new());
        for update in self.at_once(updates, now, &mut taken.new)? {
            let (update_id, conversation) = (update.update_id, update.conversation);
            // Something before it has failed.
            if self.lists.inbox.holds(conversation) {
                self.put_in(update, 0, now)?;
                continue;
            }
            let row = InboxRow {
                update_id,
                conversation,
                received_at: moment(now.as_millisecond()),
                failures: 0,
            };
            match self.hand(&row, &update.body, now, handle)? {
                Handled::Done { session, parcels } => {
                    self.note_done(update_id, now)?;
                    if session == SessionChange::Wipe {
                        at_once.retain(|parcel: &Parcel| parcel.conversation != conversation);
                    }
                    let first = ParcelId(self.lists.last_parcel + 1);
                    self.change(conversation, session, &parcels, now, &mut taken.worked)?;
                    at_once.extend(
                        parcels
                            .into_iter()
                            .next()
                            .map(|parcel| parcel.named(first, conversation)),
                    );
                }
                Handled::Failed => {
                    self.put_in(update, 1, now)?;
                    taken.worked.failed += 1;
                }
            }
        }
        at_once.retain(|parcel| self.lists.outbox.is_first(parcel.conversation, parcel.id.0));
        Ok((taken, at_once))
    }

    /// The updates that need not wait: the first of every conversation before the second of any. The other new ones go
    /// into the inbox.
    fn at_once<'u>(
        &mut self,
        updates: &'u [RawUpdate],
        now: Timestamp,
        new: &mut usize,
    ) -> Result<Vec<&'u RawUpdate>, Fault> {
        let mut fresh = BTreeMap::new();
        for update in updates {
            if !fresh.contains_key(&update.update_id) && self.is_new(update, now)? {
                fresh.insert(update.update_id, update);
            }
        }
        *new = fresh.len();
        let mut places: HashMap<ConversationKey, usize> = HashMap::new();
        let mut rows = Vec::with_capacity(fresh.len());
        let mut later = Vec::new();
        for update in fresh.into_values() {
            if self.lists.inbox.holds(update.conversation) {
                later.push(update);
                continue;
            }
            let place = places.entry(update.conversation).or_default();
            rows.push((*place, update));
            *place += 1;
        }
        for update in later {
            self.put_in(update, 0, now)?;
        }
        rows.sort_by_key(|(place, update)| (*place, update.update_id));
        Ok(rows.into_iter().map(|(_, update)| update).collect())
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
                    self.change(conversation, session, &parcels, now, worked)?;
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
        let query = "SELECT body, received_at, failures FROM inbox WHERE update_id = ?1";
        let mut statement = self.connection.prepare_cached(query)?;
        let found = statement.query_row(params![update_id], |row| {
            let record = row.get_ref(0)?.as_blob()?;
            let body = self.sealer.open(INBOX, &bound(update_id, conversation), record);
            let row = InboxRow {
                update_id,
                conversation,
                received_at: moment(row.get(1)?),
                failures: row.get(2)?,
            };
            Ok(body.map(|body| (row, body)))
        });
        let Some((row, body)) = found.optional()?.flatten() else {
            // The key is right (the mark said so), so these bytes were changed on the disk, and no later try will
            // read them. Kept, they would hold up everybody.
            tracing::error!("an update in the inbox did not open (changed on the disk?) and was left out");
            return Ok(Handled::Done {
                session: SessionChange::Keep,
                parcels: Vec::<NewParcel>::new(),
            });
        };
        self.hand(&row, &body, now, handle)
    }

    /// Hands one row to the handler, with all that is known of its conversation.
    fn hand(
        &self,
        row: &InboxRow,
        body: &[u8],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Handled, Fault> {
        let session = self.session(row.conversation, now)?;
        let (unsent, urgent) = self.lists.outbox.count(row.conversation);
        Ok(handle(Job {
            update_id: row.update_id,
            conversation: row.conversation,
            body,
            received_at: row.received_at,
            failures: row.failures,
            session: session.as_deref().map(Vec::as_slice),
            unsent,
            urgent_unsent: urgent > 0,
        }))
    }

    fn session(
        &self,
        conversation: ConversationKey,
        now: Timestamp,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        let query = "SELECT body FROM session WHERE conversation = ?1 AND expires_at > ?2";
        let mut statement = self.connection.prepare_cached(query)?;
        let found = statement.query_row(params![conversation.0, now.as_millisecond()], |row| {
            let record = row.get_ref(0)?.as_blob()?;
            Ok(self.sealer.open(SESSION, &conversation.0, record))
        });
        let session = found.optional()?;
        if session.as_ref().is_some_and(Option::is_none) {
            tracing::error!("a session did not open (changed on the disk?): it is begun anew");
        }
        Ok(session.flatten())
    }

    /// Deletes the body; the id stays, against doubled delivery.
    fn finish(&mut self, update_id: i64, conversation: ConversationKey, now: Timestamp) -> Result<(), Fault> {
        self.run("DELETE FROM inbox WHERE update_id = ?1", params![update_id])?;
        self.note_done(update_id, now)?;
        self.lists.inbox.remove(conversation, update_id);
        Ok(())
    }

    fn note_done(&self, update_id: i64, now: Timestamp) -> Result<(), Fault> {
        self.run(
            "INSERT OR REPLACE INTO done (update_id, done_at) VALUES (?1, ?2)",
            params![update_id, now.as_millisecond()],
        )?;
        Ok(())
    }

    /// What a row that is done changes.
    fn change(
        &mut self,
        conversation: ConversationKey,
        session: SessionChange,
        parcels: &[NewParcel],
        now: Timestamp,
        worked: &mut Worked,
    ) -> Result<(), Fault> {
        self.change_session(conversation, session, now)?;
        worked.parcels += self.put_parcels(conversation, parcels, now)?;
        worked.done += 1;
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

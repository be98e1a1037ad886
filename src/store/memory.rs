//! The store in memory, for the terminal and for tests. Keeps to the same contract; forgets all when it is dropped.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::{
    ConversationKey, DONE_LIFE, Handled, Job, NewParcel, Parcel, ParcelId, RawUpdate, SESSION_LIFE,
    SessionChange, Settlement, Store, StoreError, Taken, Waiting, Worked,
};

/// A store in memory.
#[derive(Default)]
pub struct MemoryStore {
    tables: Mutex<Tables>,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MemoryStore")
    }
}

#[derive(Default)]
struct Tables {
    inbox: BTreeMap<i64, Received>,
    done: BTreeMap<i64, Timestamp>,
    sessions: BTreeMap<ConversationKey, Kept>,
    outbox: BTreeMap<ParcelId, Unsent>,
    last_parcel: i64,
}

struct Received {
    conversation: ConversationKey,
    body: Vec<u8>,
    received_at: Timestamp,
    failures: u32,
}

struct Kept {
    body: Vec<u8>,
    expires_at: Timestamp,
}

struct Unsent {
    conversation: ConversationKey,
    body: Vec<u8>,
    urgent: bool,
    public: bool,
    due_at: Timestamp,
    failures: u32,
}

impl Unsent {
    /// What was never tried is due whatever the clock says: it may have been set back since.
    fn is_due(&self, now: Timestamp) -> bool {
        self.failures == 0 || self.due_at <= now
    }

    fn parcel(&self, id: ParcelId) -> Parcel {
        Parcel {
            id,
            conversation: self.conversation,
            body: self.body.clone(),
            failures: self.failures,
            urgent: self.urgent,
            public: self.public,
        }
    }
}

/// Whole milliseconds, as a database keeps them.
fn whole(moment: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment)
}

fn is_fresh(done_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(done_at) < DONE_LIFE
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tables {
    fn accept(&mut self, update: &RawUpdate, now: Timestamp) -> bool {
        let id = update.update_id;
        let seen = self.done.get(&id).is_some_and(|&done_at| is_fresh(done_at, now));
        if seen || self.inbox.contains_key(&id) {
            return false;
        }
        let received = Received {
            conversation: update.conversation,
            body: update.body.clone(),
            received_at: now,
            failures: 0,
        };
        self.inbox.insert(id, received);
        true
    }

    /// The oldest row that failed before and is first of its conversation.
    fn oldest_failed(&self) -> Option<i64> {
        let mut met = BTreeSet::new();
        let mut rows = self.inbox.iter();
        rows.find_map(|(&id, row)| (met.insert(row.conversation) && row.failures > 0).then_some(id))
    }

    /// Rows that never failed and do not stand behind one that did, the first of every conversation first.
    fn next_rows(&self, limit: usize) -> Vec<i64> {
        let mut places: BTreeMap<ConversationKey, Option<usize>> = BTreeMap::new();
        let mut rows = Vec::new();
        for (&id, row) in &self.inbox {
            let place = places.entry(row.conversation).or_insert(Some(0));
            *place = place.filter(|_| row.failures == 0).map(|place| place + 1);
            rows.extend(place.map(|place| (place, id)));
        }
        rows.sort_unstable();
        rows.into_iter().take(limit).map(|(_, id)| id).collect()
    }

    fn work(
        &mut self,
        rows: &[i64],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        worked: &mut Worked,
    ) {
        let mut stopped = HashSet::new();
        for id in rows {
            let Some(row) = self.inbox.get_mut(id) else {
                continue;
            };
            let conversation = row.conversation;
            if stopped.contains(&conversation) {
                continue;
            }
            let session = self
                .sessions
                .get(&conversation)
                .filter(|kept| kept.expires_at > now);
            let unsent = || {
                let all = self.outbox.values();
                all.filter(|unsent| unsent.conversation == conversation)
            };
            let handled = handle(Job {
                update_id: *id,
                unsent: unsent().count(),
                urgent_unsent: unsent().any(|unsent| unsent.urgent),
                conversation,
                body: &row.body,
                received_at: row.received_at,
                failures: row.failures,
                session: session.map(|kept| kept.body.as_slice()),
            });
            match handled {
                Handled::Done { session, parcels } => {
                    self.inbox.remove(id);
                    self.done.insert(*id, now);
                    self.change_session(conversation, session, now);
                    worked.parcels += parcels.len();
                    self.put_parcels(conversation, parcels, now);
                    worked.done += 1;
                }
                Handled::Failed => {
                    row.failures += 1;
                    stopped.insert(conversation);
                    worked.failed += 1;
                }
            }
        }
    }

    fn change_session(&mut self, conversation: ConversationKey, change: SessionChange, now: Timestamp) {
        match change {
            SessionChange::Keep => {}
            SessionChange::Put(body) => {
                let expires_at = now.saturating_add(SESSION_LIFE).unwrap_or(Timestamp::MAX);
                self.sessions.insert(conversation, Kept { body, expires_at });
            }
            SessionChange::Wipe => self.wipe(conversation),
        }
    }

    fn put_parcels(&mut self, conversation: ConversationKey, parcels: Vec<NewParcel>, now: Timestamp) {
        for parcel in parcels {
            self.last_parcel += 1;
            let unsent = Unsent {
                conversation,
                body: parcel.body,
                urgent: parcel.urgent,
                public: parcel.public,
                due_at: now,
                failures: 0,
            };
            self.outbox.insert(ParcelId(self.last_parcel), unsent);
        }
    }

    /// The first unsent message of every conversation.
    fn heads(&self) -> impl Iterator<Item = (ParcelId, &Unsent)> {
        let mut met = HashSet::new();
        let rows = self.outbox.iter().map(|(&id, unsent)| (id, unsent));
        rows.filter(move |(_, unsent)| met.insert(unsent.conversation))
    }

    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Vec<Parcel> {
        let urgent: HashSet<_> = self
            .outbox
            .values()
            .filter(|unsent| unsent.urgent)
            .map(|unsent| unsent.conversation)
            .collect();
        let mut heads: Vec<_> = self
            .heads()
            .filter(|(_, unsent)| unsent.is_due(now) && !busy.contains(&unsent.conversation))
            .collect();
        heads.sort_by_key(|(id, unsent)| (!urgent.contains(&unsent.conversation), *id));
        let parcels = heads.into_iter().take(limit);
        parcels.map(|(id, unsent)| unsent.parcel(id)).collect()
    }

    fn settle(&mut self, id: ParcelId, settlement: Settlement) {
        let Some(unsent) = self.outbox.get_mut(&id) else {
            return;
        };
        match settlement {
            Settlement::Finished => {
                self.outbox.remove(&id);
            }
            Settlement::Later(moment) => {
                unsent.due_at = whole(moment);
                unsent.failures += 1;
            }
            Settlement::ChatGone => {
                let conversation = unsent.conversation;
                self.wipe(conversation);
            }
        }
    }

    fn wipe(&mut self, conversation: ConversationKey) {
        self.sessions.remove(&conversation);
        self.outbox
            .retain(|_, unsent| unsent.conversation != conversation);
    }
}

impl Store for MemoryStore {
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError> {
        let mut tables = self.tables();
        let now = whole(now);
        Ok(updates.iter().filter(|update| tables.accept(update, now)).count())
    }

    fn take(
        &self,
        updates: &[RawUpdate],
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
        leave: &mut dyn FnMut(Vec<Parcel>),
    ) -> Result<Taken, StoreError> {
        let mut tables = self.tables();
        let now = whole(now);
        let waiting: HashSet<_> = tables.inbox.values().map(|row| row.conversation).collect();
        let new: HashSet<_> = updates
            .iter()
            .filter_map(|update| tables.accept(update, now).then_some(update.update_id))
            .collect();
        let mut rows = tables.next_rows(usize::MAX);
        rows.retain(|id| {
            let row = tables.inbox.get(id);
            new.contains(id) && row.is_some_and(|row| !waiting.contains(&row.conversation))
        });
        let (before, mut worked) = (ParcelId(tables.last_parcel), Worked::default());
        tables.work(&rows, now, handle, &mut worked);
        let heads = tables.heads().filter(|(id, _)| *id > before);
        let at_once: Vec<_> = heads.map(|(id, unsent)| unsent.parcel(id)).collect();
        if !at_once.is_empty() {
            leave(at_once);
        }
        let new = new.len();
        Ok(Taken { new, worked })
    }

    fn work(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError> {
        let mut worked = Worked::default();
        if limit == 0 {
            return Ok(worked);
        }
        let mut tables = self.tables();
        let now = whole(now);
        if let Some(row) = tables.oldest_failed() {
            tables.work(&[row], now, handle, &mut worked);
        }
        let rows = tables.next_rows(limit - worked.done - worked.failed);
        tables.work(&rows, now, handle, &mut worked);
        Ok(worked)
    }

    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Result<Vec<Parcel>, StoreError> {
        Ok(self.tables().due(limit, whole(now), busy))
    }

    fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let tables = self.tables();
        let later = tables.heads().filter(|(_, unsent)| !unsent.is_due(whole(now)));
        Ok(later.map(|(_, unsent)| unsent.due_at).min())
    }

    fn settle(&self, settled: &[(ParcelId, Settlement)], _now: Timestamp) -> Result<(), StoreError> {
        let mut tables = self.tables();
        for (id, settlement) in settled {
            tables.settle(*id, *settlement);
        }
        Ok(())
    }

    fn forget(&self, conversation: ConversationKey) -> Result<(), StoreError> {
        let mut tables = self.tables();
        let Tables { inbox, done, .. } = &mut *tables;
        for (id, row) in inbox.extract_if(.., |_, row| row.conversation == conversation) {
            done.insert(id, row.received_at);
        }
        tables.wipe(conversation);
        Ok(())
    }

    fn sweep(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut tables = self.tables();
        let now = whole(now);
        let before = tables.sessions.len() + tables.done.len();
        tables.sessions.retain(|_, kept| kept.expires_at > now);
        tables.done.retain(|_, done_at| is_fresh(*done_at, now));
        Ok(before - tables.sessions.len() - tables.done.len())
    }

    fn waiting(&self) -> Result<Waiting, StoreError> {
        let tables = self.tables();
        Ok(Waiting {
            inbox: tables.inbox.len(),
            outbox: tables.outbox.len(),
            oldest: tables.inbox.values().map(|row| row.received_at).min(),
        })
    }
}

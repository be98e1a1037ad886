//! Messages decided and not yet sent.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::super::{ConversationKey, NewParcel, Parcel, ParcelId, Settlement};
use super::lists::Unsent;
use super::{Desk, Fault, bound};

const OUTBOX: &str = "outbox";

impl Desk<'_> {
    pub(super) fn put_parcels(
        &mut self,
        conversation: ConversationKey,
        parcels: &[NewParcel],
        now: Timestamp,
    ) -> Result<usize, Fault> {
        let due_at = now.as_millisecond();
        for parcel in parcels {
            let (urgent, public) = (parcel.urgent, parcel.public);
            let id = self.lists.last_parcel + 1;
            let record = self.seal(OUTBOX, &bound(id, conversation), &parcel.body)?;
            self.run(
                "INSERT INTO outbox (id, conversation, body, urgent, public, due_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![id, conversation.0, record, urgent, public, due_at],
            )?;
            self.lists.last_parcel = id;
            let unsent = Unsent {
                id,
                due_at,
                failures: 0,
                urgent,
                public,
            };
            self.lists.outbox.push(conversation, unsent);
        }
        Ok(parcels.len())
    }

    /// So that no id is given out a second time, a late settlement cannot hit another message.
    pub(super) fn keep_last_parcel(&self) -> Result<(), Fault> {
        let last = self.lists.last_parcel;
        self.run("UPDATE counter SET last_parcel = ?1", params![last])?;
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
        let mut body = self
            .connection
            .prepare_cached("SELECT body FROM outbox WHERE id = ?1")?;
        let (mut parcels, mut unreadable) = (Vec::new(), Vec::new());
        let free = self.lists.outbox.due(now.as_millisecond());
        let free = free.filter(|(conversation, _)| !busy.contains(conversation));
        for (conversation, unsent) in free {
            if parcels.len() >= limit {
                break;
            }
            let id = unsent.id;
            let opened = body
                .query_row(params![id], |row| {
                    let record = row.get_ref(0)?.as_blob()?;
                    Ok(self.sealer.open(OUTBOX, &bound(id, conversation), record))
                })
                .optional()?
                .flatten();
            match opened {
                None => unreadable.push(ParcelId(id)),
                Some(mut body) => parcels.push(Parcel {
                    id: ParcelId(id),
                    conversation,
                    body: std::mem::take(&mut *body),
                    failures: unsent.failures,
                    urgent: unsent.urgent,
                    public: unsent.public,
                }),
            }
        }
        Ok((parcels, unreadable))
    }

    /// A message that is not there any more (wiped while it was under way) needs no settling.
    pub(super) fn settle(&mut self, id: ParcelId, settlement: Settlement) -> Result<(), Fault> {
        let id = id.0;
        let Some(conversation) = self.lists.outbox.whose(id) else {
            return Ok(());
        };
        match settlement {
            Settlement::Finished => {
                self.run("DELETE FROM outbox WHERE id = ?1", params![id])?;
                self.lists.outbox.remove(conversation, id);
            }
            Settlement::Later(moment) => {
                let due_at = moment.as_millisecond();
                self.run(
                    "UPDATE outbox SET due_at = ?2, failures = failures + 1 WHERE id = ?1",
                    params![id, due_at],
                )?;
                self.lists.outbox.put_off(conversation, id, due_at);
            }
            Settlement::ChatGone => {
                self.delete_session(conversation)?;
                self.delete_unsent(conversation)?;
            }
        }
        Ok(())
    }

    pub(super) fn delete_unsent(&mut self, conversation: ConversationKey) -> Result<(), Fault> {
        for id in self.lists.outbox.of(conversation) {
            self.run("DELETE FROM outbox WHERE id = ?1", params![id])?;
        }
        self.lists.outbox.remove_all(conversation);
        Ok(())
    }
}

//! One contract, two stores.

mod contract;
mod random;
mod sqlite;

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use nightease::store::{
    ConversationKey, Handled, Job, Key, NewParcel, Parcel, RawUpdate, SessionChange, SqliteStore, Store,
    Taken, Worked,
};

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

pub fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub fn chat(number: u8) -> ConversationKey {
    ConversationKey([number; 16])
}

pub fn update(update_id: i64, conversation: u8) -> RawUpdate {
    RawUpdate {
        update_id,
        conversation: chat(conversation),
        body: format!("update {update_id}").into_bytes(),
    }
}

pub fn key() -> Key {
    Key::from_bytes([9; 32])
}

pub fn sqlite(directory: &Path) -> SqliteStore {
    SqliteStore::open(&directory.join("night.sqlite"), &key()).unwrap()
}

pub fn parcel(text: &str) -> NewParcel {
    NewParcel {
        body: text.as_bytes().to_vec(),
        urgent: false,
        public: false,
    }
}

pub fn urgent(text: &str) -> NewParcel {
    NewParcel {
        urgent: true,
        ..parcel(text)
    }
}

pub fn done(session: SessionChange, parcels: Vec<NewParcel>) -> Handled {
    Handled::Done { session, parcels }
}

pub fn keep() -> Handled {
    done(SessionChange::Keep, Vec::new())
}

pub fn words(parcels: &[Parcel]) -> Vec<String> {
    let texts = parcels
        .iter()
        .map(|parcel| String::from_utf8(parcel.body.clone()).unwrap());
    texts.collect()
}

/// Works one batch with this handler, and gives back the ids in the order in which they were handed out.
pub fn work_with(
    store: &dyn Store,
    limit: usize,
    now: Timestamp,
    mut handle: impl FnMut(&Job<'_>) -> Handled,
) -> (Worked, Vec<i64>) {
    let mut order = Vec::new();
    let worked = store.work(limit, now, &mut |job| {
        order.push(job.update_id);
        handle(&job)
    });
    (worked.unwrap(), order)
}

/// Takes these updates with this handler, and gives back the ids in the order in which they were handed out.
pub fn take_with(
    store: &dyn Store,
    updates: &[RawUpdate],
    now: Timestamp,
    mut handle: impl FnMut(&Job<'_>) -> Handled,
) -> (Taken, Vec<i64>) {
    let (mut order, mut at_once) = (Vec::new(), Vec::new());
    let mut handle = |job: Job<'_>| {
        order.push(job.update_id);
        handle(&job)
    };
    let mut leave = |parcels| at_once.extend::<Vec<Parcel>>(parcels);
    let taken = store.take(updates, now, &mut handle, &mut leave).unwrap();
    // What may be sent at once is what would be found.
    for parcel in &at_once {
        let due = store.due(1000, now, &[]).unwrap();
        let found = due.iter().find(|due| due.id == parcel.id).unwrap();
        assert!(found == parcel);
    }
    (taken, order)
}

/// Takes one update of this conversation and puts these messages into the outbox.
pub fn put(store: &dyn Store, update_id: i64, conversation: u8, now: Timestamp, parcels: &[NewParcel]) {
    store.accept(&[update(update_id, conversation)], now).unwrap();
    work_with(store, 1, now, |_| done(SessionChange::Keep, parcels.to_vec()));
}

/// What the next handler sees as the session of this conversation.
pub fn session(store: &dyn Store, update_id: i64, conversation: u8, now: Timestamp) -> Option<Vec<u8>> {
    store.accept(&[update(update_id, conversation)], now).unwrap();
    let mut seen = None;
    work_with(store, 1, now, |job| {
        seen = job.session.map(<[u8]>::to_vec);
        keep()
    });
    seen
}

//! What is kept, and for how long: the inbox of updates not yet handled, sessions, and the outbox of messages not yet
//! sent. One trait, one contract suite. What changes something may wait for the disk,
//! so callers run it on a thread that may block; what the sender asks for does not ([`Store::settle`]).

pub mod key;
pub mod memory;
pub mod seal;
pub mod sqlite;

pub use key::{Key, KeyError};
pub use memory::MemoryStore;
pub use seal::conversation_key;
pub use sqlite::SqliteStore;

use jiff::{SignedDuration, Timestamp};

/// How long a session is kept after its last event.
pub const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long the ids of handled updates are kept, against doubled delivery.
pub const DONE_LIFE: SignedDuration = SignedDuration::from_hours(48);
/// How often a turn that fails is tried before it is parked.
pub const TRIES: u32 = 3;

/// A conversation, as a keyed hash of where it takes place: the database holds no ids of people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConversationKey(pub [u8; 16]);

/// An update as it came, before it is understood.
#[derive(Clone, PartialEq, Eq)]
pub struct RawUpdate {
    /// Unique on its platform; what came twice has the same.
    pub update_id: i64,
    /// Whose it is.
    pub conversation: ConversationKey,
    /// The bytes.
    pub body: Vec<u8>,
}

/// One row of the inbox, with the session it belongs to.
pub struct Job<'a> {
    /// The update's id.
    pub update_id: i64,
    /// Whose it is.
    pub conversation: ConversationKey,
    /// The update as it came.
    pub body: &'a [u8],
    /// When it was accepted.
    pub received_at: Timestamp,
    /// How often it was tried before: 0 the first time.
    pub failures: u32,
    /// The session, unless there is none or it has expired.
    pub session: Option<&'a [u8]>,
    /// How many messages of this conversation are not sent yet.
    pub unsent: usize,
    /// Is one of them urgent?
    pub urgent_unsent: bool,
}

/// What is to become of the session.
#[derive(Clone, PartialEq, Eq)]
pub enum SessionChange {
    /// Leave it as it is.
    Keep,
    /// Write this; it expires [`SESSION_LIFE`] later.
    Put(Vec<u8>),
    /// Delete the session, and the messages of this conversation that were not sent yet; the parcels of this very
    /// turn are put in afterwards.
    Wipe,
}

/// A message to send.
#[derive(Clone, PartialEq, Eq)]
pub struct NewParcel {
    /// The request, in the platform's own form.
    pub body: Vec<u8>,
    /// Goes out before those of other conversations.
    pub urgent: bool,
    /// Others than her read it, in a group or a channel: it leaves at the pace of those.
    pub public: bool,
}

impl NewParcel {
    fn named(self, id: ParcelId, conversation: ConversationKey) -> Parcel {
        Parcel {
            id,
            conversation,
            body: self.body,
            failures: 0,
            urgent: self.urgent,
            public: self.public,
        }
    }
}

/// What handling one row came to.
pub enum Handled {
    /// Done: these changes are written in the same transaction.
    Done {
        /// The session.
        session: SessionChange,
        /// The messages, in order.
        parcels: Vec<NewParcel>,
    },
    /// It failed (a panic, a body that makes no sense): nothing is written, the row is tried again, alone, and parked
    /// by the handler itself (as `Done`, with an apology) once `failures` reaches [`TRIES`] - 1.
    Failed,
}

/// What one call of [`Store::work`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Worked {
    /// Rows done.
    pub done: usize,
    /// Rows that failed and stay for another try.
    pub failed: usize,
    /// Messages put in the outbox.
    pub parcels: usize,
}

/// What one call of [`Store::take`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Taken {
    /// Updates that were new.
    pub new: usize,
    /// What became of those that were handled at once; the others wait in the inbox.
    pub worked: Worked,
}

/// Names one message in the outbox.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ParcelId(pub i64);

/// A message that is due.
#[derive(Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its name.
    pub id: ParcelId,
    /// Whose it is. The first unsent message of a conversation is the only one that can be due.
    pub conversation: ConversationKey,
    /// The request, in the platform's own form.
    pub body: Vec<u8>,
    /// How often it was tried before.
    pub failures: u32,
    /// Goes out before those of other conversations.
    pub urgent: bool,
    /// Others than her read it.
    pub public: bool,
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settlement {
    /// It was sent, or it can never be sent: forget it.
    Finished,
    /// Try again at this moment.
    Later(Timestamp),
    /// The chat is gone (blocked, deleted): forget this message, all others of the conversation, and its session.
    ChatGone,
}

/// Something went wrong with the store; for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("the database {path}: {what}")]
    Database {
        /// Which file or server.
        path: String,
        /// What it said.
        what: String,
    },
    /// A record cannot be opened with this key.
    #[error("a record in {path} does not open with this key: is it the key the database was begun with?")]
    Sealed {
        /// Which file or server.
        path: String,
    },
    /// Another process works on the same database.
    #[error(
        "{path} is in use by another nightease: stop that one first, or give this one a database of its own"
    )]
    Busy {
        /// Which file.
        path: String,
    },
}

/// What delivery asks of a store. `now` is always an argument: a store has no clock.
pub trait Store: Send + Sync + 'static {
    /// Puts updates into the inbox in one commit, and leaves out those whose id was seen in the last 48 hours.
    /// Gives back how many were new.
    fn accept(&self, updates: &[RawUpdate], now: Timestamp) -> Result<usize, StoreError>;

    /// Accepts updates and handles, in the same commit, those that need not wait: all that are new and whose
    /// conversation has nothing in the inbox, in the order of [`Store::work`]. The others go into the inbox, and so
    /// does one that fails, with all of its conversation behind it. One that is handled never lies in the inbox. A store
    /// that cannot do both in one commit lets all of them wait.
    ///
    /// Calls `leave` with the new messages that may be sent at once, if there are any, in order: of each conversation in
    /// which none waits before it, the first. [`Store::due`] would name them as well. It is called after the commit, and
    /// before the wait for the disk: her answer need not wait for that, while an update that was taken is on the disk. It
    /// hands them over and does nothing else: it must not ask the store.
    fn take(
        &self,
        updates: &[RawUpdate],
        now: Timestamp,
        _handle: &mut dyn FnMut(Job<'_>) -> Handled,
        _leave: &mut dyn FnMut(Vec<Parcel>),
    ) -> Result<Taken, StoreError> {
        let new = self.accept(updates, now)?;
        let worked = Worked::default();
        Ok(Taken { new, worked })
    }

    /// Takes up to `limit` inbox rows and hands each to `handle`. In order of their ids within a conversation; the
    /// first of every conversation before the second of any; so one conversation with many rows delays nobody else.
    /// Each row is written whole or not at all, and all of them in one commit, but for one row that failed before:
    /// it is taken first, alone, in a commit of its own. After a failure the rest of that conversation waits.
    fn work(
        &self,
        limit: usize,
        now: Timestamp,
        handle: &mut dyn FnMut(Job<'_>) -> Handled,
    ) -> Result<Worked, StoreError>;

    /// Messages that may be sent now: of each conversation the first unsent one, if it was not put off or its time has
    /// come. Conversations
    /// in which an urgent message waits come first, then by age. Leaves out the conversations in `busy`.
    fn due(&self, limit: usize, now: Timestamp, busy: &[ConversationKey]) -> Result<Vec<Parcel>, StoreError>;

    /// When the next message that is not due yet will be, if there is one; only the first unsent message of each
    /// conversation counts.
    fn next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError>;

    /// Writes down what became of messages. Waits for nobody and nothing for long, but when a chat is gone.
    fn settle(&self, settled: &[(ParcelId, Settlement)], now: Timestamp) -> Result<(), StoreError>;

    /// Deletes all that is kept of a conversation: session, inbox bodies, outbox. The ids of its updates stay, so
    /// that none is taken a second time.
    fn forget(&self, conversation: ConversationKey) -> Result<(), StoreError>;

    /// Deletes what has expired. Gives back how many records.
    fn sweep(&self, now: Timestamp) -> Result<usize, StoreError>;

    /// How many rows wait in the inbox and in the outbox, and when the oldest inbox row came.
    fn waiting(&self) -> Result<Waiting, StoreError>;
}

/// What waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// Inbox rows not handled.
    pub inbox: usize,
    /// Outbox rows not sent.
    pub outbox: usize,
    /// When the oldest inbox row was accepted.
    pub oldest: Option<Timestamp>,
}

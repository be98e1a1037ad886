//! What waits, in memory: of each inbox row and each unsent message its id, whose it is, and what decides its turn;
//! never its body. Read from the tables at the start and whenever a transaction came to nothing; in between it changes
//! together with them. So finding the next row costs no query, and the tables need no indexes.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use super::super::ConversationKey;

/// A map by conversation. Its keys are keyed hashes already, so nobody outside can choose where they fall.
type ByConversation<T> = HashMap<ConversationKey, T, BuildHasherDefault<AsItIs>>;

/// Takes the last eight bytes it is given for a hash.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(last) = bytes.last_chunk() {
            self.0 = u64::from_ne_bytes(*last);
        }
    }

    fn write_usize(&mut self, _length: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// All that waits.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) inbox: Inbox,
    pub(super) outbox: Outbox,
    /// The id of the message that was put into the outbox last.
    pub(super) last_parcel: i64,
}

/// An inbox row that waits.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) update_id: i64,
    /// Milliseconds.
    pub(super) received_at: i64,
    pub(super) failures: u32,
}

/// The inbox: the rows of each conversation in the order of their ids.
#[derive(Default)]
pub(super) struct Inbox {
    queues: ByConversation<VecDeque<Row>>,
    /// First rows of their conversations, by id: those that never failed, and those that did.
    heads: BTreeMap<i64, ConversationKey>,
    failed_heads: BTreeMap<i64, ConversationKey>,
}

impl Inbox {
    pub(super) fn insert(&mut self, conversation: ConversationKey, row: Row) {
        self.change(conversation, |queue| {
            // Updates come in order, so this is nearly always the end.
            let place = queue.partition_point(|other| other.update_id < row.update_id);
            queue.insert(place, row);
        });
    }

    pub(super) fn remove(&mut self, conversation: ConversationKey, update_id: i64) {
        self.change(conversation, |queue| {
            if let Some(place) = queue.iter().position(|row| row.update_id == update_id) {
                queue.remove(place);
            }
        });
    }

    pub(super) fn remove_all(&mut self, conversation: ConversationKey) {
        self.change(conversation, VecDeque::clear);
    }

    pub(super) fn raise_failures(&mut self, conversation: ConversationKey, update_id: i64) {
        self.change(conversation, |queue| {
            if let Some(row) = queue.iter_mut().find(|row| row.update_id == update_id) {
                row.failures += 1;
            }
        });
    }

    fn change(&mut self, conversation: ConversationKey, change: impl FnOnce(&mut VecDeque<Row>)) {
        let queue = self.queues.entry(conversation).or_default();
        if let Some(head) = queue.front() {
            self.heads.remove(&head.update_id);
            self.failed_heads.remove(&head.update_id);
        }
        change(queue);
        match queue.front() {
            Some(head) if head.failures > 0 => {
                self.failed_heads.insert(head.update_id, conversation);
            }
            Some(head) => {
                self.heads.insert(head.update_id, conversation);
            }
            None => {
                self.queues.remove(&conversation);
            }
        }
    }

    /// Does anything of a conversation wait?
    pub(super) fn holds(&self, conversation: ConversationKey) -> bool {
        self.queues.contains_key(&conversation)
    }

    /// The rows of a conversation.
    pub(super) fn of(&self, conversation: ConversationKey) -> Vec<i64> {
        let queue = self.queues.get(&conversation).into_iter().flatten();
        queue.map(|row| row.update_id).collect()
    }

    /// How many rows wait, and when the oldest came, in milliseconds.
    pub(super) fn waiting(&self) -> (usize, Option<i64>) {
        let rows = || self.queues.values().flatten();
        (rows().count(), rows().map(|row| row.received_at).min())
    }

    /// The oldest row that failed before and is first of its conversation.
    pub(super) fn oldest_failed(&self) -> Option<(i64, ConversationKey)> {
        self.failed_heads
            .first_key_value()
            .map(|(id, conversation)| (*id, *conversation))
    }

    /// Rows that never failed and do not stand behind one that did: the first of every conversation, then the second
    /// of every one, and so on.
    pub(super) fn next_rows(&self, limit: usize) -> Vec<(i64, ConversationKey)> {
        let heads = self.heads.iter().take(limit);
        let mut rows: Vec<_> = heads.map(|(id, conversation)| (*id, *conversation)).collect();
        let mut queues: Vec<_> = rows
            .iter()
            .filter_map(|(_, conversation)| Some((*conversation, self.queues.get(conversation)?)))
            .collect();
        for place in 1.. {
            if rows.len() >= limit || queues.is_empty() {
                break;
            }
            let begin = rows.len();
            queues.retain(|(conversation, queue)| match queue.get(place) {
                Some(row) if row.failures == 0 => {
                    rows.push((row.update_id, *conversation));
                    true
                }
                _ => false,
            });
            if let Some(added) = rows.get_mut(begin..) {
                added.sort_unstable();
            }
        }
        rows.truncate(limit);
        rows
    }
}

/// An unsent message.
#[derive(Clone, Copy)]
pub(super) struct Unsent {
    pub(super) id: i64,
    /// Milliseconds.
    pub(super) due_at: i64,
    pub(super) failures: u32,
    pub(super) urgent: bool,
    pub(super) public: bool,
}

/// The first unsent message of a conversation, as it stands in the queue of all. The order of the fields is that of
/// the queue: conversations in which something urgent waits come first, then by age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    calm: bool,
    id: i64,
    due_at: i64,
    conversation: ConversationKey,
}

/// The messages of one conversation, in order.
#[derive(Default)]
struct Queue {
    messages: VecDeque<Unsent>,
    /// How many of them are urgent.
    urgent: usize,
}

/// The outbox: the messages of each conversation in order.
#[derive(Default)]
pub(super) struct Outbox {
    queues: ByConversation<Queue>,
    whose: HashMap<i64, ConversationKey>,
    heads: BTreeSet<Head>,
    times: BTreeSet<(i64, i64)>,
}

impl Outbox {
    pub(super) fn len(&self) -> usize {
        self.whose.len()
    }

    /// How many messages of a conversation wait, and how many of them are urgent.
    pub(super) fn count(&self, conversation: ConversationKey) -> (usize, usize) {
        self.queues
            .get(&conversation)
            .map_or((0, 0), |queue| (queue.messages.len(), queue.urgent))
    }

    /// Is this message there, and is none of its conversation before it?
    pub(super) fn is_first(&self, conversation: ConversationKey, id: i64) -> bool {
        let queue = self.queues.get(&conversation);
        queue
            .and_then(|queue| queue.messages.front())
            .is_some_and(|first| first.id == id)
    }

    /// Whose a message is, if it is still there.
    pub(super) fn whose(&self, id: i64) -> Option<ConversationKey> {
        self.whose.get(&id).copied()
    }

    /// The messages of a conversation.
    pub(super) fn of(&self, conversation: ConversationKey) -> Vec<i64> {
        let queue = self.queues.get(&conversation);
        let messages = queue.into_iter().flat_map(|queue| &queue.messages);
        messages.map(|unsent| unsent.id).collect()
    }

    pub(super) fn push(&mut self, conversation: ConversationKey, unsent: Unsent) {
        self.whose.insert(unsent.id, conversation);
        self.change(conversation, |queue| {
            queue.urgent += usize::from(unsent.urgent);
            queue.messages.push_back(unsent);
        });
    }

    pub(super) fn remove(&mut self, conversation: ConversationKey, id: i64) {
        self.whose.remove(&id);
        self.change(conversation, |queue| {
            // Nearly always the first.
            let place = queue.messages.iter().position(|unsent| unsent.id == id);
            if let Some(unsent) = place.and_then(|place| queue.messages.remove(place)) {
                queue.urgent -= usize::from(unsent.urgent);
            }
        });
    }

    pub(super) fn remove_all(&mut self, conversation: ConversationKey) {
        for id in self.of(conversation) {
            self.whose.remove(&id);
        }
        self.change(conversation, |queue| *queue = Queue::default());
    }

    pub(super) fn put_off(&mut self, conversation: ConversationKey, id: i64, due_at: i64) {
        self.change(conversation, |queue| {
            if let Some(unsent) = queue.messages.iter_mut().find(|unsent| unsent.id == id) {
                unsent.due_at = due_at;
                unsent.failures += 1;
            }
        });
    }

    fn change(&mut self, conversation: ConversationKey, change: impl FnOnce(&mut Queue)) {
        let queue = self.queues.entry(conversation).or_default();
        if let Some(head) = queue.head(conversation) {
            self.heads.remove(&head);
            self.times.remove(&(head.due_at, head.id));
        }
        change(queue);
        if let Some(head) = queue.head(conversation) {
            self.heads.insert(head);
            self.times.insert((head.due_at, head.id));
        } else {
            self.queues.remove(&conversation);
        }
    }

    /// The first messages of their conversations whose time has come, in the order in which they may leave.
    pub(super) fn due(&self, now: i64) -> impl Iterator<Item = (ConversationKey, Unsent)> {
        let heads = self.heads.iter().filter(move |head| head.due_at <= now);
        heads.filter_map(|head| {
            let unsent = self.queues.get(&head.conversation)?.messages.front()?;
            Some((head.conversation, *unsent))
        })
    }

    /// When the next message that is not due yet will be.
    pub(super) fn next_due(&self, now: i64) -> Option<i64> {
        let after = self.times.range((now.saturating_add(1), i64::MIN)..);
        after.map(|(due_at, _)| *due_at).next()
    }
}

impl Queue {
    fn head(&self, conversation: ConversationKey) -> Option<Head> {
        let first = self.messages.front()?;
        Some(Head {
            calm: self.urgent == 0,
            id: first.id,
            // What was never tried is due whatever the clock says: it may have been set back since.
            due_at: if first.failures == 0 {
                i64::MIN
            } else {
                first.due_at
            },
            conversation,
        })
    }
}

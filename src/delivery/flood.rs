//! One who writes faster than messages can be sent. What she says still counts, what is urgent is always answered; the
//! rest is answered once, with a line that says so, until what waits for her has been sent.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use crate::conversation::{Keep, Reply, Session, Turn};
use crate::store::{ConversationKey, Job};

/// So many messages that wait for one chat say all there is to say, as long as nothing has changed.
const MANY_UNSENT: usize = 10;
/// Behind so many nothing is put but what is urgent, even if something has changed: her next tap or word shows what is
/// in front of her then.
const MOST_UNSENT: usize = 40;
/// With no more than this waiting the flood is over.
const FEW_UNSENT: usize = 3;
/// Chats that are remembered. Beyond, all are forgotten, and may be told once more.
const MOST_REMEMBERED: usize = 10_000;

/// What an event is answered with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answer {
    /// What the turn said.
    Whole,
    /// A line that says that not every message is answered.
    Line,
    /// Nothing.
    Nothing,
}

/// The chats that write faster than can be answered.
#[derive(Default)]
pub struct Floods(Mutex<HashMap<ConversationKey, Flood>>);

#[derive(Default)]
struct Flood {
    told: bool,
    /// The urgent answers that wait for her, by a hash of their words.
    urgent: HashSet<u64>,
}

/// Do so many messages wait for her that not every turn may be answered?
pub(super) fn looms(job: &Job<'_>) -> bool {
    job.unsent >= MANY_UNSENT
}

impl Floods {
    /// What this turn is answered with. `before` is the session as it was.
    pub(super) fn weigh(&self, job: &Job<'_>, before: Option<&Session>, turn: &Turn) -> Answer {
        let mut floods = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if job.unsent <= FEW_UNSENT {
            floods.remove(&job.conversation);
        }
        if !looms(job) || turn.replies.is_empty() {
            return Answer::Whole;
        }
        if floods.len() >= MOST_REMEMBERED {
            floods.clear();
        }
        let flood = floods.entry(job.conversation).or_default();
        if !job.urgent_unsent {
            flood.urgent.clear();
        }
        let urgent = turn.replies.iter().any(|reply| reply.urgent);
        let known = urgent && !flood.urgent.insert(hash(&turn.replies));
        let changed = before.is_none_or(|before| changes(before, turn));
        if urgent && !known || changed && job.unsent < MOST_UNSENT {
            return Answer::Whole;
        }
        if std::mem::replace(&mut flood.told, true) {
            Answer::Nothing
        } else {
            Answer::Line
        }
    }
}

/// Has the turn changed what she said or what is in front of her?
fn changes(before: &Session, turn: &Turn) -> bool {
    let Keep::Session(after) = &turn.keep else {
        return true;
    };
    let same = Session {
        revision: before.revision,
        screen_since: before.screen_since,
        applied: before.applied.clone(),
        last_message: before.last_message,
        last_event: before.last_event,
        ..after.clone()
    };
    same != *before
}

fn hash(replies: &[Reply]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for reply in replies {
        reply.text.words().hash(&mut hasher);
    }
    hasher.finish()
}

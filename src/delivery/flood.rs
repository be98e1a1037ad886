//! One who writes faster than messages can be sent. What she says still counts, what is urgent is always answered; the
//! rest is answered once, with a line that says so.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::conversation::{Keep, Reply, Session, Turn};
use crate::store::{ConversationKey, Job};

/// So many messages that wait for one chat say all there is to say, as long as nothing has changed.
const MANY_UNSENT: usize = 10;
/// Behind so many nothing is put but what is urgent, even if something has changed: her next tap or word shows what is
/// in front of her then.
const MOST_UNSENT: usize = 40;
/// She is told no more often than this.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);
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
    told: Option<Timestamp>,
    /// The urgent answers that wait for her, by a hash of their words.
    urgent: HashSet<u64>,
}

/// Do so many messages wait for her that not every turn may be answered?
pub(super) fn looms(job: &Job<'_>) -> bool {
    job.unsent >= MANY_UNSENT
}

impl Floods {
    /// What this turn is answered with. `before` is the session as it was.
    pub(super) fn weigh(
        &self,
        job: &Job<'_>,
        before: Option<&Session>,
        turn: &Turn,
        now: Timestamp,
    ) -> Answer {
        if !looms(job) || turn.replies.is_empty() {
            return Answer::Whole;
        }
        let mut floods = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
        // The clock may have been set back since.
        let told = flood.told.filter(|told| now.duration_since(*told).abs() < PAUSE);
        if told.is_some() {
            return Answer::Nothing;
        }
        flood.told = Some(now);
        Answer::Line
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;
    use crate::content::LanguageId;
    use crate::conversation::Text;

    fn weigh(floods: &Floods, words: &str, urgent: bool, unsent: usize, minute: i64) -> Answer {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        let session = Session::new(LanguageId::from("en"), now);
        let mut reply = Reply::new(Text::plain(words));
        reply.urgent = urgent;
        let turn = Turn {
            keep: Keep::Session(session.clone()),
            replies: vec![reply],
            rules: Vec::new(),
        };
        let job = Job {
            update_id: 1,
            conversation: ConversationKey([1; 16]),
            body: b"",
            received_at: now,
            failures: 0,
            session: None,
            unsent,
            urgent_unsent: urgent,
        };
        floods.weigh(&job, Some(&session), &turn, now)
    }

    #[test]
    fn she_is_told_once_in_ten_minutes() {
        let floods = Floods::default();
        assert_eq!(weigh(&floods, "same", false, 9, 0), Answer::Whole);
        assert_eq!(weigh(&floods, "same", false, 10, 0), Answer::Line);
        assert_eq!(weigh(&floods, "same", false, 10, 1), Answer::Nothing);
        assert_eq!(weigh(&floods, "same", false, 1, 2), Answer::Whole);
        assert_eq!(weigh(&floods, "same", false, 10, 9), Answer::Nothing);
        assert_eq!(weigh(&floods, "same", false, 10, 10), Answer::Line);
    }

    #[test]
    fn what_is_urgent_is_left_out_only_while_the_very_same_waits() {
        let floods = Floods::default();
        assert_eq!(weigh(&floods, "phone now", true, 50, 0), Answer::Whole);
        assert_ne!(weigh(&floods, "phone now", true, 50, 0), Answer::Whole);
        assert_eq!(weigh(&floods, "another", true, 50, 0), Answer::Whole);
        // It has been sent since.
        assert_ne!(weigh(&floods, "same", false, 50, 1), Answer::Whole);
        assert_eq!(weigh(&floods, "phone now", true, 50, 1), Answer::Whole);
    }
}

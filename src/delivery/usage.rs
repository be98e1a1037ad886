//! How the bot is used, as numbers alone: how many begin, how far they come, how it ends. To know how long somebody took
//! and where she stopped, the time she began and the last screen are held in memory, by the keyed hash of her
//! conversation, until she has an answer or has not come back for an hour; they are never written anywhere.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::content::ScreenId;
use crate::conversation::Reply;
use crate::store::ConversationKey;

/// The upper ends of the times to the first advice that are told apart, in seconds.
pub const TIMES: [i64; 6] = [15, 30, 60, 120, 300, 900];
/// Counts of women are told in whole steps of so many, and not at all below.
pub const FEWEST: u64 = 5;
/// Who has not come back for so long has stopped.
const STOPPED_AFTER: SignedDuration = SignedDuration::from_hours(1);
/// No more conversations than this are followed; those beyond are not counted.
const MOST_FOLLOWED: usize = 50_000;

/// Numbers since the start of the program.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Conversations begun, or begun anew.
    pub starts: u64,
    /// Conversations that have come to a first answer.
    pub advice: Advice,
    /// The same, when their number was last a multiple of [`FEWEST`].
    pub advice_told: Option<Advice>,
    /// Answers shown, by level.
    pub endings: BTreeMap<String, u64>,
    /// Conversations that stopped before an answer, by the last screen.
    pub stopped: BTreeMap<String, u64>,
}

/// First answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Advice {
    /// How many.
    pub count: u64,
    /// How long they took, in seconds, in all.
    pub seconds: u64,
    /// Of those, how many took no longer than each of [`TIMES`].
    pub within: [u64; TIMES.len()],
}

/// What counts of one turn. It is counted once the turn is on the disk: a commit that fails is tried again.
pub struct Step {
    conversation: ConversationKey,
    begins: bool,
    /// The level of the answer, if there is one.
    ending: Option<&'static str>,
    /// The screen in front of her, if there is a new one.
    screen: Option<ScreenId>,
}

impl Step {
    /// Of a turn that was answered with this; `begins` when it began a conversation.
    #[must_use]
    pub fn of(conversation: ConversationKey, begins: bool, replies: &[Reply]) -> Step {
        let ends = replies
            .iter()
            .find_map(|reply| reply.outcome.filter(|_| reply.end));
        Step {
            conversation,
            begins,
            ending: ends.map(|outcome| outcome.level().map_or("out_of_scope", |level| level.key())),
            screen: replies.iter().find_map(|reply| reply.screen.clone()),
        }
    }
}

/// A conversation on its way to an answer.
struct Way {
    begun: Timestamp,
    last: Timestamp,
    screen: Option<ScreenId>,
}

#[derive(Default)]
struct Book {
    numbers: Numbers,
    ways: HashMap<ConversationKey, Way>,
}

/// Counts. One for each program.
#[derive(Default)]
pub struct Usage(Mutex<Book>);

impl Usage {
    /// The numbers so far.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        self.book().numbers.clone()
    }

    /// A turn was taken.
    pub fn note(&self, step: Step, now: Timestamp) {
        let mut book = self.book();
        let Book { numbers, ways } = &mut *book;
        let conversation = step.conversation;
        if step.begins {
            numbers.starts += 1;
            if ways.len() < MOST_FOLLOWED || ways.contains_key(&conversation) {
                let way = Way {
                    begun: now,
                    last: now,
                    screen: None,
                };
                ways.insert(conversation, way);
            }
        }
        if let Some(level) = step.ending {
            *numbers.endings.entry(level.to_owned()).or_default() += 1;
            if let Some(way) = ways.remove(&conversation) {
                numbers.advise(now.duration_since(way.begun).as_secs());
            }
        } else if let Some(way) = ways.get_mut(&conversation) {
            way.last = now;
            if step.screen.is_some() {
                way.screen = step.screen;
            }
        }
    }

    /// Looks for those who have stopped.
    pub fn sweep(&self, now: Timestamp) {
        let mut book = self.book();
        let Book { numbers, ways } = &mut *book;
        ways.retain(|_, way| {
            let stays = now.duration_since(way.last) < STOPPED_AFTER;
            if !stays {
                let screen = way.screen.as_ref().map_or("opening", |screen| screen.as_str());
                *numbers.stopped.entry(screen.to_owned()).or_default() += 1;
            }
            stays
        });
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Numbers {
    fn advise(&mut self, seconds: i64) {
        let advice = &mut self.advice;
        advice.count += 1;
        advice.seconds += u64::try_from(seconds).unwrap_or(0);
        for (limit, count) in TIMES.iter().zip(&mut advice.within) {
            *count += u64::from(seconds <= *limit);
        }
        if advice.count.is_multiple_of(FEWEST) {
            self.advice_told = Some(*advice);
        }
    }
}

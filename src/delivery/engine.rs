//! Update → turn → session and outbox, one commit for a batch. A turn is pure and takes microseconds, so all of it fits
//! inside the write transaction: there are no workers and no locks to get wrong.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::Notify;

use super::counters::rise;
use super::flood::{self, Answer, Floods};
use super::usage::Step;
use super::{Clock, Counters, Platform, Stop, Usage, stopped};
use crate::content::Content;

use crate::conversation::{Arrival, Command, Event, Keep, Session, Surroundings, Turn};
use crate::store::{
    Handled, Job, NewParcel, Parcel, RawUpdate, SessionChange, Store, StoreError, TRIES, Taken, Worked,
};

/// The state machine of the conversation.
pub type TurnFunction = fn(&Content, Option<Session>, &Arrival, &Surroundings) -> Turn;

/// How many rows one commit covers.
const BATCH: usize = 200;
/// The engine looks into the inbox this often even when nobody rings.
const IDLE: Duration = Duration::from_secs(5);
/// How often what has expired is deleted.
const SWEEP: Duration = Duration::from_secs(600);
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Handles updates. One task for each store.
pub struct Engine<P: Platform, S: Store> {
    /// What the dialogues say.
    pub content: Arc<Content>,
    /// Inbox, sessions, outbox.
    pub store: Arc<S>,
    /// Reads updates and writes requests.
    pub platform: Arc<P>,
    /// The conversation.
    pub turn: TurnFunction,
    /// What a turn may know of the world. Its `now` is set anew for every turn.
    pub surroundings: Surroundings,
    /// Tells the time.
    pub clock: Clock,
    /// Rung by whoever has put updates into the inbox.
    pub inbox: Arc<Notify>,
    /// Rung by the engine when it has put messages into the outbox.
    pub outbox: Arc<Notify>,
    /// What was done.
    pub counters: Arc<Counters>,
    /// How it is used.
    pub usage: Arc<Usage>,
    /// Who writes faster than can be answered.
    pub floods: Arc<Floods>,
}

impl<P: Platform, S: Store> Engine<P, S> {
    /// Handles updates until it is told to stop, and then once more what is in the inbox, up to one batch. What is
    /// left stays in the store for the next start. Never fails: errors of the store are logged, and it tries again.
    pub async fn run(self, stop: Stop) {
        Arc::new(self).keep_running(stop).await;
    }

    /// As [`Engine::run`], for an engine that also takes updates in.
    pub async fn keep_running(self: Arc<Self>, mut stop: Stop) {
        let engine = self;
        let mut wait = FIRST_WAIT;
        let mut next_sweep = Instant::now();
        loop {
            let last = *stop.borrow() || stop.has_changed().is_err();
            let sweep = Instant::now() >= next_sweep;
            let result = Arc::clone(&engine).step(sweep).await;
            if sweep {
                next_sweep = Instant::now() + SWEEP;
            }
            if last {
                return;
            }
            match result {
                Ok(worked) if worked != Worked::default() => wait = FIRST_WAIT,
                Ok(_) => {
                    wait = FIRST_WAIT;
                    tokio::select! {
                        () = engine.inbox.notified() => {}
                        () = tokio::time::sleep(IDLE) => {}
                        () = stopped(&mut stop) => {}
                    }
                }
                Err(()) => {
                    tokio::select! {
                        () = tokio::time::sleep(wait) => {}
                        () = stopped(&mut stop) => {}
                    }
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    /// One batch, on a thread that may block.
    async fn step(self: Arc<Self>, sweep: bool) -> Result<Worked, ()> {
        let engine = Arc::clone(&self);
        let task = tokio::task::spawn_blocking(move || {
            if sweep {
                let now = (engine.clock)();
                engine.store.sweep(now)?;
                engine.usage.sweep(now);
            }
            engine.work()
        });
        match task.await {
            Ok(Ok(worked)) => {
                if worked.parcels > 0 {
                    self.outbox.notify_one();
                }
                Ok(worked)
            }
            Ok(Err(error)) => {
                rise(&self.counters.store_errors);
                tracing::error!(%error, "updates wait, nothing is lost: the engine tries again");
                Err(())
            }
            Err(_) => {
                rise(&self.counters.store_errors);
                tracing::error!("the store panicked; updates wait, nothing is lost: the engine tries again");
                Err(())
            }
        }
    }

    /// Takes updates in, and handles at once those that need not wait. Blocks. Calls `leave` with what may be sent at once.
    pub(super) fn take(
        &self,
        updates: &[RawUpdate],
        leave: &mut dyn FnMut(Vec<Parcel>),
    ) -> Result<Taken, StoreError> {
        let now = (self.clock)();
        let mut steps = Vec::new();
        let mut handle = |job: Job<'_>| self.handle(&job, now, &mut steps);
        let taken = self.store.take(updates, now, &mut handle, leave);
        match &taken {
            Ok(_) => self.count(steps, now),
            Err(_) => rise(&self.counters.store_errors),
        }
        taken
    }

    fn work(&self) -> Result<Worked, StoreError> {
        let now = (self.clock)();
        let mut steps = Vec::new();
        let worked = self
            .store
            .work(BATCH, now, &mut |job| self.handle(&job, now, &mut steps))?;
        self.count(steps, now);
        Ok(worked)
    }

    fn count(&self, steps: Vec<Step>, now: Timestamp) {
        for step in steps {
            self.usage.note(step, now);
        }
    }

    /// Handles one row. A panic never leaves it.
    fn handle(&self, job: &Job<'_>, now: Timestamp, steps: &mut Vec<Step>) -> Handled {
        let handled = catch_unwind(AssertUnwindSafe(|| self.answer(job, now, steps)));
        if let Ok(Some(handled)) = handled {
            rise(&self.counters.handled);
            return handled;
        }
        rise(&self.counters.failed);
        if job.failures + 1 < TRIES {
            tracing::warn!(
                tries = job.failures + 1,
                "an update could not be handled: it is tried again, alone"
            );
            return Handled::Failed;
        }
        rise(&self.counters.handled);
        rise(&self.counters.parked);
        tracing::error!(
            tries = TRIES,
            "an update could not be handled: she is told so, and the next is taken"
        );
        Handled::Done {
            session: SessionChange::Keep,
            parcels: self.apology(job.body).into_iter().collect(),
        }
    }

    /// The turn itself. `None` when its session cannot be written down.
    fn answer(&self, job: &Job<'_>, now: Timestamp, steps: &mut Vec<Step>) -> Option<Handled> {
        let (arrival, place) = self.platform.decode(job.body);
        match arrival.event {
            Event::Gone => return Some(done(SessionChange::Wipe, Vec::new())),
            Event::Nothing => return Some(done(SessionChange::Keep, Vec::new())),
            _ => {}
        }
        let surroundings = Surroundings {
            now,
            ..self.surroundings.clone()
        };
        let before = job.session.and_then(Session::from_bytes);
        let stood = before.as_ref().filter(|_| flood::looms(job)).cloned();
        let begins = before.is_none() || matches!(arrival.event, Event::Command(Command::Start(_)));
        let turn = (self.turn)(&self.content, before, &arrival, &surroundings);
        let step = Step::of(job.conversation, begins, &turn.replies);
        let answer = self.floods.weigh(job, stood.as_ref(), &turn, now);
        if !turn.rules.is_empty() {
            // Names of rules, and nothing of hers.
            tracing::debug!(rules = %turn.rules.join(" "), "words were read");
        }
        let session = match turn.keep {
            Keep::Session(session) => SessionChange::Put(session.to_bytes()?),
            Keep::Nothing => SessionChange::Keep,
            Keep::Wipe => SessionChange::Wipe,
        };
        let parcels = match answer {
            Answer::Whole => self.platform.render(&place, &turn.replies),
            Answer::Line => self.platform.flood(&place).into_iter().collect(),
            Answer::Nothing => Vec::new(),
        };
        if answer != Answer::Whole {
            rise(&self.counters.left_out);
        }
        if !matches!(arrival.event, Event::Overheard { .. }) {
            steps.push(step);
        }
        Some(done(session, parcels))
    }

    /// Says sorry, if even that does not fail: the fault may be in reading the update.
    fn apology(&self, body: &[u8]) -> Option<NewParcel> {
        let apology = AssertUnwindSafe(|| {
            let (_, place) = self.platform.decode(body);
            self.platform.apology(&place)
        });
        catch_unwind(apology).ok().flatten()
    }
}

fn done(session: SessionChange, parcels: Vec<NewParcel>) -> Handled {
    Handled::Done { session, parcels }
}

//! Drains the outbox: in order within a conversation, urgent first across conversations, at a pace the server bears.
//! One task looks and writes down; the requests themselves run beside each other.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, mpsc};
use tokio::task::{Id, JoinError, JoinSet};

use super::counters::rise;
use super::pace::Pace;
use super::{Clock, Counters, Courier, Fate, Stop, stopped};
use crate::store::{ConversationKey, Parcel, ParcelId, Settlement, Store, StoreError};

/// The sender looks into the outbox this often even when nobody rings.
const IDLE: Duration = Duration::from_secs(30);
/// Waits between tries to use a store that gives errors.
const FIRST_STORE_WAIT: Duration = Duration::from_millis(100);
const LONGEST_STORE_WAIT: Duration = Duration::from_secs(2);
/// How often the last settlements are tried to be written at the end.
const LAST_TRIES: usize = 3;
/// A message that failed this often is worth a word to the operator, and again each time it doubles.
const FIRST_WORD: u32 = 4;

/// How the sender behaves.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Requests under way at the same time. One that gets no answer is under way for 15 seconds, and a server that is
    /// slow to a few must not hold up the others.
    pub in_flight: usize,
    /// Messages a second, all conversations together. The Bot API bears about 30.
    pub overall_per_second: f64,
    /// Messages that may leave at once, all conversations together.
    pub overall_burst: f64,
    /// Messages a second to one conversation.
    pub conversation_per_second: f64,
    /// Messages to one conversation that may leave at once: a few quick taps, then an answer of up to three.
    pub conversation_burst: f64,
    /// Messages a second to one conversation that others read, a group or a channel, after a burst of a minute's worth
    /// or of [`Settings::conversation_burst`], whichever is less. The Bot API bears about 20 a minute.
    pub public_per_second: f64,
    /// The first wait after a try that failed; it doubles with each.
    pub first_retry: Duration,
    /// The longest wait between tries.
    pub longest_retry: Duration,
    /// The longest wait between tries for a message that is urgent.
    pub longest_urgent_retry: Duration,
    /// After the stop: how long messages that are due still go out.
    pub drain: Duration,
    /// After that: how long requests under way are waited for.
    pub last_wait: Duration,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            in_flight: 512,
            overall_per_second: 28.0,
            overall_burst: 2.0,
            conversation_per_second: 1.0,
            conversation_burst: 10.0,
            public_per_second: 20.0 / 60.0,
            first_retry: Duration::from_millis(500),
            longest_retry: Duration::from_secs(60),
            longest_urgent_retry: Duration::from_secs(10),
            drain: Duration::from_secs(5),
            last_wait: Duration::from_secs(3),
        }
    }
}

/// Sends messages. One task for each store.
pub struct Sender<C: Courier, S: Store> {
    /// Carries the requests.
    pub courier: Arc<C>,
    /// The outbox.
    pub store: Arc<S>,
    /// How it behaves.
    pub settings: Settings,
    /// Tells the time.
    pub clock: Clock,
    /// Rung by the engine.
    pub outbox: Arc<Notify>,
    /// What was done.
    pub counters: Arc<Counters>,
}

/// A request under way.
struct UnderWay {
    id: ParcelId,
    conversation: ConversationKey,
    failures: u32,
    urgent: bool,
}

/// What the sender knows while it runs; all that must outlive it is in the store.
struct Desk {
    requests: JoinSet<Fate>,
    under_way: HashMap<Id, UnderWay>,
    /// Finished and not yet written down; that is done before anything is looked for, or it would be sent twice.
    settled: Vec<(ParcelId, Settlement)>,
    /// Conversations that have had their burst, until there is a token for them.
    resting: HashMap<ConversationKey, Instant>,
    /// Conversations with a request under way; never more than one for each.
    carried: HashSet<ConversationKey>,
    /// When the outbox is looked at next, if nothing that could leave was there the last time.
    next_look: Option<Instant>,
    /// The youngest message that was ever found there.
    last_seen: ParcelId,
    pace: Pace,
    store_wait: Duration,
    /// When it began, by the clock on the wall and by the one that nobody sets.
    begun: (Timestamp, Instant),
}

impl<C: Courier, S: Store> Sender<C, S> {
    /// Sends until it is told to stop; then until nothing is due or [`Settings::drain`] has passed, and waits up to
    /// [`Settings::last_wait`] for the requests under way. What was not sent by then stays in the store for the next
    /// start. Never fails: errors of the store are logged, and it tries again.
    pub async fn run(self, stop: Stop) {
        let (_nobody, at_once) = mpsc::channel(1);
        self.run_with(at_once, stop).await;
    }

    /// As [`Sender::run`]. What comes here was put into the outbox a moment ago, and is sent without looking there, as
    /// long as nothing else waits for its turn.
    pub async fn run_with(self, mut at_once: mpsc::Receiver<Vec<Parcel>>, mut stop: Stop) {
        let mut desk = Desk::new(self.settings, (self.clock)());
        let mut end: Option<Instant> = None;
        loop {
            if end.is_some() {
                // Only a look can tell that nothing will be due before the end.
                desk.next_look = None;
            }
            let wait = match self.round(&mut desk).await {
                Ok(wait) => {
                    desk.store_wait = FIRST_STORE_WAIT;
                    wait
                }
                Err(error) => self.after_store_error(&mut desk, &error).await,
            };
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero() || (desk.is_idle() && wait >= left)) {
                break;
            }
            tokio::select! {
                Some(finished) = desk.requests.join_next_with_id() => self.finished(&mut desk, finished),
                Some(parcels) = at_once.recv() => self.start_at_once(&mut desk, parcels),
                () = self.outbox.notified() => desk.next_look = None,
                () = tokio::time::sleep(wait.min(left.unwrap_or(IDLE)).min(IDLE)) => {}
                () = stopped(&mut stop), if end.is_none() => end = Some(Instant::now() + self.settings.drain),
            }
            // Whoever else has something for this round says so first: a round is a commit.
            tokio::task::yield_now().await;
            while let Some(finished) = desk.requests.try_join_next_with_id() {
                self.finished(&mut desk, finished);
            }
            while let Ok(parcels) = at_once.try_recv() {
                self.start_at_once(&mut desk, parcels);
            }
        }
        self.finish(desk).await;
    }

    /// Writes down what is finished, starts what may leave, and says how long nothing else will be to do.
    async fn round(&self, desk: &mut Desk) -> Result<Duration, StoreError> {
        if let Some(next_look) = desk.next_look
            && desk.settled.is_empty()
        {
            let wait = next_look.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                return Ok(wait);
            }
        }
        desk.next_look = None;
        loop {
            let started = Instant::now();
            desk.resting.retain(|_, until| *until > started);
            let free = self.settings.in_flight.saturating_sub(desk.under_way.len());
            let room = if free == 0 {
                // The end of a request wakes the sender.
                Err(Duration::MAX)
            } else {
                desk.pace.room(started).map(|room| room.min(free))
            };
            let now = desk.now();
            let (due, next) = match room {
                Err(wait) => {
                    self.write_down(desk, now, |_| Ok(())).await?;
                    return Ok(wait);
                }
                Ok(room) => {
                    let busy = desk.busy();
                    self.write_down(desk, now, move |store| look(store, room, now, &busy))
                        .await?
                }
            };
            if due.is_empty() {
                let wait = desk.wait(started, next.map(|next| until(now, next)));
                desk.next_look = Some(started + wait.min(IDLE));
                return Ok(wait);
            }
            for parcel in due {
                desk.last_seen = desk.last_seen.max(parcel.id);
                self.start(desk, parcel);
            }
        }
    }

    /// Starts what was just put into the outbox, if nothing waited there when it was looked at last, and there is room
    /// for all of it. Else it is found there, in its turn.
    fn start_at_once(&self, desk: &mut Desk, parcels: Vec<Parcel>) {
        let now = Instant::now();
        let free = self.settings.in_flight.saturating_sub(desk.under_way.len());
        let room = desk.pace.room(now).map_or(0, |room| room.min(free));
        if desk.next_look.is_none() || parcels.len() > room {
            desk.next_look = None;
            return;
        }
        for parcel in parcels {
            let conversation = parcel.conversation;
            let busy = desk.resting.contains_key(&conversation) || desk.carried.contains(&conversation);
            // What a look has met already may be sent by now.
            if busy || parcel.id <= desk.last_seen {
                desk.next_look = None;
                continue;
            }
            self.start(desk, parcel);
        }
    }

    fn start(&self, desk: &mut Desk, parcel: Parcel) {
        let conversation = parcel.conversation;
        if let Err(until) = desk.pace.take(conversation, parcel.public, Instant::now()) {
            desk.resting.insert(conversation, until);
            desk.next_look = None;
            return;
        }
        let courier = Arc::clone(&self.courier);
        let body = parcel.body;
        let task = desk.requests.spawn(async move { courier.send(&body).await });
        let under_way = UnderWay {
            id: parcel.id,
            conversation,
            failures: parcel.failures,
            urgent: parcel.urgent,
        };
        desk.under_way.insert(task.id(), under_way);
        desk.carried.insert(conversation);
    }

    fn finished(&self, desk: &mut Desk, finished: Result<(Id, Fate), JoinError>) {
        let (id, fate) = finished.unwrap_or_else(|error| {
            tracing::error!("a request panicked: it is tried again");
            (error.id(), Fate::Retry(None))
        });
        let Some(sent) = desk.under_way.remove(&id) else {
            return;
        };
        desk.carried.remove(&sent.conversation);
        let settlement = match fate {
            Fate::Sent => {
                rise(&self.counters.sent);
                Settlement::Finished
            }
            Fate::GiveUp => {
                rise(&self.counters.given_up);
                tracing::warn!(message = sent.id.0, "a message can never be sent and is left out");
                Settlement::Finished
            }
            Fate::LeftOut => Settlement::Finished,
            Fate::ChatGone => {
                rise(&self.counters.chats_gone);
                tracing::info!("a chat is gone: all that was kept of it is deleted");
                Settlement::ChatGone
            }
            Fate::Retry(wish) => Settlement::Later(self.next_try(desk, &sent, wish)),
        };
        desk.settled.push((sent.id, settlement));
    }

    fn next_try(&self, desk: &mut Desk, sent: &UnderWay, wish: Option<Duration>) -> Timestamp {
        rise(&self.counters.retried);
        let failures = sent.failures + 1;
        if failures >= FIRST_WORD && failures.is_power_of_two() {
            tracing::warn!(
                message = sent.id.0,
                failures,
                "a message still cannot be sent: it is tried again"
            );
        }
        if wish.is_some() && desk.pace.held_up(sent.conversation, Instant::now()) {
            tracing::warn!(
                "the server holds up several chats at once: messages leave at half the pace for a while"
            );
        }
        let delay = wish.map_or_else(
            || {
                let longest = if sent.urgent {
                    self.settings.longest_urgent_retry
                } else {
                    self.settings.longest_retry
                };
                let doubled = 2u32.saturating_pow(sent.failures.min(16));
                let delay = self.settings.first_retry.saturating_mul(doubled).min(longest);
                delay / 2 + (delay / 2).mul_f64(chance())
            },
            // Never earlier than the server wishes; a little later, so that not all come back in the same moment;
            // one millisecond because the store keeps whole ones, rounded down.
            |wish| {
                wish + Duration::from_millis(1) + (wish / 10).min(Duration::from_secs(1)).mul_f64(chance())
            },
        );
        let delay = SignedDuration::try_from(delay).unwrap_or(SignedDuration::MAX);
        desk.now().saturating_add(delay).unwrap_or(Timestamp::MAX)
    }

    /// Writes down what is finished, and then asks something. Neither waits for the disk, so both are done here: to wake
    /// another thread would cost more. Only a chat that is gone is wiped from the disk, elsewhere.
    async fn write_down<T: Send + 'static>(
        &self,
        desk: &mut Desk,
        now: Timestamp,
        question: impl FnOnce(&S) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let wipes = desk
            .settled
            .iter()
            .any(|(_, settlement)| *settlement == Settlement::ChatGone);
        let answer = if wipes {
            let (store, settled) = (Arc::clone(&self.store), desk.settled.clone());
            let task = tokio::task::spawn_blocking(move || {
                store.settle(&settled, now)?;
                Ok(question(&store))
            });
            task.await.unwrap_or_else(|_| Err(panicked()))
        } else {
            let here = AssertUnwindSafe(|| {
                self.store.settle(&desk.settled, now)?;
                Ok(question(&self.store))
            });
            catch_unwind(here).unwrap_or_else(|_| Err(panicked()))
        };
        let answer = answer?;
        desk.settled.clear();
        answer
    }

    /// Logs it and says how long to wait. The wait is slept here, so that no ring cuts it short.
    async fn after_store_error(&self, desk: &mut Desk, error: &StoreError) -> Duration {
        rise(&self.counters.store_errors);
        tracing::error!(%error, "messages wait, nothing is lost: the sender tries again");
        tokio::time::sleep(desk.store_wait).await;
        desk.store_wait = (desk.store_wait * 2).min(LONGEST_STORE_WAIT);
        Duration::ZERO
    }

    /// Waits for the requests under way, and writes down what became of them.
    async fn finish(&self, mut desk: Desk) {
        let end = tokio::time::Instant::now() + self.settings.last_wait;
        while let Ok(Some(finished)) = tokio::time::timeout_at(end, desk.requests.join_next_with_id()).await {
            self.finished(&mut desk, finished);
        }
        for _ in 0..LAST_TRIES {
            let now = desk.now();
            match self.write_down(&mut desk, now, |_| Ok(())).await {
                Ok(()) => break,
                Err(error) => drop(self.after_store_error(&mut desk, &error).await),
            }
        }
        if !desk.under_way.is_empty() || !desk.settled.is_empty() {
            let messages = desk.under_way.len() + desk.settled.len();
            tracing::warn!(
                messages,
                "stopped before it was known whether these were sent: they go out again"
            );
        }
    }
}

impl Desk {
    fn new(settings: Settings, now: Timestamp) -> Desk {
        Desk {
            requests: JoinSet::new(),
            under_way: HashMap::new(),
            settled: Vec::new(),
            resting: HashMap::new(),
            carried: HashSet::new(),
            next_look: None,
            last_seen: ParcelId(i64::MIN),
            pace: Pace::new(settings, Instant::now()),
            store_wait: FIRST_STORE_WAIT,
            begun: (now, Instant::now()),
        }
    }

    /// Now. Goes on evenly, though the clock on the wall may be set: a message put off must not wait for that.
    fn now(&self) -> Timestamp {
        let (begun, at) = self.begun;
        let passed = SignedDuration::try_from(at.elapsed()).unwrap_or(SignedDuration::MAX);
        begun.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }

    fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.settled.is_empty()
    }

    /// Conversations that get nothing now.
    fn busy(&self) -> Vec<ConversationKey> {
        self.carried.iter().chain(self.resting.keys()).copied().collect()
    }

    /// How long until there may be something to do, when nothing is due now.
    fn wait(&self, now: Instant, next_due: Option<Duration>) -> Duration {
        let rested = self
            .resting
            .values()
            .map(|until| until.saturating_duration_since(now));
        rested.chain(next_due).min().unwrap_or(Duration::MAX)
    }
}

/// What may leave now, and if nothing may, when something will.
fn look<S: Store>(
    store: &S,
    room: usize,
    now: Timestamp,
    busy: &[ConversationKey],
) -> Result<(Vec<Parcel>, Option<Timestamp>), StoreError> {
    let due = store.due(room, now, busy)?;
    let next = if due.is_empty() {
        store.next_due(now)?
    } else {
        None
    };
    Ok((due, next))
}

fn panicked() -> StoreError {
    StoreError::Database {
        path: "in use".to_owned(),
        what: "the store panicked".to_owned(),
    }
}

/// How long from now to then.
fn until(now: Timestamp, then: Timestamp) -> Duration {
    // One millisecond more: times in the store are whole milliseconds, rounded down.
    Duration::try_from(then.duration_since(now)).unwrap_or_default() + Duration::from_millis(1)
}

/// A random number from 0 up to 1.
fn chance() -> f64 {
    let number = getrandom::u32().unwrap_or(u32::MAX / 2);
    f64::from(number) / f64::from(u32::MAX)
}

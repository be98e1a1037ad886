//! Random histories: the store in memory and the one in SQLite cannot be told apart.

use jiff::Timestamp;
use nightease::store::{
    Handled, Job, MemoryStore, NewParcel, Parcel, ParcelId, RawUpdate, SessionChange, Settlement, Store,
    StoreError, Taken, Waiting, Worked,
};
use proptest::prelude::*;

use super::{at, chat, sqlite, update};

#[derive(Clone, Debug)]
enum Step {
    Accept(Vec<(i64, u8)>),
    Take { ids: Vec<i64>, plans: Vec<Plan> },
    Work { limit: usize, plans: Vec<Plan> },
    Due { limit: usize, busy: Vec<u8> },
    Settle(Vec<(i64, Outcome)>),
    Forget(u8),
    Sweep,
    Wait(i64),
}

#[derive(Clone, Debug)]
struct Plan {
    fails: bool,
    session: u8,
    urgent: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
enum Outcome {
    Finished,
    Later(i64),
    Gone,
}

/// All that can be seen of a store through its trait.
#[derive(PartialEq, Debug)]
enum Seen {
    Count(usize),
    Taken(Taken, Vec<String>, Vec<String>),
    Worked(Worked, Vec<String>),
    Due(Vec<String>),
    State(Waiting, Option<Timestamp>, Vec<String>),
}

fn plan() -> impl Strategy<Value = Plan> {
    let urgent = prop::collection::vec(prop::bool::weighted(0.2), 0..3);
    (prop::bool::weighted(0.2), 0u8..4, urgent).prop_map(|(fails, session, urgent)| Plan {
        fails,
        session,
        urgent,
    })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(Outcome::Finished),
        2 => (0i64..7200).prop_map(Outcome::Later),
        1 => Just(Outcome::Gone),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let plans = || prop::collection::vec(plan(), 1..4);
    prop_oneof![
        4 => (prop::collection::vec(0i64..40, 1..8), plans()).prop_map(|(ids, plans)| Step::Take { ids, plans }),
        4 => prop::collection::vec((0i64..40, 0u8..4), 1..8).prop_map(Step::Accept),
        5 => (0usize..8, plans()).prop_map(|(limit, plans)| Step::Work { limit, plans }),
        2 => (0usize..5, prop::collection::vec(0u8..4, 0..3)).prop_map(|(limit, busy)| Step::Due { limit, busy }),
        3 => prop::collection::vec((1i64..30, outcome()), 0..4).prop_map(Step::Settle),
        1 => (0u8..4).prop_map(Step::Forget),
        1 => Just(Step::Sweep),
        2 => (0i64..100_000).prop_map(Step::Wait),
    ]
}

fn show(parcels: &[Parcel]) -> Vec<String> {
    let lines = parcels.iter().map(|parcel| {
        let body = String::from_utf8_lossy(&parcel.body);
        let Parcel {
            id,
            conversation,
            failures,
            urgent,
            ..
        } = parcel;
        format!("{id:?} {conversation:?} {body} {failures} {urgent}")
    });
    lines.collect()
}

/// Does what is planned, and writes down what was handed out.
fn carry_out(job: &Job<'_>, plans: &[Plan], jobs: &mut Vec<String>) -> Handled {
    let plan = &plans[jobs.len() % plans.len()];
    jobs.push(format!(
        "{} {:?} {:?} {} {} {:?}",
        job.update_id, job.conversation, job.body, job.received_at, job.failures, job.session
    ));
    if plan.fails {
        return Handled::Failed;
    }
    let session = match plan.session {
        0 => SessionChange::Keep,
        1 => SessionChange::Wipe,
        _ => SessionChange::Put(format!("session of {}", job.update_id).into_bytes()),
    };
    let parcels = plan.urgent.iter().map(|&urgent| NewParcel {
        body: format!("reply to {}", job.update_id).into_bytes(),
        urgent,
        public: false,
    });
    Handled::Done {
        session,
        parcels: parcels.collect(),
    }
}

/// Whose an update is never changes, as an update's id belongs to one chat.
fn updates(ids: impl Iterator<Item = i64>) -> Vec<RawUpdate> {
    ids.map(|id| update(id, u8::try_from(id % 4).unwrap())).collect()
}

fn apply(store: &dyn Store, step: &Step, now: Timestamp) -> Result<Seen, StoreError> {
    Ok(match step {
        Step::Accept(rows) => {
            let rows = updates(rows.iter().map(|&(id, _)| id));
            Seen::Count(store.accept(&rows, now)?)
        }
        Step::Take { ids, plans } => {
            let (rows, mut jobs, mut at_once) = (updates(ids.iter().copied()), Vec::new(), Vec::new());
            let mut handle = |job: Job<'_>| carry_out(&job, plans, &mut jobs);
            let mut leave = |parcels| at_once.extend::<Vec<Parcel>>(parcels);
            let taken = store.take(&rows, now, &mut handle, &mut leave)?;
            Seen::Taken(taken, jobs, show(&at_once))
        }
        Step::Work { limit, plans } => {
            let mut jobs = Vec::new();
            let worked = store.work(*limit, now, &mut |job| carry_out(&job, plans, &mut jobs))?;
            Seen::Worked(worked, jobs)
        }
        Step::Due { limit, busy } => {
            let busy: Vec<_> = busy.iter().map(|&number| chat(number)).collect();
            Seen::Due(show(&store.due(*limit, now, &busy)?))
        }
        Step::Settle(settled) => {
            let settled: Vec<_> = settled
                .iter()
                .map(|&(id, outcome)| match outcome {
                    Outcome::Finished => (ParcelId(id), Settlement::Finished),
                    Outcome::Later(seconds) => (
                        ParcelId(id),
                        Settlement::Later(now + jiff::SignedDuration::from_secs(seconds)),
                    ),
                    Outcome::Gone => (ParcelId(id), Settlement::ChatGone),
                })
                .collect();
            store.settle(&settled, now)?;
            Seen::Count(0)
        }
        Step::Forget(number) => {
            store.forget(chat(*number))?;
            Seen::Count(0)
        }
        Step::Sweep => Seen::Count(store.sweep(now)?),
        Step::Wait(_) => Seen::Count(0),
    })
}

fn state(store: &dyn Store, now: Timestamp) -> Result<Seen, StoreError> {
    let due = show(&store.due(100, now, &[])?);
    Ok(Seen::State(store.waiting()?, store.next_due(now)?, due))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_stores_show_the_same(
        steps in prop::collection::vec(step(), 1..40),
        reopen in prop::collection::vec(prop::bool::weighted(0.1), 40),
    ) {
        let directory = tempfile::tempdir().unwrap();
        let memory = MemoryStore::new();
        let mut disk = sqlite(directory.path());
        let mut now = at(0);
        for (step, reopen) in steps.iter().zip(reopen) {
            if let Step::Wait(seconds) = step {
                now += jiff::SignedDuration::from_secs(*seconds);
            }
            if reopen {
                drop(disk);
                disk = sqlite(directory.path());
            }
            prop_assert_eq!(apply(&memory, step, now).unwrap(), apply(&disk, step, now).unwrap());
            prop_assert_eq!(state(&memory, now).unwrap(), state(&disk, now).unwrap());
        }
    }
}

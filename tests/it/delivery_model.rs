//! Accept, engine and sender as a model, walked through every order in which things can happen, with crashes and broken
//! connections at every point. Small: two chats, two updates each, two crashes, one broken connection. The code keeps to
//! the same steps: what is committed together there is one step here.
//!
//! Each property is shown to be able to fail: the model with a planted flaw breaks it.

use std::collections::BTreeSet;

use stateright::{Checker, HasDiscoveries, Model, Property};

const CHATS: usize = 2;
const UPDATES: [(u8, usize); 4] = [(1, 0), (2, 1), (3, 0), (4, 1)];

/// What may be wrong on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Flaw {
    None,
    /// The offset moves when updates are fetched, not when they are stored.
    OffsetBeforeCommit,
    /// A message leaves the outbox before it is sent.
    SettledBeforeSent,
    /// Handled updates are forgotten at once.
    ForgetsIds,
    /// Session and outbox are written in two commits.
    TwoCommits,
    /// The second message of a chat does not wait for the first.
    NoOrder,
    /// An update is handled as it is taken in, although an earlier one of its chat waits.
    TakesOver,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    /// With the server: updates not confirmed.
    server: Vec<u8>,
    /// On the disk.
    inbox: BTreeSet<u8>,
    done: BTreeSet<u8>,
    sessions: [Vec<u8>; CHATS],
    outbox: Vec<u8>,
    /// Seen in the chats.
    sent: [Vec<u8>; CHATS],
    /// In memory, gone with a crash.
    offset: u8,
    fetched: Vec<u8>,
    half_done: Option<u8>,
    under_way: BTreeSet<u8>,
    carried_out: BTreeSet<u8>,
    /// What may still go wrong.
    crashes: u8,
    breaks: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Poll,
    /// What was fetched goes into the inbox.
    Accept,
    /// What was fetched is handled in the commit that takes it in, but for the one that fails, and what has to wait.
    Take(Option<u8>),
    Work(u8),
    SecondCommit,
    Start(u8),
    Carry(u8),
    Break(u8),
    Settle(u8),
    Crash,
}

struct Delivery {
    flaw: Flaw,
    crashes: u8,
    breaks: u8,
}

impl Delivery {
    fn handle(&self, world: &mut World, update: u8) {
        if self.flaw != Flaw::ForgetsIds {
            world.done.insert(update);
        }
        world.sessions[chat(update)].push(update);
    }
}

fn chat(update: u8) -> usize {
    UPDATES.iter().find(|(id, _)| *id == update).unwrap().1
}

/// The first of each chat.
fn heads(updates: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let mut met = [false; CHATS];
    let updates = updates.into_iter();
    updates
        .filter(|update| !std::mem::replace(&mut met[chat(*update)], true))
        .collect()
}

impl Model for Delivery {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            server: UPDATES.iter().map(|(id, _)| *id).collect(),
            inbox: BTreeSet::new(),
            done: BTreeSet::new(),
            sessions: [Vec::new(), Vec::new()],
            outbox: Vec::new(),
            sent: [Vec::new(), Vec::new()],
            offset: 0,
            fetched: Vec::new(),
            half_done: None,
            under_way: BTreeSet::new(),
            carried_out: BTreeSet::new(),
            crashes: self.crashes,
            breaks: self.breaks,
        }]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        if world.fetched.is_empty() && !world.server.is_empty() {
            steps.push(Step::Poll);
        }
        if !world.fetched.is_empty() {
            steps.push(Step::Accept);
            if self.flaw != Flaw::TwoCommits {
                steps.push(Step::Take(None));
                steps.extend(world.fetched.iter().map(|update| Step::Take(Some(*update))));
            }
        }
        if world.half_done.is_some() {
            steps.push(Step::SecondCommit);
        } else {
            steps.extend(heads(world.inbox.iter().copied()).into_iter().map(Step::Work));
        }
        let free = |update: &u8| !world.under_way.contains(update);
        let leaving = match self.flaw {
            Flaw::NoOrder => world.outbox.clone(),
            _ => heads(world.outbox.iter().copied()),
        };
        steps.extend(leaving.into_iter().filter(free).map(Step::Start));
        for update in &world.under_way {
            if world.carried_out.contains(update) {
                steps.push(Step::Settle(*update));
            } else {
                steps.push(Step::Carry(*update));
                if world.breaks > 0 {
                    steps.push(Step::Break(*update));
                }
            }
        }
        if world.crashes > 0 {
            steps.push(Step::Crash);
        }
    }

    fn next_state(&self, before: &World, step: Step) -> Option<World> {
        let mut world = before.clone();
        match step {
            Step::Poll => {
                let offset = world.offset;
                world.server.retain(|update| *update >= offset);
                world.fetched = world.server.iter().copied().take(2).collect();
                if self.flaw == Flaw::OffsetBeforeCommit {
                    let last = world.fetched.last().copied().unwrap_or(0);
                    world.server.retain(|update| *update > last);
                }
            }
            Step::Accept => {
                for update in std::mem::take(&mut world.fetched) {
                    world.offset = world.offset.max(update + 1);
                    if !world.done.contains(&update) {
                        world.inbox.insert(update);
                    }
                }
            }
            Step::Take(failing) => {
                for update in std::mem::take(&mut world.fetched) {
                    world.offset = world.offset.max(update + 1);
                    if world.done.contains(&update) || world.inbox.contains(&update) {
                        continue;
                    }
                    let behind = world.inbox.iter().any(|other| chat(*other) == chat(update));
                    if failing == Some(update) || (behind && self.flaw != Flaw::TakesOver) {
                        world.inbox.insert(update);
                    } else {
                        self.handle(&mut world, update);
                        world.outbox.push(update);
                    }
                }
            }
            Step::Work(update) => {
                world.inbox.remove(&update);
                self.handle(&mut world, update);
                if self.flaw == Flaw::TwoCommits {
                    world.half_done = Some(update);
                } else {
                    world.outbox.push(update);
                }
            }
            Step::SecondCommit => world.outbox.extend(world.half_done.take()),
            Step::Start(update) => {
                world.under_way.insert(update);
                if self.flaw == Flaw::SettledBeforeSent {
                    world.outbox.retain(|waiting| *waiting != update);
                }
            }
            Step::Carry(update) => {
                world.sent[chat(update)].push(update);
                world.carried_out.insert(update);
            }
            // Carried out, and nobody heard of it: it is tried again.
            Step::Break(update) => {
                world.breaks -= 1;
                world.sent[chat(update)].push(update);
                world.under_way.remove(&update);
            }
            Step::Settle(update) => {
                world.outbox.retain(|waiting| *waiting != update);
                world.under_way.remove(&update);
                world.carried_out.remove(&update);
            }
            Step::Crash => {
                world.crashes -= 1;
                world.offset = 0;
                world.fetched.clear();
                world.half_done = None;
                world.under_way.clear();
                world.carried_out.clear();
            }
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no answer is applied twice, and in order", |_, world: &World| {
                world
                    .sessions
                    .iter()
                    .all(|applied| applied.windows(2).all(|pair| pair[0] < pair[1]))
            }),
            Property::always("messages come in order", |_, world: &World| {
                world
                    .sent
                    .iter()
                    .all(|sent| sent.windows(2).all(|pair| pair[0] <= pair[1]))
            }),
            Property::always(
                "a chat sees at most one message twice for each crash or break",
                |model: &Delivery, world: &World| {
                    let gone = model.crashes - world.crashes + model.breaks - world.breaks;
                    world.sent.iter().all(|sent| {
                        let twice = sent.windows(2).filter(|pair| pair[0] == pair[1]).count();
                        twice <= usize::from(gone)
                    })
                },
            ),
            Property::always(
                "nobody is left without an answer",
                |model: &Delivery, world: &World| {
                    let mut steps = Vec::new();
                    model.actions(world, &mut steps);
                    steps.retain(|step| *step != Step::Crash);
                    // What was confirmed, handled and sent is all there is to do.
                    !steps.is_empty()
                        || world.sent.iter().map(|sent| distinct(sent)).sum::<usize>() == UPDATES.len()
                },
            ),
            Property::sometimes("all is done", |_, world: &World| {
                world.sent.iter().map(|sent| distinct(sent)).sum::<usize>() == UPDATES.len()
            }),
        ]
    }
}

fn distinct(sent: &[u8]) -> usize {
    sent.iter().collect::<BTreeSet<_>>().len()
}

fn model(flaw: Flaw) -> Delivery {
    Delivery {
        flaw,
        crashes: 2,
        breaks: 1,
    }
}

#[test]
fn p4_p20_every_order_of_steps_keeps_what_is_promised() {
    let checker = model(Flaw::None).checker().threads(1).spawn_bfs().join();
    println!("{} states", checker.unique_state_count());
    assert!(checker.unique_state_count() > 10_000);
    checker.assert_properties();
}

#[test]
fn every_flaw_is_found() {
    for (flaw, broken) in [
        (Flaw::OffsetBeforeCommit, "nobody is left without an answer"),
        (Flaw::SettledBeforeSent, "nobody is left without an answer"),
        (Flaw::ForgetsIds, "no answer is applied twice, and in order"),
        (Flaw::TwoCommits, "nobody is left without an answer"),
        (Flaw::NoOrder, "messages come in order"),
        (Flaw::TakesOver, "no answer is applied twice, and in order"),
    ] {
        let enough = HasDiscoveries::AnyOf(BTreeSet::from([broken]));
        let checker = model(flaw).checker().finish_when(enough);
        let checker = checker.threads(1).spawn_bfs().join();
        assert!(checker.discovery(broken).is_some(), "{flaw:?} breaks nothing");
    }
}

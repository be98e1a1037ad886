//! How many taps it takes: to the first relief, and to the answer for what is an emergency.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::content::readability::sentences;
use crate::content::{Content, Level, Outcome, stage};
use crate::conversation::token::Action;
use crate::conversation::{Arrival, Command, Event, Keep, Reply, Surroundings, turn};

use super::all::Explored;
use super::coverage::in_words;
use super::model::Model;
use super::person::{Facts, Person, Sure, least_facts};

/// Taps on one topic.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TopicTaps {
    /// The topic, after a hand-over the one that goes on.
    pub topic: String,
    /// From `/start` to the first relief; none where a topic gives none before its answer.
    pub first_relief: Option<usize>,
    /// From `/start` to the answer, for each fact that is an emergency by itself: taps → facts.
    pub alone: BTreeMap<usize, BTreeSet<String>>,
    /// The same for facts that are an emergency only together.
    pub together: BTreeMap<usize, BTreeSet<String>>,
    /// Emergencies that no button of the topic asks for, or that it answers lower.
    pub not_asked: BTreeSet<String>,
}

/// Counts taps on every topic.
#[must_use]
pub fn taps(content: &Content, explored: &[Explored<'_>]) -> Vec<TopicTaps> {
    let mut all: Vec<TopicTaps> = Vec::new();
    for one in explored.iter().filter(|one| !one.model.ended) {
        let relief = first_relief(content, &one.model);
        for (situation, at) in (0u16..).zip(&one.model.situations).skip(1) {
            // Where she did not say the stage, lists of several stages are asked one after the other.
            if at.out_of_scope() || at.by.is_none() {
                continue;
            }
            let name = at.topic.id.to_string();
            let place = all
                .iter()
                .position(|known| known.topic == name)
                .unwrap_or(all.len());
            if place == all.len() {
                all.push(TopicTaps {
                    topic: name,
                    first_relief: relief,
                    ..TopicTaps::default()
                });
            }
            if let Some(taps) = all.get_mut(place) {
                taps.play(&one.model, situation);
            }
        }
    }
    all
}

impl TopicTaps {
    fn play(&mut self, model: &Model<'_>, situation: u16) {
        for facts in emergencies(model, situation) {
            let ending = Person::new(model, situation, &facts, Sure::Yes).ending();
            let name = in_words(model.content, &facts);
            if ending.outcome != Outcome::Level(Level::Emergency) {
                self.not_asked.insert(name);
                continue;
            }
            let into = if facts.len() == 1 {
                &mut self.alone
            } else {
                &mut self.together
            };
            into.entry(ending.taps).or_default().insert(name);
        }
    }
}

/// The fewest facts that make an emergency on a topic at a stage, in every way.
fn emergencies(model: &Model<'_>, situation: u16) -> Vec<Facts> {
    let Some(at) = model.situations.get(usize::from(situation)) else {
        return Vec::new();
    };
    let rows = model.content.red_flags.iter().flat_map(|flag| &flag.rows);
    let mut all: Vec<Facts> = rows
        .filter(|row| row.level == Level::Emergency && stage::may_hold(&row.stage, at.counts_as))
        .filter(|row| row.topics.is_empty() || row.topics.contains(&at.topic.id))
        .flat_map(|row| least_facts(model.content, &row.when))
        .collect();
    all.sort();
    all.dedup();
    let fewer = |facts: &Facts| {
        all.iter()
            .any(|other| other.len() < facts.len() && other.iter().all(|fact| facts.contains(fact)))
    };
    all.iter().filter(|facts| !fewer(facts)).cloned().collect()
}

/// Taps until something that helps is said: a message of first aid, or a line above the first list that is no question.
fn first_relief(content: &Content, model: &Model<'_>) -> Option<usize> {
    let around = Surroundings {
        now: Timestamp::UNIX_EPOCH,
        time_zone: None,
        country: None,
        private_link: None,
    };
    let hear = |session, event| {
        let arrival = Arrival {
            event,
            sent_at: None,
            message: None,
        };
        turn(content, session, &arrival, &around)
    };
    let begun = hear(None, Event::Command(Command::Start(None)));
    let Keep::Session(session) = begun.keep else {
        return None;
    };
    let token = Action::Topic(model.topic.id.clone()).token(session.revision);
    let opened = hear(Some(session), Event::Tap(token));
    opened.replies.first().is_some_and(says_something).then_some(1)
}

/// Does a message begin with a sentence that is no question?
fn says_something(reply: &Reply) -> bool {
    let words = reply.text.words();
    let first = sentences(&words).into_iter().next();
    first.is_some_and(|sentence| !sentence.trim_end().ends_with('?'))
}

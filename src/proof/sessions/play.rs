//! The witness of every merged state, tapped button by button through the conversation as it runs.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::content::{Content, LanguageId, Outcome, ScreenKind, TopicId};
use crate::conversation::token::{Action, Question as Asks};
use crate::conversation::{Arrival, Command, Event, Keep, Press, Reply, Session, Surroundings};
use crate::triage::{Answer, Pressed};

use super::super::all::Explored;
use super::super::explore::Node;
use super::super::model::Move;
use super::Layer;

/// A moment of a conversation: what is stored, and what she sees.
#[derive(Clone)]
pub struct Moment {
    /// The session.
    pub session: Session,
    /// The messages of the last turn.
    pub replies: Vec<Reply>,
}

/// A merged state as the conversation stands in it.
pub struct Stand<'s, 'c> {
    /// The topic, explored.
    pub explored: &'s Explored<'c>,
    /// The state, by its place among the merged ones.
    pub place: u32,
    /// Now.
    pub now: &'s Moment,
    /// Before the last tap.
    pub before: &'s Moment,
    /// The last tap; where its button was not offered, what is said of that.
    pub tap: Result<&'s str, &'s str>,
    /// Before the last tap of the answer before, if there was one.
    pub before_that: Option<&'s Moment>,
}

/// A night of which nothing is known.
#[must_use]
pub fn night() -> Surroundings {
    Surroundings {
        now: Timestamp::UNIX_EPOCH,
        time_zone: None,
        country: None,
        private_link: None,
    }
}

/// One event.
#[must_use]
pub fn hear(content: &Content, layer: Layer, session: Session, event: Event) -> Option<Moment> {
    let arrival = Arrival {
        event,
        sent_at: None,
        message: None,
    };
    let turn = (layer.turn)(content, Some(session), &arrival, &night());
    match turn.keep {
        Keep::Session(session) => Some(Moment {
            session,
            replies: turn.replies,
        }),
        Keep::Nothing | Keep::Wipe => None,
    }
}

/// Plays to every merged state, or to each `every`-th, and shows each to `look`.
pub fn walk<'c>(
    content: &Content,
    explored: &Explored<'c>,
    layer: Layer,
    every: usize,
    look: &mut dyn FnMut(&Stand<'_, 'c>),
) {
    let nodes = &explored.graph.nodes;
    let mut wanted: Vec<bool> = (0..nodes.len())
        .map(|place| place.is_multiple_of(every.max(1)))
        .collect();
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); nodes.len()];
    // Every state comes after the one before it on its witness.
    for (place, node) in (0u32..).zip(nodes).collect::<Vec<_>>().into_iter().rev() {
        let Some((before, _)) = node.before else { continue };
        if wanted.get(place as usize) != Some(&true) {
            continue;
        }
        if let (Some(before), Some(list)) = (wanted.get_mut(before as usize), after.get_mut(before as usize))
        {
            *before = true;
            list.push(place);
        }
    }
    let mut walk = Walk {
        content,
        explored,
        layer,
        every: every.max(1),
        after,
        look,
    };
    walk.begin();
}

struct Walk<'w, 'c> {
    content: &'w Content,
    explored: &'w Explored<'c>,
    layer: Layer,
    every: usize,
    /// The states whose witness goes on from each.
    after: Vec<Vec<u32>>,
    look: &'w mut dyn FnMut(&Stand<'_, 'c>),
}

impl<'c> Walk<'_, 'c> {
    fn begin(&mut self) {
        let mut session = Session::new(LanguageId::from("en"), night().now);
        session.ended = self.explored.model.ended;
        let start = Event::Command(Command::Start(None));
        let Some(opening) = hear(self.content, self.layer, session, start) else {
            return;
        };
        let topic: TopicId = self.explored.model.topic.id.clone();
        let mut last = Tapped::new(opening);
        last.tap(self, &Action::Topic(topic));
        self.stand(0, &last, None);
    }

    fn stand(&mut self, place: u32, tapped: &Tapped, before_that: Option<&Moment>) {
        // A button that is missing ends the walk, so it is always told.
        if (place as usize).is_multiple_of(self.every) || tapped.missing.is_some() {
            (self.look)(&Stand {
                explored: self.explored,
                place,
                now: &tapped.now,
                before: &tapped.before,
                tap: match &tapped.missing {
                    Some(missing) => Err(missing),
                    None => Ok(&tapped.token),
                },
                before_that,
            });
        }
        if tapped.missing.is_some() {
            return;
        }
        let explored = self.explored;
        let Some(node) = explored.graph.nodes.get(place as usize) else {
            return;
        };
        let after = self.after.get_mut(place as usize).map(std::mem::take);
        // Ticks that several answers begin with are tapped once.
        let mut ticked: BTreeMap<u64, Tapped> = BTreeMap::new();
        for next in after.unwrap_or_default() {
            let with = explored
                .graph
                .nodes
                .get(next as usize)
                .and_then(|node| node.before);
            let Some((_, with)) = with else { continue };
            if let Some(then) = self.answer(node, &tapped.now, with, &mut ticked) {
                self.stand(next, &then, Some(&tapped.before));
            }
        }
    }

    /// Gives one answer, tap by tap.
    fn answer(
        &self,
        node: &Node,
        from: &Moment,
        with: Move,
        ticked: &mut BTreeMap<u64, Tapped>,
    ) -> Option<Tapped> {
        let model = &self.explored.model;
        let question = node.question?;
        let screen = model.listed(&node.state, question).screen;
        let mut so_far = 0u64;
        let mut tapped = Tapped::new(from.clone());
        for (place, button) in model.buttons(&node.state, question) {
            if with.chosen & (1 << place) == 0 {
                continue;
            }
            so_far |= 1 << place;
            tapped = match ticked.get(&so_far) {
                Some(known) => known.clone(),
                None => {
                    tapped.tap(self, &Action::Choose(button.choice.id.clone()));
                    ticked.insert(so_far, tapped.clone());
                    tapped
                }
            };
        }
        let asks = Asks {
            screen: screen.id.clone(),
            check: question.check,
        };
        let closing = match with.pressed {
            Pressed::Chosen if screen.kind == ScreenKind::PickOne => None,
            Pressed::Interrupted => None,
            Pressed::Chosen => Some(Action::Done(asks)),
            Pressed::None => Some(Action::None(asks)),
            Pressed::NotSure => Some(Action::NotSure(asks)),
            Pressed::Skipped => Some(Action::Skip(asks)),
        };
        if let Some(action) = closing {
            tapped.tap(self, &action);
        }
        Some(tapped)
    }
}

/// A conversation after a tap, and as it stood before it.
#[derive(Clone)]
struct Tapped {
    before: Moment,
    now: Moment,
    token: String,
    /// A button that was not offered.
    missing: Option<String>,
}

impl Tapped {
    fn new(now: Moment) -> Tapped {
        Tapped {
            before: now.clone(),
            now,
            token: String::new(),
            missing: None,
        }
    }

    fn tap(&mut self, walk: &Walk<'_, '_>, action: &Action) {
        if self.missing.is_some() {
            return;
        }
        self.token = action.token(self.now.session.revision);
        let offered = self
            .now
            .replies
            .iter()
            .flat_map(tokens)
            .any(|token| token == self.token);
        let event = Event::Tap(self.token.clone());
        let then = hear(walk.content, walk.layer, self.now.session.clone(), event);
        match then {
            Some(then) if offered => self.before = std::mem::replace(&mut self.now, then),
            Some(_) => self.missing = Some(format!("the button {} is not offered", self.token)),
            None => self.missing = Some(format!("the button {} ends the conversation", self.token)),
        }
    }
}

/// What the buttons of a message send back.
pub fn tokens(reply: &Reply) -> impl Iterator<Item = &str> {
    let buttons = reply.rows.iter().flatten();
    buttons.filter_map(|button| match &button.press {
        Press::Tap { token, .. } => Some(token.as_str()),
        Press::Copy(_) | Press::Open(_) => None,
    })
}

impl Stand<'_, '_> {
    /// The state, as the exploration has it.
    #[must_use]
    pub fn node(&self) -> Option<&Node> {
        self.explored.graph.nodes.get(self.place as usize)
    }

    /// Her answers.
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        self.explored.graph.witness(&self.explored.model, self.place)
    }

    /// What the exploration says is in front of her: the screen and its buttons, or the outcome.
    #[must_use]
    pub fn expected(&self) -> Option<Result<(Asks, Vec<&str>), Outcome>> {
        let (node, model) = (self.node()?, &self.explored.model);
        Some(match node.question {
            None => Err(model.situation(&node.state).outcome(&node.state)),
            Some(question) => {
                let asks = Asks {
                    screen: model.listed(&node.state, question).screen.id.clone(),
                    check: question.check,
                };
                let buttons = model.buttons(&node.state, question);
                Ok((
                    asks,
                    buttons.map(|(_, button)| button.choice.id.as_str()).collect(),
                ))
            }
        })
    }
}

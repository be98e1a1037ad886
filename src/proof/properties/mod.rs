//! What must hold on every path. Each property says how often it was looked at, and, where it is broken, by which
//! shortest conversation.

mod asked;
mod reached;
mod rising;
mod steps;
mod women;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use crate::content::{Argument, Content, FindingId, LanguageId, Row, TopicId};
use crate::triage::{Answer, Assessment, Known, Pressed, screens};

use super::all::{Explored, doors};
use super::explore::Graph;
use super::model::Model;

/// The properties, by the names of the safety report.
pub const PROPERTIES: [(&str, &str); 11] = [
    (
        "P01",
        "who tells a sign truthfully is answered at the level of its rule, or higher",
    ),
    (
        "P02",
        "no, not sure, yes: each is as urgent as the one before, or more",
    ),
    ("P03", "no later answer makes it less urgent"),
    (
        "P04",
        "no step is shown while what takes it away is yes, not sure or not asked",
    ),
    (
        "P05",
        "while an emergency can still be told, that is what is asked",
    ),
    (
        "P06",
        "an emergency by itself is answered at the second tap, a pair at the fifth at the latest",
    ),
    (
        "P07",
        "every screen, button, rule, cause and step is met on some path",
    ),
    ("P08", "whom nothing fits can say so on every screen"),
    ("P09", "no conversation has more than seven screens"),
    ("P10", "no question is asked whose answers change nothing"),
    ("P16", "not to know the stage is as urgent as any stage it may be"),
];

/// A conversation that breaks a property.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The property, such as `P04`.
    pub property: &'static str,
    /// What is wrong.
    pub what: String,
    /// The topic she opened.
    pub topic: TopicId,
    /// After a loss was told.
    pub ended: bool,
    /// Her answers.
    pub answers: Vec<Answer>,
}

/// What became of one property.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The property, such as `P04`.
    pub property: &'static str,
    /// How often it was looked at.
    pub looked_at: usize,
    /// Everything that breaks it, the shortest conversation first.
    pub broken: Vec<Broken>,
}

impl Verdict {
    /// Does it hold?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.broken.is_empty()
    }
}

/// Collects what is looked at.
#[derive(Default)]
pub(super) struct Verdicts(Vec<Verdict>);

impl Verdicts {
    /// Takes in what was looked at beside.
    pub(super) fn join(&mut self, other: Verdicts) {
        for mut verdict in other.0 {
            let known = self.of(verdict.property);
            known.looked_at += verdict.looked_at;
            known.broken.append(&mut verdict.broken);
        }
    }

    /// All verdicts, in each the shortest conversation first.
    pub(super) fn sorted(mut self) -> Vec<Verdict> {
        for verdict in &mut self.0 {
            verdict.broken.sort_by_key(|broken| broken.answers.len());
        }
        self.0
    }

    pub(super) fn look(&mut self, property: &'static str, times: usize) {
        self.of(property).looked_at += times;
    }

    pub(super) fn broken(&mut self, broken: Broken) {
        self.of(broken.property).broken.push(broken);
    }

    fn of(&mut self, property: &'static str) -> &mut Verdict {
        let place = self.0.iter().position(|known| known.property == property);
        let place = place.unwrap_or_else(|| {
            self.0.push(Verdict {
                property,
                looked_at: 0,
                broken: Vec::new(),
            });
            self.0.len() - 1
        });
        #[allow(clippy::indexing_slicing)] // found or pushed just above
        &mut self.0[place]
    }
}

/// A topic with what is known of her in every merged state, by the decision itself.
struct Walked<'e, 'c> {
    content: &'c Content,
    model: &'e Model<'c>,
    graph: &'e Graph,
    known: Vec<Known>,
    /// The answer, in every state that has one.
    found: Vec<Option<Assessment<'c>>>,
}

impl Walked<'_, '_> {
    fn broken(&self, property: &'static str, node: u32, what: String) -> Broken {
        Broken {
            property,
            what,
            topic: self.model.topic.id.clone(),
            ended: self.model.ended,
            answers: self.graph.witness(self.model, node),
        }
    }
}

/// Looks at every property on everything that was explored.
#[must_use]
pub fn verdicts<'c>(content: &'c Content, explored: &[Explored<'c>]) -> Vec<Verdict> {
    let mut all = Verdicts::default();
    for (property, _) in PROPERTIES {
        all.look(property, 0);
    }
    let (mut walked, mut met, mut played) = (Vec::new(), Vec::new(), Vec::new());
    thread::scope(|scope| {
        let walking: Vec<_> = explored
            .iter()
            .map(|one| scope.spawn(move || walk(content, one)))
            .collect();
        let playing: Vec<_> = explored
            .iter()
            .map(|one| scope.spawn(move || women::play(content, &[&one.model], |_| true)))
            .collect();
        for walking in walking {
            let (one, met_there, looked_at) = walking.join().unwrap_or_else(|panic| resume_unwind(panic));
            walked.push(one);
            met.push(met_there);
            all.join(looked_at);
        }
        for playing in playing {
            played.extend(playing.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
    });
    women::look(content, &played, &mut all);
    reached::look(content, &walked, &met, &played, &mut all);
    all.sorted()
}

/// What is known in every state of one topic, and what is looked at there.
fn walk<'e, 'c>(content: &'c Content, one: &'e Explored<'c>) -> (Walked<'e, 'c>, reached::Met, Verdicts) {
    let known = known(&one.model, &one.graph);
    let ended = one.graph.nodes.iter().zip(&known);
    let found = ended.map(|(node, known)| {
        let asks = node.question.is_some();
        (!asks).then(|| screens::outcome(content, known))
    });
    let walked = Walked {
        content,
        model: &one.model,
        graph: &one.graph,
        found: found.collect(),
        known,
    };
    let mut all = Verdicts::default();
    rising::look(&walked, &mut all);
    asked::look(&walked, &mut all);
    steps::look(&walked, &mut all);
    let mut met = reached::Met::default();
    met.walk(content, &walked);
    (walked, met, all)
}

/// The first property that is broken without any walk: P01, P06 and P16 on women who tell what makes a row true that
/// speaks of one of these findings; and P02 on screens of which nothing is answered yet.
#[must_use]
pub fn quick(content: &Content, of: &BTreeSet<FindingId>) -> Option<&'static str> {
    let mut models = Vec::new();
    for topic in doors(content) {
        models.push(Model::new(content, topic, false).ok()?);
    }
    let models: Vec<&Model<'_>> = models.iter().collect();
    let speaks = |row: &Row| {
        row.when
            .literals()
            .iter()
            .any(|literal| of.contains(&literal.finding))
    };
    let mut all = Verdicts::default();
    for model in &models {
        rising::at_first_sight(model, of, &mut all);
    }
    if all.0.iter().all(Verdict::holds) {
        women::look(content, &women::play(content, &models, speaks), &mut all);
    }
    let broken = all.0.iter().find(|verdict| !verdict.holds());
    broken.map(|verdict| verdict.property)
}

/// What is known of her in every merged state: its witness played through the decision.
pub(super) fn known(model: &Model<'_>, graph: &Graph) -> Vec<Known> {
    let mut all: Vec<Known> = Vec::with_capacity(graph.nodes.len());
    for node in &graph.nodes {
        let before = node.before.and_then(|(before, with)| {
            let then = graph.nodes.get(before as usize)?;
            let answer = model.as_answer(&then.state, then.question?, with);
            Some((all.get(before as usize)?.clone(), answer))
        });
        all.push(match before {
            Some((mut now, answer)) => {
                now.add(model.content, &answer);
                now
            }
            None => Known::new(model.content, &model.topic.id, model.ended),
        });
    }
    all
}

impl Broken {
    /// What is wrong, then the conversation as she taps it, then the same by the names of `dialogues/`.
    #[must_use]
    pub fn text(&self, content: &Content) -> String {
        let loss = if self.ended { " (after a loss)" } else { "" };
        let (hers, ids) = self.conversation(content);
        format!(
            "{}: {}\n   she taps: {}{loss}\n   by name:  {}{loss}",
            self.property,
            self.what,
            hers.join(" > "),
            ids.join(" > ")
        )
    }

    fn conversation(&self, content: &Content) -> (Vec<String>, Vec<String>) {
        let mut known = Known::new(content, &self.topic, self.ended);
        let label = |known: &Known, key: &str| {
            let word = |text: &str| Argument::Word(text.to_owned());
            let arguments = [
                ("topic", word(known.topic.as_str())),
                ("loss", word(if self.ended { "yes" } else { "no" })),
                (
                    "phase",
                    word(crate::conversation::wording::phase_word(
                        known.stage_or_unknown().phase,
                    )),
                ),
            ];
            content.texts.get(&LanguageId::from("en"), key, &arguments)
        };
        let mut hers = vec![label(&known, &format!("topic-{}", self.topic))];
        let mut ids = vec![self.topic.to_string()];
        for answer in &self.answers {
            let many = content
                .screen(&answer.screen)
                .is_some_and(|screen| screen.kind == crate::content::ScreenKind::PickMany);
            for choice in &answer.chosen {
                let name = label(&known, &format!("choice-{choice}"));
                hers.push(if many { format!("[x] {name}") } else { name });
            }
            hers.extend(closing(answer, many).map(|key| label(&known, key)));
            let chosen: Vec<&str> = answer.chosen.iter().map(|choice| choice.as_str()).collect();
            let check = if answer.check { " again" } else { "" };
            ids.push(
                format!(
                    "{}{check}: {} {}",
                    answer.screen,
                    pressed(answer),
                    chosen.join(" ")
                )
                .trim_end()
                .to_owned(),
            );
            known.add(content, answer);
        }
        (hers, ids)
    }
}

fn pressed(answer: &Answer) -> &'static str {
    match answer.pressed {
        Pressed::Chosen => "chosen",
        Pressed::Interrupted => "chosen at once",
        Pressed::None => "none",
        Pressed::NotSure => "not sure",
        Pressed::Skipped => "skipped",
    }
}

fn closing(answer: &Answer, many: bool) -> Option<&'static str> {
    match (answer.pressed, answer.check) {
        (Pressed::Chosen, _) => many.then_some("button-done"),
        (Pressed::Interrupted, _) => None,
        (Pressed::None, false) => Some("button-none"),
        (Pressed::None, true) => Some("button-none_checked"),
        (Pressed::NotSure, false) => Some("button-not_sure"),
        (Pressed::NotSure, true) => Some("button-still_not_sure"),
        (Pressed::Skipped, _) => Some("button-skip"),
    }
}

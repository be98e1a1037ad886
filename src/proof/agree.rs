//! The machine of [`super::model`] against the decision of `triage`: in every merged state both must say the same.

use crate::content::Content;
use crate::triage::{Answer, Known, Next, screens};

use super::explore::Graph;
use super::model::{Model, State};

/// A state in which the two differ: the answers that lead there, and what each says.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The answers.
    pub answers: Vec<Answer>,
    /// What the machine says.
    pub machine: String,
    /// What the decision says.
    pub decision: String,
}

/// The first state in which machine and decision differ, if there is one.
#[must_use]
pub fn first_difference(model: &Model<'_>, graph: &Graph) -> Option<Difference> {
    let content = model.content;
    let mut known: Vec<(Known, Vec<Answer>)> = Vec::with_capacity(graph.nodes.len());
    for node in &graph.nodes {
        let (now, answers) = match node.before {
            None => (Known::new(content, &model.topic.id, model.ended), Vec::new()),
            Some((before, with)) => {
                let (then, answers) = known.get(before as usize)?;
                let node = graph.nodes.get(before as usize)?;
                let answer = model.as_answer(&node.state, node.question?, with);
                let (mut now, mut answers) = (then.clone(), answers.clone());
                now.add(content, &answer);
                answers.push(answer);
                (now, answers)
            }
        };
        let machine = machine_says(model, &node.state);
        let decision = decision_says(content, &now, &answers);
        if machine != decision {
            return Some(Difference {
                answers,
                machine,
                decision,
            });
        }
        known.push((now, answers));
    }
    None
}

fn machine_says(model: &Model<'_>, state: &State) -> String {
    let at = model.situation(state);
    let common = format!(
        "{} {:?} {} screens {} not sure, {}",
        at.topic.id,
        at.stage,
        state.screens,
        state.not_sure,
        state.level.word()
    );
    match model.next(state) {
        None => format!("{common}: {}", at.outcome(state).word()),
        Some(question) => {
            let ids: Vec<&str> = model
                .buttons(state, question)
                .map(|(_, button)| button.choice.id.as_str())
                .collect();
            let screen = &model.listed(state, question).screen.id;
            format!("{common}: {screen} {} {ids:?}", question.check)
        }
    }
}

fn decision_says(content: &Content, known: &Known, answers: &[Answer]) -> String {
    let common = format!(
        "{} {:?} {} screens {} not sure, {}",
        known.topic,
        known.stage,
        known.screens,
        known.not_sure.min(3),
        known.level(content).word()
    );
    match screens::next(content, known, answers) {
        Next::Answer(found) => format!("{common}: {}", found.outcome.word()),
        Next::Ask(asked) => {
            let ids: Vec<&str> = asked.choices.iter().map(|choice| choice.id.as_str()).collect();
            format!("{common}: {} {} {ids:?}", asked.screen.id, asked.check)
        }
    }
}

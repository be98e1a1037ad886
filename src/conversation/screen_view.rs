//! A question as she sees it.
//!
//! ```text
//! Put on a light. Look at both legs and feel them. Tick all that fit, then Done.
//! Bigger: the calf, the thigh or the whole leg, or it feels tight.
//! …
//! Ticked: One leg is bigger.
//! [✓ One leg is bigger] [One leg hot or darker] …
//! [Done] [Not sure]
//! [Back] [Why do you ask?]
//! [Start again]
//! ```

use crate::content::{
    Argument, Choice, ChoiceId, Content, FindingId, FindingKind, MightBe, ScreenKind, ScreenRole, Value,
};
use crate::triage::answers::unsure_stage;
use crate::triage::{Answer, Asked, Known, Pressed};

use super::heard_view;
use super::reply::{Button, Placement, Press, Reply, Text};
use super::session::Session;
use super::token::{Action, Question};
use super::wording::{LONGEST_MESSAGE, Words};

/// The message of a question.
#[must_use]
pub fn question(words: &Words<'_>, session: &Session, known: &Known, asked: &Asked<'_>) -> Reply {
    let mut reply = Reply::new(Text::plain(text(words, session, known, asked)));
    reply.placement = Placement::InPlace;
    reply.screen = Some(asked.screen.id.clone());
    reply.rows = rows(words, session, known, asked);
    reply
}

fn text(words: &Words<'_>, session: &Session, known: &Known, asked: &Asked<'_>) -> String {
    let id = asked.screen.id.as_str();
    let (intro, line) = if asked.check {
        (format!("screen-{id}_check"), "check")
    } else {
        (format!("screen-{id}"), "line")
    };
    let mut lines = vec![words.get(&intro)];
    for (place, choice) in asked.choices.iter().enumerate() {
        if let Some(line) = words.find(&format!("choice-{}.{line}", choice.id)) {
            lines.push(if asked.screen.numbered {
                format!("{} {line}", place + 1)
            } else {
                line
            });
        }
    }
    let ticked: Vec<String> = asked
        .choices
        .iter()
        .filter(|choice| session.ticks.contains(&choice.id))
        .map(|choice| label(words, choice))
        .collect();
    lines.extend(denied(words, known, asked, &lines));
    let text = lines.join("\n");
    if ticked.is_empty() {
        return text;
    }
    let with = |list: String| {
        format!(
            "{text}\n{}",
            words.with("ticked", &[("list", Argument::Word(list))])
        )
    };
    let told = with(words.list(&ticked));
    if told.chars().count() <= LONGEST_MESSAGE {
        told
    } else {
        with(ticked.len().to_string())
    }
}

/// What she denied in words, on the list that asks it: she has to leave it unticked herself.
fn denied(words: &Words<'_>, known: &Known, asked: &Asked<'_>, lines: &[String]) -> Option<String> {
    let mut denied: Vec<FindingId> = Vec::new();
    for finding in asked
        .choices
        .iter()
        .flat_map(|choice| known.denied_in_words(words.content, choice))
    {
        if !denied.contains(&finding) {
            denied.push(finding);
        }
    }
    if denied.is_empty() {
        return None;
    }
    let list = [("list", Argument::Word(heard_view::list_of(words, &denied)))];
    let used: usize = lines.iter().map(|line| line.chars().count() + 1).sum();
    ["told_no", "told_no.short"]
        .into_iter()
        .map(|key| words.with(key, &list))
        .find(|line| used + line.chars().count() <= LONGEST_MESSAGE)
}

fn label(words: &Words<'_>, choice: &Choice) -> String {
    words.get(&format!("choice-{}", choice.id))
}

fn rows(words: &Words<'_>, session: &Session, known: &Known, asked: &Asked<'_>) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = asked
        .choices
        .iter()
        .map(|choice| choice_button(words, session, asked, choice))
        .collect();
    let columns = usize::from(asked.screen.columns.max(1));
    let mut rows: Vec<Vec<Button>> = buttons.chunks(columns).map(<[Button]>::to_vec).collect();
    rows.push(closing(words, session, known, asked));
    if asked.screen.role == ScreenRole::Stage && !session.ended {
        rows.push(vec![plain(
            words,
            "button-pregnancy_ended",
            &Action::Ended,
            session.revision,
        )]);
    }
    if asked.choices.iter().any(|choice| choice.hide) {
        rows.push(vec![plain(words, "button-hide", &Action::Hide, session.revision)]);
    }
    rows.push(vec![
        plain(words, "button-back", &Action::Back, session.revision),
        plain(words, "button-why_ask", &Action::WhyAsk, session.revision),
    ]);
    rows.push(vec![plain(
        words,
        "button-start_again",
        &Action::StartAgain,
        session.revision,
    )]);
    rows
}

/// Did she choose something that another person should not read over her shoulder?
#[must_use]
pub fn chose_to_hide(content: &Content, session: &Session) -> bool {
    let chosen = session.answers.iter().flat_map(|answer| &answer.chosen);
    let choices = content.screens.iter().flat_map(|screen| &screen.choices);
    let hidden: Vec<&Choice> = choices.filter(|choice| choice.hide).collect();
    let tapped = |id: &ChoiceId| hidden.iter().any(|choice| choice.id == *id);
    let told = session.answers.iter().filter_map(|answer| answer.words.as_ref());
    let mut facts = told
        .flat_map(|words| &words.told)
        .filter_map(|fact| content.findings.id(&fact.finding));
    let typed = |finding: FindingId| {
        let sets = hidden.iter().flat_map(|choice| &choice.sets);
        sets.into_iter().any(|(set, _)| *set == finding)
    };
    chosen.into_iter().any(tapped) || facts.any(typed)
}

/// A button that records nothing, by the key of its words.
#[must_use]
pub fn plain(words: &Words<'_>, label: &str, action: &Action, revision: u32) -> Button {
    navigation(words.get(label), action, revision)
}

/// A button that records nothing, with its words.
#[must_use]
pub fn navigation(label: String, action: &Action, revision: u32) -> Button {
    Button {
        label,
        press: Press::Tap {
            token: action.token(revision),
            sets: Vec::new(),
            any_of: Vec::new(),
            stage: None,
        },
    }
}

fn choice_button(words: &Words<'_>, session: &Session, asked: &Asked<'_>, choice: &Choice) -> Button {
    let ticked = session.ticks.contains(&choice.id);
    let label = label(words, choice);
    let sets = if ticked {
        Vec::new()
    } else {
        recorded(asked, choice)
    };
    let any_of = any_of(words, choice, &sets);
    Button {
        label: if ticked { format!("✓ {label}") } else { label },
        press: Press::Tap {
            token: Action::Choose(choice.id.clone()).token(session.revision),
            sets,
            any_of,
            stage: choice.gives_stage,
        },
    }
}

fn recorded(asked: &Asked<'_>, choice: &Choice) -> Vec<(FindingId, Value)> {
    let might_be = asked.check && choice.might_be == MightBe::Unsure;
    choice
        .sets
        .iter()
        .map(|(id, value)| (*id, if might_be { Value::Unsure } else { *value }))
        .collect()
}

/// What the button stands for: the members of a sign, and what its line spells out beside what it records.
fn any_of(words: &Words<'_>, choice: &Choice, sets: &[(FindingId, Value)]) -> Vec<FindingId> {
    let mut all: Vec<FindingId> = Vec::new();
    for (finding, _) in sets {
        let members = stands_for(words, *finding);
        if members.is_empty() && !choice.also_denies.is_empty() {
            all.push(*finding);
        }
        all.extend(members);
    }
    if !sets.is_empty() {
        all.extend(&choice.also_denies);
    }
    all
}

fn stands_for(words: &Words<'_>, finding: FindingId) -> Vec<FindingId> {
    match words.content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Sign(sign)) => {
            let members = sign.members.iter().map(|member| member.finding);
            let conditional = sign.conditional.iter().map(|(member, _)| member.finding);
            let mut all: Vec<FindingId> = Vec::new();
            for member in members.chain(conditional) {
                if !all.contains(&member) {
                    all.push(member);
                }
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The row of *None of these* (or *Done*, *Skip*) and *Not sure*.
fn closing(words: &Words<'_>, session: &Session, known: &Known, asked: &Asked<'_>) -> Vec<Button> {
    let mut row = Vec::new();
    let question = || Question {
        screen: asked.screen.id.clone(),
        check: asked.check,
    };
    let closing = match (asked.screen.role, asked.screen.kind) {
        (ScreenRole::Stage, _) => None,
        _ if !asked.screen.none => None,
        (_, ScreenKind::PickMany) if !session.ticks.is_empty() => {
            Some(("button-done", Action::Done(question()), Pressed::Chosen))
        }
        (ScreenRole::Causes, _) => Some(("button-skip", Action::Skip(question()), Pressed::Skipped)),
        _ if asked.check => Some(("button-none_checked", Action::None(question()), Pressed::None)),
        _ => Some(("button-none", Action::None(question()), Pressed::None)),
    };
    if let Some((label, action, pressed)) = closing {
        row.push(recording(words, session, known, asked, (label, action, pressed)));
    }
    let label = if asked.check {
        "button-still_not_sure"
    } else {
        "button-not_sure"
    };
    row.push(recording(
        words,
        session,
        known,
        asked,
        (label, Action::NotSure(question()), Pressed::NotSure),
    ));
    row
}

/// A button that answers the whole screen, with every "no" or "not sure" that it records.
fn recording(
    words: &Words<'_>,
    session: &Session,
    known: &Known,
    asked: &Asked<'_>,
    (label, action, pressed): (&str, Action, Pressed),
) -> Button {
    let ticks = if pressed == Pressed::None {
        Vec::new()
    } else {
        session.ticks.clone()
    };
    let answer = Answer {
        screen: asked.screen.id.clone(),
        check: asked.check,
        pressed,
        chosen: ticks,
        words: None,
    };
    let mut then = known.clone();
    then.add(words.content, &answer);
    let expected = if pressed == Pressed::NotSure {
        Value::Unsure
    } else {
        Value::No
    };
    let findings = words.content.findings.iter();
    let sets = findings
        .filter_map(|(id, _)| then.record.said(id).map(|value| (id, value)))
        .filter(|(id, value)| *value == expected && known.record.said(*id) != Some(expected))
        .collect();
    let stage = (asked.screen.role == ScreenRole::Stage).then(|| unsure_stage(session.ended));
    let press = Press::Tap {
        token: action.token(session.revision),
        sets,
        any_of: Vec::new(),
        stage,
    };
    Button {
        label: words.get(label),
        press,
    }
}

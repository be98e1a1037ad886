//! Do the screens fit into a message, on every topic and at every stage?

use std::collections::BTreeSet;

use super::wording::MESSAGE;
use crate::content::draft::{Draft, Mark};
use crate::content::fault::{FaultKind, Sink};
use crate::content::id::{ChoiceId, LanguageId};
use crate::content::model::{Choice, Screen, ScreenRole, Topic};
use crate::content::stage::{Phase, Stage, shows};
use crate::content::text::{Argument, Texts};

/// A detail screen shows the rows that are asked for; more than these never stand on it together.
const ROWS_OF_DETAIL: usize = 6;

/// One way in which a screen may be shown.
struct View<'v> {
    topic: &'v Topic,
    stage: Stage,
    loss: bool,
    /// The button of a branch screen that led here.
    after: Option<&'v ChoiceId>,
}

/// Reports each screen whose first words and lines together are too long, once per language.
pub(super) fn too_long(draft: &Draft, texts: &Texts, sink: &Sink) {
    let mut told = BTreeSet::new();
    for language in texts.languages() {
        for topic in &draft.topics {
            for screen in draft.screens_of(topic) {
                let longest = longest_view(draft, texts, language, topic, screen);
                if longest > MESSAGE && told.insert((language.clone(), screen.id.clone())) {
                    draft.fault(
                        sink,
                        &Mark::Screen(screen.id.clone()),
                        FaultKind::TooLong,
                        format!(
                            "the message of \"{}\" on {} grows to {longest} characters in text/{language}/",
                            screen.id, topic.id
                        ),
                        format!(
                            "{MESSAGE} fit: shorten screen-{} or the lines of its choices",
                            screen.id
                        ),
                    );
                }
            }
        }
    }
}

fn longest_view(
    draft: &Draft,
    texts: &Texts,
    language: &LanguageId,
    topic: &Topic,
    screen: &Screen,
) -> usize {
    let mut stages: BTreeSet<Stage> = draft
        .choices
        .iter()
        .filter_map(|choice| choice.gives_stage)
        .collect();
    stages.insert(Stage::UNKNOWN);
    let mut after: Vec<Option<&ChoiceId>> = vec![None];
    after.extend(
        screen
            .choices
            .iter()
            .flat_map(|choice| &choice.only_after)
            .map(Some),
    );
    let mut longest = 0;
    for stage in stages {
        for loss in [false, true] {
            for after in &after {
                let view = View {
                    topic,
                    stage,
                    loss,
                    after: *after,
                };
                longest = longest.max(length(texts, language, screen, &view, false));
                if screen.check {
                    longest = longest.max(length(texts, language, screen, &view, true));
                }
            }
        }
    }
    longest
}

fn length(texts: &Texts, language: &LanguageId, screen: &Screen, view: &View, check: bool) -> usize {
    let arguments = [
        ("topic", Argument::Word(view.topic.id.to_string())),
        ("phase", Argument::Word(phase(view.stage).to_owned())),
        (
            "loss",
            Argument::Word(if view.loss { "yes" } else { "no" }.to_owned()),
        ),
    ];
    let write = |key: String| {
        texts
            .find(language, &key, &arguments)
            .map(|text| text.chars().count())
    };
    let suffix = if check { "_check" } else { "" };
    let intro = write(format!("screen-{}{suffix}", screen.id)).unwrap_or(0);
    if intro > MESSAGE {
        // The text itself is reported.
        return 0;
    }
    let mut lines: Vec<usize> = screen
        .choices
        .iter()
        .filter(|choice| is_shown(choice, view))
        .filter_map(|choice| {
            let line = write(format!("choice-{}.line", choice.id));
            let look = write(format!("choice-{}.check", choice.id)).filter(|_| check);
            look.or(line)
        })
        // The line break, and the number in front.
        .map(|line| line + 1 + if screen.numbered { 3 } else { 0 })
        .collect();
    if screen.role == ScreenRole::Detail {
        lines.sort_unstable_by(|one, other| other.cmp(one));
        lines.truncate(ROWS_OF_DETAIL);
    }
    intro + lines.iter().sum::<usize>()
}

fn is_shown(choice: &Choice, view: &View) -> bool {
    (choice.topics.is_empty() || choice.topics.contains(&view.topic.id))
        && shows(&choice.stage, view.stage)
        && (choice.only_after.is_empty() || view.after.is_some_and(|after| choice.only_after.contains(after)))
        && !(view.loss && choice.not_after_loss)
}

fn phase(stage: Stage) -> &'static str {
    match stage.phase {
        Phase::Pregnant => "pregnant",
        Phase::AfterBirth => "after_birth",
        Phase::PeriodLate => "period_late",
        Phase::Neither => "neither",
        Phase::Unknown => "unknown",
    }
}

//! A woman with nothing wrong, at every stage and on every pain topic: she denies every danger sign and what stands behind
//! *More steps*, and then no step may be kept from her. A step that waits for a question nobody asks would never be seen.

use nightease::content::{Content, Level, Outcome, Phase, ScreenKind, ScreenRole, Topic, Value};
use nightease::triage::{Answer, Asked, Known, Next, Pressed, screens};

use crate::shared::{content, stages};

/// She denies what can be denied. Where there is no *None of these*, the button says it that records nothing but *no*.
fn denial(asked: &Asked<'_>) -> Answer {
    let says_no = asked
        .choices
        .iter()
        .find(|choice| !choice.sets.is_empty() && choice.sets.iter().all(|(_, value)| *value == Value::No));
    let (pressed, chosen) = match (asked.screen.role, asked.screen.kind, says_no) {
        (ScreenRole::Causes, ..) => (Pressed::Skipped, Vec::new()),
        (_, ScreenKind::PickOne, Some(choice)) => (Pressed::Chosen, vec![choice.id.clone()]),
        _ => (Pressed::None, Vec::new()),
    };
    Answer {
        screen: asked.screen.id.clone(),
        check: asked.check,
        pressed,
        chosen,
        words: None,
    }
}

/// What is known when she came by this topic's button, is at this stage, and has denied everything.
fn all_denied(content: &Content, topic: &Topic, stage: &str) -> Known {
    let mut known = Known::new(content, &topic.id, false);
    let mut answers = Vec::new();
    while let Next::Ask(asked) = screens::next(content, &known, &answers) {
        let answer = match asked.screen.role {
            ScreenRole::Stage => Answer {
                chosen: vec![stage.into()],
                pressed: Pressed::Chosen,
                ..denial(&asked)
            },
            _ => denial(&asked),
        };
        known.add(content, &answer);
        answers.push(answer);
    }
    let goes_on = content.topic(&known.topic);
    if let Some(screen) = goes_on.and_then(|topic| content.screen(topic.fit.as_ref()?)) {
        let behind = Asked {
            screen,
            check: false,
            choices: known.shown(content, screen, false),
        };
        known.add(content, &denial(&behind));
    }
    known
}

#[test]
fn no_step_is_kept_from_a_woman_with_nothing_wrong() {
    let content = content();
    let mut kept = Vec::new();
    let mut women = 0;
    // Something feels wrong has no steps.
    let topics = content
        .topics
        .iter()
        .filter(|topic| topic.place.is_some() && topic.fit.is_some());
    for topic in topics {
        for (stage, _) in stages().iter().filter(|(_, stage)| stage.phase != Phase::Neither) {
            women += 1;
            let known = all_denied(content, topic, stage);
            let found = screens::outcome(content, &known);
            assert_eq!(
                found.outcome,
                Outcome::Level(Level::SelfCare),
                "{} at {stage}",
                known.topic
            );
            assert!(!found.steps.is_empty(), "{} at {stage}: no step", known.topic);
            kept.extend(found.withheld.iter().map(|(step, because)| {
                let names = because
                    .iter()
                    .filter_map(|finding| content.findings.get(*finding));
                let names: Vec<&str> = names.map(|finding| finding.name.as_ref()).collect();
                format!("{} at {stage}: {step}, by {}", known.topic, names.join(", "))
            }));
        }
    }
    assert_eq!(women, 33, "three buttons of the opening, eleven stages");
    assert!(kept.is_empty(), "{}", kept.join("\n"));
}

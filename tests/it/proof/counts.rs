//! The numbers that are promised for every path.

use std::collections::BTreeSet;

use nightease::content::{Content, Level, ScreenRole};
use nightease::proof::count::{StageFigures, figures};
use nightease::proof::taps::{TopicTaps, taps};
use nightease::proof::{Vignettes, explore_all, report};
use nightease::triage::MOST_SCREENS;

use super::explored;
use crate::shared::{content, run};

fn on_pain_topics<'f>(
    content: &'f Content,
    figures: &'f [StageFigures],
) -> impl Iterator<Item = &'f StageFigures> {
    figures.iter().filter(|stage| {
        let topic = content
            .topics
            .iter()
            .find(|topic| topic.id.as_str() == stage.topic);
        topic.is_some_and(|topic| topic.floor.is_none()) && !stage.out_of_scope
    })
}

#[test]
fn no_conversation_is_longer_than_seven_screens() {
    let counted = figures(explored());
    assert!(counted.longest <= MOST_SCREENS, "{}", counted.longest);
    assert!(counted.conversations > 1_000_000 && counted.merged_states < 1_000_000);
}

#[test]
fn the_straight_way_to_self_care_is_five_screens_and_six_for_back_pain_in_pregnancy() {
    let counted = figures(explored());
    let mut met = BTreeSet::new();
    for stage in on_pain_topics(content(), &counted.stages) {
        // Who cannot say whether she is pregnant or after a birth is asked for both: one screen more.
        let most = match (stage.topic.as_str(), stage.stage.as_str()) {
            ("back_pain_in_pregnancy", "not_sure") => 7,
            ("back_pain_in_pregnancy", _) => 6,
            _ => 5,
        };
        let straight = stage.straight.unwrap_or_else(|| panic!("{stage:?}"));
        assert!(straight <= most, "{stage:?}");
        assert!(stage.longest_sure <= 7, "{stage:?}");
        met.insert(stage.topic.clone());
    }
    assert_eq!(met.len(), content().topics.len() - 1, "{met:?}");
    assert_eq!(counted.median_straight, 5);
}

#[test]
fn an_emergency_comes_first() {
    for stage in &figures(explored()).stages {
        if stage.out_of_scope {
            continue;
        }
        let first = stage.emergency_at.first().map(|(number, _)| *number);
        assert_eq!(first, Some(1), "{stage:?}");
        // Of what is answered at GO_NOW nothing stands before the stage.
        assert!(
            stage.go_now_at.iter().all(|(number, _)| *number >= 3),
            "{stage:?}"
        );
    }
}

fn all_taps() -> Vec<TopicTaps> {
    taps(content(), explored())
}

#[test]
fn a_pain_button_gives_relief_at_once() {
    for taps in all_taps() {
        let topic = content()
            .topics
            .iter()
            .find(|topic| topic.id.as_str() == taps.topic)
            .unwrap();
        if topic.floor.is_none() {
            assert_eq!(taps.first_relief, Some(1), "{}", taps.topic);
        }
    }
}

#[test]
fn an_emergency_by_itself_takes_two_taps_and_a_pair_five() {
    for taps in all_taps() {
        let topic = content()
            .topics
            .iter()
            .find(|topic| topic.id.as_str() == taps.topic)
            .unwrap();
        assert!(taps.alone.contains_key(&2), "{taps:?}");
        if topic.floor.is_none() {
            assert_eq!(taps.alone.keys().collect::<Vec<_>>(), [&2], "{}", taps.topic);
            assert!(taps.together.keys().all(|taps| *taps <= 5), "{taps:?}");
        }
    }
}

/// What is an emergency by itself and that no button of a pain topic asks is on its `assumed_no` list.
#[test]
fn an_emergency_that_is_not_asked_is_on_the_list_of_what_is_assumed() {
    for taps in all_taps() {
        let topic = content()
            .topics
            .iter()
            .find(|topic| topic.id.as_str() == taps.topic)
            .unwrap();
        for facts in taps.not_asked.iter().filter(|facts| !facts.contains(" & ")) {
            let assumed = facts.split(" & ").any(|fact| {
                let name = fact.split('=').next().unwrap();
                topic
                    .assumed_no
                    .iter()
                    .any(|entry| content().findings.name(entry.finding) == name)
            });
            assert!(assumed, "{}: {facts}", taps.topic);
        }
    }
}

#[test]
fn danger_is_asked_before_anything_else() {
    for one in explored() {
        for node in &one.graph.nodes {
            let Some(question) = node.question else { continue };
            let asked = one.model.listed(&node.state, question).screen;
            let emergency_open = one.model.situation(&node.state).screens.iter().any(|listed| {
                listed.screen.tier == Some(Level::Emergency)
                    && listed.screen.role == ScreenRole::Danger
                    && node.state.answered & listed.mark == 0
                    && node.state.screens == 0
            });
            assert!(
                !emergency_open || asked.tier == Some(Level::Emergency),
                "{}",
                asked.id
            );
        }
    }
}

#[test]
fn the_report_fits_on_one_screen_and_says_the_same_as_json() {
    let content = crate::histories::content();
    let report = report(
        content,
        &explore_all(content).unwrap(),
        &Vignettes::of(content),
        40,
    );
    let text = report.text(content);
    assert!(text.lines().count() <= 18, "{text}");
    let printed = run(&["check", "--every", "40"], b"");
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.starts_with("No faults of form.\n"), "{printed}");
    assert!(printed.ends_with(&text), "{printed}\ndoes not end with\n{text}");
    assert!(printed.lines().count() <= 50, "{printed}");
    let json = run(&["check", "--json", "--every", "40"], b"");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["figures"], serde_json::to_value(&report).unwrap());
    assert_eq!(json["faults"], serde_json::json!([]));
}

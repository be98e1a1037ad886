//! What words may add to what is known, and which buttons they make needless.

use std::sync::Arc;

use nightease::content::{
    Choice, ChoiceId, Content, Days, FindingId, Phase, Screen, ScreenKind, ScreenRole, Stage, TopicId, Value,
};
use nightease::triage::answers::denied_by;
use nightease::triage::words::stage_choice;
use nightease::triage::{Answer, Fact, InWords, Known, Pressed};

use super::{id, yes_of};
use crate::shared::content;

fn fact(content: &Content, finding: FindingId, value: Value) -> Fact {
    Fact {
        finding: content.findings.name(finding).into(),
        value,
        rule: Arc::from("test.1"),
    }
}

fn told(facts: &[(FindingId, Value)], chosen: &[&str]) -> Answer {
    let told = facts
        .iter()
        .map(|(finding, value)| fact(content(), *finding, *value));
    let words = InWords {
        told: told.collect(),
        ..InWords::default()
    };
    Answer::in_words(words, chosen.iter().map(|id| ChoiceId::from(*id)).collect())
}

fn ticked(screen: &Screen, choice: &Choice) -> Answer {
    Answer {
        screen: screen.id.clone(),
        check: false,
        pressed: Pressed::Chosen,
        chosen: vec![choice.id.clone()],
        words: None,
    }
}

fn fresh(ended: bool) -> Known {
    Known::new(content(), &TopicId::from("something_feels_wrong"), ended)
}

fn after(answers: &[Answer]) -> Known {
    let mut known = fresh(false);
    known.add_all(content(), answers);
    known
}

fn shows(known: &Known, screen: &Screen, choice: &Choice) -> bool {
    known
        .shown(content(), screen, false)
        .iter()
        .any(|shown| shown.id == choice.id)
}

fn is_affirmed(choice: &Choice) -> bool {
    choice.sets.iter().any(|(_, value)| *value > Value::No)
}

/// Buttons on lists of ticks that record something and are there from the beginning, with what they record as a yes.
fn ticks() -> impl Iterator<Item = (&'static Screen, &'static Choice, Vec<(FindingId, Value)>)> {
    let lists = content()
        .screens
        .iter()
        .filter(|screen| screen.kind == ScreenKind::PickMany && screen.role != ScreenRole::Detail);
    lists
        .flat_map(|screen| screen.choices.iter().map(move |choice| (screen, choice)))
        .filter(|(screen, choice)| is_affirmed(choice) && shows(&fresh(false), screen, choice))
        .map(|(screen, choice)| {
            let yes = choice.sets.iter().filter(|(_, value)| *value > Value::No);
            let yes = yes.map(|(finding, value)| match value {
                Value::Amount(_) => (*finding, *value),
                _ => (*finding, yes_of(content(), *finding)),
            });
            (screen, choice, yes.collect())
        })
}

#[test]
fn what_she_told_in_words_is_not_asked_by_a_tick_again() {
    let mut looked_at = 0;
    for (screen, choice, yes) in ticks() {
        let known = after(&[told(&yes, &[])]);
        assert!(!shows(&known, screen, choice), "{} is asked again", choice.id);
        looked_at += 1;
    }
    assert!(looked_at > 30, "{looked_at}");
}

#[test]
fn what_she_is_not_sure_of_in_words_is_still_asked_even_once_it_was_ticked() {
    for (screen, choice, yes) in ticks() {
        let unsure: Vec<_> = yes.iter().map(|(finding, _)| (*finding, Value::Unsure)).collect();
        let known = after(&[told(&unsure, &[])]);
        assert!(known.in_words.is_empty(), "{}", choice.id);
        assert!(shows(&known, screen, choice), "{} is not asked", choice.id);
        let known = after(&[told(&unsure, &[]), ticked(screen, choice)]);
        assert!(shows(&known, screen, choice), "{} is not asked", choice.id);
    }
}

/// A tick is no word: it may be seen again, ticked, when she goes back to its list.
#[test]
fn only_words_take_a_tick_off_a_list() {
    let other = id(content(), "low_fluid_intake");
    for (screen, choice, _) in ticks() {
        let in_words = told(&[(other, Value::Yes)], &[]);
        if !shows(&after(std::slice::from_ref(&in_words)), screen, choice) {
            // It asks just that.
            continue;
        }
        let known = after(&[in_words, ticked(screen, choice)]);
        assert!(shows(&known, screen, choice), "{} is gone", choice.id);
    }
}

/// *I am spotting* is no answer to *heavy bleeding*.
#[test]
fn less_than_a_tick_records_does_not_answer_it() {
    let mut looked_at = 0;
    for (screen, choice, yes) in ticks() {
        let less = yes.iter().map(|(finding, value)| match value {
            Value::Amount(amount) if *amount > 0 => Some((*finding, Value::Amount(amount - 1))),
            _ => None,
        });
        let Some(less) = less.collect::<Option<Vec<_>>>() else {
            continue;
        };
        let is_plain = choice
            .sets
            .iter()
            .all(|(_, value)| matches!(value, Value::Amount(_)));
        if !is_plain {
            continue;
        }
        assert!(
            shows(&after(&[told(&less, &[])]), screen, choice),
            "{}",
            choice.id
        );
        looked_at += 1;
    }
    assert!(looked_at > 0);
}

/// One of a few is to be picked: without the one that she told, she could not say what is so.
#[test]
fn words_take_no_button_off_a_screen_of_one_choice() {
    let screens = content().screens.iter();
    let mut looked_at = 0;
    for screen in screens.filter(|it| it.kind == ScreenKind::PickOne && it.role != ScreenRole::Detail) {
        for choice in screen.choices.iter().filter(|choice| is_affirmed(choice)) {
            if !shows(&fresh(false), screen, choice) {
                continue;
            }
            let yes = choice.sets.iter().filter(|(_, value)| *value > Value::No);
            let yes: Vec<_> = yes
                .map(|(finding, _)| (*finding, yes_of(content(), *finding)))
                .collect();
            assert!(shows(&after(&[told(&yes, &[])]), screen, choice), "{}", choice.id);
            looked_at += 1;
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn a_no_among_what_is_told_enters_no_record() {
    let fever = id(content(), "fever");
    let known = after(&[told(&[(fever, Value::No)], &[])]);
    assert_eq!(known.record.said(fever), None);
    assert!(known.in_words.is_empty());
}

#[test]
fn after_a_loss_no_week_of_pregnancy_counts_however_it_is_told() {
    let mut known = fresh(true);
    known.add(content(), &told(&[], &["weeks_28_to_36"]));
    assert_eq!(known.stage, None);
    known.add(content(), &told(&[], &["after_0_to_2_weeks"]));
    assert_eq!(known.stage.map(|stage| stage.phase), Some(Phase::AfterBirth));
    known.add(content(), &told(&[], &["after_3_to_6_months"]));
    assert_eq!(
        known.stage.map(|stage| stage.days.lo()),
        Some(0),
        "said once, it stays"
    );
}

/// Some buttons record a no: *it eases when I move*. Leaving one out denies nothing by that.
#[test]
fn a_no_that_a_button_records_is_neither_denied_without_it_nor_asked_by_it() {
    let choices = content().screens.iter().flat_map(|screen| &screen.choices);
    let mut looked_at = 0;
    for choice in choices {
        for (finding, _) in choice.sets.iter().filter(|(_, value)| *value == Value::No) {
            assert!(
                !denied_by(choice).any(|denied| denied == *finding),
                "{}",
                choice.id
            );
            let words = InWords {
                denied: vec![content().findings.name(*finding).into()],
                ..InWords::default()
            };
            let known = after(&[Answer::in_words(words, Vec::new())]);
            assert_eq!(known.denied, [*finding]);
            assert!(
                known.denied_in_words(content(), choice).is_empty(),
                "{}",
                choice.id
            );
            looked_at += 1;
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn a_stage_in_words_is_the_narrowest_button_that_holds_it() {
    let days = |lo, hi| Days::new(lo, hi).unwrap();
    let of = |phase, days| {
        let stage = Stage { phase, days };
        stage_choice(content(), &fresh(false), stage).map(|choice| choice.id.to_string())
    };
    let cases = [
        (Phase::Pregnant, days(56, 62), Some("under_13_weeks")),
        (Phase::Pregnant, days(91, 139), Some("weeks_13_to_19")),
        (Phase::Pregnant, days(210, 216), Some("weeks_28_to_36")),
        (Phase::Pregnant, days(259, 300), Some("weeks_37_or_more")),
        // Two buttons share it.
        (Phase::Pregnant, days(130, 150), None),
        (Phase::Pregnant, days(0, 300), Some("week_not_known")),
        (Phase::AfterBirth, days(3, 3), Some("after_0_to_2_weeks")),
        (Phase::AfterBirth, days(10, 20), None),
        (Phase::Neither, days(0, 300), None),
    ];
    for (phase, days, expected) in cases {
        assert_eq!(of(phase, days).as_deref(), expected, "{phase:?} {days:?}");
    }
}

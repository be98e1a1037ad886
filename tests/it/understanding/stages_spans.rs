//! Spans of time that are no plain number of weeks, and days written in more ways, read with the English lexicon that is
//! shipped.

use nightease::content::Phase;

use super::stages_en::{all, reading, stage_of};

#[test]
fn a_few_and_a_couple_since_a_birth() {
    all(
        Phase::AfterBirth,
        &[
            ("gave birth a few hours ago", 0, 1),
            ("few days postpartum", 2, 5),
            ("a couple of weeks after my section", 14, 27),
            ("delivered an hour ago", 0, 1),
        ],
    );
}

#[test]
fn a_unit_that_nothing_counts_is_one() {
    all(
        Phase::AfterBirth,
        &[
            ("my week old son", 7, 13),
            ("baby is a week old", 7, 13),
            ("month old baby", 28, 45),
        ],
    );
    all(
        Phase::Pregnant,
        &[("week overdue", 287, 293), ("a week to go", 273, 279)],
    );
}

#[test]
fn days_beside_weeks() {
    all(
        Phase::Pregnant,
        &[
            ("2 days short of 38 weeks", 264, 264),
            ("3 days past 30 weeks", 213, 213),
            ("30 weeks in 3 days", 207, 207),
            ("30 2/7 weeks", 212, 212),
            ("30 weeks 2/7", 212, 212),
            ("30 plus three", 213, 213),
            ("term plus 4", 284, 284),
            ("week 31 + 5 days", 222, 222),
        ],
    );
}

#[test]
fn weeks_reached_on_a_day_that_is_gone_or_comes() {
    all(
        Phase::Pregnant,
        &[
            ("turned 30 weeks on friday", 212, 212),
            ("30 weeks yesterday", 211, 211),
            ("hit 30 weeks today", 210, 210),
            ("will hit 30 weeks on friday", 205, 205),
        ],
    );
    all(
        Phase::AfterBirth,
        &[
            ("baby is 12 weeks on tuesday", 82, 82),
            ("gave birth 2 weeks ago on friday", 16, 16),
            ("had her a week ago today", 7, 7),
            ("gave birth exactly 3 weeks ago", 21, 21),
            ("had him the day before yesterday", 2, 2),
        ],
    );
}

#[test]
fn what_is_left_and_what_is_over() {
    all(
        Phase::Pregnant,
        &[
            ("10 weeks left to go", 210, 216),
            ("10 more weeks to go", 210, 216),
            ("10 weeks till baby arrives", 210, 216),
            ("10 weeks left of my pregnancy", 210, 216),
            ("2 days over", 282, 282),
        ],
    );
}

#[test]
fn due_days_in_more_ways() {
    all(
        Phase::Pregnant,
        &[
            ("EDD 14.01.27", 234, 234),
            ("edd 14-01-2027", 234, 234),
            ("due january the 14th", 234, 234),
            ("14 january is my due date", 234, 234),
            ("my due date was yesterday", 281, 281),
            ("expected delivery date 14 january", 234, 234),
            ("due january", 217, 247),
            ("baby coming in january", 217, 247),
            ("last saw my period on 20 august", 101, 101),
        ],
    );
}

#[test]
fn having_had_a_child_in_any_words() {
    all(
        Phase::AfterBirth,
        &[
            ("had my beautiful little girl 6 weeks ago", 42, 48),
            ("had a boy 6 weeks ago", 42, 48),
            ("became a mum 6 weeks ago", 42, 48),
            ("mum to a 6 week old", 42, 48),
            ("my twins are 6 weeks", 42, 48),
        ],
    );
}

#[test]
fn words_around_weeks_that_say_nothing() {
    all(
        Phase::Pregnant,
        &[
            ("30 odd weeks", 210, 216),
            ("30 or so weeks", 210, 216),
            ("just over 30 weeks", 210, 216),
            ("weeks pregnant: 30", 210, 216),
            ("on week 30 now", 210, 216),
            ("30 - 31 weeks", 210, 223),
            ("30 semanas", 210, 216),
        ],
    );
}

#[test]
fn what_looks_like_a_span_and_is_no_stage() {
    let read: Vec<_> = [
        "few days of cramps",
        "a week of pain",
        "2 days off work",
        "12 weeks into my new job",
        "10 more weeks of physio",
        "smear is a week overdue",
        "due for a smear in january",
        "the puppy is 6 weeks old",
        "had a boy at school 6 years ago",
    ]
    .into_iter()
    .filter_map(|text| Some((text, stage_of(text)?)))
    .collect();
    assert!(read.is_empty(), "{read:#?}");
}

#[test]
fn temperatures_in_more_ways() {
    let wrong: Vec<_> = [
        ("38·4 temp", Some(384)),
        ("thirty eight and a half, my temp", Some(385)),
        ("temp 38 and a half", Some(385)),
        ("38 point 5", Some(385)),
        ("heating pad 40 degrees", None),
        ("little one has a fever of 39", None),
        ("baby is 3 weeks and his temp is 38.1", None),
        ("38.5 in the shade", None),
    ]
    .into_iter()
    .filter_map(|(text, expected)| {
        let read = reading(text).temperature.map(|read| read.tenths);
        (read != expected).then_some((text, expected, read))
    })
    .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

//! Weeks, days and dates, every one of them, read with the English lexicon that is shipped.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use nightease::content::{LanguageId, Phase, Stage};
use nightease::understanding::{Reading, read};

use crate::shared::content;

/// A Sunday.
const TODAY: Date = date(2026, 11, 29);
const MONTHS: [(&str, &str); 12] = [
    ("January", "jan"),
    ("February", "feb"),
    ("March", "mar"),
    ("April", "apr"),
    ("May", "may"),
    ("June", "jun"),
    ("July", "jul"),
    ("August", "aug"),
    ("September", "sept"),
    ("October", "oct"),
    ("November", "nov"),
    ("December", "dec"),
];

pub(super) fn reading(text: &str) -> Reading {
    read(content(), &LanguageId::from("en"), text, TODAY)
}

pub(super) fn stage_of(text: &str) -> Option<(Phase, u16, u16)> {
    let said = reading(text).stage;
    said.map(|said| {
        let Stage { phase, days } = said.stage;
        (phase, days.lo(), days.hi())
    })
}

/// All that is read otherwise, in one list.
pub(super) fn all(phase: Phase, cases: &[(&str, u16, u16)]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|(text, least, most)| stage_of(text) != Some((phase, *least, *most)))
        .map(|(text, least, most)| format!("{text:?}: {least} to {most}, read as {:?}", stage_of(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A day in the ways it is written, all of which say it exactly.
fn written(day: Date) -> Vec<String> {
    let number = day.day();
    let (long, short) = MONTHS[usize::try_from(day.month()).unwrap() - 1];
    let ending = match number {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    vec![
        format!("{number} {long}"),
        format!("{number} {short}"),
        format!("{number}{ending} {short}"),
        format!("on the {number}{ending} of {long}"),
        format!("{long} {number}"),
        format!("{short} {number}{ending}"),
        format!("{number} {long} {}", day.year()),
        format!("{day}"),
    ]
}

fn days(count: u16) -> i64 {
    i64::from(count)
}

#[test]
fn every_due_day_is_counted_back() {
    for until in 0..280 {
        let day = TODAY.checked_add(days(until).days()).unwrap();
        for written in written(day) {
            for text in [format!("due {written}, calf cramp"), format!("edd {written}")] {
                let expected = (Phase::Pregnant, 280 - until, 280 - until);
                assert_eq!(stage_of(&text), Some(expected), "{text:?}");
            }
        }
    }
}

#[test]
fn every_last_period_is_counted_from() {
    for since in 0..280 {
        let day = TODAY.checked_sub(days(since).days()).unwrap();
        for written in written(day) {
            let text = format!("lmp {written}");
            assert_eq!(stage_of(&text), Some((Phase::Pregnant, since, since)), "{text:?}");
        }
    }
}

#[test]
fn every_day_of_birth_is_counted_from() {
    for since in 0..180 {
        let day = TODAY.checked_sub(days(since).days()).unwrap();
        for written in written(day) {
            let text = format!("gave birth {written} and my back hurts");
            assert_eq!(
                stage_of(&text),
                Some((Phase::AfterBirth, since, since)),
                "{text:?}"
            );
        }
    }
}

#[test]
fn a_weekday_is_the_last_one_of_a_birth_and_the_next_one_of_a_due_day() {
    let names = ["monday", "tues", "Wednesday", "thurs", "friday", "sat", "sunday"];
    for (place, name) in names.iter().enumerate() {
        let number = u16::try_from(place).unwrap() + 1;
        let (since, until) = (7 - number, number % 7);
        assert_eq!(
            stage_of(&format!("had him {name}")),
            Some((Phase::AfterBirth, since, since))
        );
        assert_eq!(
            stage_of(&format!("due {name}")),
            Some((Phase::Pregnant, 280 - until, 280 - until))
        );
    }
}

#[test]
fn every_week_and_day_is_read() {
    for week in 9..=42_u16 {
        let whole = (Phase::Pregnant, week * 7, (week * 7 + 6).min(300));
        for text in [
            format!("{week} weeks pregnant"),
            format!("im {week}w"),
            format!("calf cramp, {week}wks"),
            format!("week {week}. hip pain"),
            format!("{week}/40"),
            format!("{week} weks along"),
            format!("so {week} weeks now and my back hurts"),
        ] {
            assert_eq!(stage_of(&text), Some(whole), "{text:?}");
        }
        for day in 0..=6 {
            let exact = week * 7 + day;
            for text in [
                format!("{week}+{day}"),
                format!("{week}w{day}d"),
                format!("{week} + {day}, leg pain"),
                format!("{week} weeks and {day} days"),
                format!("{week}wk+{day}"),
            ] {
                assert_eq!(stage_of(&text), Some((Phase::Pregnant, exact, exact)), "{text:?}");
            }
        }
    }
}

#[test]
fn every_number_of_days_and_weeks_since_a_birth_is_read() {
    for number in 1..=26_u16 {
        for text in [
            format!("{number} weeks postpartum"),
            format!("gave birth {number} weeks ago"),
            format!("{number} wks pp, back pain"),
            format!("my baby is {number} weeks old"),
            format!("{number} weeks after my section"),
        ] {
            let expected = (Phase::AfterBirth, number * 7, number * 7 + 6);
            assert_eq!(stage_of(&text), Some(expected), "{text:?}");
        }
        for text in [
            format!("pp day {number}"),
            format!("had her {number} days ago"),
            format!("{number} days after giving birth"),
        ] {
            assert_eq!(
                stage_of(&text),
                Some((Phase::AfterBirth, number, number)),
                "{text:?}"
            );
        }
    }
}

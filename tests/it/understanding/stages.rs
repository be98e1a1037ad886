//! Weeks, days, dates and temperatures; and numbers that look like them.

use nightease::content::{Phase, Stage};

use super::reading;

fn stage_of(text: &str) -> Option<(Phase, u16, u16)> {
    let said = reading(text).stage;
    said.map(|said| {
        let Stage { phase, days } = said.stage;
        (phase, days.lo(), days.hi())
    })
}

fn all(phase: Phase, cases: &[(&str, u16, u16)]) {
    for (text, least, most) in cases {
        assert_eq!(stage_of(text), Some((phase, *least, *most)), "{text:?}");
    }
}

#[test]
fn weeks_of_pregnancy() {
    all(
        Phase::Pregnant,
        &[
            ("30w", 210, 216),
            ("im 30 weeks", 210, 216),
            ("thirty four weeks", 238, 244),
            ("30+4", 214, 214),
            ("34w2d, leg", 240, 240),
            ("25 weeks and 5 days", 180, 180),
            ("34/40", 238, 244),
            ("week 37", 259, 265),
            ("20 to 22 weeks", 140, 160),
            ("30-31 weeks", 210, 223),
            ("20 weeks maybe 21", 140, 153),
            ("nearly 30 weeks", 203, 216),
            ("36+ weeks", 252, 258),
            ("36 weeks on tuesday", 250, 250),
            ("in my 30th week", 203, 216),
            ("7 weeks. hello", 49, 55),
            ("hello at 33 weeks", 231, 237),
            ("22 and a half weeks", 154, 160),
            ("32 + 3", 227, 227),
            ("32wk3", 227, 227),
            ("32.3 weeks", 224, 230),
            ("30/31 weeks", 210, 223),
            ("between 30 and 32 weeks", 210, 230),
            ("29th week", 196, 209),
            ("scan at 20 weeks was fine. now 29 weeks", 203, 209),
        ],
    );
}

#[test]
fn months_trimesters_and_the_due_day() {
    all(
        Phase::Pregnant,
        &[
            ("5 months pregnant", 119, 160),
            ("i am in my seventh month", 182, 223),
            ("second trimester", 91, 195),
            ("due in 3 weeks", 259, 265),
            ("overdue by 4 days", 284, 284),
            ("due 14 january", 234, 234),
            ("lmp 20 july", 132, 132),
            ("edd 14/1/27", 234, 234),
            ("due tomorrow", 279, 279),
            ("edd 2027-01-14", 234, 234),
            ("due in a week", 271, 275),
            ("due next week", 267, 279),
        ],
    );
}

#[test]
fn since_a_birth_or_a_loss() {
    all(
        Phase::AfterBirth,
        &[
            ("3 weeks postpartum", 21, 27),
            ("day 5 pp", 5, 5),
            ("36hrs post birth", 1, 2),
            ("gave birth yesterday", 1, 1),
            ("gave birth on 12 november", 17, 17),
            ("section on monday", 6, 6),
            ("baby is 6 weeks old", 42, 48),
            ("my baby is 9 weeks", 63, 69),
            ("6 weeks and 3 days since birth", 45, 45),
            ("2 days after a miscarriage at 9 weeks", 2, 2),
            ("day 10. hello", 10, 10),
            ("had a miscarriage last week", 1, 13),
        ],
    );
}

#[test]
fn what_is_no_stage() {
    for text in [
        "it hurts for 3 weeks",
        "my calf hurts, 6 weeks",
        "2 weeks ago it hurt",
        "im 34 years old",
        "i weigh 30 kg",
        "52 weeks",
        "call 0800 123 45 67 wks",
        "at 10:30 pm",
        "150/95",
        "if i get to 37 weeks",
        "my sister was 30 weeks",
        "30 mg",
        "12 weeks, and 3 weeks postpartum, and 30+4",
    ] {
        assert_eq!(stage_of(text), None, "{text:?}");
    }
}

#[test]
fn two_weeks_that_cannot_both_be_are_neither() {
    assert_eq!(stage_of("im 12 weeks. im 30 weeks"), None);
    assert_eq!(
        stage_of("im 28 weeks. im 31 weeks"),
        Some((Phase::Pregnant, 196, 223))
    );
}

#[test]
fn a_phrase_counts_where_no_number_is_said() {
    assert_eq!(stage_of("pregnant"), Some((Phase::Pregnant, 0, 300)));
    assert_eq!(stage_of("pregnant 30 weeks"), Some((Phase::Pregnant, 210, 216)));
    assert_eq!(
        stage_of("my period is ten days late"),
        Some((Phase::PeriodLate, 0, 90))
    );
    assert_eq!(stage_of("not pregnant"), None);
}

#[test]
fn temperatures() {
    let degrees = |text: &str| reading(text).temperature.map(|read| read.tenths);
    for (text, tenths) in [
        ("temp 38.4", 384),
        ("temp 38,4", 384),
        ("its 38.2c", 382),
        ("38.5°C now", 385),
        ("101.3F", 385),
        ("temperature of 39", 390),
        ("temp 98.6", 370),
        ("38.1", 381),
    ] {
        assert_eq!(degrees(text), Some(tenths), "{text:?}");
    }
    for text in [
        "38 weeks",
        "38.5 kg",
        "40.5 weeks",
        "my sister has a temp of 39",
        "my baby temp is 38.5",
        "100 f",
        "if temp goes to 38.5",
    ] {
        let expected = (text == "100 f").then_some(378);
        assert_eq!(degrees(text), expected, "{text:?}");
    }
}

#[test]
fn a_temperature_says_whether_it_is_a_fever() {
    super::all_told(&[
        ("temp 38.0", "fever", "yes"),
        ("thermometer 37.9c", "fever", "no"),
        ("temp 38.6, later temp 36.9", "fever", "unsure"),
        ("temp 39.1 yesterday, 36.9 now", "fever", "past"),
    ]);
}

#[test]
fn numbers_of_findings() {
    super::all_told(&[
        ("5 nights a week", "nights", "5"),
        ("three nights", "nights", "3"),
        ("9 nights", "nights", "nothing"),
        ("not 5 nights", "nights", "nothing"),
    ]);
}

//! Whose weeks, days and months they are, with the English lexicon that is shipped: hers, her baby's, or somebody else's.

use nightease::content::Phase;

use super::stages_en::{all, reading, stage_of};

/// Nobody's stage that is asked about.
fn none(cases: &[&str]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter(|text| stage_of(text).is_some())
        .map(|text| format!("{text:?}: read as {:?}", stage_of(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn her_belly_tells_how_far_on_she_is() {
    all(
        Phase::Pregnant,
        &[
            ("waist is paining me, belle na 8 months", 217, 258),
            ("abeg my belle don reach 8 months and leg dey swell", 217, 258),
            ("good evening, my belly is 7 months", 182, 223),
            ("i am four month", 91, 132),
            ("am five months, my leg pain me for night", 119, 160),
            ("I am at 7 months and I have the cramps", 182, 223),
            ("cramp in foot, 7 mnths prg", 182, 223),
        ],
    );
    none(&["pain for my belly is 3 months", "pain in my belly since 8 months"]);
}

#[test]
fn few_weeks_are_hers_behind_an_i_am() {
    all(
        Phase::Pregnant,
        &[
            ("sharp pain, im only about 6 weeks", 42, 48),
            ("im only just 8 weeks, back ache 3 days", 56, 62),
            ("28 and 3 days today, hips in bits", 199, 199),
            ("im 31 and 2 days with number two", 219, 219),
            ("sore back, heartburn... 33 weeks of fun", 231, 237),
            ("28 wks on sat gone", 197, 197),
            ("im 20 weeks no wait 24 weeks sorry", 168, 174),
            ("conceived by ivf transfer 12 weeks ago", 98, 110),
            ("last period 9 weeks ago", 63, 69),
            ("due in ten weeks exactly", 210, 210),
        ],
    );
    none(&[
        "back hurts, 6 weeks",
        "i have worked 12 weeks",
        "the first 14 weeks of the job",
    ]);
}

#[test]
fn what_stands_alone_is_before_weeks_among_other_words() {
    all(
        Phase::Pregnant,
        &[
            ("threw up all through 14 weeks, done now. 21+1", 148, 148),
            ("was sick right through the first 16 weeks. 24+4", 172, 172),
            (
                "spotting at 7 weeks, stopped at 9. now im 14 and nothing",
                98,
                104,
            ),
            ("first bub came at 36 weeks, now 34 with second", 238, 244),
            (
                "hes been gone 8 weeks (army) and im on my own with this bump, 19 wks",
                133,
                139,
            ),
            (
                "husband away 10 weeks, on my own with two kids and a bump, 26 wks",
                182,
                188,
            ),
        ],
    );
}

#[test]
fn days_on_are_since_a_birth() {
    all(
        Phase::AfterBirth,
        &[
            ("is that normal 6 days out", 6, 6),
            ("section wound healed lovely, 5 wks on", 35, 41),
            ("stitches smell. nine days after", 9, 9),
            ("stitches sore, a week out", 7, 13),
            ("sheets soaked. 9 days since my son", 9, 9),
            ("baby is here. feeding since 3 months", 90, 121),
            ("our wee girl arrived 5 days ago", 5, 5),
            ("started a few days before i had him, now hes 1 week", 7, 13),
            ("delivered 9 days before by operation", 9, 9),
        ],
    );
    assert_eq!(
        stage_of("after my cesarean i breastfeed every 2 hour").map(|stage| stage.2),
        Some(182)
    );
}

#[test]
fn the_age_of_her_baby_is_hers() {
    all(
        Phase::AfterBirth,
        &[
            (
                "i was floppy for the first day after the epidural. hes 7 weeks",
                49,
                55,
            ),
            ("im feeding her still shes 11 weeks", 77, 83),
            ("bent over like my granny, breastfeeding my 5 month old", 150, 181),
            ("got a 5 m/o who feeds 6 times", 150, 181),
            ("my 3 weeker wont settle", 21, 27),
            (
                "my husband is asleep and now im typing this, hes 9 days old",
                9,
                9,
            ),
            (
                "Baby had a temp of 38.2, home now. Shes 6 weeks. my back is wrecked",
                42,
                48,
            ),
        ],
    );
}

#[test]
fn somebody_elses_weeks_are_not_hers() {
    none(&[
        "my sister in law is 32 weeks and had a clot, my calf cramps. im 27",
        "is it dangerous, asking for a friend she is 20 weeks",
        "asking for a mate, shes 22 weeks",
        "my cousin Tricia, she start bleed bad at 30 weeks",
        "mi cousin had to be rushed in, she start bleed bad at 30 weeks",
        "neighbours girl had her baby 3 days back and she bleeding",
        "girl next door had her baby 5 days ago",
        "colleague has a newborn 10 days old, i held him",
        "my neighbour is 7 months gone and runs, i can hardly walk",
        "at 14 weeks my friend lost hers. my back aches",
    ]);
    all(
        Phase::Pregnant,
        &[
            ("my cousins wedding. 21 weeks. shes 30 wks & bleeding", 147, 153),
            ("my friend is due in 3 weeks, im 31 weeks", 217, 223),
            ("friend at work lost her baby at 30 weeks. im 30 too", 210, 216),
            ("my sister is 31 weeks and im 23 weeks", 161, 167),
            ("my wife is 35 weeks, she cant turn", 245, 251),
            ("my daughter is 28 weeks, she has cramp", 196, 202),
            ("my sister is 33 weeks and asked me to type", 231, 237),
        ],
    );
}

#[test]
fn temperatures_are_hers_and_the_last_that_was_meant() {
    let cases = [
        ("37.5 after a hot bath", Some(375)),
        ("i put 38 temp but i misread it, its 36.6", Some(366)),
        ("temp 36.4 no sorry 38.4, shivering", Some(384)),
        ("he is 38.6 the baby, not me, im 36.9", Some(369)),
        ("shes 38.4, the wee one, my back aches", None),
        ("bath was 38 degrees", None),
        ("was 38.2 yesterday but 37 now after paracetamol", Some(370)),
        ("i was 30.5 kg, now 37", None),
        ("left calf is 35.5 cm, the right one 37 now", None),
    ];
    for (text, tenths) in cases {
        let read = reading(text).temperature.map(|read| read.tenths);
        assert_eq!(read, tenths, "{text:?}");
    }
}

#[test]
fn weeks_are_put_right_or_said_to_be_now() {
    all(
        Phase::Pregnant,
        &[
            ("they moved my dates so I'm not 20 weeks, I'm 18+3", 129, 129),
            (
                "i tripped back in week 20. now 35 weeks and my tailbone kills",
                245,
                251,
            ),
            ("37 tomorrow and my legs crawl", 258, 258),
            ("only 36 on friday, hips ache", 247, 247),
            ("not 34 till wednesday and sore", 235, 235),
            (
                "section is booked for 39 weeks but i'm only 36 tomorrow",
                251,
                251,
            ),
        ],
    );
    // A birthday; weeks that are ahead, or were then.
    none(&[
        "i'm 37 tomorrow",
        "turning 40 tomorrow, back ache tonight",
        "my section is booked for 39 weeks",
        "is it dangerous if waters break before 37 weeks?",
        "i was 36 weeks when she came",
    ]);
}

#[test]
fn a_birth_is_hers_whoever_was_spoken_of() {
    all(
        Phase::AfterBirth,
        &[
            ("i was 36 weeks when she came, shes 6 weeks now", 42, 48),
            ("natural birth 6 days ago, my tail bone hurts", 6, 6),
            (
                "tell me its fine like my nan would, 4 weeks since I had him",
                28,
                34,
            ),
            ("i could just go over, nobody knows, she's 4 months", 120, 151),
            ("i wouldnt hurt bubs. 9 weeks after", 63, 69),
            (
                "afterpains every time he latches, day 2 with baby number three",
                2,
                2,
            ),
        ],
    );
    none(&["my sister is worried, shes 4 months"]);
}

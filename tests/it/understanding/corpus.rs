//! The project's own messages against what is read of them, tuned and held out apart. The figures may rise, not fall.

use nightease::terminal::figures::{Figures, Share};
use nightease::terminal::score::score;

use crate::shared::{around, content};

const CORPUS: &str = include_str!("../../corpus/en.jsonl");
const MORE: &str = include_str!("../../corpus/en_more.jsonl");
const NUMBERS: &str = include_str!("../../corpus/en_numbers.jsonl");
const UNSEEN: &str = include_str!("../../corpus/en_unseen.jsonl");

fn at_least(name: &str, share: Share, least: f64) {
    let now = share.share();
    assert!(
        now >= least,
        "{name}: {now:.3} ({}/{}), at least {least}",
        share.hits,
        share.of
    );
}

struct Floors {
    surfaced: f64,
    jumped: f64,
    jump_precision: f64,
    affirmed: [f64; 2],
    denied: [f64; 2],
    stage: f64,
    temperatures: f64,
}

fn hold(figures: &Figures, floors: &Floors) {
    let [danger, others] = figures.dangerous;
    assert_eq!(danger, 0, "danger signs that were read as no");
    assert!(others <= 2, "{others} other findings were read as no");
    at_least("red flags surfaced", figures.surfaced, floors.surfaced);
    at_least("jumped to", figures.jumped, floors.jumped);
    at_least("jump precision", figures.jump_precision, floors.jump_precision);
    at_least("affirmed, precision", figures.affirmed[0], floors.affirmed[0]);
    at_least("affirmed, recall", figures.affirmed[1], floors.affirmed[1]);
    at_least("denied, precision", figures.denied[0], floors.denied[0]);
    at_least("denied, recall", figures.denied[1], floors.denied[1]);
    at_least("stage", figures.stage, floors.stage);
    at_least("temperatures", figures.values, floors.temperatures);
}

/// The same for a file whose messages are all held out, or all not: at least so many.
fn hold_all(file: &str, held_out: bool, least: usize, floors: &Floors) {
    let scored = score(content(), &around(), file);
    assert!(scored.bad.is_empty(), "{:?}", scored.bad);
    let figures = scored.of(held_out).unwrap();
    assert!(figures.messages >= least, "{} messages", figures.messages);
    hold(figures, floors);
}

#[test]
fn the_corpus_is_read() {
    let scored = score(content(), &around(), CORPUS);
    assert!(scored.bad.is_empty(), "{:?}", scored.bad);
    println!("{}", scored.text(false));
    let tuned = scored.of(false).unwrap();
    let held_out = scored.of(true).unwrap();
    let all = tuned.messages + held_out.messages;
    assert!(all >= 500, "{all} messages");
    assert!(
        held_out.messages * 10 >= all * 3,
        "{} of {all} are held out",
        held_out.messages
    );
    hold(
        tuned,
        &Floors {
            surfaced: 0.99,
            jumped: 0.97,
            jump_precision: 0.95,
            affirmed: [0.95, 0.93],
            denied: [0.95, 0.80],
            stage: 0.97,
            temperatures: 1.0,
        },
    );
    hold(
        held_out,
        &Floors {
            surfaced: 0.92,
            jumped: 0.87,
            jump_precision: 0.90,
            affirmed: [0.90, 0.83],
            denied: [0.84, 0.70],
            stage: 0.96,
            temperatures: 1.0,
        },
    );
}

/// Written last: nobody who widens the lexicon has opened them, but for one message in which a danger sign was read as no
/// ("no bleeding. ok sorry there is some"). The floors say what is so, not what is wanted.
#[test]
fn the_messages_that_were_written_last_are_read() {
    hold_all(
        UNSEEN,
        true,
        330,
        &Floors {
            surfaced: 0.96,
            jumped: 0.94,
            jump_precision: 0.92,
            affirmed: [0.88, 0.91],
            denied: [0.99, 0.83],
            stage: 0.95,
            temperatures: 1.0,
        },
    );
}

/// The many that were tuned to: what was mended stays mended.
#[test]
fn the_messages_that_were_tuned_to_are_read() {
    hold_all(
        MORE,
        false,
        5_596,
        &Floors {
            surfaced: 0.99,
            jumped: 0.96,
            jump_precision: 0.96,
            affirmed: [0.97, 0.96],
            denied: [0.98, 0.87],
            stage: 0.95,
            temperatures: 0.97,
        },
    );
}

/// Short messages about her stage or her temperature, and numbers that look like them.
#[test]
fn stages_and_temperatures_in_short_messages_are_read() {
    let scored = score(content(), &around(), NUMBERS);
    assert!(scored.bad.is_empty(), "{:?}", scored.bad);
    let figures = scored.of(false).unwrap();
    assert!(figures.messages >= 590, "{} messages", figures.messages);
    at_least("stage", figures.stage, 0.96);
    at_least("temperatures", figures.values, 0.98);
}

#[test]
fn every_third_message_is_held_out_and_half_are_traps() {
    let mut traps = 0;
    let mut all = 0;
    for line in CORPUS.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = message["id"].as_str().unwrap();
        let number: usize = id.rsplit('-').next().unwrap().parse().unwrap();
        let held_out = message["held_out"].as_bool().unwrap_or(false);
        assert_eq!(held_out, number.is_multiple_of(3), "{id}");
        all += 1;
        traps += usize::from(!["plain", "stage"].contains(&message["trap"].as_str().unwrap()));
    }
    assert!(traps * 2 >= all, "{traps} of {all}");
}

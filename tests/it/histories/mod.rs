//! P14, P21, P22, and Back, Start again, storing and reading, in any order: random histories of one conversation, each
//! event as it may come (doubled, late, out of order, foreign), with a clock that jumps. The model is the bare decision
//! over what the buttons say they record. A history that breaks something is made as short as it can be, and printed as
//! the chat it is.

mod buttons;
mod faults;
mod moves;
mod told;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::thread;

use nightease::content::Content;
use nightease::conversation::turn_with;
use nightease::proof::sessions::Layer;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use moves::{History, history};

/// Histories of one `cargo test`; `NIGHTEASE_HISTORIES` asks for more.
const HISTORIES: u32 = 10_000;
/// The longest history, in moves.
const LONGEST: usize = 22;

/// The shipped content with the pseudo-language, loaded once.
pub fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(|| Content::embedded().unwrap().with_pseudo_language())
}

/// The conversation with a reader for which `chance:7` is a random reading: what it reads may be wrong in every way.
fn read_by_chance() -> Layer {
    Layer {
        turn: |content, session, arrival, around| {
            turn_with(content, session, arrival, around, crate::talked::reader::read)
        },
        ..Layer::default()
    }
}

/// Plays so many histories of a seed; the shortest bad chat, if there is one.
fn shortest_bad_chat(layer: Layer, cases: u32, seed: u8) -> Option<String> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&history(LONGEST), |history| {
        let wrong = wrong(layer, &history).1;
        wrong.map_or(Ok(()), |wrong| Err(TestCaseError::fail(wrong)))
    });
    match result {
        Ok(()) => None,
        Err(TestError::Fail(_, history)) => {
            let history = shortened(layer, history);
            let (chat, wrong) = wrong(layer, &history);
            let wrong = wrong.unwrap_or_else(|| "something, once".to_owned());
            Some(format!("{}\n{wrong}", chat.join("\n")))
        }
        Err(TestError::Abort(reason)) => Some(format!("chance gave up: {reason}")),
    }
}

/// A bad history without the moves that it does not take. Leaving one out may let later ones tap other buttons, so it is
/// tried until none can go.
fn shortened(layer: Layer, (topic, mut moves): History) -> History {
    let mut place = 0;
    while place < moves.len() {
        let mut fewer = moves.clone();
        fewer.remove(place);
        if wrong(layer, &(topic, fewer.clone())).1.is_some() {
            (moves, place) = (fewer, 0);
        } else {
            place += 1;
        }
    }
    (topic, moves)
}

/// The chat of a history, and what is wrong with it. A panic is wrong.
fn wrong(layer: Layer, history: &History) -> (Vec<String>, Option<String>) {
    let played = catch_unwind(AssertUnwindSafe(|| world::play(content(), layer, history)));
    match played {
        Ok((world, result)) => (world.chat, result.err()),
        Err(_) => (vec![format!("{history:?}")], Some("it panicked".to_owned())),
    }
}

#[test]
fn no_history_breaks_what_is_promised() {
    let asked = std::env::var("NIGHTEASE_HISTORIES").ok();
    let all: u32 = asked.map_or(HISTORIES, |count| {
        count.parse().expect("NIGHTEASE_HISTORIES is a number")
    });
    let started = std::time::Instant::now();
    let workers = 2u8;
    let bad: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers)
            .map(|seed| {
                scope.spawn(move || shortest_bad_chat(read_by_chance(), all / u32::from(workers), seed + 1))
            })
            .collect();
        running
            .into_iter()
            .filter_map(|running| running.join().unwrap())
            .collect()
    });
    println!("{all} random histories in {:?}", started.elapsed());
    assert!(bad.is_empty(), "the shortest chat that breaks it:\n{}", bad[0]);
}

//! P11–P14, P17 and P20: the conversation with its session layer, on a representative history of every merged state.
//!
//! - [`play`] the witness of every merged state, tap by tap through the real conversation
//! - `look` what must hold in each

mod look;
pub mod play;

use std::thread;

use crate::content::Content;
use crate::conversation::{Arrival, Session, Surroundings, Turn, turn};

use super::all::Explored;
use super::properties::{Verdict, Verdicts};

/// The properties, by the names of the safety report.
pub const SESSION_PROPERTIES: [(&str, &str); 6] = [
    ("P11", "Back leads to exactly where she was, at any depth"),
    (
        "P12",
        "Start again leads to the beginning, and keeps language and country",
    ),
    (
        "P13",
        "what is stored is what is read, and what another program stored is read whole or not at all",
    ),
    (
        "P14",
        "tapped button by button it comes to what the decision says of the same facts",
    ),
    (
        "P17",
        "another language changes no fact, no outcome, no button and no screen",
    ),
    (
        "P20",
        "every message and button is one that Telegram takes, and nothing is left open in it",
    ),
];

/// The conversation and how it is stored, as functions: a test puts a fault into one of them.
#[derive(Clone, Copy)]
pub struct Layer {
    /// One turn.
    pub turn: fn(&Content, Option<Session>, &Arrival, &Surroundings) -> Turn,
    /// A session as it is stored.
    pub write: fn(&Session) -> Option<Vec<u8>>,
    /// A stored session, if it is understood.
    pub read: fn(&[u8]) -> Option<Session>,
}

impl Default for Layer {
    fn default() -> Layer {
        Layer {
            turn,
            write: Session::to_bytes,
            read: Session::from_bytes,
        }
    }
}

/// Looks at every property in every merged state, or in each `every`-th: the content must hold the pseudo-language
/// (see [`Content::with_pseudo_language`]).
#[must_use]
pub fn session_verdicts(
    content: &Content,
    explored: &[Explored<'_>],
    layer: Layer,
    every: usize,
) -> Vec<Verdict> {
    let one = |explored| {
        let mut all = Verdicts::default();
        for (property, _) in SESSION_PROPERTIES {
            all.look(property, 0);
        }
        play::walk(content, explored, layer, every, &mut |stand| {
            look::look(content, layer, stand, &mut all);
        });
        all
    };
    let mut whole = Verdicts::default();
    thread::scope(|scope| {
        let running: Vec<_> = explored
            .iter()
            .map(|explored| scope.spawn(move || one(explored)))
            .collect();
        for running in running {
            let looked_at = running.join();
            whole.join(looked_at.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    whole.sorted()
}

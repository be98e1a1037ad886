//! `nightease chat --json`: the conversation for programs. Silent until the first line.
//!
//! In: `{"text":"/start"}` or `{"tap":"ID"}`. Out: a line for each reply, then `{"turn":N}`. The last reply of a turn
//! lists all buttons of the turn.

use std::io::{self, BufRead, Write};

use serde_json::{Value as Json, json};

use crate::content::{Content, Stage};
use crate::conversation::{Arrival, Button, Event, Keep, Press, Reply, Session, Surroundings, Turn, turn};

use super::json::{of_findings, of_stage};
use super::transcript::typed;

/// Talks until the input ends.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn run(
    content: &Content,
    around: &Surroundings,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut session: Option<Session> = None;
    let mut number = 0_u64;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let arrived = match std::str::from_utf8(&line) {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => read(text.trim(), around, number + 1),
            Err(_) => Err("not UTF-8".to_owned()),
        };
        match arrived {
            Err(error) => writeln!(output, "{}", json!({ "error": error }))?,
            Ok(arrival) => {
                number += 1;
                let Turn { keep, replies, .. } = turn(content, session.take(), &arrival, around);
                session = match keep {
                    Keep::Session(session) => Some(session),
                    Keep::Nothing | Keep::Wipe => None,
                };
                let known = session.as_ref().and_then(|session| session.known(content));
                let stage = known.and_then(|known| known.stage);
                for (place, reply) in replies.iter().enumerate() {
                    let last = place + 1 == replies.len();
                    let offered = if last { buttons(&replies) } else { Vec::new() };
                    writeln!(output, "{}", reply_json(content, reply, stage, &offered))?;
                }
                writeln!(output, "{}", json!({ "turn": number }))?;
            }
        }
        output.flush()?;
    }
}

fn read(line: &str, around: &Surroundings, number: u64) -> Result<Arrival, String> {
    let json: Json = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
    let Json::Object(fields) = &json else {
        return Err("must be {\"text\":…} or {\"tap\":…}".to_owned());
    };
    let mut pairs = fields.iter();
    match (pairs.next(), pairs.next()) {
        (Some((key, Json::String(text))), None) if key == "text" => Ok(Arrival {
            event: typed(text.trim()),
            sent_at: Some(around.now),
            message: i64::try_from(number).ok(),
        }),
        (Some((key, Json::String(token))), None) if key == "tap" => Ok(Arrival {
            event: Event::Tap(token.clone()),
            sent_at: None,
            message: None,
        }),
        _ => Err("must be {\"text\":\"…\"} or {\"tap\":\"…\"}, with a string and nothing else".to_owned()),
    }
}

/// All buttons of a turn: those of the last message, then those that stand above it.
fn buttons(replies: &[Reply]) -> Vec<&Button> {
    let (last, above) = replies
        .split_last()
        .map_or((None, replies), |(last, above)| (Some(last), above));
    let in_order = last.into_iter().chain(above);
    in_order.flat_map(|reply| reply.rows.iter().flatten()).collect()
}

fn reply_json(content: &Content, reply: &Reply, stage: Option<Stage>, offered: &[&Button]) -> Json {
    let choices: Vec<Json> = offered
        .iter()
        .filter_map(|button| button_json(content, button))
        .collect();
    json!({
        "text": reply.text.words(),
        "screen": reply.screen,
        "stage": stage.map(of_stage),
        "level": reply.outcome.map(|outcome| outcome.word()),
        "end": reply.end,
        "choices": choices,
    })
}

fn button_json(content: &Content, button: &Button) -> Option<Json> {
    let Press::Tap {
        token,
        sets,
        any_of,
        stage,
    } = &button.press
    else {
        return None;
    };
    let any_of: Vec<&str> = any_of
        .iter()
        .map(|finding| content.findings.name(*finding))
        .collect();
    let mut json = json!({
        "id": token,
        "label": button.label,
        "sets": of_findings(content, sets),
        "any_of": any_of,
    });
    if let (Some(stage), Some(fields)) = (stage, json.as_object_mut()) {
        fields.insert("stage".to_owned(), of_stage(*stage));
    }
    Some(json)
}

//! What must hold wherever a conversation stands.

use jiff::Timestamp;

use crate::content::pseudo::pseudo_language;
use crate::content::{Content, LanguageId};
use crate::conversation::session::SESSION_VERSION;
use crate::conversation::token::{Action, LONGEST_TOKEN};
use crate::conversation::{Command, Event, Press, Reply, Session};

use super::super::properties::{Broken, Verdicts};
use super::Layer;
use super::play::{Moment, Stand, hear, tokens};

/// The longest message, in UTF-16 units. Source: Bot API, `sendMessage`.
const LONGEST_MESSAGE: usize = 4096;

pub(super) fn look(content: &Content, layer: Layer, stand: &Stand<'_, '_>, all: &mut Verdicts) {
    let mut told = |property: &'static str, wrong: Option<String>| {
        all.look(property, 1);
        if let Some(what) = wrong {
            all.broken(Broken {
                property,
                what,
                topic: stand.explored.model.topic.id.clone(),
                ended: stand.explored.model.ended,
                answers: stand.answers(),
            });
        }
    };
    told("P14", comes_to_the_same(stand));
    let Ok(tap) = stand.tap else {
        return;
    };
    told("P11", back(content, layer, stand));
    told("P12", restart(content, layer, stand.now));
    told("P13", stored(layer, &stand.now.session));
    let mut before = stand.before.session.clone();
    before.language = pseudo_language();
    let foreign = hear(content, layer, before, Event::Tap(tap.to_owned()));
    told("P17", language(stand.now, foreign.as_ref()));
    let foreign = foreign.iter().flat_map(|moment| &moment.replies);
    told("P20", stand.now.replies.iter().chain(foreign).find_map(too_much));
}

/// A session without what only counts turns: all that is told, ticked and open.
fn told(session: &Session) -> Session {
    Session {
        revision: 0,
        screen_since: 0,
        applied: Vec::new(),
        last_message: None,
        last_event: Timestamp::UNIX_EPOCH,
        ..session.clone()
    }
}

/// The bytes of all that is told.
fn bytes(session: &Session) -> Option<Vec<u8>> {
    told(session).to_bytes()
}

/// What a message shows and does, but for its words: the actions of its buttons, and what they record.
fn shape(replies: &[Reply]) -> Vec<String> {
    let one = |reply: &Reply| {
        let presses: Vec<String> = reply
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|button| pressed(&button.press))
                    .collect::<Vec<_>>()
                    .join(",")
            })
            .collect();
        format!(
            "{:?} {:?} urgent {} end {} {:?} {}",
            reply.screen,
            reply.outcome,
            reply.urgent,
            reply.end,
            reply.placement,
            presses.join(";")
        )
    };
    replies.iter().map(one).collect()
}

fn pressed(press: &Press) -> String {
    match press {
        Press::Tap {
            token,
            sets,
            any_of,
            stage,
        } => format!("{:?} {sets:?} {any_of:?} {stage:?}", action(token)),
        Press::Copy(text) | Press::Open(text) => text.clone(),
    }
}

fn action(token: &str) -> Option<Action> {
    Action::parse(token).map(|(_, action)| action)
}

/// P14: the conversation asks, or answers, what the exploration says.
fn comes_to_the_same(stand: &Stand<'_, '_>) -> Option<String> {
    if let Err(missing) = stand.tap {
        return Some(missing.to_owned());
    }
    let last = stand.now.replies.last()?;
    match stand.expected()? {
        Err(outcome) => (last.outcome != Some(outcome)).then(|| {
            let said = last.outcome.map_or("no answer", |outcome| outcome.word());
            format!("the conversation says {said}, the decision {}", outcome.word())
        }),
        Ok((asks, buttons)) => {
            let offered: Vec<String> = tokens(last)
                .filter_map(|token| match action(token) {
                    Some(Action::Choose(choice)) => Some(choice.to_string()),
                    _ => None,
                })
                .collect();
            let same = last.screen.as_ref() == Some(&asks.screen) && offered == buttons;
            (!same).then(|| {
                let shown = last.screen.as_ref().map_or_else(String::new, ToString::to_string);
                format!(
                    "the conversation asks {shown} {offered:?}, the decision {} {buttons:?}",
                    asks.screen
                )
            })
        }
    }
}

/// P11. Back is played twice: what the first comes to is the session before the last tap, byte by byte, and what the
/// second comes to is that of the answer before. Back looks at nothing else, so every deeper one follows.
fn back(content: &Content, layer: Layer, stand: &Stand<'_, '_>) -> Option<String> {
    let back = || Event::Command(Command::Back);
    let Some(once) = hear(content, layer, stand.now.session.clone(), back()) else {
        return Some("then Back ends the conversation".to_owned());
    };
    if let Some(wrong) = differs(stand.before, &once) {
        return Some(format!("then Back: {wrong}"));
    }
    let then = stand.before_that?;
    let Some(twice) = hear(content, layer, once.session, back()) else {
        return Some("then Back and Back ends the conversation".to_owned());
    };
    differs(then, &twice).map(|wrong| format!("then Back and Back: {wrong}"))
}

fn differs(wanted: &Moment, found: &Moment) -> Option<String> {
    if bytes(&wanted.session) != bytes(&found.session) {
        let (was, is) = (told(&wanted.session), told(&found.session));
        return Some(format!("the session is {is:?} and was {was:?}"));
    }
    let last = |moment: &Moment| {
        moment
            .replies
            .last()
            .map(|reply| (reply.text.words(), reply.screen.clone()))
    };
    (last(wanted) != last(found)).then(|| format!("she sees {:?} and saw {:?}", last(found), last(wanted)))
}

/// P12, for somebody who types for her, in another language and with a country: all three are kept, and no more.
fn restart(content: &Content, layer: Layer, now: &Moment) -> Option<String> {
    let country = content.numbers.first().map(|numbers| numbers.country.clone());
    let began = |before: Session| Session {
        language: pseudo_language(),
        country: country.clone(),
        for_her: true,
        ..before
    };
    let before = began(now.session.clone());
    let restart = || Event::Command(Command::Restart);
    let Some(then) = hear(content, layer, before.clone(), restart()) else {
        return Some("then Start again ends the conversation".to_owned());
    };
    let fresh = Session {
        ended: before.ended,
        ..began(Session::new(LanguageId::from("en"), before.last_event))
    };
    if bytes(&then.session) != bytes(&fresh) {
        let (is, wanted) = (told(&then.session), told(&fresh));
        return Some(format!(
            "then Start again: the session is {is:?} and not {wanted:?}"
        ));
    }
    let opens = |reply: &Reply| tokens(reply).any(|token| matches!(action(token), Some(Action::Topic(_))));
    (!then.replies.last().is_some_and(opens)).then(|| "then Start again shows no opening".to_owned())
}

/// P13: what is stored is what is read, and what a program of another form has stored is not read at all.
fn stored(layer: Layer, session: &Session) -> Option<String> {
    let Some(written) = (layer.write)(session) else {
        return Some("the session cannot be stored".to_owned());
    };
    match (layer.read)(&written) {
        None => return Some("the stored session is not read".to_owned()),
        Some(again) if again != *session => {
            return Some(format!("stored was {session:?}, read is {again:?}"));
        }
        Some(again) if (layer.write)(&again).as_ref() != Some(&written) => {
            return Some("stored again it has other bytes".to_owned());
        }
        Some(_) => {}
    }
    for version in [SESSION_VERSION - 1, SESSION_VERSION + 1] {
        let other = Session {
            version,
            ..session.clone()
        };
        let written = (layer.write)(&other)?;
        if (layer.read)(&written).is_some() {
            return Some(format!(
                "a session of form {version} is read as one of form {SESSION_VERSION}"
            ));
        }
    }
    // What a later program may have added.
    let written = String::from_utf8(written).ok()?;
    let more = written.replacen('{', "{\"of_tomorrow\":1,", 1);
    (layer.read)(more.as_bytes())
        .is_some()
        .then(|| "a session with a field of tomorrow is read without it".to_owned())
}

/// P17: the same tap in another language.
fn language(now: &Moment, foreign: Option<&Moment>) -> Option<String> {
    let Some(foreign) = foreign else {
        return Some("in another language the tap ends the conversation".to_owned());
    };
    let same = Session {
        language: now.session.language.clone(),
        ..foreign.session.clone()
    };
    if same != now.session || foreign.session.language != pseudo_language() {
        return Some(format!(
            "in another language the session is {:?}, not {:?}",
            foreign.session, now.session
        ));
    }
    let (hers, other) = (shape(&now.replies), shape(&foreign.replies));
    if hers != other {
        return Some(format!(
            "in another language she is shown {other:?}, not {hers:?}"
        ));
    }
    let english = foreign.replies.iter().find_map(|reply| {
        let words = reply.text.words();
        let labels = reply.rows.iter().flatten().map(|button| button.label.clone());
        labels
            .chain([words])
            .find(|text| text.contains(['a', 'e', 'i', 'o', 'u']))
    });
    english.map(|text| format!("in another language this stays English: {text}"))
}

/// P20: what is too long for Telegram, or left open.
fn too_much(reply: &Reply) -> Option<String> {
    let words = reply.text.words();
    let units = words.encode_utf16().count();
    if units > LONGEST_MESSAGE || units == 0 {
        return Some(format!("a message of {units} UTF-16 units: {words:?}"));
    }
    if let Some(token) = tokens(reply).find(|token| token.len() > LONGEST_TOKEN) {
        return Some(format!("a button of {} bytes: {token}", token.len()));
    }
    let count = |mark: char| words.matches(mark).count();
    let pairs = [('(', ')'), ('\u{201c}', '\u{201d}')];
    let open = pairs.iter().any(|(begins, ends)| count(*begins) != count(*ends));
    let left_open = open || !count('"').is_multiple_of(2) || words.contains(['{', '}', '[', ']', '<', '>']);
    left_open.then(|| format!("something is left open in {words:?}"))
}

//! The answer as she sees it: at most three messages.
//!
//! ```text
//! Phone your maternity unit or hospital now, day or night, and go in. …
//! Say:
//! "I am 20 to 27 weeks pregnant."
//! "I have a leg cramp. One leg is bigger."
//! "I need a check for a clot today."
//! Until you get there: …
//! Because you said: one leg is bigger.
//! [Why?] [Back] [Start again]
//! ```

use crate::content::{Argument, Content, FindingId, Level, Outcome, StepGroup, StepId, Value};
use crate::triage::{Assessment, Known};

pub use super::answer_rows::rows;
use super::answer_rows::rows_with;
use super::numbers_view;
use super::reply::{Placement, Reply, Text};
use super::screen_view;
use super::session::Session;
use super::wording::{LONGEST_MESSAGE, Words};

/// The most steps of the first answer; the rest is behind *More steps*.
const MOST_STEPS: usize = 4;
/// How many messages *More steps* shows at a time.
const PAGE: usize = 2;
/// The most findings quoted as reasons.
const MOST_REASONS: usize = 4;
/// The most signs told on the phone.
const MOST_SIGNS_SAID: usize = 2;

/// All messages of an answer.
#[must_use]
pub fn answer(words: &Words<'_>, session: &Session, known: &Known, found: &Assessment<'_>) -> Vec<Reply> {
    let mut texts = match found.outcome {
        Outcome::OutOfScope => vec![Text::plain(words.get("out_of_scope"))],
        Outcome::Level(level) if level >= Level::GoNow => vec![call(words, session, known, found, level)],
        Outcome::Level(level) => calm(words, session, known, found, level),
    };
    texts.retain(|text| !text.words().is_empty());
    let urgent = found.outcome.level().is_some_and(|level| level >= Level::GoNow);
    let last = texts.len().saturating_sub(1);
    // What is to be hidden takes the place of the list she ticked, so that *Hide this* leaves nothing of it.
    let hides = screen_view::chose_to_hide(words.content, session);
    texts
        .into_iter()
        .enumerate()
        .map(|(place, text)| {
            let mut reply = Reply::new(text);
            if hides && place == 0 {
                reply.placement = Placement::InPlace;
            }
            reply.outcome = Some(found.outcome);
            reply.urgent = urgent;
            reply.end = place == last;
            if reply.end {
                reply.rows = rows(words, session, found);
            }
            reply
        })
        .collect()
}

/// The first message of an answer again, with its buttons: who to call; and the lines for which it has no room.
pub(super) fn who_to_call(
    words: &Words<'_>,
    session: &Session,
    known: &Known,
    found: &Assessment<'_>,
) -> Option<(Reply, Vec<String>)> {
    let mut reply = answer(words, session, known, found).into_iter().next()?;
    reply.rows = rows(words, session, found);
    reply.placement = Placement::InPlace;
    reply.end = true;
    let untold = untold(words, found, &reply.text);
    Some((reply, untold))
}

/// GO_NOW and EMERGENCY: one message, and nothing that distracts from the call.
fn call(words: &Words<'_>, session: &Session, known: &Known, found: &Assessment<'_>, level: Level) -> Text {
    let fixed = found
        .deciding()
        .filter(|fired| !fired.row.unsure)
        .find_map(|fired| words.find(&format!("flag-{}.answer", fired.flag.id)));
    if let Some(fixed) = fixed {
        let mut lines = help_lines(words, found);
        lines.extend(because(words, found).map(|line| Line::less_needed(line, 2)));
        let mut text = Text::plain(fixed);
        push_lines(&mut text, lines);
        return text;
    }
    let head = head(words, found, level);
    let mut lines: Vec<Line> = phone_lines(words, session, known, found)
        .into_iter()
        .map(Line::needed)
        .collect();
    lines.extend(meanwhile(words, found, &head).map(Line::needed));
    lines.extend(words.find(&format!("{head}.no_answer")).map(Line::needed));
    lines.extend(help_lines(words, found));
    lines.extend(words.find(&format!("{head}.worse")).map(Line::needed));
    lines.extend(often(words, known).map(|line| Line::less_needed(line, 6)));
    lines.extend(because(words, found).map(|line| Line::less_needed(line, 2)));
    headed(words, &head, lines)
}

/// Not sure three times is a reason of its own to talk to a person.
fn often(words: &Words<'_>, known: &Known) -> Option<String> {
    (known.not_sure >= 3).then(|| words.get("answer-not_sure_often"))
}

/// A line of a message, and what goes first when there is no room: the highest number; 0 always stays.
struct Line {
    text: String,
    spare: u8,
}

impl Line {
    fn needed(text: String) -> Line {
        Line { text, spare: 0 }
    }

    fn less_needed(text: String, spare: u8) -> Line {
        Line { text, spare }
    }
}

/// A message: the head in strong words, then the lines, without those for which there is no room.
fn headed(words: &Words<'_>, head: &str, lines: Vec<Line>) -> Text {
    let mut text = Text::default();
    text.push_strong(words.get(head));
    push_lines(&mut text, lines);
    text
}

/// Adds lines below a text, without those for which there is no room.
fn push_lines(text: &mut Text, mut lines: Vec<Line>) {
    let room = LONGEST_MESSAGE.saturating_sub(text.words().chars().count());
    let length = |lines: &[Line]| {
        lines
            .iter()
            .map(|line| line.text.chars().count() + 1)
            .sum::<usize>()
    };
    while length(&lines) > room {
        let most = lines.iter().map(|line| line.spare).max().unwrap_or(0);
        if most == 0 {
            break;
        }
        lines.retain(|line| line.spare != most);
    }
    if !lines.is_empty() {
        let body: Vec<String> = lines.into_iter().map(|line| line.text).collect();
        text.push(format!("\n{}", body.join("\n")));
    }
}

/// Lines she can call instead of her own unit. What her danger sign calls for goes last when there is no room, then one
/// line that serves anybody.
fn help_lines(words: &Words<'_>, found: &Assessment<'_>) -> Vec<Line> {
    let texts = numbers_view::help_texts(words, found).into_iter().enumerate();
    texts
        .map(|(place, (text, own))| match (own, place) {
            (true, _) => Line::less_needed(text, 1),
            (false, 0) => Line::less_needed(text, 3),
            (false, _) => Line::less_needed(text, 5),
        })
        .collect()
}

fn head(words: &Words<'_>, found: &Assessment<'_>, level: Level) -> String {
    let key = format!("answer-{}", level.key());
    let unsure = format!("{key}_unsure");
    if found.only_unsure() && words.find(&unsure).is_some() {
        unsure
    } else {
        key
    }
}

/// What is said by the first deciding row that has it: under the row's own name, or else under its flag's. The
/// topic's floor is a rule too.
fn lead(words: &Words<'_>, found: &Assessment<'_>, part: &str) -> Option<String> {
    let own =
        |fired: &crate::triage::rules::Fired<'_>| fired.row.rule.as_str().trim_end_matches('?').to_owned();
    let names = found
        .deciding()
        .flat_map(|fired| [own(fired), fired.flag.id.to_string()]);
    let floor = found.floor.map(ToString::to_string);
    names
        .chain(floor)
        .find_map(|rule| words.find(&format!("flag-{rule}.{part}")))
}

/// What to do until help is there: what the rule says, then what holds for every answer of this level. Where she is
/// not sure about several urgent things, no single rule speaks for them.
fn meanwhile(words: &Words<'_>, found: &Assessment<'_>, head: &str) -> Option<String> {
    let urgent = found.outcome.level().is_some_and(|level| level >= Level::GoNow);
    let many = urgent && found.only_unsure() && found.deciding_flags().len() > 1;
    let parts: Vec<String> = lead(words, found, "meanwhile")
        .filter(|_| !many)
        .into_iter()
        .chain(words.find(&format!("{head}.meanwhile")))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Three lines to say on the phone. What she is not sure about is never said as a fact.
fn phone_lines(words: &Words<'_>, session: &Session, known: &Known, found: &Assessment<'_>) -> Vec<String> {
    let sure = found.because.iter().filter(|(_, value)| *value > Value::Unsure);
    let said = sure.map(|(finding, _)| format!("finding-{}.say", words.content.findings.name(*finding)));
    let mut signs: Vec<String> = words
        .find(&format!("topic-{}.say", known.topic))
        .into_iter()
        .collect();
    signs.extend(said.filter_map(|key| words.find(&key)).take(MOST_SIGNS_SAID));
    if found.only_unsure() || found.needs_a_doubt() {
        signs.extend(words.find("answer-unsure_say"));
    }
    let ask = if found.only_unsure() {
        words.find("answer-unsure_ask")
    } else {
        lead(words, found, "ask")
    };
    let said = [words.stage_to_say(), signs.join(" ")].into_iter().chain(ask);
    let quoted = said
        .filter(|line| !line.is_empty())
        .map(|line| format!("\"{line}\""));
    let say = if session.for_her {
        "answer-say_for_her"
    } else {
        "answer-say"
    };
    [words.get(say)].into_iter().chain(quoted).collect()
}

/// "Because you said: …", with what she was not sure about told apart.
#[must_use]
pub fn because(words: &Words<'_>, found: &Assessment<'_>) -> Option<String> {
    let part = |unsure: bool| {
        let phrases: Vec<String> = found
            .because
            .iter()
            .filter(|(_, value)| (*value == Value::Unsure) == unsure)
            .filter(|(finding, _)| !unsure || is_asked(words.content, *finding))
            .take(MOST_REASONS)
            .map(|(finding, value)| words.finding(*finding, *value))
            .collect();
        (!phrases.is_empty()).then(|| Argument::Word(words.list(&phrases)))
    };
    let said = part(false).map(|list| words.with("answer-because", &[("list", list)]));
    let unsure = part(true).map(|list| words.with("answer-because_unsure", &[("list", list)]));
    match (said, unsure) {
        (Some(said), Some(unsure)) if found.needs_a_doubt() => Some(format!("{said} {unsure}")),
        (said, unsure) => said.or(unsure).or_else(|| because_of_causes(words, found)),
    }
}

/// Does a button record it? What a button only denies beside its own finding is not quoted as a doubt.
fn is_asked(content: &Content, finding: FindingId) -> bool {
    let choices = content.screens.iter().flat_map(|screen| &screen.choices);
    let denied = choices
        .clone()
        .any(|choice| choice.also_denies.contains(&finding));
    !denied
        || choices
            .clone()
            .any(|choice| choice.sets.iter().any(|(set, _)| *set == finding))
}

/// Below SAME_DAY no rule may have fired: then what she said is what speaks for the causes, or that no danger sign fits.
fn because_of_causes(words: &Words<'_>, found: &Assessment<'_>) -> Option<String> {
    if found.outcome.level().is_none_or(|level| level >= Level::SameDay) {
        return None;
    }
    let mut phrases: Vec<String> = Vec::new();
    for finding in found.causes.iter().flat_map(|scored| &scored.supporting) {
        let phrase = words.finding(*finding, Value::Yes);
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    phrases.truncate(MOST_REASONS);
    if phrases.is_empty() {
        return Some(words.get("answer-because_none"));
    }
    Some(words.with(
        "answer-because",
        &[("list", Argument::Word(words.list(&phrases)))],
    ))
}

/// SELF_CARE, ROUTINE and SAME_DAY: what it is and how fast; the steps; the safety net.
fn calm(
    words: &Words<'_>,
    session: &Session,
    known: &Known,
    found: &Assessment<'_>,
    level: Level,
) -> Vec<Text> {
    let first = first(words, session, known, found, level);
    let (mut steps, mut net) = (steps(words, found), safety_net(words, known));
    for line in untold(words, found, &first) {
        let room = |text: &&mut Text| {
            let length = text.words().chars().count();
            length > 0 && length + 1 + line.chars().count() <= LONGEST_MESSAGE
        };
        if let Some(text) = [&mut net, &mut steps].into_iter().find(room) {
            text.push(format!("\n{line}"));
        }
    }
    vec![first, steps, net]
}

/// The lines for which a message had no room.
fn untold(words: &Words<'_>, found: &Assessment<'_>, message: &Text) -> Vec<String> {
    let told = message.words();
    let lines = numbers_view::help_texts(words, found).into_iter();
    lines
        .map(|(line, _)| line)
        .filter(|line| !told.contains(line.as_str()))
        .collect()
}

fn first(words: &Words<'_>, session: &Session, known: &Known, found: &Assessment<'_>, level: Level) -> Text {
    let head = head(words, found, level);
    let mut lines: Vec<Line> = Vec::new();
    if level == Level::SameDay {
        lines.extend(help_lines(words, found));
        lines.extend(
            phone_lines(words, session, known, found)
                .into_iter()
                .map(Line::needed),
        );
        lines.extend(meanwhile(words, found, &head).map(Line::needed));
        lines.extend(
            words
                .find(&format!("{head}.no_answer"))
                .map(|line| Line::less_needed(line, 4)),
        );
        lines.extend(words.find(&format!("{head}.worse")).map(Line::needed));
    }
    lines.extend(often(words, known).map(|line| Line::less_needed(line, 6)));
    lines.extend(causes(words, found).map(Line::needed));
    lines.extend(because(words, found).map(|line| Line::less_needed(line, 2)));
    headed(words, &head, lines)
}

/// The steps of the first answer: what helps while it hurts, then what keeps it from coming back. A step that is too
/// long for what is left of the message waits behind *More steps*.
pub(super) fn first_steps(words: &Words<'_>, found: &Assessment<'_>) -> (String, Vec<StepId>) {
    let now = found
        .steps
        .iter()
        .filter(|step| step.group == StepGroup::Now)
        .take(MOST_STEPS / 2);
    let tonight = found.steps.iter().filter(|step| step.group == StepGroup::Tonight);
    let mut text = words.get("answer-steps");
    let mut shown = Vec::new();
    for step in now.chain(tonight) {
        if shown.len() < MOST_STEPS
            && add_line(&mut text, shown.len() + 1, &step_text(words, step.id.as_str()))
        {
            shown.push(step.id.clone());
        }
    }
    (text, shown)
}

fn steps(words: &Words<'_>, found: &Assessment<'_>) -> Text {
    let (text, shown) = first_steps(words, found);
    if shown.is_empty() {
        Text::default()
    } else {
        Text::plain(text)
    }
}

/// A step with its caution.
#[must_use]
pub fn step_text(words: &Words<'_>, step: &str) -> String {
    let key = format!("step-{step}");
    match words.find(&format!("{key}.caution")) {
        Some(caution) => format!("{} {caution}", words.get(&key)),
        None => words.get(&key),
    }
}

/// Adds a numbered line, if it fits into the message.
fn add_line(text: &mut String, number: usize, line: &str) -> bool {
    let line = format!("\n{number} {line}");
    let fits = text.chars().count() + line.chars().count() <= LONGEST_MESSAGE;
    if fits {
        text.push_str(&line);
    }
    fits
}

/// A heading with numbered lines, in as few messages as hold them: a line goes into the first message with room for
/// it. Every message begins with the heading.
#[must_use]
pub fn numbered(heading: &str, lines: &[String]) -> Vec<String> {
    let mut messages: Vec<(String, usize)> = vec![(heading.to_owned(), 0)];
    for line in lines {
        let placed = messages.iter_mut().any(|(text, count)| {
            let added = add_line(text, *count + 1, line);
            *count += usize::from(added);
            added
        });
        if !placed {
            messages.push((format!("{heading}\n1 {line}"), 1));
        }
    }
    messages.into_iter().map(|(text, _)| text).collect()
}

/// What is uncertain, what to watch for, how long it should take, how to get help.
fn safety_net(words: &Words<'_>, known: &Known) -> Text {
    let parts = ["uncertain", "watch", "how_long", "help"]
        .into_iter()
        .filter_map(|part| words.find(&format!("topic-{}.{part}", known.topic)));
    Text::plain(parts.collect::<Vec<_>>().join("\n"))
}

/// What *More steps* shows: the further steps that are safe for her, two messages at a time. `before` is the answer
/// as it stood before she was asked for more.
#[must_use]
pub fn more_steps(
    words: &Words<'_>,
    session: &Session,
    before: &Assessment<'_>,
    found: &Assessment<'_>,
) -> Vec<Reply> {
    let (_, first) = first_steps(words, before);
    let further = found.steps.iter().filter(|step| !first.contains(&step.id));
    let lines: Vec<String> = further.map(|step| step_text(words, step.id.as_str())).collect();
    let heading = words.get(if lines.is_empty() {
        "answer-no_steps"
    } else {
        "answer-more_steps"
    });
    let messages = numbered(&heading, &lines);
    let page = usize::from(session.more.saturating_sub(1)).min(messages.len().saturating_sub(1) / PAGE);
    let more = messages.len() > (page + 1) * PAGE;
    let shown = messages.into_iter().skip(page * PAGE).take(PAGE);
    let mut replies: Vec<Reply> = shown.map(|text| Reply::new(Text::plain(text))).collect();
    if let Some(causes) = causes(words, found).filter(|_| page == 0) {
        replies.insert(0, Reply::new(Text::plain(causes)));
    }
    if let Some(last) = replies.last_mut() {
        last.rows = rows_with(words, session, found, more);
        last.end = true;
        last.outcome = Some(found.outcome);
    }
    replies
}

fn causes(words: &Words<'_>, found: &Assessment<'_>) -> Option<String> {
    let causes: Vec<String> = found
        .causes
        .iter()
        .map(|scored| words.get(&format!("cause-{}", scored.cause.id)))
        .collect();
    let list = Argument::Word(words.list(&causes));
    (!causes.is_empty()).then(|| words.with("answer-causes", &[("list", list)]))
}

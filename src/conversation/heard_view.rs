//! What was read, as she sees it: the list that waits for her word, the doubt that is asked, the words above an answer.
//!
//! ```text
//! I read this in your words. Is it right?
//! 1 “30w”: I am 30 weeks pregnant.
//! 2 “calf aches”: pain in one leg
//! You also wrote no: fever or shivering. I still ask that, to be safe.
//! [That is right]
//! [Leave out 1] [Leave out 2]
//! [None of it]
//! [Back] [Start again]
//! ```

use crate::content::{Argument, FindingId, FindingKind, Level, Value};
use crate::triage::Assessment;
use crate::triage::record::stands_for;

use super::heard::{Heard, Item, Quote, What};
use super::numbers_view;
use super::reply::{Button, Placement, Reply, Text};
use super::screen_view::{navigation, plain};
use super::session::Session;
use super::sift::BETWEEN_PIECES;
use super::token::{Action, DoubtReply};
use super::wording::{LONGEST_MESSAGE, Words};

/// The most stretches of her words above an answer.
const MOST_QUOTES: usize = 3;

/// What a finding is, in plain words. None where there are no words for it: it is not used then.
pub(super) fn means(words: &Words<'_>, finding: FindingId, value: Value) -> Option<String> {
    let name = words.content.findings.name(finding);
    if words.find(&format!("finding-{name}")).is_some() {
        return Some(words.finding(finding, value));
    }
    let mut choices = words.content.screens.iter().flat_map(|screen| &screen.choices);
    let choice = choices.find(|choice| {
        choice
            .sets
            .iter()
            .any(|(set, value)| *set == finding && *value > Value::No)
    })?;
    words.find(&format!("choice-{}", choice.id))
}

/// Findings in plain words, each once.
pub(super) fn list_of(words: &Words<'_>, findings: &[FindingId]) -> String {
    let mut list: Vec<String> = Vec::new();
    for text in findings
        .iter()
        .filter_map(|finding| means(words, *finding, Value::Yes))
    {
        if !list.contains(&text) {
            list.push(text);
        }
    }
    words.list(&list)
}

fn word(text: &str) -> Argument {
    Argument::Word(text.to_owned())
}

fn of_item(words: &Words<'_>, item: &Item) -> Option<String> {
    let said = |name: &str, value: Value| means(words, words.content.findings.id(name)?, value);
    match &item.what {
        What::Stage(stage, choice) => {
            let of_stage = Words {
                stage: *stage,
                ..words.clone()
            };
            let say = of_stage.stage_to_say();
            Some(match choice {
                Some(_) => say,
                None => words.with("heard-stage_again", &[("means", Argument::Word(say))]),
            })
        }
        What::Fact(name, Value::Unsure) => {
            let means = said(name, Value::Yes)?;
            Some(words.with("heard-not_sure", &[("means", Argument::Word(means))]))
        }
        What::Fact(name, value) => said(name, *value),
        What::Ask(_) | What::Denied(_) => None,
    }
}

fn text(words: &Words<'_>, heard: &Heard) -> String {
    let listed: Vec<&Item> = heard.listed().collect();
    let head = match (heard.corrects, listed.is_empty()) {
        (true, true) => "heard-corrects_nothing",
        (true, false) => "heard-corrects",
        (false, _) => "heard",
    };
    let mut lines = vec![words.get(head)];
    if heard.lost {
        lines.push(words.get("heard-lost"));
    }
    for (place, item) in listed.iter().enumerate() {
        let arguments = [
            ("place", Argument::Number(i64::try_from(place + 1).unwrap_or(0))),
            ("words", word(item.words.reveal())),
            ("means", Argument::Word(of_item(words, item).unwrap_or_default())),
        ];
        lines.push(words.with("heard-item", &arguments));
    }
    let denied: Vec<FindingId> = heard
        .items
        .iter()
        .filter_map(|item| match &item.what {
            What::Denied(name) if !item.asked => words.content.findings.id(name),
            _ => None,
        })
        .collect();
    if !denied.is_empty() {
        let list = Argument::Word(list_of(words, &denied));
        lines.push(words.with("heard-denied", &[("list", list)]));
    }
    if let Some(topic) = &heard.topic {
        let topic = Argument::Word(words.get(&format!("topic-{topic}")));
        lines.push(words.with("heard-topic", &[("topic", topic)]));
    }
    lines.join("\n")
}

/// Leaves the last things out until the list fits one message: what cannot be shown to her is not used.
pub(super) fn shorten(words: &Words<'_>, heard: &mut Heard) {
    while text(words, heard).chars().count() > LONGEST_MESSAGE {
        let Some(last) = heard
            .items
            .iter()
            .rposition(|item| !matches!(item.what, What::Ask(_)))
        else {
            return;
        };
        heard.items.remove(last);
    }
}

/// The list that waits for her word.
pub(super) fn read_back(words: &Words<'_>, session: &Session, heard: &Heard, placement: Placement) -> Reply {
    let mut reply = Reply::new(Text::plain(text(words, heard)));
    reply.placement = placement;
    let count = heard.listed().count();
    let (yes, no) = match (heard.corrects, count) {
        (true, 0) => ("button-take_out", "button-keep"),
        (true, _) => ("button-right", "button-keep"),
        (false, _) => ("button-right", "button-none_of_it"),
    };
    let mark = heard.mark();
    let tap = |label: &str, action: &Action| plain(words, label, action, session.revision);
    reply.rows.push(vec![tap(yes, &Action::Right(mark))]);
    if count > 1 {
        let numbers = (1u8..).take(count);
        let buttons: Vec<Button> = numbers
            .map(|place| {
                let number = Argument::Number(i64::from(place));
                let label = words.with("button-leave_out", &[("place", number)]);
                navigation(label, &Action::LeaveOut(place, mark), session.revision)
            })
            .collect();
        reply.rows.extend(buttons.chunks(2).map(<[Button]>::to_vec));
    }
    reply.rows.push(vec![tap(no, &Action::NoneOfIt(mark))]);
    reply.rows.push(ways_out(words, session));
    reply
}

fn ways_out(words: &Words<'_>, session: &Session) -> Vec<Button> {
    let tap = |label: &str, action: &Action| plain(words, label, action, session.revision);
    vec![
        tap("button-back", &Action::Back),
        tap("button-why_ask", &Action::WhyAsk),
        tap("button-start_again", &Action::StartAgain),
    ]
}

/// One doubt, as a question of its own; with the number to call, where a yes would be urgent.
pub(super) fn doubt(
    words: &Words<'_>,
    session: &Session,
    item: &Item,
    level: Level,
    placement: Placement,
) -> Option<Reply> {
    let name = item.finding()?;
    let means = means(words, words.content.findings.id(name)?, Value::Yes)?;
    let arguments = [
        ("words", word(item.words.reveal())),
        ("means", Argument::Word(means)),
    ];
    let mut lines = vec![words.with("doubt", &arguments)];
    match level {
        Level::Emergency => lines.push(words.get("doubt-emergency")),
        Level::GoNow => lines.push(words.get("doubt-go_now")),
        _ => {}
    }
    let mut reply = Reply::new(Text::plain(lines.join("\n")));
    reply.placement = placement;
    reply.urgent = level >= Level::GoNow;
    let tap = |label: &str, answer: DoubtReply| {
        let action = Action::Doubt(name.to_string(), answer);
        plain(words, label, &action, session.revision)
    };
    reply.rows.push(vec![
        tap("button-yes", DoubtReply::Yes),
        tap("button-no", DoubtReply::No),
    ]);
    reply.rows.push(vec![tap("button-not_sure", DoubtReply::NotSure)]);
    if level >= Level::GoNow {
        reply.rows.extend(numbers_view::urgent_rows(words, session));
    }
    reply.rows.push(ways_out(words, session));
    Some(reply)
}

/// Puts her words above an answer that broke in: into its first message, or before it where there is no room.
pub(super) fn headed(
    words: &Words<'_>,
    session: &Session,
    found: &Assessment<'_>,
    mut replies: Vec<Reply>,
) -> Vec<Reply> {
    let Some(line) = read_line(words, session, found) else {
        return replies;
    };
    let urgent = replies.iter().any(|reply| reply.urgent);
    let fits =
        |reply: &Reply| line.chars().count() + 1 + reply.text.words().chars().count() <= LONGEST_MESSAGE;
    match replies.first_mut() {
        Some(first) if fits(first) => first.text.spans.insert(
            0,
            super::Span {
                text: format!("{line}\n"),
                strong: false,
            },
        ),
        _ => {
            let mut head = Reply::new(Text::plain(line));
            head.urgent = urgent;
            head.placement = replies.first().map_or(Placement::New, |first| first.placement);
            if let Some(first) = replies.first_mut() {
                first.placement = Placement::New;
            }
            replies.insert(0, head);
        }
    }
    replies
}

/// “red n hot”: what decided first, and no more than a few.
fn read_line(words: &Words<'_>, session: &Session, found: &Assessment<'_>) -> Option<String> {
    let decides = |quote: &&Quote| {
        let name = quote.finding.as_deref();
        let Some(finding) = name.and_then(|name| words.content.findings.id(name)) else {
            return false;
        };
        found.because.iter().any(|(reason, _)| {
            *reason == finding
                || match words.content.findings.get(*reason).map(|reason| &reason.kind) {
                    Some(FindingKind::Sign(sign)) => stands_for(sign, finding),
                    _ => false,
                }
        })
    };
    let (first, rest): (Vec<&Quote>, Vec<&Quote>) = session.quotes.iter().partition(|quote| decides(quote));
    let mut shown: Vec<&str> = Vec::new();
    for quote in first.into_iter().chain(rest) {
        let text: &str = quote.words.reveal();
        if shown.iter().any(|other| holds_words(other, text)) {
            continue;
        }
        let shorter = shown.iter().position(|other| holds_words(text, other));
        if let Some(slot) = shorter.and_then(|place| shown.get_mut(place)) {
            *slot = text;
        } else if shown.len() < MOST_QUOTES {
            shown.push(text);
        }
    }
    let mut quotes: Vec<String> = Vec::new();
    for text in shown {
        let quote = words.with("quote", &[("words", word(text))]);
        if !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    let list = Argument::Word(words.list(&quotes));
    (!quotes.is_empty()).then(|| words.with("words-read", &[("list", list)]))
}

/// Does a quote hold every piece of another, word for word: "calf is swollen and red" holds "calf … red"?
fn holds_words(long: &str, short: &str) -> bool {
    let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let holds = |piece: &str| {
        long.match_indices(piece).any(|(at, found)| {
            let before = long.get(..at).and_then(|before| before.chars().next_back());
            let behind = long
                .get(at + found.len()..)
                .and_then(|behind| behind.chars().next());
            !inside(before) && !inside(behind)
        })
    };
    short.split(BETWEEN_PIECES).all(holds)
}

/// Why this is asked: each item with the rule that read it.
pub(super) fn why(words: &Words<'_>, heard: &Heard) -> String {
    let mut lines = vec![words.get("why-heard")];
    for item in &heard.items {
        lines.push(rule_line(words, &item.rule, Some(item.words.reveal())));
    }
    while lines.iter().map(|line| line.chars().count() + 1).sum::<usize>() > LONGEST_MESSAGE {
        lines.pop();
    }
    lines.join("\n")
}

fn rule_line(words: &Words<'_>, rule: &str, quoted: Option<&str>) -> String {
    let rule = ("rule", word(rule));
    match quoted {
        Some(quoted) => words.with("why-words", &[("words", word(quoted)), rule]),
        None => words.with("why-words_gone", &[rule]),
    }
}

/// For *Why?*: what was read in words on the way to this answer, by which rules. Her words as long as they are kept.
pub(super) fn why_lines(words: &Words<'_>, session: &Session) -> Vec<String> {
    let mut lines: Vec<String> = session
        .quotes
        .iter()
        .map(|quote| rule_line(words, &quote.rule, Some(quote.words.reveal())))
        .collect();
    let told = session.all_answers().filter_map(|answer| answer.words.as_ref());
    let rules = told.flat_map(|told| told.told.iter().map(|fact| &fact.rule).chain(&told.stage_rule));
    let quoted = |rule: &str| session.quotes.iter().any(|quote| &*quote.rule == rule);
    let mut gone: Vec<String> = Vec::new();
    for rule in rules {
        if !quoted(rule) && !gone.contains(&rule.to_string()) {
            gone.push(rule.to_string());
        }
    }
    if !gone.is_empty() {
        lines.push(rule_line(words, &words.list(&gone), None));
    }
    lines
}

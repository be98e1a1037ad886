//! Numbers to call, as she sees them: lines for what is no emergency, buttons that copy, and the list of countries.
//!
//! ```text
//! Which country are you in? …
//! [United Kingdom] [United States]
//! [Ireland] [Canada]
//! …
//! [A to G] [H to N] [P to U]
//! [Other country]
//! [Back] [Why do you ask?]
//! ```

use crate::content::{Argument, CountryId, HelpLine, Hours, Level, LineKind};
use crate::triage::Assessment;

use super::reply::{Button, Placement, Press, Reply, Text};
use super::screen_view::{navigation, plain};
use super::session::Session;
use super::token::Action;
use super::wording::Words;

/// The most lines an answer names.
const MOST_LINES: usize = 2;
/// The most countries on one part of the list.
const MOST_ON_A_PART: usize = 14;

/// A line that an answer names.
struct Named<'w> {
    line: &'w HelpLine,
    /// Is it the kind of line that what she said calls for?
    own: bool,
}

/// The lines an answer names, the most fitting first: what her danger sign calls for, then those that answer day and
/// night. At GO_NOW and above only these.
fn help_lines<'w>(words: &Words<'w>, found: &Assessment<'_>) -> Vec<Named<'w>> {
    let (Some(level), Some(numbers)) = (found.outcome.level(), words.numbers()) else {
        return Vec::new();
    };
    let of = |kind: LineKind| {
        let line = numbers.lines.iter().find(|line| line.kind == kind)?;
        (level < Level::GoNow || line.hours == Hours::Always).then_some(line)
    };
    let own = found.deciding().find_map(|fired| fired.flag.line);
    let own = match own {
        // Low mood can talk to a crisis line; a line for low mood is none for a crisis.
        Some(LineKind::Mood) => of(LineKind::Mood).or_else(|| of(LineKind::Crisis)),
        other => other.and_then(of),
    };
    let mut others: Vec<&HelpLine> = Vec::new();
    if (Level::SameDay..=Level::GoNow).contains(&level) {
        others.extend([LineKind::Maternity, LineKind::Health].into_iter().filter_map(of));
        others.sort_by_key(|line| line.hours != Hours::Always);
        others.retain(|line| Some(*line) != own);
    }
    let own = own.map(|line| Named { line, own: true });
    let others = others.into_iter().map(|line| Named { line, own: false });
    own.into_iter().chain(others).take(MOST_LINES).collect()
}

/// The lines an answer names, as text; each with whether it is what her danger sign calls for.
pub(super) fn help_texts(words: &Words<'_>, found: &Assessment<'_>) -> Vec<(String, bool)> {
    help_lines(words, found)
        .into_iter()
        .map(|named| (help_text(words, named.line), named.own))
        .collect()
}

fn help_text(words: &Words<'_>, line: &HelpLine) -> String {
    let name = words.get(&format!("line-{}", line.kind.word()));
    let arguments = [
        ("name", Argument::Word(name)),
        ("number", Argument::Word(line.phone.number.to_string())),
        ("hours", Argument::Word(hours_text(words, line.hours))),
    ];
    let key = if line.most_parts {
        "help_line.most_parts"
    } else {
        "help_line"
    };
    words.with(key, &arguments)
}

fn hours_text(words: &Words<'_>, hours: Hours) -> String {
    let Hours::Between { from, to, days } = hours else {
        return words.get("hours-always");
    };
    let time = |minutes: u16| Argument::Word(format!("{}:{:02}", minutes / 60, minutes % 60));
    let mut arguments = vec![("from", time(from)), ("to", time(to))];
    let Some((first, last)) = days else {
        return words.with("hours-daily", &arguments);
    };
    let day = |word: &str| Argument::Word(words.get(&format!("weekday-{word}")));
    arguments.extend([("first", day(first)), ("last", day(last))]);
    words.with("hours-days", &arguments)
}

/// The rows of an answer that help her to call: copy a number, and say which country she is in.
pub(super) fn answer_rows(words: &Words<'_>, session: &Session, found: &Assessment<'_>) -> Vec<Vec<Button>> {
    let level = found.outcome.level();
    if level.is_none_or(|level| level < Level::SameDay) {
        return Vec::new();
    }
    let mut copies: Vec<Button> = Vec::new();
    if level >= Some(Level::GoNow) {
        copies.extend(copy_emergency(words));
    }
    for Named { line, .. } in help_lines(words, found) {
        copies.push(Button {
            label: words.get(&format!("button-copy_{}", line.kind.word())),
            press: Press::Copy(line.phone.number.to_string()),
        });
    }
    let mut rows: Vec<Vec<Button>> = copies.chunks(2).map(<[Button]>::to_vec).collect();
    rows.extend(country_button(words, session).map(|button| vec![button]));
    rows
}

/// The rows of `/urgent`.
pub(super) fn urgent_rows(words: &Words<'_>, session: &Session) -> Vec<Vec<Button>> {
    let buttons = copy_emergency(words)
        .into_iter()
        .chain(country_button(words, session));
    buttons.map(|button| vec![button]).collect()
}

fn copy_emergency(words: &Words<'_>) -> Option<Button> {
    let number = words.number()?.to_owned();
    let label = words.with(
        "button-copy_number",
        &[("number", Argument::Word(number.clone()))],
    );
    Some(Button {
        label,
        press: Press::Copy(number),
    })
}

/// Leads to the list of countries, where the operator has not set one.
fn country_button(words: &Words<'_>, session: &Session) -> Option<Button> {
    let label = match words.number() {
        None => "button-country",
        Some(_) => "button-change_country",
    };
    words
        .asks_country()
        .then(|| plain(words, label, &Action::Countries, session.revision))
}

/// A country with its name.
type Country<'c> = (String, &'c CountryId);

/// The list of countries in parts: first the likely ones, then all others by name, whole letters together.
fn parts<'w>(words: &Words<'w>) -> Vec<Vec<Country<'w>>> {
    let named = |likely: bool| {
        let countries = words.content.numbers.iter();
        countries
            .filter(move |numbers| numbers.likely == likely)
            .map(|numbers| {
                (
                    words.get(&format!("country-{}", numbers.country)),
                    &numbers.country,
                )
            })
            .collect::<Vec<Country<'w>>>()
    };
    let (mut first, mut others) = (named(true), named(false));
    others.sort();
    if first.len() + others.len() <= MOST_ON_A_PART {
        first.extend(others);
        return vec![first];
    }
    let mut parts = vec![first, Vec::new()];
    for letter in others.chunk_by(|one, other| initial(one) == initial(other)) {
        match parts.last_mut() {
            Some(part) if part.len() + letter.len() <= MOST_ON_A_PART => part.extend_from_slice(letter),
            _ => parts.push(letter.to_vec()),
        }
    }
    parts
}

fn initial((name, _): &Country<'_>) -> Option<char> {
    name.chars().next()
}

/// One part of the list of countries.
pub(super) fn list(words: &Words<'_>, session: &Session, part: u8, placement: Placement) -> Reply {
    let parts = parts(words);
    let shown = parts.get(usize::from(part)).or(parts.first());
    let mut reply = Reply::new(Text::plain(words.get("countries")));
    reply.placement = placement;
    let countries: Vec<Button> = shown
        .into_iter()
        .flatten()
        .map(|(name, country)| {
            let action = Action::Country((*country).clone());
            navigation(name.clone(), &action, session.revision)
        })
        .collect();
    reply.rows = countries.chunks(2).map(<[Button]>::to_vec).collect();
    if part == 0 {
        let others: Vec<Button> = (1u8..)
            .zip(parts.iter().skip(1))
            .filter_map(|(number, part)| part_button(words, session, number, part))
            .collect();
        reply.rows.extend(others.chunks(3).map(<[Button]>::to_vec));
    }
    reply.rows.push(vec![plain(
        words,
        "button-other_country",
        &Action::OtherCountry,
        session.revision,
    )]);
    reply.rows.push(vec![
        plain(words, "button-back", &Action::Back, session.revision),
        plain(words, "button-why_ask", &Action::WhyAsk, session.revision),
    ]);
    reply
}

/// *A to G*: leads to a part of the list.
fn part_button(words: &Words<'_>, session: &Session, number: u8, part: &[Country<'_>]) -> Option<Button> {
    let letter = |country: &Country<'_>| initial(country).map(|letter| Argument::Word(letter.to_string()));
    let (first, last) = (letter(part.first()?)?, letter(part.last()?)?);
    let label = words.with("button-part", &[("first", first), ("last", last)]);
    Some(navigation(
        label,
        &Action::CountriesFrom(number),
        session.revision,
    ))
}

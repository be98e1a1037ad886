//! Patterns and cues of a lexicon: their elements, what they read, their test lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::walk::Table;
use crate::content::draft::{Draft, Name};
use crate::content::fault::{FaultKind, Marked, Place, Sink, did_you_mean};
use crate::content::id::{FindingId, RouteId, TopicId};
use crate::content::lexicon::{Choice, Need, Part, Pattern, Reads, Says, Shape, TestLine, fold};
use crate::content::model::{FindingKind, Value};
use crate::content::stage::{Days, Phase, Stage};

/// Places and names of one lexicon.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) classes: BTreeMap<Arc<str>, Place>,
    /// Patterns and cues by name, and by what they say.
    rules: FxHashMap<Arc<str>, Place>,
    said: FxHashMap<Said, (Arc<str>, Place)>,
}

/// What a pattern or cue says: two must not say the same.
#[derive(PartialEq, Eq, Hash)]
struct Said {
    reads: String,
    shape: Shape,
    unless: Vec<Choice>,
}

impl Marks {
    pub(super) fn add_class(&mut self, name: &Marked<Arc<str>>, sink: &Sink) {
        if self.classes.contains_key(&name.value) {
            sink.add(name.at.fault(
                FaultKind::Duplicate,
                format!("the class \"{}\" is there already", name.value),
                "give one of the two another name; the lists of [measure] are classes too",
            ));
        }
        self.classes.insert(Arc::clone(&name.value), name.at.clone());
    }

    /// Reports a class that is not there.
    pub(super) fn class(&self, name: &str, at: &Place, sink: &Sink) -> bool {
        let known = self.classes.contains_key(name);
        if !known {
            let names = self.classes.keys().map(|name| &**name);
            let otherwise = "add it to [class], or write = in front if the word itself is meant";
            sink.add(at.fault(
                FaultKind::UnknownName,
                format!("there is no class \"{name}\""),
                did_you_mean(name, names, otherwise),
            ));
        }
        known
    }

    /// Takes the name of a pattern or cue, and reports one that says what another says.
    pub(super) fn rule(
        &mut self,
        id: &Marked<Arc<str>>,
        shape: &Shape,
        unless: &[Choice],
        reads: String,
        sink: &Sink,
    ) {
        let says = Said {
            reads,
            shape: shape.clone(),
            unless: unless.to_vec(),
        };
        let place = |at: &Place| {
            let first = at.fault(FaultKind::Duplicate, "", "");
            format!("the first is at {}:{}", first.file, first.line)
        };
        if let Some(at) = self.rules.get(&id.value) {
            sink.add(id.at.fault(
                FaultKind::Duplicate,
                format!("\"{}\" is there already", id.value),
                format!("give one of the two another name; {}", place(at)),
            ));
        } else if let Some((other, at)) = self.said.get(&says) {
            sink.add(id.at.fault(
                FaultKind::ShadowedRow,
                format!("\"{}\" says what \"{other}\" says", id.value),
                format!("take one of the two away; {}", place(at)),
            ));
        }
        self.rules.insert(Arc::clone(&id.value), id.at.clone());
        self.said.insert(says, (Arc::clone(&id.value), id.at.clone()));
    }
}

/// Reports a word that cannot be found as it is written.
pub(super) fn check_words(entry: &str, at: &Place, sink: &Sink) {
    let wrong = |message: &str, cure: &str| {
        sink.add(at.fault(FaultKind::WrongValue, message, cure));
    };
    // Most are plain, and need not be folded to know that they are words.
    let not_plain = |piece: &&str| !piece.bytes().all(|byte| byte.is_ascii_lowercase());
    for piece in entry.split_whitespace().filter(not_plain) {
        let (text, prefix) = piece
            .strip_suffix('*')
            .map_or((piece, false), |text| (text, true));
        let words = fold::words(text);
        if words.is_empty() {
            wrong("there is no word in it", "write a word");
        }
        if prefix && words.last().is_some_and(|word| word.chars().count() < 3) {
            wrong(
                "fewer than three letters before the *",
                "list the words themselves",
            );
        }
    }
    if entry.trim().is_empty() {
        wrong("there is no word in it", "write a word");
    }
}

const FORMS: &str =
    "write a class, a|b, =word, =one|two, # or #1-9, *3, ^ or $, != before a word; ? behind may be missing";

/// Reads one element.
fn element(text: &Marked<Arc<str>>, marks: &Marks, sink: &Sink) -> Option<Part> {
    let written = text.value.trim();
    let (body, need) = written
        .strip_suffix('?')
        .map_or((written, Need::Must), |body| (body, Need::May));
    let wrong = |message: &str| {
        sink.add(text.at.fault(FaultKind::WrongValue, message, FORMS));
        None
    };
    if let Some(bounds) = body.strip_prefix('#') {
        let parsed = if bounds.is_empty() {
            Some((0, u16::MAX))
        } else {
            let (least, most) = bounds.split_once('-').unwrap_or((bounds, bounds));
            least.parse().ok().zip(most.parse().ok())
        };
        return match parsed {
            Some((least, most)) if least <= most => Some(Part::Number(least, most, need)),
            _ => wrong("these are no bounds of a number"),
        };
    }
    match body {
        "^" => return Some(Part::Start),
        "$" => return Some(Part::End),
        _ => {}
    }
    if let Some(words) = body.strip_prefix('*') {
        return match words.parse::<u8>() {
            Ok(words) if (1..=12).contains(&words) => Some(Part::Gap(words)),
            _ => wrong("a gap has 1 to 12 words"),
        };
    }
    if let Some(rest) = body.strip_prefix('!') {
        return choice(rest, text, marks, sink).map(Part::NotBefore);
    }
    choice(body, text, marks, sink).map(|choice| Part::Is(choice, need))
}

/// Alternatives: names of classes, and from the first = on words.
fn choice(body: &str, text: &Marked<Arc<str>>, marks: &Marks, sink: &Sink) -> Option<Choice> {
    let mut choice = Choice {
        classes: Vec::new(),
        words: Vec::new(),
    };
    let mut literal = false;
    let mut good = true;
    for name in body.split('|') {
        literal |= name.trim().starts_with('=');
        let name = name.trim().trim_start_matches('=');
        if literal {
            let before = sink.len();
            check_words(name, &text.at, sink);
            good &= sink.len() == before;
            choice.words.push(Arc::from(name));
        } else {
            good &= marks.class(name, &text.at, sink);
            choice.classes.push(Arc::from(name));
        }
    }
    good.then_some(choice)
}

/// Reads `seq` or `near`.
pub(super) fn shape(table: &Table, marks: &Marks) -> Option<Shape> {
    let sink = table.sink();
    let (seq, near) = (table.get("seq"), table.get("near"));
    let list = match (&seq, &near) {
        (Some(_), Some(item)) => {
            let cure = "write one of the two";
            sink.add(
                item.at
                    .fault(FaultKind::WrongValue, "a pattern has either seq or near", cure),
            );
            return None;
        }
        (Some(_), None) => table.texts("seq"),
        (None, Some(_)) => table.texts("near"),
        (None, None) => {
            table.need("seq");
            return None;
        }
    };
    let parts: Vec<Option<Part>> = list.iter().map(|text| element(text, marks, sink)).collect();
    let parts: Vec<Part> = parts.into_iter().collect::<Option<_>>()?;
    let at = seq.as_ref().or(near.as_ref()).map(|item| item.at.clone())?;
    let wrong = |message: &str, cure: &str| {
        sink.add(at.fault(FaultKind::Unreachable, message, cure));
        None
    };
    if seq.is_some() {
        let begins = parts
            .iter()
            .find(|part| !matches!(part, Part::Start | Part::NotBefore(_)));
        let must = |part: &Part| matches!(part, Part::Is(_, Need::Must) | Part::Number(_, _, Need::Must));
        if !parts.iter().any(must) {
            return wrong("nothing in it must be there", "write one element without ?");
        }
        if matches!(begins, Some(Part::Gap(_) | Part::End)) {
            return wrong(
                "a pattern cannot begin with a gap or an end",
                "begin with a word, or with ^ before the word",
            );
        }
        return Some(Shape::Seq(parts));
    }
    let choices: Vec<Choice> = parts
        .into_iter()
        .filter_map(|part| match part {
            Part::Is(choice, Need::Must) => Some(choice),
            _ => None,
        })
        .collect();
    if choices.len() != list.len() || choices.is_empty() || choices.len() > 8 {
        return wrong(
            "near holds one to eight classes or words",
            "take numbers, gaps, ^, $ and ? out, or write it as seq",
        );
    }
    Some(Shape::Near {
        choices,
        within: u8::try_from(table.number("within", 5, 1..31)).unwrap_or(5),
        same_clause: table.flag("same_clause"),
    })
}

/// The lines under `yes` and `no`.
pub(super) fn lines(table: &Table) -> Vec<TestLine> {
    let of = |key: &str, must: bool| {
        let texts = table.texts(key);
        texts
            .into_iter()
            .map(|text| TestLine {
                must,
                at: text.at,
                text: text.value,
            })
            .collect::<Vec<_>>()
    };
    let mut lines = of("yes", true);
    lines.extend(of("no", false));
    lines
}

/// Reads one pattern.
pub(super) fn pattern(kind: &str, table: Table, draft: &mut Draft, marks: &mut Marks) -> Option<Pattern> {
    let mut keys = vec![
        "id",
        "seq",
        "near",
        "within",
        "same_clause",
        "unless",
        "yes",
        "no",
        "ask_first",
        "note",
    ];
    keys.extend(match kind {
        "find" => &[
            "finding",
            "value",
            "word",
            "number",
            "amount",
            "denies",
            "denies_only",
            "phase",
            "not_phase",
        ][..],
        "stage" => &["phase", "days", "weak"],
        "route" => &["route"],
        "topic" => &["topic"],
        _ => &[],
    });
    let table = table.only(&keys);
    let sink = table.sink();
    let id = table.need_text("id")?;
    let shape = shape(&table, marks);
    let reads = match kind {
        "find" => finding(&table, &id, draft).map(|(finding, says)| Reads::Finding(finding, says)),
        "stage" => stage(&table).map(|stage| Reads::Stage(stage, table.flag("weak"))),
        "lost" => Some(Reads::Lost),
        "route" => table
            .need_text("route")
            .map(|route| Reads::Route(RouteId::from(&*route.value))),
        _ => table.need_text("topic").map(|topic| {
            draft.refer(Name::Topic, &topic);
            Reads::Topic(TopicId::from(&*topic.value))
        }),
    };
    let mut unless = Vec::new();
    for text in table.texts("unless") {
        unless.extend(choice(&text.value, &text, marks, sink));
    }
    let (shape, reads) = (shape?, reads?);
    let only_phase = |key: &str| {
        let asked = kind == "find" && table.get(key).is_some();
        asked.then(|| table.word(key, &PHASES)).flatten()
    };
    marks.rule(&id, &shape, &unless, format!("{reads:?}"), sink);
    Some(Pattern {
        reads,
        shape,
        unless,
        ask_first: table.flag("ask_first"),
        denies: table.flag("denies"),
        denies_only: kind == "find" && table.flag("denies_only"),
        phase: only_phase("phase"),
        not_phase: only_phase("not_phase"),
        lines: lines(&table),
        id: id.value,
    })
}

fn finding(table: &Table, id: &Marked<Arc<str>>, draft: &Draft) -> Option<(FindingId, Says)> {
    let sink = table.sink();
    let named = table.text("finding").unwrap_or_else(|| {
        let name = id.value.split('.').next().unwrap_or("");
        Marked {
            value: Arc::from(name),
            at: id.at.inside(0..name.len()),
        }
    });
    let finding = super::parts::finding(&named, draft, sink)?;
    let kind = draft.findings.get(finding).map(|finding| finding.kind.clone())?;
    let wrong = |at: &Place, message: String, cure: &str| {
        sink.add(at.fault(FaultKind::WrongValue, message, cure));
        None
    };
    if let Some(word) = table.text("word") {
        let place = match &kind {
            FindingKind::Words(words) => words.iter().position(|known| *known == word.value),
            _ => None,
        };
        return match place.and_then(|place| u16::try_from(place).ok()) {
            Some(place) => Some((finding, Says::Is(Value::Amount(place)))),
            None => wrong(
                &word.at,
                format!("\"{}\" is no word of {}", word.value, named.value),
                "name a word that findings.toml lists for it",
            ),
        };
    }
    let number = |key: &str| {
        let item = table.get(key)?;
        let number = item.number(0..10_000)?;
        Some((u16::try_from(number.value).ok()?, item.at))
    };
    for (key, fixed) in [("number", false), ("amount", true)] {
        let Some((number, at)) = number(key) else {
            continue;
        };
        if !matches!(kind, FindingKind::Number { .. }) {
            return wrong(&at, format!("{} is no number", named.value), "take it away");
        }
        return Some((
            finding,
            if fixed {
                Says::Is(Value::Amount(number))
            } else {
                Says::Number(number)
            },
        ));
    }
    if matches!(kind, FindingKind::Sign(_)) {
        return wrong(
            &named.at,
            format!("{} is a sign: a button, not a fact", named.value),
            "name one of its members",
        );
    }
    let value = match table.get("value") {
        None => Says::Is(Value::Yes),
        Some(_) => table.word(
            "value",
            &[
                ("yes", Says::Is(Value::Yes)),
                ("no", Says::Is(Value::No)),
                ("unsure", Says::Is(Value::Unsure)),
                ("past", Says::Past),
            ],
        )?,
    };
    let plain = matches!(kind, FindingKind::Words(_) | FindingKind::Number { .. });
    if plain && value == Says::Is(Value::Yes) {
        return wrong(
            &named.at,
            format!("{} has a word or a number, and none is said", named.value),
            "add word = \"…\", number = 1 or amount = …",
        );
    }
    Some((finding, value))
}

const PHASES: [(&str, Phase); 4] = [
    ("pregnant", Phase::Pregnant),
    ("after_birth", Phase::AfterBirth),
    ("period_late", Phase::PeriodLate),
    ("neither", Phase::Neither),
];

fn stage(table: &Table) -> Option<Stage> {
    let phase = table.word("phase", &PHASES)?;
    let last = match phase {
        Phase::Pregnant | Phase::Neither | Phase::Unknown => Days::LAST_OF_PREGNANCY,
        Phase::PeriodLate => Days::LAST_OF_LATE_PERIOD,
        Phase::AfterBirth => Days::LAST_AFTER_BIRTH,
    };
    let mut bounds = table.list("days").into_iter().map(|item| {
        item.number(0..1000)
            .and_then(|number| u16::try_from(number.value).ok())
    });
    let days = match (bounds.next(), bounds.next()) {
        (Some(least), Some(most)) => Days::new(least?, most?)?,
        _ => Days::new(0, last)?,
    };
    Some(Stage { phase, days })
}

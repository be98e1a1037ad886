//! A reading → what becomes of it: what counts, what is asked first, what only marks a list, what is known already.
//!
//! Words affirm on little; they never deny. What is doubtful and would make the answer more urgent is asked.

use std::ops::Range;
use std::sync::Arc;

use crate::content::{Content, FindingId, FindingKind, Level, Literal, MightBe, Phase, Value};
use crate::private::Private;
use crate::triage::record::Truth;
use crate::triage::words::stage_choice;
use crate::triage::{Fact, InWords, Known};
use crate::understanding::{Mention, Reading, StageMention, Told};

use super::heard::{Heard, Item, What};

/// The longest stretch of her words that is kept of one item, in characters.
const LONGEST_QUOTE: usize = 40;
/// Stands between the pieces of a quote.
pub(super) const BETWEEN_PIECES: &str = " … ";
/// A fever, in tenths of a degree Celsius.
const FEVER: u16 = 380;
/// The most doubts asked after one message; the rest counts as not sure.
const MOST_ASKS: usize = 4;
/// The most things one message may tell; the rest is asked by buttons.
const MOST_ITEMS: usize = 12;

/// A reading, sifted.
pub(super) struct Sifted {
    /// What is to be shown to her, or acted on.
    pub(super) heard: Heard,
    /// The level if all that she affirmed counts.
    pub(super) level: Level,
    /// She told thoughts of harm: the answer comes at once, whatever else is known.
    pub(super) harm: bool,
    /// Something was read that she had told before.
    pub(super) known_already: bool,
    /// She told another stage than before.
    pub(super) other_stage: bool,
}

/// Sifts a reading, given what is known. `named` says whether there are words for a finding: what cannot be shown to her
/// is not used.
pub(super) fn sift(
    content: &Content,
    known: &Known,
    reading: &Reading,
    text: &str,
    named: &dyn Fn(FindingId, Value) -> bool,
) -> Sifted {
    let mut sifted = Sifted {
        heard: Heard::default(),
        level: known.level(content),
        harm: false,
        known_already: false,
        other_stage: false,
    };
    let mut known = known.clone();
    if reading.lost {
        // The weeks before do not count any more.
        known.ended = true;
        known.stage = None;
    }
    if let Some(said) = &reading.stage {
        sifted.stage(content, &known, said, text);
    }
    let mut doubts: Vec<(Item, FindingId, bool)> = Vec::new();
    for mention in reading.mentions.iter().take(4 * MOST_ITEMS) {
        sifted.mention(content, &known, mention, text, named, &mut doubts);
    }
    sifted.temperature(content, &known, reading, text);
    let mut then = known.clone();
    let answer = sifted.heard.answer(false);
    then.add(content, &answer);
    sifted.level = then.level(content);
    sifted.weigh_doubts(content, &then, doubts);
    sifted.heard.items.truncate(MOST_ITEMS);
    sifted
}

impl Sifted {
    fn stage(&mut self, content: &Content, known: &Known, said: &StageMention, text: &str) {
        // Out of scope is told by button only: it would end the questions.
        if matches!(said.stage.phase, Phase::Neither | Phase::Unknown) {
            return;
        }
        if let Some(before) = known.stage {
            let inside = before.phase == said.stage.phase && before.days.overlaps(said.stage.days);
            self.known_already |= inside;
            self.other_stage |= !inside;
            return;
        }
        let choice = stage_choice(content, known, said.stage).map(|choice| choice.id.clone());
        self.heard.items.push(Item {
            what: What::Stage(said.stage, choice),
            rule: Arc::clone(&said.rule),
            words: quote(text, &said.words),
            asked: false,
        });
    }

    fn mention(
        &mut self,
        content: &Content,
        known: &Known,
        mention: &Mention,
        text: &str,
        named: &dyn Fn(FindingId, Value) -> bool,
        doubts: &mut Vec<(Item, FindingId, bool)>,
    ) {
        let name: Arc<str> = Arc::from(content.findings.name(mention.finding));
        let item = |what| Item {
            what,
            rule: Arc::clone(&mention.rule),
            words: quote(text, &mention.words),
            asked: false,
        };
        let value = match mention.told {
            Told::Is(value) => value,
            Told::Past => Value::Unsure,
        };
        if !named(mention.finding, value.max(Value::Yes)) {
            return;
        }
        let harm = is_harm(content, mention.finding);
        let told = if harm { value.max(Value::Yes) } else { value };
        if is_yes(content, known, mention.finding, told) {
            self.known_already = true;
            self.harm |= harm;
            return;
        }
        let weak = mention.ask_first || mention.repair > 1;
        if harm {
            self.harm = true;
            self.heard.items.push(item(What::Fact(name, told)));
            return;
        }
        match mention.told {
            Told::Is(Value::No) => self.heard.items.push(item(What::Denied(name))),
            Told::Is(value) if value > Value::Unsure && !weak => {
                self.heard.items.push(item(What::Fact(name, value)));
            }
            told => {
                let value = if told == Told::Past { Value::Unsure } else { value };
                doubts.push((item(What::Fact(name, value)), mention.finding, told == Told::Past));
            }
        }
    }

    /// From 38.0 on a temperature is a fever, whatever else she wrote of it.
    fn temperature(&mut self, content: &Content, known: &Known, reading: &Reading, text: &str) {
        let hot = reading.temperature.as_ref().filter(|read| read.tenths >= FEVER);
        let (Some(read), Some(fever)) = (hot, content.findings.id("fever")) else {
            return;
        };
        let name: Arc<str> = Arc::from("fever");
        let told = |item: &Item| matches!(&item.what, What::Fact(finding, value) if *finding == name && *value > Value::Unsure);
        if self.heard.items.iter().any(told) || is_yes(content, known, fever, Value::Yes) {
            return;
        }
        self.heard.items.retain(|item| item.finding() != Some(&name));
        self.heard.items.push(Item {
            what: What::Fact(name, Value::Yes),
            rule: Arc::from("temperature"),
            words: quote(text, &read.words),
            asked: false,
        });
    }

    /// A doubt that would make the answer more urgent is asked, the most urgent first. What was, and matters no more, is
    /// left out.
    fn weigh_doubts(&mut self, content: &Content, then: &Known, doubts: Vec<(Item, FindingId, bool)>) {
        let mut asks: Vec<(Level, Item)> = Vec::new();
        for (mut item, finding, past) in doubts {
            let level = level_with(content, then, finding);
            if level > self.level && level >= Level::SameDay {
                if let Some(name) = item.finding().cloned() {
                    item.what = What::Ask(name);
                }
                asks.push((level, item));
            } else if !past {
                self.heard.items.push(item);
            }
        }
        asks.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        for (place, (_, mut item)) in asks.into_iter().enumerate() {
            if place >= MOST_ASKS
                && let Some(name) = item.finding().cloned()
            {
                item.what = What::Fact(name, Value::Unsure);
            }
            let at = place.min(self.heard.items.len());
            self.heard.items.insert(at, item);
        }
    }
}

/// The level if this finding were yes as well.
pub(super) fn level_with(content: &Content, known: &Known, finding: FindingId) -> Level {
    let mut then = known.clone();
    let words = InWords {
        told: vec![Fact {
            finding: Arc::from(content.findings.name(finding)),
            value: Value::Yes,
            rule: Arc::from(""),
        }],
        ..InWords::default()
    };
    then.add(content, &crate::triage::Answer::in_words(words, Vec::new()));
    then.level(content)
}

/// Is as much as this known to be yes?
fn is_yes(content: &Content, known: &Known, finding: FindingId, value: Value) -> bool {
    let at_least = match value {
        Value::Amount(amount) => Some(amount),
        _ => None,
    };
    let literal = Literal {
        finding,
        at_least,
        or_unsure: false,
    };
    known.record.truth(&content.findings, literal) == Truth::Yes
}

/// Is it a thought of harm: what a button records as yes even where she is not sure?
pub(super) fn is_harm(content: &Content, finding: FindingId) -> bool {
    let choices = content.screens.iter().flat_map(|screen| &screen.choices);
    let certain = choices.filter(|choice| choice.might_be == MightBe::Yes);
    certain.flat_map(|choice| &choice.sets).any(|(set, _)| {
        *set == finding
            || match content.findings.get(*set).map(|set| &set.kind) {
                Some(FindingKind::Sign(sign)) => crate::triage::record::stands_for(sign, finding),
                _ => false,
            }
    })
}

/// Her words, as short as they can be quoted: from the first to the last that were read, or else the pieces.
fn quote(text: &str, words: &[Range<usize>]) -> Private<String> {
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (from, to) = (
        words.iter().map(|range| range.start).min().unwrap_or(0),
        words.iter().map(|range| range.end).max().unwrap_or(0),
    );
    let whole = plain(piece(from..to));
    if whole.chars().count() <= LONGEST_QUOTE {
        return Private::new(whole);
    }
    let mut sorted: Vec<Range<usize>> = words.to_vec();
    sorted.sort_by_key(|range| range.start);
    let pieces: Vec<String> = sorted.into_iter().map(|range| plain(piece(range))).collect();
    let joined = pieces.join(BETWEEN_PIECES);
    if joined.chars().count() <= LONGEST_QUOTE {
        return Private::new(joined);
    }
    let short: String = joined.chars().take(LONGEST_QUOTE).collect();
    Private::new(format!("{}…", short.trim_end()))
}

/// In one line, and without marks that could be taken for those of the program.
fn plain(words: &str) -> String {
    let clean = words.chars().map(|letter| match letter {
        '“' | '”' | '"' | '«' | '»' | '[' | ']' | '{' | '}' | '<' | '>' => ' ',
        letter if letter.is_control() || is_invisible(letter) => ' ',
        letter => letter,
    });
    let clean: String = clean.collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks that turn or join text and cannot be seen.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

//! `docs/coverage.md`: for every rule and every topic, the buttons that catch it.
//!
//! For each way in which a rule's row can be true, at each stage of its window, a woman with just these facts plays the
//! topic truthfully (see [`super::person`]). What she pressed is what catches the rule, and her taps are counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::content::{
    Argument, ChoiceId, Content, LanguageId, Level, Outcome, Row, ScreenId, Stage, Topic, Value, stage,
};
use crate::conversation::wording::phase_word;

use super::all::Explored;
use super::person::{Ending, Facts, Person, Sure, least_facts};

/// Buttons pressed together, each with its screen.
type Pressed = Vec<(ScreenId, ChoiceId)>;

/// What catches a rule on a topic.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The buttons, with the fewest and the most taps from `/start` to the answer.
    pub caught: BTreeMap<Pressed, (usize, usize)>,
    /// The stage at which each set of buttons was met first: their labels may depend on it.
    seen_at: BTreeMap<Pressed, Stage>,
    /// Facts that no button of the topic asks for, or that end below the rule's level.
    pub missed: BTreeSet<String>,
    /// Does the rule count on this topic at all?
    pub counts: bool,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Line {
    /// The rule.
    pub rule: String,
    /// Its level.
    pub level: Level,
    /// A cell for each topic of the table.
    pub cells: Vec<Cell>,
    /// Where she ends who stays not sure, as words.
    pub not_sure: BTreeSet<Level>,
    /// Where she ends who points at it on the second look.
    pub might_be: BTreeSet<Level>,
}

/// The whole table.
pub struct Coverage<'c> {
    content: &'c Content,
    /// The topics, in the order of the content.
    pub topics: Vec<&'c Topic>,
    /// The rules, in the order of the content.
    pub lines: Vec<Line>,
}

/// Plays every rule on every topic.
#[must_use]
pub fn coverage<'c>(content: &'c Content, explored: &[Explored<'c>]) -> Coverage<'c> {
    let met = |topic: &Topic| {
        let situations = explored.iter().flat_map(|one| &one.model.situations);
        situations.into_iter().any(|at| at.topic.id == topic.id)
    };
    let topics: Vec<&Topic> = content.topics.iter().filter(|topic| met(topic)).collect();
    let mut lines: Vec<Line> = Vec::new();
    let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
    for row in rows.filter(|row| !row.unsure) {
        let mut line = Line {
            rule: row.rule.to_string(),
            level: row.level,
            cells: vec![Cell::default(); topics.len()],
            not_sure: BTreeSet::new(),
            might_be: BTreeSet::new(),
        };
        play_row(content, explored, &topics, row, &mut line);
        match lines.iter_mut().find(|known| known.rule == line.rule) {
            Some(known) => known.join(line),
            None => lines.push(line),
        }
    }
    Coverage {
        content,
        topics,
        lines,
    }
}

fn play_row(content: &Content, explored: &[Explored<'_>], topics: &[&Topic], row: &Row, line: &mut Line) {
    let ways = least_facts(content, &row.when);
    for one in explored.iter().filter(|one| !one.model.ended) {
        let places = (0u16..).zip(&one.model.situations).skip(1);
        for (situation, at) in places {
            let on_topic = row.topics.is_empty() || row.topics.contains(&at.topic.id);
            let Some(column) = topics.iter().position(|topic| topic.id == at.topic.id) else {
                continue;
            };
            if !on_topic || !stage::may_hold(&row.stage, at.counts_as) || at.out_of_scope() {
                continue;
            }
            if let Some(cell) = line.cells.get_mut(column) {
                cell.counts = true;
            }
            for facts in &ways {
                let play = |sure| Person::new(&one.model, situation, facts, sure).ending();
                line.learn(content, column, row, at.counts_as, facts, play);
            }
        }
    }
}

impl Line {
    fn learn(
        &mut self,
        content: &Content,
        column: usize,
        row: &Row,
        at: Stage,
        facts: &Facts,
        play: impl Fn(Sure) -> Ending,
    ) {
        let Some(cell) = self.cells.get_mut(column) else {
            return;
        };
        let sure = play(Sure::Yes);
        let reached = sure.outcome.level().is_some_and(|level| level >= row.level);
        if sure.pressed.is_empty() || !reached {
            let mut missed = in_words(content, facts);
            if !sure.pressed.is_empty() {
                missed = format!("{missed} (ends {})", sure.outcome.word());
            }
            cell.missed.insert(missed);
            return;
        }
        let taps = sure.taps;
        let (least, most) = cell.caught.entry(sure.pressed.clone()).or_insert((taps, taps));
        (*least, *most) = ((*least).min(taps), (*most).max(taps));
        cell.seen_at.entry(sure.pressed).or_insert(at);
        for (doubt, into) in [
            (Sure::NotSure, &mut self.not_sure),
            (Sure::MightBe, &mut self.might_be),
        ] {
            if let Outcome::Level(level) = play(doubt).outcome {
                into.insert(level);
            }
        }
    }

    fn join(&mut self, other: Line) {
        self.level = self.level.max(other.level);
        self.not_sure.extend(other.not_sure);
        self.might_be.extend(other.might_be);
        for (cell, more) in self.cells.iter_mut().zip(other.cells) {
            cell.counts |= more.counts;
            cell.missed.extend(more.missed);
            cell.seen_at.extend(more.seen_at);
            for (pressed, (least, most)) in more.caught {
                let known = cell.caught.entry(pressed).or_insert((least, most));
                *known = (known.0.min(least), known.1.max(most));
            }
        }
    }
}

/// Facts by their names in the content.
#[must_use]
pub fn in_words(content: &Content, facts: &Facts) -> String {
    let names = facts.iter().map(|(finding, value)| {
        let name = content.findings.name(*finding);
        match (content.findings.get(*finding).map(|one| &one.kind), value) {
            (Some(crate::content::FindingKind::Words(words)), Value::Amount(place)) => {
                let word = words.get(usize::from(*place)).map_or("", |word| word);
                format!("{name}={word}")
            }
            (_, Value::Amount(amount)) => format!("{name}={amount}"),
            _ => name.to_owned(),
        }
    });
    names.collect::<Vec<_>>().join(" & ")
}

impl Coverage<'_> {
    /// The table as a document.
    #[must_use]
    pub fn document(&self) -> String {
        let mut out = String::from(HEAD);
        let names: Vec<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(out, "| rule | level | {} | not sure |", names.join(" | "));
        let _ = writeln!(out, "|---|---|{}---|", "---|".repeat(names.len()));
        for line in &self.lines {
            let cells: Vec<String> = line
                .cells
                .iter()
                .zip(&self.topics)
                .map(|(cell, topic)| self.cell(cell, topic))
                .collect();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                line.rule,
                line.level.word(),
                cells.join(" | "),
                doubt(line)
            );
        }
        out.push_str(&self.not_asked());
        out
    }

    fn cell(&self, cell: &Cell, topic: &Topic) -> String {
        if cell.caught.is_empty() {
            return if cell.counts { "not asked" } else { "–" }.to_owned();
        }
        let mut ways: Vec<(usize, String)> = cell
            .caught
            .iter()
            .map(|(pressed, (least, most))| {
                let at = cell.seen_at.get(pressed).copied().unwrap_or(Stage::UNKNOWN);
                let buttons: Vec<String> = pressed
                    .iter()
                    .map(|(screen, choice)| format!("{screen}: {}", self.label(choice, topic, at)))
                    .collect();
                let taps = if least == most {
                    least.to_string()
                } else {
                    format!("{least}-{most}")
                };
                (*least, format!("{} ({taps})", buttons.join(" + ")))
            })
            .collect();
        ways.sort();
        let mut text: Vec<String> = Vec::new();
        for (_, way) in ways {
            if !text.contains(&way) {
                text.push(way);
            }
        }
        text.join("; ")
    }

    fn label(&self, choice: &ChoiceId, topic: &Topic, at: Stage) -> String {
        let word = |text: &str| Argument::Word(text.to_owned());
        let arguments = [
            ("topic", word(topic.id.as_str())),
            ("phase", word(phase_word(at.phase))),
            ("loss", word("no")),
        ];
        self.content
            .texts
            .get(&LanguageId::from("en"), &format!("choice-{choice}"), &arguments)
    }

    /// What no button asks for, by topic.
    fn not_asked(&self) -> String {
        let mut out = String::from(MISSED);
        for (column, topic) in self.topics.iter().enumerate() {
            let _ = writeln!(out, "\n**{}**\n", topic.id);
            for line in &self.lines {
                let Some(cell) = line.cells.get(column).filter(|cell| !cell.missed.is_empty()) else {
                    continue;
                };
                let facts: Vec<&str> = cell.missed.iter().map(String::as_str).collect();
                let _ = writeln!(out, "- {}: {}", line.rule, facts.join("; "));
            }
        }
        out
    }
}

fn doubt(line: &Line) -> String {
    let words = |levels: &BTreeSet<Level>| {
        let words: Vec<&str> = levels.iter().rev().map(|level| level.word()).collect();
        words.join(" / ")
    };
    match (line.not_sure.is_empty(), line.not_sure == line.might_be) {
        (true, _) => "–".to_owned(),
        (_, true) => words(&line.not_sure),
        _ => format!("{}; pointed at: {}", words(&line.not_sure), words(&line.might_be)),
    }
}

const HEAD: &str = "# Which button catches which rule

Written by `nightease check --coverage`; a test compares it with what the program says. Do not edit it by hand.

A cell names the buttons that a woman presses who has only this sign, each with its screen. In brackets: taps from
`/start` to her answer. A plus sign: both are needed. *Not asked*: no button of the topic asks for it; it stands on the
topic's `assumed_no` list, in the safety net and on *Something feels wrong*. A dash: the rule does not count there. The
last column is the level when she presses *Not sure* and then *Still not sure*, and, where it differs, when she points at
the sign on the second look. More than one level: it depends on the topic or the stage.

";

const MISSED: &str = "
## What no button of a topic asks for

Ways in which a rule can be true and the answer of this topic does not show it, because no button asks. The list of
`assumed_no` in `dialogues/topics/` says where each is caught instead.
";

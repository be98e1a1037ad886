//! `nightease read --score FILE`: labelled messages against what is read, per trap class, with Wilson intervals.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use crate::content::{Content, FindingId, LanguageId, Stage, Value};
use crate::conversation::Surroundings;
use crate::understanding::{self, Reading, Told};

use super::figures::Figures;
use super::json::{of_stage, of_value, to_stage, to_value};
use super::read::asked;

const FIELDS: [&str; 15] = [
    "id",
    "text",
    "lang",
    "now",
    "trap",
    "findings",
    "allow",
    "stage",
    "stage_loose",
    "urgent",
    "scope",
    "values",
    "held_out",
    "note",
    "asks",
];

/// All figures of a file.
#[derive(Debug, Default)]
pub struct Scored {
    /// By set (tuned, held out) and trap class; the empty name is all classes.
    pub figures: BTreeMap<(bool, String), Figures>,
    /// What was wrong, one line each.
    pub misses: Vec<String>,
    /// Lines that could not be read.
    pub bad: Vec<String>,
}

/// Scores a file of labelled messages.
#[must_use]
pub fn score(content: &Content, around: &Surroundings, file: &str) -> Scored {
    let mut scored = Scored::default();
    for (number, line) in file
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let json: Result<Json, _> = serde_json::from_str(line);
        let labelled = match json {
            Ok(json) => Labelled::read(content, around, json),
            Err(error) => Err(format!("is not JSON: {error}")),
        };
        match labelled {
            Ok(labelled) => one(content, &labelled, &mut scored),
            Err(error) => scored.bad.push(format!("line {}: {error}", number + 1)),
        }
    }
    scored
}

/// A label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Label {
    Is(Value),
    Past,
}

struct Labelled {
    id: String,
    trap: String,
    held_out: bool,
    text: String,
    findings: BTreeMap<FindingId, Label>,
    allow: BTreeSet<FindingId>,
    stage: Option<Stage>,
    loose: bool,
    urgent: bool,
    scope: Option<String>,
    temperature: Option<f64>,
    reading: Reading,
}

impl Labelled {
    /// What was read, without what a fair reader may read and need not: a jump that rests on it is neither right nor
    /// wrong.
    fn without_allowed(&self) -> Reading {
        let mut reading = self.reading.clone();
        reading.mentions.retain(|mention| {
            let labelled = self.findings.get(&mention.finding);
            labelled.is_some_and(|label| affirms(*label)) || !self.allow.contains(&mention.finding)
        });
        reading
    }

    fn read(content: &Content, around: &Surroundings, json: Json) -> Result<Labelled, String> {
        let asked = asked(content, around, &json, &FIELDS)?;
        let fields = json.as_object().cloned().unwrap_or_default();
        let flag = |name: &str| fields.get(name).and_then(Json::as_bool).unwrap_or(false);
        let text = |name: &str| fields.get(name).and_then(Json::as_str).map(str::to_owned);
        let object = |name: &str| match fields.get(name) {
            Some(Json::Object(object)) => object.clone(),
            _ => Map::new(),
        };
        let mut findings = BTreeMap::new();
        for (name, value) in object("findings") {
            let id = content
                .findings
                .id(&name)
                .ok_or_else(|| format!("findings.{name}: there is no such finding"))?;
            let label = match value.as_str() {
                Some("past") => Label::Past,
                _ => Label::Is(to_value(content, id, &value)?),
            };
            findings.insert(id, label);
        }
        let allow = object("allow")
            .keys()
            .filter_map(|name| content.findings.id(name))
            .collect();
        let stage = match fields.get("stage") {
            None | Some(Json::Null) => None,
            Some(stage) => Some(to_stage(stage)?),
        };
        let reading = understanding::read(content, &asked.language, &asked.text, asked.today);
        Ok(Labelled {
            id: fields.get("id").map(ToString::to_string).unwrap_or_default(),
            trap: text("trap").unwrap_or_else(|| "none".to_owned()),
            held_out: flag("held_out"),
            text: asked.text,
            findings,
            allow,
            stage,
            loose: flag("stage_loose"),
            urgent: flag("urgent"),
            scope: text("scope"),
            temperature: object("values").get("temperature_c").and_then(Json::as_f64),
            reading,
        })
    }

    fn told(&self, finding: FindingId) -> Option<Told> {
        let mut mentions = self.reading.mentions.iter();
        mentions
            .find(|mention| mention.finding == finding)
            .map(|mention| mention.told)
    }

    fn stage_is_right(&self) -> bool {
        let (Some(wanted), Some(read)) = (self.stage, self.reading.stage.as_ref()) else {
            return false;
        };
        let read = read.stage;
        wanted.phase == read.phase
            && (wanted.days == read.days || (self.loose && wanted.days.overlaps(read.days)))
    }
}

fn affirms(label: Label) -> bool {
    matches!(label, Label::Is(value) if value >= Value::Yes)
}

fn one(content: &Content, labelled: &Labelled, scored: &mut Scored) {
    let mut misses = Vec::new();
    let figures = figures_of(content, labelled, &mut misses);
    for trap in ["", &labelled.trap] {
        let all = scored
            .figures
            .entry((labelled.held_out, trap.to_owned()))
            .or_default();
        all.add(&figures);
    }
    if misses.is_empty() {
        return;
    }
    let mut text = format!("{} [{}] {:?}\n", labelled.id, labelled.trap, labelled.text);
    for miss in misses {
        let _ = writeln!(text, "    {miss}");
    }
    scored.misses.push(text);
}

fn figures_of(content: &Content, labelled: &Labelled, misses: &mut Vec<String>) -> Figures {
    let lexicon = content.lexicon(&LanguageId::from("en"));
    let safety = lexicon.map(|lexicon| lexicon.safety.as_slice()).unwrap_or(&[]);
    let mut figures = Figures {
        messages: 1,
        ..Figures::default()
    };
    expected(content, labelled, safety, &mut figures, misses);
    found(content, labelled, safety, &mut figures, misses);
    urgency(content, labelled, safety, &mut figures, misses);
    match (labelled.stage, &labelled.reading.stage) {
        (Some(wanted), read) => {
            figures.stage.add(labelled.stage_is_right());
            if !labelled.stage_is_right() {
                let read = read
                    .as_ref()
                    .map(|said| format!("{} by {}", of_stage(said.stage), said.rule));
                misses.push(format!("stage: {} read as {read:?}", of_stage(wanted)));
            }
        }
        (None, Some(said)) => {
            figures.invented += 1;
            misses.push(format!(
                "stage: none, read as {} by {}",
                of_stage(said.stage),
                said.rule
            ));
        }
        (None, None) => {}
    }
    let read = labelled
        .reading
        .temperature
        .as_ref()
        .map(|read| f64::from(read.tenths) / 10.0);
    match labelled.temperature {
        Some(wanted) => {
            let right = read.is_some_and(|read| (read - wanted).abs() < 0.05);
            figures.values.add(right);
            if !right {
                misses.push(format!("temperature: {wanted} read as {read:?}"));
            }
        }
        None if read.is_some() => {
            figures.values_invented += 1;
            misses.push(format!("temperature: none, read as {read:?}"));
        }
        None => {}
    }
    if let Some(scope) = &labelled.scope {
        figures.scope.add(scope == labelled.reading.scope.word());
    }
    figures
}

fn name_of(told: Option<Told>) -> String {
    match told {
        None => "nothing".to_owned(),
        Some(Told::Past) => "past".to_owned(),
        Some(Told::Is(value)) => format!("{value:?}"),
    }
}

/// What the labels say, and whether it was read.
fn expected(
    content: &Content,
    labelled: &Labelled,
    safety: &[FindingId],
    figures: &mut Figures,
    misses: &mut Vec<String>,
) {
    for (finding, label) in &labelled.findings {
        let name = content.findings.name(*finding);
        let told = labelled.told(*finding);
        let is_safety = safety.contains(finding);
        let read_yes = matches!(told, Some(Told::Is(value)) if value >= Value::Yes);
        let read_no = told == Some(Told::Is(Value::No));
        let rule = labelled
            .reading
            .mentions
            .iter()
            .find(|mention| mention.finding == *finding)
            .map(|mention| format!(" by {}", mention.rule))
            .unwrap_or_default();
        if read_no && *label != Label::Is(Value::No) {
            let place = usize::from(!is_safety);
            if let (Label::Is(_), Some(slot)) = (label, figures.dangerous.get_mut(place)) {
                *slot += 1;
            }
            misses.push(format!("DANGEROUS {name}: {label:?} read as no{rule}"));
            continue;
        }
        let right = if affirms(*label) {
            read_yes
        } else {
            match label {
                Label::Is(Value::No) => read_no,
                Label::Is(_) => told == Some(Told::Is(Value::Unsure)),
                Label::Past => told == Some(Told::Past),
            }
        };
        let [affirmed, denied] = if is_safety {
            [&mut figures.affirmed, &mut figures.denied]
        } else {
            [&mut figures.others, &mut figures.denied]
        };
        if affirms(*label) {
            if let Some(recall) = affirmed.get_mut(1) {
                recall.add(read_yes);
            }
        } else if *label == Label::Is(Value::No)
            && is_safety
            && let Some(recall) = denied.get_mut(1)
        {
            recall.add(read_no);
        }
        if !right {
            let mark = if is_safety { "safety " } else { "" };
            misses.push(format!(
                "{mark}missed {name}: {label:?} read as {}{rule}",
                name_of(told)
            ));
        }
    }
}

/// What was read, and whether the labels say so.
fn found(
    content: &Content,
    labelled: &Labelled,
    safety: &[FindingId],
    figures: &mut Figures,
    misses: &mut Vec<String>,
) {
    for mention in &labelled.reading.mentions {
        let label = labelled.findings.get(&mention.finding);
        if label.is_none() && labelled.allow.contains(&mention.finding) {
            continue;
        }
        let name = content.findings.name(mention.finding);
        let is_safety = safety.contains(&mention.finding);
        let words: Vec<&str> = mention
            .words
            .iter()
            .filter_map(|range| labelled.text.get(range.clone()))
            .collect();
        let from = format!("by {} from {words:?}", mention.rule);
        match mention.told {
            Told::Is(Value::No) => {
                let right = label == Some(&Label::Is(Value::No));
                if is_safety && let Some(precision) = figures.denied.get_mut(0) {
                    precision.add(right);
                }
                if !right && label.is_none() {
                    misses.push(format!("surplus {name}: no {from}"));
                }
            }
            Told::Is(value) if value >= Value::Yes => {
                let right = label.is_some_and(|label| affirms(*label));
                let list = if is_safety {
                    &mut figures.affirmed
                } else {
                    &mut figures.others
                };
                if let Some(precision) = list.get_mut(0) {
                    precision.add(right);
                }
                if !right {
                    let mark = if is_safety { "safety " } else { "" };
                    let value = of_value(content, mention.finding, value);
                    misses.push(format!("{mark}surplus {name}: {value} {from}"));
                }
            }
            Told::Is(_) | Told::Past => {
                if is_safety && !labelled.urgent && label.is_none() {
                    figures.asked_first += 1;
                    misses.push(format!(
                        "asks first {name}: {} {from}",
                        name_of(Some(mention.told))
                    ));
                }
            }
        }
    }
}

fn urgency(
    content: &Content,
    labelled: &Labelled,
    safety: &[FindingId],
    figures: &mut Figures,
    misses: &mut Vec<String>,
) {
    let urgent = labelled.reading.urgent(content);
    if labelled.urgent {
        let surfaced = labelled.findings.iter().any(|(finding, label)| {
            let told = labelled.told(*finding);
            let danger = affirms(*label) || *label == Label::Is(Value::Unsure);
            danger && safety.contains(finding) && told.is_some() && told != Some(Told::Is(Value::No))
        });
        figures.surfaced.add(urgent || surfaced);
        figures.jumped.add(urgent);
        if !urgent {
            let how = if surfaced {
                "surfaced, not jumped to"
            } else {
                "NOT SURFACED"
            };
            misses.push(format!("urgent: {how}"));
        }
    }
    if urgent && labelled.urgent {
        figures.jump_precision.add(true);
    } else if urgent && labelled.without_allowed().urgent(content) {
        figures.jump_precision.add(false);
        misses.push("urgent: jumped to, and is not urgent".to_owned());
    }
}

impl Scored {
    /// The figures of one set, all trap classes.
    #[must_use]
    pub fn of(&self, held_out: bool) -> Option<&Figures> {
        self.figures.get(&(held_out, String::new()))
    }

    /// The report.
    #[must_use]
    pub fn text(&self, misses: bool) -> String {
        let mut text = String::new();
        for held_out in [false, true] {
            let Some(all) = self.of(held_out) else {
                continue;
            };
            let name = if held_out { "held out" } else { "tuned" };
            let _ = writeln!(text, "{name}: {} messages\n{}", all.messages, all.text());
            for ((held, trap), figures) in &self.figures {
                if *held == held_out && !trap.is_empty() {
                    let _ = writeln!(text, "  {trap:<16}{}", figures.line());
                }
            }
            text.push('\n');
        }
        if misses {
            for miss in &self.misses {
                text.push_str(miss);
            }
        }
        for bad in &self.bad {
            let _ = writeln!(text, "{bad}");
        }
        text
    }
}

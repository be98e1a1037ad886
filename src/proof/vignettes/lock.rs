//! `vignettes.lock`: the generated vignettes, one line each, frozen until somebody accepts a change.
//!
//! ```text
//! leg_cramps | weeks_28_to_36 | nothing -> SELF_CARE | steps toes_up, feet_up
//! leg_cramps | weeks_28_to_36 | fever? -> SAME_DAY | same steps but -feet_up
//! leg_cramps | weeks_28_to_36 | fever -> GO_NOW | no steps
//! ```
//! Before the arrow: topic, stage, and what is told of her (`f` yes, `f?` not sure, `f=word`); all else is no. Behind
//! it the level and the steps, told as what differs from the line where nothing is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::vignette::Spot;
use crate::content::{
    Content, ExpectedSteps, FindingId, FindingKind, Findings, Level, Origin, Outcome, Stage, StepId, TopicId,
    Value, Vignette, VignetteId, parse_moment,
};
use crate::triage::{Case, Record};

use super::recipe::{Vector, spots, vectors};
use super::{Got, come_of};

const HEAD: &str = "\
# Generated from the rules and steps, and frozen. Do not edit by hand: `nightease check DIR --accept` writes it anew.
# Before the arrow: topic, stage, what is told of her (f? = not sure); all else is no. Behind it: level, steps.
# A changed line is a changed answer to a woman: a clinician has to look at it before it is accepted.
";
const NOTHING: &str = "nothing";
const NO_STEPS: &str = "no steps";
const SAME_STEPS: &str = "same steps";

/// One line: the case, and what comes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The case.
    pub case: String,
    /// What comes of it.
    pub comes: String,
}

/// The file as the content would have it now.
#[must_use]
pub fn lines(content: &Content) -> Vec<Line> {
    let mut plain: BTreeMap<(TopicId, Arc<str>), Vec<StepId>> = BTreeMap::new();
    let mut all = Vec::new();
    for vector in vectors(content) {
        let got = come_of(content, &case_of(content, &vector));
        // The recipe begins each stage with nothing told.
        let at = (vector.spot.topic.clone(), Arc::clone(&vector.spot.words));
        let nothing = plain.entry(at).or_insert_with(|| {
            let mut case = case_of(content, &vector);
            case.record = Record::told(&content.findings, &[], Some(Value::No));
            come_of(content, &case).steps
        });
        all.push(Line {
            case: case_words(content, &vector),
            comes: comes_words(&got, nothing, vector.given.is_empty()),
        });
    }
    all
}

fn case_of(content: &Content, vector: &Vector<'_>) -> Case {
    Case {
        topic: Some(vector.spot.topic.clone()),
        stage: vector.spot.stage,
        record: Record::told(&content.findings, &vector.given, Some(Value::No)),
    }
}

fn case_words(content: &Content, vector: &Vector<'_>) -> String {
    let told: Vec<String> = vector
        .given
        .iter()
        .map(|(finding, value)| told_words(&content.findings, *finding, *value))
        .collect();
    let told = if told.is_empty() {
        NOTHING.to_owned()
    } else {
        told.join(", ")
    };
    format!("{} | {} | {told}", vector.spot.topic, vector.spot.words)
}

/// What is told of a finding, as a line has it.
#[must_use]
pub fn told_words(findings: &Findings, finding: FindingId, value: Value) -> String {
    let name = findings.name(finding);
    match (value, findings.get(finding).map(|finding| &finding.kind)) {
        (Value::Unsure, _) => format!("{name}?"),
        (Value::Amount(place), Some(FindingKind::Words(words))) => {
            let word = words.get(usize::from(place)).map_or("", |word| word);
            format!("{name}={word}")
        }
        (Value::Amount(amount), _) => format!("{name}={amount}"),
        (Value::No, _) => format!("{name}=no"),
        (Value::Yes, _) => name.to_owned(),
    }
}

fn comes_words(got: &Got, nothing: &[StepId], is_nothing: bool) -> String {
    let listed = |steps: &[StepId]| steps.iter().map(StepId::as_str).collect::<Vec<_>>().join(", ");
    let steps = if got.steps.is_empty() {
        NO_STEPS.to_owned()
    } else if is_nothing {
        format!("steps {}", listed(&got.steps))
    } else if got.steps == nothing {
        SAME_STEPS.to_owned()
    } else {
        let gone = nothing
            .iter()
            .filter(|step| got.steps.binary_search(step).is_err());
        let come = got
            .steps
            .iter()
            .filter(|step| nothing.binary_search(step).is_err());
        let changes: Vec<String> = gone
            .map(|step| format!("-{step}"))
            .chain(come.map(|step| format!("+{step}")))
            .collect();
        format!("{SAME_STEPS} but {}", changes.join(" "))
    };
    format!("{} | {steps}", got.outcome.word())
}

/// The text of the file. The signature stands for all lines.
#[must_use]
pub fn text(lines: &[Line], signed: &str) -> String {
    let mut text = format!("{HEAD}signed = \"{signed}\"\n\n");
    for line in lines {
        text.push_str(&line.case);
        text.push_str(" -> ");
        text.push_str(&line.comes);
        text.push('\n');
    }
    text
}

/// A frozen line and where it stands.
pub struct FrozenLine {
    /// The line.
    pub line: Line,
    /// Its number, from 1.
    pub number: usize,
}

/// What stands in the file, as text.
#[derive(Default)]
pub struct FrozenText {
    /// Its lines.
    pub lines: Vec<FrozenLine>,
    /// The signature; empty as long as nobody signed.
    pub signed: String,
    /// The numbers of lines that are none.
    pub odd: Vec<usize>,
}

/// Reads the file line by line.
#[must_use]
pub fn frozen_text(content: &Content) -> Option<FrozenText> {
    let lock = content.vignettes.lock.as_ref()?;
    let mut found = FrozenText::default();
    for (number, line) in (1..).zip(lock.text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(signed) = line
            .strip_prefix("signed = \"")
            .and_then(|rest| rest.strip_suffix('"'))
        {
            signed.clone_into(&mut found.signed);
        } else if let Some((case, comes)) = line.split_once(" -> ") {
            let line = Line {
                case: case.to_owned(),
                comes: comes.to_owned(),
            };
            found.lines.push(FrozenLine { line, number });
        } else {
            found.odd.push(number);
        }
    }
    Some(found)
}

/// The frozen vignettes.
#[derive(Default)]
pub struct Frozen {
    /// Those that this content can read.
    pub vignettes: Vec<Vignette>,
    /// Has somebody signed them?
    pub signed: bool,
}

/// Reads the frozen vignettes. A line whose topic, stage, finding or step the content does not have is left out.
#[must_use]
pub fn read(content: &Content) -> Frozen {
    let Some(text) = frozen_text(content) else {
        return Frozen::default();
    };
    let file = content
        .vignettes
        .lock
        .as_ref()
        .map_or_else(|| Arc::from(""), |lock| Arc::clone(&lock.file));
    let stages: BTreeMap<Arc<str>, Stage> = spots(content)
        .into_iter()
        .map(|spot| (spot.words, spot.stage))
        .collect();
    let mut reader = Reader {
        content,
        file,
        stages,
        nothing: BTreeMap::new(),
    };
    let vignettes = text
        .lines
        .iter()
        .filter_map(|line| reader.vignette(line))
        .collect();
    Frozen {
        vignettes,
        signed: !text.signed.is_empty(),
    }
}

struct Reader<'c> {
    content: &'c Content,
    file: Arc<str>,
    stages: BTreeMap<Arc<str>, Stage>,
    /// The steps where nothing is told, by topic and stage.
    nothing: BTreeMap<(TopicId, Arc<str>), Vec<StepId>>,
}

impl Reader<'_> {
    fn vignette(&mut self, frozen: &FrozenLine) -> Option<Vignette> {
        let Line { case, comes } = &frozen.line;
        let mut parts = case.split(" | ");
        let topic = TopicId::from(parts.next()?);
        let stage_words: Arc<str> = Arc::from(parts.next()?);
        let told = parts.next()?;
        self.content.topic(&topic)?;
        let known = self.stages.get(&stage_words).copied();
        let stage = known.or_else(|| parse_moment::parse(&stage_words))?;
        let given = if told == NOTHING {
            Vec::new()
        } else {
            told.split(", ")
                .map(|word| self.told(word))
                .collect::<Option<Vec<_>>>()?
        };
        let (level, steps) = comes.split_once(" | ")?;
        let outcome = Level::parse(level)
            .map(Outcome::Level)
            .or((level == Outcome::OutOfScope.word()).then_some(Outcome::OutOfScope))?;
        let at = (topic.clone(), Arc::clone(&stage_words));
        let steps = self.steps(&at, steps)?;
        if given.is_empty() {
            self.nothing.insert(at, steps.clone());
        }
        Some(Vignette {
            id: VignetteId::from(case.as_str()),
            story: Arc::from(""),
            origin: Origin::Generated,
            topic,
            stage_words,
            stage,
            given,
            rest: Some(Value::No),
            distractors: Vec::new(),
            outcome,
            steps: ExpectedSteps::Exactly(steps),
            screens: Vec::new(),
            sources: Vec::new(),
            signed: None,
            at: spot(&self.file, frozen),
        })
    }

    fn told(&self, word: &str) -> Option<(FindingId, Value)> {
        let findings = &self.content.findings;
        if let Some(name) = word.strip_suffix('?') {
            return Some((findings.id(name)?, Value::Unsure));
        }
        let Some((name, amount)) = word.split_once('=') else {
            return Some((findings.id(word)?, Value::Yes));
        };
        let id = findings.id(name)?;
        let place = match &findings.get(id)?.kind {
            FindingKind::Words(words) => words.iter().position(|word| **word == *amount)?,
            _ => amount.parse().ok()?,
        };
        Some((id, Value::Amount(u16::try_from(place).ok()?)))
    }

    fn steps(&self, at: &(TopicId, Arc<str>), words: &str) -> Option<Vec<StepId>> {
        if words == NO_STEPS {
            return Some(Vec::new());
        }
        if let Some(listed) = words.strip_prefix("steps ") {
            return Some(listed.split(", ").map(StepId::from).collect());
        }
        let mut steps = self.nothing.get(at)?.clone();
        if words == SAME_STEPS {
            return Some(steps);
        }
        for change in words.strip_prefix(SAME_STEPS)?.strip_prefix(" but ")?.split(' ') {
            if let Some(gone) = change.strip_prefix('-') {
                steps.retain(|step| step.as_str() != gone);
            } else {
                steps.push(StepId::from(change.strip_prefix('+')?));
            }
        }
        steps.sort_unstable();
        Some(steps)
    }
}

/// Where a frozen line stands.
#[must_use]
pub fn spot(file: &Arc<str>, frozen: &FrozenLine) -> Spot {
    Spot {
        file: Arc::clone(file),
        line: frozen.number,
        column: 1,
        width: frozen.line.case.chars().count().max(1),
        source_line: Arc::from(format!("{} -> {}", frozen.line.case, frozen.line.comes)),
    }
}

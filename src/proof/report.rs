//! What `nightease check` says of all paths: one screen, and the same as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::content::{Content, Fault};

use super::all::Explored;
use super::count::{Figures, StageFigures, figures, topics_in_order};
use super::hazards::{HazardFigures, Known, hazards};
use super::properties::verdicts;
use super::sessions::{Layer, session_verdicts};
use super::taps::{TopicTaps, taps};
use super::vignettes::{Vignettes, failures};

/// How many of the texts that are hardest to read are named.
const HARDEST: usize = 3;

/// All figures of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The digest of the content.
    pub digest: String,
    /// Paths.
    pub paths: Figures,
    /// Taps.
    pub taps: Vec<TopicTaps>,
    /// What must hold on every path.
    pub properties: Vec<Property>,
    /// P11–P14, P17 and P20 were looked at in every merged state (1), or in each so-many-th.
    pub sessions_every: usize,
    /// Vignettes.
    pub vignettes: VignetteFigures,
    /// Hazards, and whether what is done against them holds.
    pub hazards: HazardFigures,
    /// Texts by language: how many there are. One that is missing is a fault of form, so none is.
    pub texts: BTreeMap<String, usize>,
    /// The texts that are hardest to read, with their reading grades.
    pub hardest: Vec<(String, f64)>,
    /// Steps that are shown before anything is asked.
    pub first_aid: Vec<String>,
    /// Hazards that stand open, as faults.
    #[serde(skip)]
    pub open_hazards: Vec<Fault>,
}

/// How many vignettes there are.
#[derive(Clone, Debug, Serialize)]
pub struct VignetteFigures {
    /// Written by hand.
    pub hand_written: usize,
    /// Generated and frozen.
    pub generated: usize,
    /// Signed by a clinician.
    pub signed: usize,
}

/// One property in the report.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Its name, such as `P04`.
    pub name: &'static str,
    /// How often it was looked at.
    pub looked_at: usize,
    /// How often it is broken.
    pub broken: usize,
    /// The shortest conversation that breaks it, in her words and by name.
    pub by: Option<String>,
}

/// Counts all that the report says. The conversation is played in each `every`-th merged state; the content must hold
/// the pseudo-language.
#[must_use]
pub fn report(content: &Content, explored: &[Explored<'_>], vignettes: &Vignettes, every: usize) -> Report {
    let mut all = verdicts(content, explored);
    all.extend(session_verdicts(content, explored, Layer::default(), every));
    all.sort_by_key(|verdict| verdict.property);
    let properties: Vec<Property> = all
        .into_iter()
        .map(|verdict| Property {
            name: verdict.property,
            looked_at: verdict.looked_at,
            broken: verdict.broken.len(),
            by: verdict.broken.first().map(|broken| broken.text(content)),
        })
        .collect();
    let failing = failures(content, vignettes.hand_written());
    let known = Known::new(&properties, failing.iter().map(|failure| &failure.vignette.id));
    let (hazards, open_hazards) = hazards(content, &known);
    let first_aid = content.steps.iter().filter(|step| step.first_aid);
    let texts = content.notes.texts.iter();
    let hardest = content.notes.grades.iter().take(HARDEST);
    Report {
        digest: content.digest.to_string(),
        paths: figures(explored),
        taps: taps(content, explored),
        sessions_every: every,
        hazards,
        open_hazards,
        texts: texts
            .map(|(language, count)| (language.to_string(), *count))
            .collect(),
        hardest: hardest.map(|(grade, key)| (key.to_string(), *grade)).collect(),
        first_aid: first_aid.map(|step| step.id.to_string()).collect(),
        properties,
        vignettes: VignetteFigures {
            hand_written: vignettes.hand_written().count(),
            generated: vignettes.generated().count(),
            signed: vignettes.signed(),
        },
    }
}

impl Report {
    /// One screen.
    #[must_use]
    pub fn text(&self, content: &Content) -> String {
        let paths = &self.paths;
        let mut lines = vec![
            format!(
                "All paths: {} conversations in {} merged states; the longest has {} screens, the straight way to self-care {} (median over topics and stages), the earliest emergency {}",
                spaced(paths.conversations),
                spaced(paths.merged_states as u64),
                paths.longest,
                paths.median_straight,
                self.earliest()
            ),
            format!("ends: {}", self.endings()),
        ];
        lines.push(
            "topic: straight way to self-care | longest without Not sure | longest | EMERGENCY, GO_NOW at screen"
                .to_owned(),
        );
        for topic in topics_in_order(content, paths) {
            lines.push(format!("  {topic}: {}", self.of_topic(&topic)));
        }
        lines.push(
            "taps from /start: first relief | an emergency sign alone | two signs that are one together"
                .to_owned(),
        );
        for taps in &self.taps {
            lines.push(format!("  {}: {}", taps.topic, taps.text()));
        }
        lines.extend(self.verdicts());
        lines.push(self.of_vignettes());
        lines.push(self.hazards.text());
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// Does every property hold, and is no hazard open?
    #[must_use]
    pub fn passed(&self) -> bool {
        self.properties.iter().all(|property| property.broken == 0) && self.open_hazards.is_empty()
    }

    /// The screen of the earliest emergency.
    fn earliest(&self) -> String {
        let all = self.paths.stages.iter().filter(|stage| !stage.out_of_scope);
        let first = all
            .filter_map(|stage| stage.emergency_at.first())
            .map(|(number, _)| *number)
            .min();
        first.map_or_else(|| "at none".to_owned(), |number| format!("at {number}"))
    }

    fn verdicts(&self) -> Vec<String> {
        let one = |property: &Property| {
            let looked_at = spaced(property.looked_at as u64);
            match property.broken {
                0 => format!("{} holds {looked_at}", property.name),
                broken => format!("{} BROKEN {broken} of {looked_at}", property.name),
            }
        };
        let all: Vec<String> = self.properties.iter().map(one).collect();
        let mut lines = vec![format!(
            "properties, and how often looked at: {}",
            all.join(" | ")
        )];
        if self.sessions_every > 1 {
            lines.push(format!(
                "the conversation was played in one of {} merged states only (--every)",
                self.sessions_every
            ));
        }
        lines.extend(self.properties.iter().filter_map(|property| property.by.clone()));
        lines
    }

    fn of_vignettes(&self) -> String {
        let VignetteFigures {
            hand_written,
            generated,
            signed,
        } = self.vignettes;
        format!(
            "vignettes: {} written by hand, {} generated; {} of {} signed",
            spaced(hand_written as u64),
            spaced(generated as u64),
            spaced(signed as u64),
            spaced((hand_written + generated) as u64)
        )
    }

    fn endings(&self) -> String {
        let all = self.paths.conversations.max(1);
        let share = |(word, count): (&String, &u64)| {
            let thousandths = u128::from(*count) * 1000 / u128::from(all);
            format!("{word} {}.{}%", thousandths / 10, thousandths % 10)
        };
        self.paths
            .endings
            .iter()
            .map(share)
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn of_topic(&self, topic: &str) -> String {
        let stages: Vec<&StageFigures> = self
            .paths
            .stages
            .iter()
            .filter(|stage| stage.topic == topic && !stage.after_loss && !stage.out_of_scope)
            .collect();
        let straight = range(stages.iter().filter_map(|stage| stage.straight));
        let at = |of: fn(&StageFigures) -> &BTreeSet<(usize, String)>| {
            let met: BTreeSet<&(usize, String)> = stages.iter().flat_map(|stage| of(stage)).collect();
            let named: Vec<String> = met
                .iter()
                .map(|(number, screen)| format!("{number} {screen}"))
                .collect();
            if named.is_empty() {
                "none".to_owned()
            } else {
                named.join(", ")
            }
        };
        format!(
            "{straight} | {} | {} | {}; {}",
            range(stages.iter().map(|stage| stage.longest_sure)),
            range(stages.iter().map(|stage| stage.longest)),
            at(|stage| &stage.emergency_at),
            at(|stage| &stage.go_now_at),
        )
    }
}

impl TopicTaps {
    fn text(&self) -> String {
        let relief = self
            .first_relief
            .map_or_else(|| "none before the list".to_owned(), |taps| taps.to_string());
        let most = self.alone.iter().next_back();
        let least = self.alone.iter().next();
        let alone = match (least, most) {
            (Some((least, _)), Some((most, facts))) if most > least => {
                let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
                format!("{least} ({}: {most})", facts.join(", "))
            }
            (Some((least, _)), _) => least.to_string(),
            _ => "none".to_owned(),
        };
        format!("{relief} | {alone} | {}", range(self.together.keys().copied()))
    }
}

/// "5", "5 to 7", or "none".
fn range(numbers: impl Iterator<Item = usize>) -> String {
    let all: BTreeSet<usize> = numbers.collect();
    match (all.first(), all.last()) {
        (Some(least), Some(most)) if least < most => format!("{least} to {most}"),
        (Some(only), _) => only.to_string(),
        _ => "none".to_owned(),
    }
}

/// Digits in groups of three.
fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

//! P01, P06, P16: women who have just what makes a rule true, and tell it truthfully.

use crate::content::{Choice, Content, FindingId, Level, Outcome, Phase, Row, Stage, stage};
use crate::triage::record::stands_for;

use super::super::coverage::in_words;
use super::super::model::Model;
use super::super::person::{Ending, Facts, Person, Sure, least_facts};
use super::super::situation::Situation;
use super::super::vocabulary::sign_of;
use super::{Broken, Verdicts};

/// One way in which a row can be true, played at every stage of a topic.
pub(super) struct Played<'e, 'c> {
    pub(super) model: &'e Model<'c>,
    pub(super) row: &'c Row,
    pub(super) facts: Facts,
    /// Where she ends, by situation.
    pub(super) endings: Vec<(&'e Situation<'c>, Ending)>,
}

/// Women who have what makes one of these rows true, on each of these topics.
pub(super) fn play<'e, 'c>(
    content: &'c Content,
    models: &[&'e Model<'c>],
    which: impl Fn(&Row) -> bool,
) -> Vec<Played<'e, 'c>> {
    let mut all = Vec::new();
    let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
    for row in rows.filter(|row| !row.unsure && which(row)) {
        for facts in least_facts(content, &row.when) {
            for model in models.iter().filter(|model| !model.ended) {
                let endings = (0u16..)
                    .zip(&model.situations)
                    .skip(1)
                    .filter(|(_, at)| !at.out_of_scope())
                    .map(|(place, at)| (at, Person::new(model, place, &facts, Sure::Yes).ending()));
                all.push(Played {
                    model,
                    row,
                    endings: endings.collect(),
                    facts: facts.clone(),
                });
            }
        }
    }
    all
}

pub(super) fn look(content: &Content, played: &[Played<'_, '_>], all: &mut Verdicts) {
    for one in played {
        for (at, ending) in &one.endings {
            reaches(content, one, at, ending, all);
            soon(content, one, at, ending, all);
            for (wider, unknown) in &one.endings {
                if !covers(wider.counts_as, at.counts_as) {
                    continue;
                }
                all.look("P16", 1);
                if unknown.outcome.level() < ending.outcome.level() {
                    let what = format!(
                        "with {} she ends {} at a wider stage, and {} at {}",
                        in_words(content, &one.facts),
                        unknown.outcome.word(),
                        ending.outcome.word(),
                        name(at)
                    );
                    all.broken(one.broken("P16", unknown, what));
                }
            }
        }
    }
}

/// Could every day of the one stage be meant by the other?
fn covers(wider: Stage, narrower: Stage) -> bool {
    let inside = wider.days.lo() <= narrower.days.lo() && narrower.days.hi() <= wider.days.hi();
    wider != narrower
        && match (wider.phase, narrower.phase) {
            (Phase::Unknown, Phase::Pregnant | Phase::AfterBirth | Phase::PeriodLate) => true,
            (one, other) => one == other && inside,
        }
}

fn name(at: &Situation<'_>) -> String {
    at.by
        .as_ref()
        .map_or_else(|| "a stage not sure".to_owned(), ToString::to_string)
}

impl Played<'_, '_> {
    fn counts(&self, at: &Situation<'_>) -> bool {
        stage::may_hold(&self.row.stage, at.counts_as)
            && (self.row.topics.is_empty() || self.row.topics.contains(&at.topic.id))
    }

    /// Did the buttons she pressed tell all of it?
    fn told(&self, content: &Content, ending: &Ending) -> bool {
        self.facts.iter().all(|(finding, _)| {
            let pressed = ending.pressed.iter().filter_map(|(screen, choice)| {
                let screen = content.screen(screen)?;
                screen.choices.iter().find(|one| one.id == *choice)
            });
            pressed.into_iter().any(|choice| tells(content, choice, *finding))
        })
    }

    fn broken(&self, property: &'static str, ending: &Ending, what: String) -> Broken {
        Broken {
            property,
            what,
            topic: self.model.topic.id.clone(),
            ended: false,
            answers: ending.answers.clone(),
        }
    }
}

/// Does a button speak of a finding: record it, stand for it, or spell it out?
fn tells(content: &Content, choice: &Choice, finding: FindingId) -> bool {
    let stands = |set: FindingId| {
        set == finding || sign_of(content, set).is_some_and(|sign| stands_for(sign, finding))
    };
    choice.sets.iter().any(|(set, _)| stands(*set)) || choice.also_denies.contains(&finding)
}

/// P01. What no button asks for is listed in `docs/coverage.md`.
fn reaches(content: &Content, one: &Played<'_, '_>, at: &Situation<'_>, ending: &Ending, all: &mut Verdicts) {
    if !one.counts(at) || !one.told(content, ending) {
        return;
    }
    all.look("P01", 1);
    if ending.outcome.level() < Some(one.row.level) {
        let what = format!(
            "with {} she ends {}, and {} is {}",
            in_words(content, &one.facts),
            ending.outcome.word(),
            one.row.rule,
            one.row.level.word()
        );
        all.broken(one.broken("P01", ending, what));
    }
}

/// P06, on topics without a floor and where she said her stage: lists of several stages come one after the other.
fn soon(content: &Content, one: &Played<'_, '_>, at: &Situation<'_>, ending: &Ending, all: &mut Verdicts) {
    let emergency = ending.outcome == Outcome::Level(Level::Emergency);
    if !emergency || one.row.level != Level::Emergency || at.by.is_none() || at.topic.floor.is_some() {
        return;
    }
    all.look("P06", 1);
    let most = if one.facts.len() == 1 { 2 } else { 5 };
    if ending.taps > most {
        let what = format!(
            "{} is an emergency and takes {} taps, more than {most}",
            in_words(content, &one.facts),
            ending.taps
        );
        all.broken(one.broken("P06", ending, what));
    }
}

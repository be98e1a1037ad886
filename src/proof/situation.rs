//! One stage of one topic: which rules count there, which suppressors, and what of her past still matters.

use crate::content::{
    Cause, ChoiceId, Content, FindingId, Level, Outcome, Phase, Row, Stage, Step, Topic, stage,
};
use crate::triage::record::stands_for;

use super::bits::{Bits, Condition, Cube};
use super::model::{Listed, Place, State};
use super::vocabulary::{Vocabulary, sign_of};

/// One way in which a row fires.
pub struct Term<'c> {
    /// How urgent.
    pub level: Level,
    /// What it takes.
    pub cube: Cube,
    /// The row.
    pub row: &'c Row,
}

/// What may take steps away at this stage.
pub struct Suppressing {
    /// Any of these takes the steps away for good.
    blocking: Bits,
    /// What decides otherwise.
    watched: Bits,
}

/// All conditions of a place.
pub struct Conditions<'c> {
    terms: Vec<Term<'c>>,
    suppressing: Vec<Suppressing>,
    /// What *needs* of steps and the weights of causes speak of.
    needed: Bits,
    weighed: Bits,
    /// When buttons of this topic are asked.
    pub asked_when: Vec<(ChoiceId, Condition)>,
}

/// One stage of one topic.
pub struct Situation<'c> {
    /// The topic from here on.
    pub topic: &'c Topic,
    /// The stage as rules see it.
    pub counts_as: Stage,
    /// The stage she said; none before she said it.
    pub stage: Option<Stage>,
    /// The button that said it; none for *not said yet* and for *not sure*.
    pub by: Option<ChoiceId>,
    /// The screens of the topic in order.
    pub screens: Vec<Listed<'c>>,
    /// The ways in which rows fire, the most urgent first.
    pub terms: Vec<Term<'c>>,
    floor: Level,
    suppressing: Vec<Suppressing>,
    needed: Bits,
    weighed: Bits,
    /// What decides which buttons are shown, by screen.
    shown_by: Vec<Bits>,
}

/// Turns all that counts at a place into conditions.
pub fn conditions<'c>(content: &'c Content, words: &mut Vocabulary<'c>, place: &Place<'c>) -> Conditions<'c> {
    let mut terms = Vec::new();
    let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
    let counts = |row: &&Row| on_topic(row, place.topic) && stage::may_hold(&row.stage, place.counts_as);
    for row in rows.filter(counts) {
        let ways = words.holds(&row.when).into_iter();
        terms.extend(ways.map(|cube| Term {
            level: row.level,
            cube,
            row,
        }));
    }
    terms.sort_by_key(|term| std::cmp::Reverse(term.level));
    let mut asked_when = Vec::new();
    for screen in place.topic.flow.iter().filter_map(|id| content.screen(id)) {
        for choice in &screen.choices {
            if let Some(when) = &choice.asked_when {
                asked_when.push((choice.id.clone(), words.holds(when)));
            }
            for before in &choice.only_after {
                words.pressed(before);
            }
            if screen.check {
                words.pressed(&choice.id);
            }
        }
    }
    let steps = content.steps.iter().filter(|step| is_for(step, place));
    let needs = steps.clone().filter_map(|step| step.needs.as_ref());
    let needed = needs
        .flat_map(|needs| needs.literals())
        .map(|literal| words.all_of(literal.finding))
        .fold(Bits::NONE, Bits::or);
    let weights = content
        .causes
        .iter()
        .filter(|cause| is_shown(cause, place))
        .flat_map(|cause| &cause.weights);
    let weighed = weights
        .map(|(finding, _)| words.all_of(*finding))
        .fold(Bits::NONE, Bits::or);
    let steps: Vec<&Step> = steps.collect();
    let suppressing = content
        .suppressors
        .iter()
        .filter(|suppressor| steps.iter().any(|step| step.suppressors.contains(&suppressor.id)));
    let suppressing = suppressing
        .map(|suppressor| self::suppressing(content, words, suppressor, place.counts_as))
        .collect();
    Conditions {
        terms,
        suppressing,
        needed,
        weighed,
        asked_when,
    }
}

fn on_topic(row: &Row, topic: &Topic) -> bool {
    row.topics.is_empty() || row.topics.contains(&topic.id)
}

fn is_for(step: &Step, place: &Place<'_>) -> bool {
    step.topics.contains(&place.topic.id) && stage::surely_holds(&step.stage, place.counts_as)
}

fn is_shown(cause: &Cause, place: &Place<'_>) -> bool {
    cause.topic == place.topic.id
        && !cause.red_flag
        && cause.never_shown.is_none()
        && stage::may_hold(&cause.stage, place.counts_as)
}

fn suppressing<'c>(
    content: &'c Content,
    words: &mut Vocabulary<'c>,
    suppressor: &'c crate::content::Suppressor,
    at: Stage,
) -> Suppressing {
    let mut found = Suppressing {
        blocking: Bits::NONE,
        watched: Bits::NONE,
    };
    let lines = suppressor
        .lines
        .iter()
        .filter(|line| stage::may_hold(&line.stage, at));
    for literal in lines.flat_map(|line| &line.any_of) {
        let plain = literal.at_least.is_none() && sign_of(content, literal.finding).is_none();
        if plain {
            // Once it is unsure or yes it is never no again.
            found.watched = found.watched.or(words.asked(literal.finding));
            found.blocking = found.blocking.or(words.in_doubt(literal.finding));
        } else {
            found.watched = found.watched.or(words.all_of(literal.finding));
        }
        for sign in signs_of(content, literal.finding) {
            let doubt = words.in_doubt(sign);
            if plain {
                found.blocking = found.blocking.or(doubt);
            } else {
                found.watched = found.watched.or(doubt);
            }
        }
    }
    found
}

/// The signs that stand for a finding.
fn signs_of(content: &Content, finding: FindingId) -> Vec<FindingId> {
    let signs = content.findings.iter().map(|(id, _)| id);
    signs
        .filter(|id| sign_of(content, *id).is_some_and(|sign| stands_for(sign, finding)))
        .collect()
}

impl<'c> Situation<'c> {
    pub(super) fn new(
        place: &Place<'c>,
        conditions: Conditions<'c>,
        screens: Vec<Listed<'c>>,
    ) -> Situation<'c> {
        let shown_by = screens.iter().map(shown_by).collect();
        Situation {
            topic: place.topic,
            counts_as: place.counts_as,
            stage: place.said,
            by: place.by.clone(),
            screens,
            terms: conditions.terms,
            floor: place
                .topic
                .floor
                .as_ref()
                .map_or(Level::SelfCare, |(level, _)| *level),
            suppressing: conditions.suppressing,
            needed: conditions.needed,
            weighed: conditions.weighed,
            shown_by,
        }
    }

    /// She said that she is neither pregnant nor after a birth.
    #[must_use]
    pub fn out_of_scope(&self) -> bool {
        self.stage.is_some_and(|stage| stage.phase == Phase::Neither)
    }

    /// The level that these facts make.
    #[must_use]
    pub fn level(&self, facts: Bits) -> Level {
        let fired = self.terms.iter().find(|term| term.cube.holds(facts));
        fired.map_or(self.floor, |term| term.level.max(self.floor))
    }

    /// What an ended conversation comes to.
    #[must_use]
    pub fn outcome(&self, state: &State) -> Outcome {
        let flagged = self
            .terms
            .iter()
            .any(|term| term.level >= Level::SameDay && term.cube.holds(state.facts));
        if self.out_of_scope() && !flagged {
            Outcome::OutOfScope
        } else {
            Outcome::Level(state.level)
        }
    }

    /// Everything that screens not answered yet may still add.
    #[must_use]
    pub fn to_come(&self, state: &State) -> Bits {
        let open = (0u8..).zip(&self.screens).filter(|(place, listed)| {
            state.answered & listed.mark == 0 || state.second_look == Some(*place)
        });
        open.map(|(_, listed)| listed.may_add)
            .fold(Bits::NONE, Bits::or)
    }

    /// The terms that may yet raise the level of a state, the most urgent first.
    #[must_use]
    pub fn open_terms(&self, state: &State) -> Vec<&Term<'c>> {
        let reachable = state.facts.or(self.to_come(state));
        let above = self.terms.iter().take_while(|term| term.level > state.level);
        above
            .filter(|term| reachable.has_all(term.cube.set))
            .filter(|term| !state.facts.meets(term.cube.clear))
            .collect()
    }

    /// Is the level of a state held by a row that nothing to come can undo?
    #[must_use]
    pub fn is_settled(&self, state: &State) -> bool {
        state.level <= self.floor
            || self
                .terms
                .iter()
                .skip_while(|term| term.level > state.level)
                .take_while(|term| term.level == state.level)
                .any(|term| term.cube.clear.is_none() && term.cube.holds(state.facts))
    }

    /// The past as far as it still matters: two states of the same place with the same residue go on alike. The second
    /// set says which facts matter at all, so that *not there* and *does not matter* are told apart. `terms` are those that may
    /// yet raise the level here or were so at a state before it.
    #[must_use]
    pub fn residue(&self, state: &State, terms: &[&Term<'c>]) -> (Bits, Bits, u64) {
        if self.out_of_scope() {
            let flagged = self.outcome(state) != Outcome::OutOfScope;
            return (Bits::NONE, Bits::NONE, u64::from(flagged));
        }
        if state.level >= Level::GoNow {
            return (Bits::NONE, Bits::NONE, 0);
        }
        let to_come = self.to_come(state);
        let reachable = state.facts.or(to_come);
        let mut matters = self.needed;
        for term in terms.iter().take_while(|term| term.level > state.level) {
            if reachable.has_all(term.cube.set) && !state.facts.meets(term.cube.clear) {
                matters = matters.or(term.cube.set).or(term.cube.clear);
            }
        }
        for (place, (listed, shown_by)) in (0u8..).zip(self.screens.iter().zip(&self.shown_by)) {
            if state.answered & listed.mark == 0 || state.second_look == Some(place) {
                matters = matters.or(*shown_by);
            }
        }
        if state.level < Level::SameDay {
            matters = matters.or(self.weighed);
        }
        let mut blocked = 0;
        for (place, suppressing) in self.suppressing.iter().enumerate() {
            if place >= 64 {
                matters = matters.or(suppressing.watched).or(suppressing.blocking);
            } else if state.facts.meets(suppressing.blocking) {
                blocked |= 1 << place;
            } else {
                matters = matters.or(suppressing.watched);
            }
        }
        (state.facts.and(matters), matters, blocked)
    }
}

fn shown_by(listed: &Listed<'_>) -> Bits {
    let mut bits = Bits::NONE;
    for button in &listed.buttons {
        for cube in button.asked_when.iter().flatten() {
            bits = bits.or(cube.set).or(cube.clear);
        }
        bits = bits.or(button.only_after);
        if listed.screen.check {
            bits = bits.or(button.pressed);
        }
    }
    bits
}

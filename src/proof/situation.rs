//! One stage of one topic: which rules count there, which suppressors, and what of her past still matters.

use crate::content::{
    Cause, ChoiceId, Content, FindingId, Level, Outcome, Phase, Row, Stage, Step, Topic, stage,
};
use crate::triage::record::stands_for;

use super::bits::{Bits, Condition, Cube};
use super::model::State;
use super::place::{Listed, Place};
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

/// What takes one step away at this stage.
pub struct Suppressing {
    /// Any of these takes it away for good.
    blocking: Bits,
    /// What decides otherwise.
    watched: Bits,
}

/// What is still missing for a row of this level.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Open {
    /// The level.
    pub level: Level,
    /// What is missing.
    pub cube: Cube,
}

/// All that is still missing: for rows, and for buttons that are asked only after others (by their places).
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Residue {
    rows: Vec<Open>,
    buttons: Vec<(u16, Cube)>,
}

impl Residue {
    /// Nothing is missing.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.buttons.clear();
    }
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
        .map(|(finding, _)| words.yes_of(*finding))
        .fold(Bits::NONE, Bits::or);
    let steps: Vec<&Step> = steps.collect();
    let suppressing = steps
        .into_iter()
        .map(|step| self::suppressing(content, words, step, place.counts_as))
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
    step: &'c Step,
    at: Stage,
) -> Suppressing {
    let mut found = Suppressing {
        blocking: Bits::NONE,
        watched: Bits::NONE,
    };
    let lines = step
        .suppressors
        .iter()
        .filter_map(|id| content.suppressor(id))
        .flat_map(|suppressor| &suppressor.lines)
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
        let open = (0u8..)
            .zip(&self.screens)
            .filter(|(place, listed)| state.answered & listed.mark == 0 || state.second_look == Some(*place));
        open.map(|(_, listed)| listed.may_add).fold(Bits::NONE, Bits::or)
    }

    /// What may yet raise the level of a state, the most urgent first, each as what is still missing. What another one
    /// reaches sooner is left out.
    #[must_use]
    pub fn open(&self, state: &State) -> Vec<Open> {
        let reachable = state.facts.or(self.to_come(state));
        let above = self.terms.iter().take_while(|term| term.level > state.level);
        let alive = above
            .filter(|term| reachable.has_all(term.cube.set) && !state.facts.meets(term.cube.clear))
            .map(|term| Open {
                level: term.level,
                cube: term.cube.after(state.facts),
            });
        let mut open = Vec::new();
        for one in alive {
            keep_least(&mut open, one);
        }
        open
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

    /// The past as far as it still matters: two states of the same place, level and screens answered, with the same
    /// residue, go on alike. `open` is what may yet raise the level here, or could at a state before it; what is
    /// missing is written into `missing`. Gives back the facts that matter by themselves, and the steps that are taken
    /// away for good.
    #[must_use]
    pub fn residue(&self, state: &State, open: &[Open], missing: &mut Residue) -> (Bits, u64) {
        missing.clear();
        if self.out_of_scope() {
            let flagged = self.outcome(state) != Outcome::OutOfScope;
            return (Bits::NONE, u64::from(flagged));
        }
        if state.level >= Level::GoNow {
            return (Bits::NONE, 0);
        }
        let reachable = state.facts.or(self.to_come(state));
        for one in open.iter().take_while(|one| one.level > state.level) {
            if reachable.has_all(one.cube.set) && !state.facts.meets(one.cube.clear) {
                let cube = one.cube.after(state.facts);
                keep_least(&mut missing.rows, Open { cube, ..*one });
            }
        }
        missing.rows.sort_unstable();
        self.missing_for_buttons(state, reachable, &mut missing.buttons);
        let mut matters = self.needed;
        if state.level < Level::SameDay {
            matters = matters.or(self.weighed);
        }
        for (place, (listed, shown_by)) in (0u8..).zip(self.screens.iter().zip(&self.shown_by)) {
            if state.answered & listed.mark == 0 || state.second_look == Some(place) {
                matters = matters.or(*shown_by);
            }
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
        (state.facts.and(matters), blocked)
    }

    /// What is missing for buttons that are asked only after others.
    fn missing_for_buttons(&self, state: &State, reachable: Bits, missing: &mut Vec<(u16, Cube)>) {
        let mut place = 0;
        for (screen, listed) in (0u8..).zip(&self.screens) {
            if state.answered & listed.mark != 0 && state.second_look != Some(screen) {
                continue;
            }
            for button in &listed.buttons {
                place += 1;
                let ways = button.asked_when.iter().flatten();
                let alive = ways.filter(|cube| reachable.has_all(cube.set) && !state.facts.meets(cube.clear));
                for cube in alive.map(|cube| cube.after(state.facts)) {
                    let known = missing.iter().filter(|(of, _)| *of == place);
                    if !known.clone().any(|(_, known)| known.covers(&cube)) {
                        missing.retain(|(of, known)| *of != place || !cube.covers(known));
                        missing.push((place, cube));
                    }
                }
            }
        }
        missing.sort_unstable();
    }
}

/// Adds one, unless another that is as urgent is reached sooner. They come most urgent first.
fn keep_least(open: &mut Vec<Open>, one: Open) {
    if open.iter().any(|known| known.cube.covers(&one.cube)) {
        return;
    }
    open.retain(|known| known.level != one.level || !one.cube.covers(&known.cube));
    open.push(one);
}

/// Pressed buttons that decide which others are shown.
fn shown_by(listed: &Listed<'_>) -> Bits {
    let mut bits = Bits::NONE;
    for button in &listed.buttons {
        bits = bits.or(button.only_after);
        if listed.screen.check {
            bits = bits.or(button.pressed);
        }
    }
    bits
}

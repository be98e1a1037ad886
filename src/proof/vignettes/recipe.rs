//! Which cases are generated from the content: the MC/DC recipe.
//!
//! For each row of a rule, at each stage at which it may fire: what just makes it true, so that each of its findings is
//! once among what does. Once for each topic: each of these left out, each not sure instead of yes (or yes instead of
//! not sure), a number or a word one below, and the parts of a sign in its place. For each step: what it needs, and each
//! finding that takes it away, yes and not sure. On both sides of every edge of a window, row or step once more, on that
//! very day. Cases that come out alike are one.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::content::parse_moment::day_in_words;
use crate::content::{
    Content, Days, Expression, FindingId, FindingKind, Literal, Phase, Row, Stage, Step, Topic, TopicId,
    Value, Window, stage,
};
use crate::proof::all::doors;
use crate::proof::place::places;
use crate::triage::record::stands_for;

/// What is told of her, sorted by finding, each finding once.
pub type Given = Vec<(FindingId, Value)>;

/// A topic and a stage at which a woman may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot<'c> {
    /// What goes on at that stage.
    pub topic: &'c TopicId,
    /// The stage, as it is written.
    pub words: Arc<str>,
    /// The stage.
    pub stage: Stage,
    /// Its place in the order of the file: the buttons of the stage as they stand, then single days.
    order: u32,
}

/// A case that is generated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vector<'c> {
    /// Where.
    pub spot: Spot<'c>,
    /// What is told; all else is no.
    pub given: Given,
}

/// *Not sure* about the stage, and the same after a loss was told.
const NOT_SURE: [(bool, &str); 2] = [(false, "not_sure"), (true, "not_sure_after_loss")];

/// Single days come after the buttons of the stage.
const DAYS_FROM: u32 = 1000;

/// Every topic and stage that the opening and the question of the stage lead to.
#[must_use]
pub fn spots(content: &Content) -> Vec<Spot<'_>> {
    let mut all: Vec<Spot<'_>> = Vec::new();
    for topic in doors(content) {
        for (ended, not_sure) in NOT_SURE {
            // The first place is before the stage was said.
            for place in places(content, topic, ended).into_iter().skip(1) {
                let words = place.by.as_ref().map_or(not_sure, |by| by.as_str());
                let known = |spot: &Spot<'_>| *spot.topic == place.topic.id && &*spot.words == words;
                if all.iter().any(known) {
                    continue;
                }
                all.push(Spot {
                    topic: &place.topic.id,
                    words: Arc::from(words),
                    stage: place.counts_as,
                    order: u32::try_from(all.len()).unwrap_or(DAYS_FROM).min(DAYS_FROM - 1),
                });
            }
        }
    }
    all
}

/// All cases, in the order of the file.
#[must_use]
pub fn vectors(content: &Content) -> Vec<Vector<'_>> {
    let mut recipe = Recipe {
        content,
        spots: spots(content),
        found: Vec::new(),
        seen: BTreeSet::new(),
    };
    for spot in recipe.spots.clone() {
        recipe.add(&spot, Vec::new());
    }
    for flag in &content.red_flags {
        for row in &flag.rows {
            recipe.of_row(row);
        }
    }
    for step in &content.steps {
        for topic in content
            .topics
            .iter()
            .filter(|topic| step.topics.contains(&topic.id))
        {
            recipe.of_step(step, topic);
        }
    }
    let mut found = recipe.found;
    let place = |topic: &TopicId| content.topics.iter().position(|one| one.id == *topic);
    found.sort_by_cached_key(|one| (place(one.spot.topic), one.spot.order, one.given.clone()));
    found
}

struct Recipe<'c> {
    content: &'c Content,
    spots: Vec<Spot<'c>>,
    found: Vec<Vector<'c>>,
    seen: BTreeSet<(&'c TopicId, Arc<str>, Given)>,
}

impl<'c> Recipe<'c> {
    /// A case, and the same place with nothing told, which the file tells the others from.
    fn add(&mut self, spot: &Spot<'c>, given: Given) {
        for given in [Vec::new(), given] {
            if self
                .seen
                .insert((spot.topic, Arc::clone(&spot.words), given.clone()))
            {
                self.found.push(Vector {
                    spot: spot.clone(),
                    given,
                });
            }
        }
    }

    fn of_row(&mut self, row: &Row) {
        let ways = least_ways(&row.when);
        let mut varied = HashSet::new();
        for spot in self.told_apart() {
            if !stage::may_hold(&row.stage, spot.stage) {
                continue;
            }
            let listed = row.topics.contains(spot.topic);
            for way in &ways {
                let at_home = if row.topics.is_empty() {
                    self.home(way, &spot.words) == Some(spot.topic)
                } else {
                    listed
                };
                if !at_home {
                    continue;
                }
                self.add(&spot, self.base(way));
                // What a literal does does not hang on the stage: once for each topic is enough.
                if varied.insert((way.clone(), spot.topic)) {
                    for given in self.variants(way).into_iter().chain(self.by_members(way)) {
                        self.add(&spot, given);
                    }
                }
            }
            // A row of some topics must stay silent on the others.
            if !row.topics.is_empty()
                && !listed
                && let Some(way) = ways.first()
            {
                self.add(&spot, self.base(way));
            }
        }
        self.at_edges_of_row(row, &ways);
    }

    /// The places that rules can tell apart: a late period is to them what the first weeks are, and *not sure* after a
    /// loss what the weeks after a birth are.
    fn told_apart(&self) -> Vec<Spot<'c>> {
        let alike = |spot: &&Spot<'c>| spot.stage.phase == Phase::PeriodLate || &*spot.words == NOT_SURE[1].1;
        self.spots.iter().filter(|spot| !alike(spot)).cloned().collect()
    }

    fn at_edges_of_row(&mut self, row: &Row, ways: &[Vec<Literal>]) {
        for (phase, day) in edges(&row.stage) {
            for way in ways {
                let given = self.base(way);
                let home = row.topics.first().cloned();
                for spot in self.on_day(phase, day) {
                    let home = home.as_ref().or_else(|| self.home(way, &spot.1));
                    if home == Some(spot.0.topic) {
                        self.add(&spot.0, given.clone());
                    }
                }
            }
        }
    }

    /// That day on each topic that is open to her then, and the button of the stage that holds it.
    fn on_day(&self, phase: Phase, day: u16) -> Vec<(Spot<'c>, Arc<str>)> {
        let (Some(days), Some(words)) = (Days::new(day, day), day_in_words(phase, day)) else {
            return Vec::new();
        };
        let mut found: Vec<(Spot<'c>, Arc<str>)> = Vec::new();
        for spot in self.spots.iter().filter(|spot| {
            spot.stage.phase == phase && spot.stage.days.contains(day) && !spot.stage.week_not_known()
        }) {
            if found.iter().any(|(known, _)| known.topic == spot.topic) {
                continue;
            }
            let after = if phase == Phase::AfterBirth { 1000 } else { 0 };
            let of_day = Spot {
                topic: spot.topic,
                words: Arc::from(words.as_str()),
                stage: Stage { phase, days },
                order: DAYS_FROM + after + u32::from(day),
            };
            found.push((of_day, Arc::clone(&spot.words)));
        }
        found
    }

    fn of_step(&mut self, step: &Step, topic: &Topic) {
        let needs: Vec<Vec<Literal>> = step.needs.as_ref().map_or_else(Vec::new, least_ways);
        let lines: Vec<_> = step
            .suppressors
            .iter()
            .filter_map(|id| self.content.suppressor(id))
            .flat_map(|suppressor| &suppressor.lines)
            .collect();
        let needed = needs.first().map(|way| self.base(way)).unwrap_or_default();
        let mut first = true;
        for spot in self.told_apart().iter().filter(|spot| *spot.topic == topic.id) {
            if !stage::surely_holds(&step.stage, spot.stage) {
                continue;
            }
            if first {
                for given in needs
                    .iter()
                    .flat_map(|way| self.variants(way))
                    .collect::<Vec<_>>()
                {
                    self.add(spot, given);
                }
            }
            for line in lines
                .iter()
                .filter(|line| stage::may_hold(&line.stage, spot.stage))
            {
                // With something to need beside it, once is enough.
                if !first && !needed.is_empty() && line.stage.is_empty() {
                    continue;
                }
                for literal in &line.any_of {
                    for value in [self.yes(*literal), Value::Unsure] {
                        self.add(spot, and(&needed, literal.finding, value));
                    }
                }
            }
            first = false;
        }
        for (phase, day) in edges(&step.stage) {
            for (spot, _) in self.on_day(phase, day) {
                if *spot.topic == topic.id {
                    self.add(&spot, needed.clone());
                }
            }
        }
        for line in lines {
            for (phase, day) in edges(&line.stage) {
                for (spot, _) in self.on_day(phase, day) {
                    let first = line.any_of.first().filter(|_| *spot.topic == topic.id);
                    if let Some(literal) = first {
                        self.add(&spot, and(&needed, literal.finding, Value::Unsure));
                    }
                }
            }
        }
    }

    /// The topic on which a button speaks of one of these findings at that stage; if none does, the first.
    fn home(&self, way: &[Literal], words: &str) -> Option<&'c TopicId> {
        let here = || self.spots.iter().filter(|spot| &*spot.words == words);
        let speaks = |spot: &&Spot<'c>| {
            let flow = self
                .content
                .topic(spot.topic)
                .into_iter()
                .flat_map(|topic| &topic.flow);
            let choices = flow
                .filter_map(|id| self.content.screen(id))
                .flat_map(|screen| &screen.choices)
                .filter(|choice| choice.topics.is_empty() || choice.topics.contains(spot.topic));
            let mut told = choices.flat_map(|choice| choice.sets.iter().map(|(finding, _)| *finding));
            told.any(|told| way.iter().any(|literal| self.says(told, literal.finding)))
        };
        here()
            .find(speaks)
            .or_else(|| here().next())
            .map(|spot| spot.topic)
    }

    /// Does a button that records one finding speak of the other?
    fn says(&self, told: FindingId, of: FindingId) -> bool {
        told == of
            || match self.content.findings.get(told).map(|finding| &finding.kind) {
                Some(FindingKind::Sign(sign)) => stands_for(sign, of),
                _ => false,
            }
    }

    /// The value that makes a literal just true.
    fn yes(&self, literal: Literal) -> Value {
        match self
            .content
            .findings
            .get(literal.finding)
            .map(|finding| &finding.kind)
        {
            Some(FindingKind::Words(_)) => Value::Amount(literal.at_least.unwrap_or(0)),
            Some(FindingKind::Number { .. }) => Value::Amount(literal.at_least.unwrap_or(1)),
            _ => Value::Yes,
        }
    }

    /// What makes a way just true: yes, or not sure where that is enough.
    fn base(&self, way: &[Literal]) -> Given {
        let value = |literal: &Literal| {
            if literal.or_unsure {
                Value::Unsure
            } else {
                self.yes(*literal)
            }
        };
        way.iter().fold(Vec::new(), |given, literal| {
            and(&given, literal.finding, value(literal))
        })
    }

    /// The way itself, and each of its literals changed.
    fn variants(&self, way: &[Literal]) -> Vec<Given> {
        let base = self.base(way);
        let mut all = vec![base.clone()];
        for literal in way {
            let without: Given = base
                .iter()
                .copied()
                .filter(|(finding, _)| *finding != literal.finding)
                .collect();
            let other = if literal.or_unsure {
                self.yes(*literal)
            } else {
                Value::Unsure
            };
            all.push(and(&without, literal.finding, other));
            if let Some(below) = literal.at_least.and_then(|least| least.checked_sub(1)) {
                all.push(and(&without, literal.finding, Value::Amount(below)));
            }
            all.push(without);
        }
        all
    }

    /// The way, with what a sign stands for in the place of the sign.
    fn by_members(&self, way: &[Literal]) -> Vec<Given> {
        let mut all = Vec::new();
        for literal in way {
            let kind = self
                .content
                .findings
                .get(literal.finding)
                .map(|finding| &finding.kind);
            let Some(FindingKind::Sign(sign)) = kind else {
                continue;
            };
            let rest: Vec<Literal> = way
                .iter()
                .copied()
                .filter(|one| one.finding != literal.finding)
                .collect();
            let rest = self.base(&rest);
            let as_told = |member: Literal| Literal {
                or_unsure: literal.or_unsure,
                ..member
            };
            let alone = sign.members.iter().map(|member| vec![as_told(*member)]);
            let together = sign.conditional.iter().flat_map(|(member, with)| {
                ways(with).into_iter().map(|mut way| {
                    way.push(as_told(*member));
                    way
                })
            });
            for way in alone.chain(together) {
                let told = self.base(&way);
                all.push(told.iter().fold(rest.clone(), |given, (finding, value)| {
                    and(&given, *finding, *value)
                }));
            }
        }
        all
    }
}

/// One finding more; of two values the higher counts.
fn and(given: &[(FindingId, Value)], finding: FindingId, value: Value) -> Given {
    let mut all = given.to_vec();
    match all.iter_mut().find(|(known, _)| *known == finding) {
        Some((_, known)) => *known = (*known).max(value),
        None => all.push((finding, value)),
    }
    all.sort_unstable();
    all
}

/// The ways in which an expression is true: each a list of literals that are true together.
#[must_use]
pub fn ways(expression: &Expression) -> Vec<Vec<Literal>> {
    match expression {
        Expression::Is(literal) => vec![vec![*literal]],
        Expression::Any(parts) => parts.iter().flat_map(ways).collect(),
        Expression::All(parts) => parts.iter().fold(vec![Vec::new()], |found, part| {
            let more = ways(part);
            found
                .iter()
                .flat_map(|way| {
                    more.iter().map(|other| {
                        let mut both = way.clone();
                        both.extend(other);
                        both
                    })
                })
                .collect()
        }),
    }
}

/// Ways enough that each literal is in one: with one of two and one of three that is four ways, and not six.
fn least_ways(expression: &Expression) -> Vec<Vec<Literal>> {
    let mut met = HashSet::new();
    let mut kept = Vec::new();
    for way in ways(expression) {
        let fresh = way.iter().filter(|literal| met.insert(**literal)).count();
        if fresh > 0 {
            kept.push(way);
        }
    }
    kept
}

/// The days on both sides of every edge of these windows.
#[must_use]
pub fn edges(windows: &[Window]) -> BTreeSet<(Phase, u16)> {
    let mut found = BTreeSet::new();
    for window in windows {
        let (phase, days, last) = match window {
            Window::Pregnant(days) => (Phase::Pregnant, days, Days::LAST_OF_PREGNANCY),
            Window::AfterBirth(days) => (Phase::AfterBirth, days, Days::LAST_AFTER_BIRTH),
            Window::Neither | Window::WeekNotKnown | Window::Unknown => continue,
        };
        if days.lo() > 0 {
            found.extend([(phase, days.lo() - 1), (phase, days.lo())]);
        }
        if days.hi() < last {
            found.extend([(phase, days.hi()), (phase, days.hi() + 1)]);
        }
    }
    found
}

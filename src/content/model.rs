//! What `dialogues/` says, as types. Every value here has passed the checks of form.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::expression::{Expression, Literal};
use super::id::{
    CauseId, ChoiceId, FindingId, FlagId, RuleId, ScreenId, SourceId, StepId, SuppressorId, TopicId,
};
use super::level::Level;
use super::numbers::LineKind;
use super::stage::{Stage, Window};

/// What a finding may hold.
#[derive(Clone, PartialEq, Debug)]
pub enum FindingKind {
    /// Yes or no.
    YesNo,
    /// A word out of an ordered list, mildest first (`vaginal_bleeding`: spotting, moderate, heavy).
    Words(Vec<Arc<str>>),
    /// A whole number with its unit and its bounds, both included.
    Number {
        /// Unit, for example `minutes`.
        unit: Arc<str>,
        /// Least value accepted.
        min: u16,
        /// Greatest value accepted.
        max: u16,
    },
    /// One button in plain words that stands for several findings.
    Sign(Sign),
}

/// What a sign stands for. Yes to the sign leaves its members unasked; no to it makes its members no, but for the
/// conditional ones, which stay open; a member that is yes makes the sign yes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sign {
    /// Findings that are the sign by themselves.
    pub members: Vec<Literal>,
    /// Findings that are the sign only together with something else.
    pub conditional: Vec<(Literal, Expression)>,
}

/// A fact about her.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Its name, as in the clinical reference.
    pub name: Arc<str>,
    /// What it may hold.
    pub kind: FindingKind,
}

/// All findings, by place and by name.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    by_name: BTreeMap<Arc<str>, FindingId>,
}

impl Findings {
    /// Adds a finding. Gives back `None` when the name is taken or the list is full (65,535).
    pub fn add(&mut self, finding: Finding) -> Option<FindingId> {
        if self.by_name.contains_key(&finding.name) {
            return None;
        }
        let id = FindingId(u16::try_from(self.list.len()).ok()?);
        self.by_name.insert(Arc::clone(&finding.name), id);
        self.list.push(finding);
        Some(id)
    }

    /// Sets what a finding holds; for signs, whose members are read after all names are known.
    pub fn set_kind(&mut self, id: FindingId, kind: FindingKind) {
        if let Some(finding) = self.list.get_mut(id.index()) {
            finding.kind = kind;
        }
    }

    /// The finding of this name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<FindingId> {
        self.by_name.get(name).copied()
    }

    /// The finding itself. An id from another content gives `None`.
    #[must_use]
    pub fn get(&self, id: FindingId) -> Option<&Finding> {
        self.list.get(id.index())
    }

    /// The name of a finding; empty for an id from another content.
    #[must_use]
    pub fn name(&self, id: FindingId) -> &str {
        self.get(id).map_or("", |finding| &finding.name)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them with their ids, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (FindingId, &Finding)> {
        (0u16..).map(FindingId).zip(self.list.iter())
    }
}

/// What a finding is found to be. *Unasked* is the absence of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// No.
    No,
    /// Not sure, or "might be".
    Unsure,
    /// Yes.
    Yes,
    /// A word (its place in the list of the finding, from 0, mildest first) or a number. Counts as yes.
    Amount(u16),
}

/// How a screen is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScreenKind {
    /// One tap answers.
    PickOne,
    /// Ticks, then Done.
    PickMany,
}

/// What a screen is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScreenRole {
    /// Asks for danger signs. Has a tier.
    Danger,
    /// Asks for the stage.
    Stage,
    /// Chooses which list comes next (the kinds of *Something feels wrong*).
    Branch,
    /// Follow-up of what was ticked: shown only with the buttons whose `asked_when` holds.
    Detail,
    /// Tells causes apart; the tail, only below SAME_DAY.
    Causes,
    /// After the answer, behind *More steps*: what decides about further steps.
    Fit,
}

/// One screen: one message that asks.
#[derive(Clone, PartialEq, Debug)]
pub struct Screen {
    /// Its name. Its text is `screen-<id>`, with `.why` for *Why do you ask?*.
    pub id: ScreenId,
    /// One tap or ticks.
    pub kind: ScreenKind,
    /// What it is for.
    pub role: ScreenRole,
    /// For danger screens: the highest level an answer here may give alone. Tiers of a flow never rise.
    pub tier: Option<Level>,
    /// Does the first *Not sure* open a second look (`screen-<id>_check`)?
    pub check: bool,
    /// Are the lines of the choices numbered, so that she can match line and button?
    pub numbered: bool,
    /// How many buttons stand in a row (1 or 2).
    pub columns: u8,
    /// Is *None of these* offered? Not where a button of the list says as much (*On and off, no pattern*).
    pub none: bool,
    /// The buttons, in order.
    pub choices: Vec<Choice>,
}

/// What *Might be* on a check screen records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MightBe {
    /// One level below yes: the finding becomes unsure.
    #[default]
    Unsure,
    /// As yes (thoughts of harm).
    Yes,
}

/// One button of a screen. Its label is `choice-<id>`, its line in the message `.line`, on the check screen `.check`,
/// what she says on the phone `.say`.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// Its name, unique in `dialogues/`; the same button may stand on several screens.
    pub id: ChoiceId,
    /// What pressing or ticking it records.
    pub sets: Vec<(FindingId, Value)>,
    /// Findings that *None* and *Done* deny although the button does not record them.
    pub also_denies: Vec<FindingId>,
    /// When it is shown (see [`super::stage::shows`]).
    pub stage: Vec<Window>,
    /// On which topics; none written means all.
    pub topics: Vec<TopicId>,
    /// Shown only when this holds (detail screens).
    pub asked_when: Option<Expression>,
    /// Shown only after one of these buttons was pressed (lists behind a branch screen).
    pub only_after: Vec<ChoiceId>,
    /// On a stage screen: the stage it stands for.
    pub gives_stage: Option<Stage>,
    /// On a check screen, what pointing at it records.
    pub might_be: MightBe,
    /// Not shown after she said that the pregnancy ended.
    pub not_after_loss: bool,
    /// Another person should not read it over her shoulder: its screen and its answer carry *Hide this*.
    pub hide: bool,
}

/// One row of a rule: when it holds, how urgent it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Its name: the flag's for a row of yes (`R20`), with `?` for a row of not sure (`R20?`), or its own (`E13`).
    pub rule: RuleId,
    /// When it fires.
    pub when: Expression,
    /// How urgent it is.
    pub level: Level,
    /// Only at these stages; none written means any.
    pub stage: Vec<Window>,
    /// Only on these topics; none written means all.
    pub topics: Vec<TopicId>,
    /// Does it fire on *not sure* as well? Then it is the flag's row for unsure.
    pub unsure: bool,
}

/// A red flag, or a rule for ROUTINE. Texts: `flag-<id>` (its plain name) with `.ask`, `.meanwhile` and, for a fixed
/// answer, `.answer`.
#[derive(Clone, PartialEq, Debug)]
pub struct RedFlag {
    /// `R20`, or for rules that are not red flags a name such as `N1`.
    pub id: FlagId,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Evidence grade as written in the clinical reference: `A`, `B`, `C`, or `K` (general knowledge).
    pub grade: Arc<str>,
    /// The kind of line to call for this, where it is another one than the health line.
    pub line: Option<LineKind>,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
}

/// A likely cause.
#[derive(Clone, PartialEq, Debug)]
pub struct Cause {
    /// Its name; its text is `cause-<id>`.
    pub id: CauseId,
    /// The topic whose table it stands in.
    pub topic: TopicId,
    /// How common it is here, 0 to 3.
    pub prior: i8,
    /// Weight of each finding, -2 to 3.
    pub weights: Vec<(FindingId, i8)>,
    /// When it makes sense.
    pub stage: Vec<Window>,
    /// A red flag under another name: scored, never shown.
    pub red_flag: bool,
    /// Why it is never shown, where that is on purpose.
    pub never_shown: Option<Arc<str>>,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
    /// Evidence grade.
    pub grade: Arc<str>,
}

/// When a step is offered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StepGroup {
    /// While it hurts.
    Now,
    /// Tonight and to keep it from coming back.
    Tonight,
    /// Behind *More steps*.
    More,
}

/// A relief step. Texts: `step-<id>` (what, how long, how often) and `.caution`.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Its name.
    pub id: StepId,
    /// Topics it helps on.
    pub topics: Vec<TopicId>,
    /// When it is offered.
    pub group: StepGroup,
    /// The stages it is for; every day she may be at must lie in them.
    pub stage: Vec<Window>,
    /// What takes it away. Unasked counts as not sure.
    pub suppressors: Vec<SuppressorId>,
    /// Offered only when this holds (`takes_kelp_or_seaweed`).
    pub needs: Option<Expression>,
    /// Comes first when one of these causes is shown.
    pub for_causes: Vec<CauseId>,
    /// May be shown before its suppressors were asked; prints its caution; listed by `check`.
    pub first_aid: bool,
    /// Stands in the leaflet (`/tips`): safe with nothing asked.
    pub leaflet: bool,
    /// Evidence grade.
    pub grade: Arc<str>,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
}

/// What takes a step away.
#[derive(Clone, PartialEq, Debug)]
pub struct Suppressor {
    /// Its name.
    pub id: SuppressorId,
    /// Any line whose window may hold and whose findings are not all known to be no.
    pub lines: Vec<SuppressorLine>,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
}

/// One line of a suppressor: any of the findings, in a window.
#[derive(Clone, PartialEq, Debug)]
pub struct SuppressorLine {
    /// Any of these that is yes, unsure or unasked.
    pub any_of: Vec<Literal>,
    /// Only at these stages; none written means any.
    pub stage: Vec<Window>,
}

/// A finding that no button asks on a topic.
#[derive(Clone, PartialEq, Debug)]
pub struct AssumedNo {
    /// Which.
    pub finding: FindingId,
    /// Where it is caught instead, in words.
    pub because: Arc<str>,
    /// A word of the topic's safety net (`topic-<id>.watch` or `.help`) that catches it, where no button of
    /// *Something feels wrong* asks it.
    pub net: Option<Arc<str>>,
}

/// A topic: which screens, in which order.
#[derive(Clone, PartialEq, Debug)]
pub struct Topic {
    /// Its name. Texts: `topic-<id>` (label), `.say` (what she says on the phone), `.tips` (heading of the leaflet).
    pub id: TopicId,
    /// Its place among the buttons of the opening, 1 first; none for a topic that another one hands over to.
    pub place: Option<u8>,
    /// The topic that goes on once her stage is known, if it lies in these windows. Both begin with the same screens.
    pub hands_over: Option<HandOver>,
    /// Danger screens, stage and detail, in order; then the causes.
    pub flow: Vec<ScreenId>,
    /// The screen behind *More steps*.
    pub fit: Option<ScreenId>,
    /// Text of a message that is sent before the first screen, if she comes by this topic's button.
    pub first_aid: Option<Arc<str>>,
    /// Least level this topic ends with, and the name of the rule that says so.
    pub floor: Option<(Level, RuleId)>,
    /// What no button asks here.
    pub assumed_no: Vec<AssumedNo>,
    /// `/start PAYLOAD` words that open it.
    pub payloads: Vec<Arc<str>>,
    /// The command that shows its leaflet, without the slash; none for topics without one.
    pub leaflet_command: Option<Arc<str>>,
}

/// From one topic to another: the same button of the opening, another stage.
#[derive(Clone, PartialEq, Debug)]
pub struct HandOver {
    /// The topic that goes on.
    pub to: TopicId,
    /// At these stages.
    pub stage: Vec<Window>,
}

/// Where a statement comes from.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// Its key, for example `F23`.
    pub id: SourceId,
    /// Title, body and year.
    pub title: Arc<str>,
    /// Address, without scheme.
    pub address: Arc<str>,
}

/// Advice in the articles the project began from that is deliberately not given.
#[derive(Clone, PartialEq, Debug)]
pub struct Withheld {
    /// For example `D2`.
    pub id: Arc<str>,
    /// What the article says, in our words.
    pub claim: Arc<str>,
    /// Why it could hurt.
    pub reason: Arc<str>,
    /// What is said instead.
    pub instead: Arc<str>,
    /// Words that must never stand together in one sentence of any text (lower case).
    pub never: Vec<Vec<Arc<str>>>,
    /// Where the reason comes from.
    pub sources: Vec<SourceId>,
}

//! What was read from the files, with the place of every part: the stuff the checks of form work on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fault::{FaultKind, Marked, Place, Sink, did_you_mean};
use super::hazard::Hazards;
use super::id::{
    CauseId, ChoiceId, CountryId, FlagId, LanguageId, ScreenId, SourceId, StepId, SuppressorId, TopicId,
};
use super::lexicon::Source;
use super::model::{self, Cause, Choice, Findings, RedFlag, Screen, Step, Suppressor, Topic, Withheld};
use super::numbers::CountryNumbers;
use super::vignette::Vignette;

/// A part of `dialogues/` whose place is kept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Mark {
    Finding(Arc<str>),
    Screen(ScreenId),
    Choice(ChoiceId),
    Flag(FlagId),
    /// A row of a flag, and one of its literals.
    Row(FlagId, usize),
    RowLiteral(FlagId, usize, usize),
    Cause(TopicId, CauseId),
    /// A weight of a cause, by its place in the list.
    CauseWeight(TopicId, CauseId, usize),
    Step(StepId),
    StepNeeds(StepId, usize),
    Suppressor(SuppressorId),
    /// A line of a suppressor, and one of its findings.
    SuppressorLiteral(SuppressorId, usize, usize),
    Topic(TopicId),
    FlowScreen(TopicId, usize),
    FitScreen(TopicId),
    AssumedNo(TopicId, usize),
    Source(SourceId),
    Withheld(Arc<str>),
    Country(CountryId),
}

/// Things that are named in one place and referred to in others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Name {
    Finding,
    Choice,
    Screen,
    Topic,
    Flag,
    Cause,
    Step,
    Suppressor,
    Source,
    Withheld,
    Country,
    Vignette,
    Control,
    Hazard,
}

impl Name {
    fn words(self) -> &'static str {
        match self {
            Name::Finding => "finding",
            Name::Choice => "choice",
            Name::Screen => "screen",
            Name::Topic => "topic",
            Name::Flag => "red flag",
            Name::Cause => "cause",
            Name::Step => "step",
            Name::Suppressor => "suppressor",
            Name::Source => "source",
            Name::Withheld => "withheld advice",
            Name::Country => "country",
            Name::Vignette => "vignette",
            Name::Control => "control",
            Name::Hazard => "hazard",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Name::Finding => "findings.toml",
            Name::Choice | Name::Screen => "screens.toml",
            Name::Topic => "topics/",
            Name::Flag => "red_flags.toml",
            Name::Cause => "causes.toml",
            Name::Step => "relief.toml",
            Name::Suppressor => "suppressors.toml",
            Name::Source => "sources.toml",
            Name::Withheld => "withheld.toml",
            Name::Country => "numbers.toml",
            Name::Vignette => "vignettes/",
            Name::Control | Name::Hazard => "hazards.toml",
        }
    }
}

/// Words for the reading grade, and words that no text may hold.
#[derive(Debug, Default)]
pub(super) struct Readability {
    pub(super) exempt: BTreeSet<String>,
    pub(super) banned: Vec<String>,
    /// From `says.toml`.
    pub(super) says: Vec<Says>,
}

/// What a text must say in each of its wordings, and what it must not, in lower case.
#[derive(Debug)]
pub(super) struct Says {
    pub(super) text: Marked<Arc<str>>,
    pub(super) all: Vec<String>,
    pub(super) none: Vec<String>,
}

/// One lexicon as it was read.
pub(super) struct LexiconDraft {
    pub(super) language: LanguageId,
    /// Where its language is named.
    pub(super) at: Place,
    pub(super) source: Source,
    /// Where its classes stand.
    pub(super) classes: BTreeMap<Arc<str>, Place>,
}

/// All that was read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) findings: Findings,
    /// Findings of the dictionary that nothing uses yet; told ones are accepted and change nothing.
    pub(super) not_used_yet: Vec<Marked<Arc<str>>>,
    pub(super) choices: Vec<Choice>,
    pub(super) screens: Vec<Screen>,
    pub(super) topics: Vec<Topic>,
    pub(super) red_flags: Vec<RedFlag>,
    pub(super) causes: Vec<Cause>,
    pub(super) steps: Vec<Step>,
    pub(super) suppressors: Vec<Suppressor>,
    pub(super) sources: Vec<model::Source>,
    pub(super) withheld: Vec<Withheld>,
    pub(super) numbers: Vec<CountryNumbers>,
    pub(super) vignettes: Vec<Vignette>,
    pub(super) hazards: Hazards,
    pub(super) readability: Readability,
    pub(super) lexicons: Vec<LexiconDraft>,
    /// Languages whose lexicon is read when somebody writes in them.
    pub(super) lexicons_for_later: Vec<LanguageId>,
    places: BTreeMap<Mark, Place>,
    named: BTreeMap<(Name, Arc<str>), Place>,
    references: Vec<(Name, Marked<Arc<str>>)>,
}

impl Draft {
    /// Keeps the place of a part.
    pub(super) fn mark(&mut self, mark: Mark, at: &Place) {
        self.places.insert(mark, at.clone());
    }

    /// Reports a fault at the place of a part.
    pub(super) fn fault(
        &self,
        sink: &Sink,
        mark: &Mark,
        kind: FaultKind,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) {
        // Every part is marked when it is read; only one that was changed since may have no place.
        match self.places.get(mark) {
            Some(at) => sink.add(at.fault(kind, message, cure)),
            None => sink.add_file("dialogues/", kind, &message.into(), &cure.into()),
        }
    }

    /// The place of a part.
    pub(super) fn place(&self, mark: &Mark) -> Option<&Place> {
        self.places.get(mark)
    }

    /// Takes a name for a new thing. False, and a fault, when it is taken or of the wrong form.
    pub(super) fn name(&mut self, what: Name, name: &Marked<Arc<str>>, sink: &Sink) -> bool {
        let form = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if name.value.is_empty() || !name.value.chars().all(form) {
            sink.add(name.at.fault(
                FaultKind::WrongValue,
                format!("\"{}\" cannot be the name of a {}", name.value, what.words()),
                "use letters, digits and _ only",
            ));
            return false;
        }
        let taken = self.named.get(&(what, Arc::clone(&name.value)));
        if let Some(first) = taken {
            let first = first.fault(FaultKind::Duplicate, "", "");
            sink.add(name.at.fault(
                FaultKind::Duplicate,
                format!("the {} \"{}\" is there already", what.words(), name.value),
                format!(
                    "give one of the two another name; the first is at {}:{}",
                    first.file, first.line
                ),
            ));
            return false;
        }
        self.named
            .insert((what, Arc::clone(&name.value)), name.at.clone());
        true
    }

    /// Notes that something is referred to; checked when all is read.
    pub(super) fn refer(&mut self, what: Name, name: &Marked<Arc<str>>) {
        self.references.push((what, name.clone()));
    }

    /// Notes a list of references and gives them back as names.
    pub(super) fn refer_all<T: for<'a> From<&'a str>>(
        &mut self,
        what: Name,
        names: &[Marked<Arc<str>>],
    ) -> Vec<T> {
        for name in names {
            self.refer(what, name);
        }
        names.iter().map(|name| T::from(&*name.value)).collect()
    }

    /// A draft that names these findings, and nothing else yet.
    pub(super) fn naming(findings: &Findings) -> Draft {
        Draft {
            findings: findings.clone(),
            ..Draft::default()
        }
    }

    /// Takes the lexicons of another draft, and what they refer to.
    pub(super) fn add_lexicons(&mut self, other: Draft) {
        self.lexicons.extend(other.lexicons);
        self.references.extend(other.references);
    }

    /// Reports references to things that do not exist.
    pub(super) fn check_references(&self, sink: &Sink) {
        for (what, name) in &self.references {
            if self.named.contains_key(&(*what, Arc::clone(&name.value))) {
                continue;
            }
            let names = self
                .named
                .keys()
                .filter(|(other, _)| other == what)
                .map(|(_, name)| &**name);
            let otherwise = format!("add it to {}, or name another", what.file());
            sink.add(name.at.fault(
                FaultKind::UnknownName,
                format!("there is no {} \"{}\"", what.words(), name.value),
                did_you_mean(&name.value, names, &otherwise),
            ));
        }
    }

    /// The screen of this name.
    pub(super) fn screen(&self, id: &ScreenId) -> Option<&Screen> {
        self.screens.iter().find(|screen| screen.id == *id)
    }
}

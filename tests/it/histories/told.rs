//! The model: what she has told, by what the buttons say they record, and the bare decision over it. It knows nothing of
//! how a conversation is kept or replayed.

use std::collections::HashMap;

use nightease::content::{ChoiceId, Content, FindingId, Phase, ScreenId, ScreenRole, Stage, TopicId, Value};
use nightease::conversation::token::Action;
use nightease::conversation::{Press, Reply, Session};
use nightease::triage::answers::unsure_stage;
use nightease::triage::{Answer, Case, Record, assess};

/// What a button says that it records.
#[derive(Clone, Default, Debug)]
pub struct Says {
    pub facts: Vec<(FindingId, Value)>,
    pub stage: Option<Stage>,
}

/// What she has told, answer by answer.
#[derive(Clone, Default)]
pub struct Told {
    answers: Vec<(ScreenId, Says)>,
    /// The answers of the session that they were told by.
    given: Vec<Answer>,
    /// A changed message took out an answer before others: her stage, or whether a second look is owed, may have changed
    /// with it, and lists are asked again in place of counting. What they count for is not known here.
    open: bool,
    /// What choices record, by the question they stand in, as last offered unticked.
    choices: HashMap<(ScreenId, bool, ChoiceId), Says>,
}

impl Told {
    /// Writes down what the buttons of a message say that they record.
    pub fn read(&mut self, reply: &Reply) {
        let presses = || reply.rows.iter().flatten().map(|button| &button.press);
        let asks = presses().find_map(|press| match press {
            Press::Tap { token, .. } => match Action::parse(token)?.1 {
                Action::NotSure(question) => Some(question),
                _ => None,
            },
            _ => None,
        });
        let Some(asks) = asks else { return };
        for press in presses() {
            let Press::Tap {
                token, sets, stage, ..
            } = press
            else {
                continue;
            };
            let Some((_, Action::Choose(choice))) = Action::parse(token) else {
                continue;
            };
            let says = Says {
                facts: sets.clone(),
                stage: *stage,
            };
            let key = (asks.screen.clone(), asks.check, choice);
            if !says.facts.is_empty() || !self.choices.contains_key(&key) {
                self.choices.insert(key, says);
            }
        }
    }

    /// Nothing is told.
    pub fn clear(&mut self) {
        self.answers.clear();
        self.given.clear();
        self.open = false;
    }

    /// Is it not known what her later answers count for?
    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn count(&self) -> usize {
        self.answers.len()
    }

    /// Leaves only what the session still holds; how many answers went, notes that only mark a list not counted.
    pub fn take_back(&mut self, now: &[Answer]) -> usize {
        let mut gone = 0;
        let mut place = 0;
        while place < self.given.len() {
            if now.get(place) == Some(&self.given[place]) {
                place += 1;
                continue;
            }
            self.answers.remove(place);
            let answer = self.given.remove(place);
            self.open |= now.len() > place;
            gone += usize::from(!answer.words.is_some_and(|words| words.only_marks()));
        }
        gone
    }

    /// A loss was told: the stage is asked anew.
    pub fn forget_stage(&mut self, content: &Content) {
        let stage = |id: &ScreenId| {
            content
                .screen(id)
                .is_some_and(|screen| screen.role == ScreenRole::Stage)
        };
        self.answers.retain(|(screen, _)| !stage(screen));
        self.given
            .retain(|answer| answer.words.is_some() || !stage(&answer.screen));
    }

    /// An answer: its ticks or choice, and what the button that closed it says.
    pub fn tell(&mut self, answer: &Answer, closing: Option<&Says>) {
        let mut all = Says::default();
        let chosen = answer.chosen.iter().filter_map(|choice| {
            let key = (answer.screen.clone(), answer.check, choice.clone());
            self.choices.get(&key)
        });
        for says in chosen.chain(closing) {
            all.facts.extend(&says.facts);
            all.stage = says.stage.or(all.stage);
        }
        self.answers.push((answer.screen.clone(), all));
        self.given.push(answer.clone());
    }

    /// An answer in words: what it says that it holds.
    pub fn tell_words(&mut self, content: &Content, answer: &Answer) {
        let words = answer.words.as_ref().unwrap();
        let facts = words
            .told
            .iter()
            .filter_map(|fact| Some((content.findings.id(&fact.finding)?, fact.value)));
        let choices = content.screens.iter().flat_map(|screen| &screen.choices);
        let mut chosen = choices.filter(|choice| answer.chosen.contains(&choice.id));
        let says = Says {
            facts: facts.collect(),
            stage: chosen.find_map(|choice| choice.gives_stage),
        };
        self.answers.push((answer.screen.clone(), says));
        self.given.push(answer.clone());
    }

    /// The screens answered, in order.
    pub fn screens(&self) -> Vec<&ScreenId> {
        self.answers.iter().map(|(screen, _)| screen).collect()
    }

    /// The stage she said: after a loss no week of pregnancy.
    pub fn stage(&self, ended: bool) -> Option<Stage> {
        let gone = |stage: &Stage| ended && matches!(stage.phase, Phase::Pregnant | Phase::PeriodLate);
        let mut stages = self.answers.iter().filter_map(|(_, says)| says.stage);
        stages.find(|stage| !gone(stage))
    }

    /// All facts, learned last first: the order must not matter.
    pub fn record(&self, content: &Content) -> Record {
        let mut record = Record::new(&content.findings);
        for (finding, value) in self.answers.iter().rev().flat_map(|(_, says)| &says.facts) {
            record.learn(&content.findings, *finding, *value);
        }
        record
    }

    /// The bare decision over what she told.
    pub fn case(&self, content: &Content, topic: &TopicId, ended: bool) -> Case {
        Case {
            topic: Some(topic.clone()),
            stage: self.stage(ended).unwrap_or_else(|| unsure_stage(ended)),
            record: self.record(content),
        }
    }
}

/// The screens that a session holds answers to, those of topics put aside first.
pub fn screens(session: &Session) -> Vec<&ScreenId> {
    let aside = session.earlier.iter().flat_map(|earlier| &earlier.answers);
    aside
        .chain(&session.answers)
        .map(|answer| &answer.screen)
        .collect()
}

/// The outcome of a case.
pub fn outcome(content: &Content, case: &Case) -> nightease::content::Outcome {
    assess(content, case).outcome
}

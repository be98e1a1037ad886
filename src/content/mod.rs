//! `dialogues/` → typed, checked [`Content`]. Every fault of form with file, line, column, the line itself, what is
//! wrong and how to mend it.

mod bundle;
mod catalog;
mod check;
mod digest;
mod draft;
mod embedded;
pub mod expression;
pub mod fault;
pub mod files;
pub mod form;
pub mod hazard;
pub mod id;
pub mod level;
pub mod lexicon;
mod load;
pub mod model;
pub mod numbers;
mod parse_expression;
pub mod parse_moment;
mod parse_window;
pub mod pseudo;
mod read;
pub mod readability;
mod report;
pub mod stage;
pub mod text;
pub mod vignette;

pub use check::Notes;
pub use expression::{Expression, Literal};
pub use fault::{Fault, FaultKind, Faults};
pub use files::Files;
pub use hazard::{Control, Evidence, Hazard, Hazards};
pub use id::{
    CauseId, ChoiceId, CountryId, FindingId, FlagId, LanguageId, RouteId, RuleId, ScreenId, SourceId, StepId,
    SuppressorId, TopicId, VignetteId,
};
pub use level::{Level, Outcome};
pub use lexicon::Lexicon;
pub use model::*;
pub use numbers::{CountryNumbers, HelpLine, Hours, LineKind, PhoneNumber};
pub use report::check_report;
pub use stage::{Days, Phase, Stage, Window};
pub use text::{Argument, Texts};
pub use vignette::{ExpectedSteps, Origin, Vignette, VignetteFiles};

use std::sync::Arc;

/// All that `dialogues/` says. Made only by the loader, so it has passed every check of form.
#[derive(Clone, Debug)]
pub struct Content {
    /// SHA-256 over all files but those only for the check, as 12 hexadecimal digits: names exactly this content.
    pub digest: Arc<str>,
    /// Names those of its files that decide.
    decisions: Arc<str>,
    /// All findings.
    pub findings: Findings,
    /// All screens.
    pub screens: Vec<Screen>,
    /// All topics, in the order of the opening's buttons.
    pub topics: Vec<Topic>,
    /// All red flags and rules.
    pub red_flags: Vec<RedFlag>,
    /// All causes.
    pub causes: Vec<Cause>,
    /// All relief steps.
    pub steps: Vec<Step>,
    /// All suppressors.
    pub suppressors: Vec<Suppressor>,
    /// All sources.
    pub sources: Vec<Source>,
    /// Advice deliberately not given.
    pub withheld: Vec<Withheld>,
    /// Numbers by country.
    pub numbers: Vec<CountryNumbers>,
    /// The words free text is read with, one for each language that has some.
    pub lexicons: Vec<Arc<Lexicon>>,
    /// All wording.
    pub texts: Texts,
    /// What could hurt her, and what is done against it.
    pub hazards: Arc<Hazards>,
    /// Cases, and what must come of them.
    pub vignettes: Arc<VignetteFiles>,
    /// What the checks learned, for the report.
    pub notes: Notes,
}

impl Content {
    /// The screen of this name.
    #[must_use]
    pub fn screen(&self, id: &ScreenId) -> Option<&Screen> {
        self.screens.iter().find(|screen| screen.id == *id)
    }

    /// The topic of this name.
    #[must_use]
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == *id)
    }

    /// The red flag of this name.
    #[must_use]
    pub fn red_flag(&self, id: &FlagId) -> Option<&RedFlag> {
        self.red_flags.iter().find(|flag| flag.id == *id)
    }

    /// The step of this name.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The suppressor of this name.
    #[must_use]
    pub fn suppressor(&self, id: &SuppressorId) -> Option<&Suppressor> {
        self.suppressors.iter().find(|suppressor| suppressor.id == *id)
    }

    /// The numbers of a country, by its two letters.
    #[must_use]
    pub fn numbers_of(&self, country: &str) -> Option<&CountryNumbers> {
        let is_it = |entry: &&CountryNumbers| entry.country.as_str().eq_ignore_ascii_case(country);
        self.numbers.iter().find(is_it)
    }

    /// The lexicon of a language, or of the language it is a form of (`pt` for `pt-BR`).
    #[must_use]
    pub fn lexicon(&self, language: &LanguageId) -> Option<&Lexicon> {
        let of = |name: &str| {
            self.lexicons
                .iter()
                .find(|lexicon| lexicon.language.as_str() == name)
        };
        let short = language.as_str().split('-').next().unwrap_or("");
        of(language.as_str())
            .or_else(|| of(short))
            .map(|lexicon| &**lexicon)
    }

    /// The source of this name.
    #[must_use]
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }
}

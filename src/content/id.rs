//! Names of things in `dialogues/`, each with a type of its own, so that a screen is never taken for a step.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as it is written in `dialogues/`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}", self.0)
            }
        }
    )+};
}

names! {
    /// One of the complaints, for example `leg_cramps`.
    TopicId,
    /// One message that asks, for example `legs`.
    ScreenId,
    /// One button of a screen, for example `one_leg_bigger`.
    ChoiceId,
    /// A red flag or another rule, for example `R20`.
    FlagId,
    /// One row of a rule, for example `R20` or `R20?` (its row for *not sure*).
    RuleId,
    /// A likely cause, for example `dehydration`.
    CauseId,
    /// A relief step, for example `toes_up`.
    StepId,
    /// What takes a step away, for example `S_CLOT`.
    SuppressorId,
    /// A vignette, for example `calf_knot_at_31_weeks`.
    VignetteId,
    /// A country, for example `GB`.
    CountryId,
    /// A source, for example `F23`.
    SourceId,
    /// A language tag, for example `en`.
    LanguageId,
    /// A complaint that is named and sent elsewhere, for example `headache`.
    RouteId,
}

/// A finding, as its place in [`super::Findings`]. Names are looked up there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FindingId(pub(crate) u16);

impl FindingId {
    /// The place in the list of findings, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

//! What could hurt her, what is done against it, and what shows that it works. `proof` looks whether it does.

use std::sync::Arc;

use super::fault::FaultKind;
use super::id::VignetteId;
use super::vignette::Spot;

/// Something that could hurt her.
#[derive(Clone, PartialEq, Debug)]
pub struct Hazard {
    /// `H01`.
    pub id: Arc<str>,
    /// What could happen.
    pub text: Arc<str>,
    /// How bad it would be, 1 to 5.
    pub severity: u8,
    /// How likely it is if nothing is done, 1 to 5.
    pub before: u8,
    /// How likely it is with all that is done, 1 to 5; judged by those who wrote it, signed by nobody.
    pub after: u8,
    /// What is done against it, by name.
    pub controls: Vec<Arc<str>>,
    /// Where it stands.
    pub at: Spot,
}

/// Something that is done against hazards.
#[derive(Clone, PartialEq, Debug)]
pub struct Control {
    /// Its name.
    pub id: Arc<str>,
    /// What is done.
    pub text: Arc<str>,
    /// What shows that it works.
    pub by: Vec<Evidence>,
    /// Where it stands.
    pub at: Spot,
}

/// What shows that a control works.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// A property that holds on every path, such as `P05`.
    Property(Arc<str>),
    /// A vignette written by hand.
    Vignette(VignetteId),
    /// A check of form: content with this sort of fault does not start.
    Form(FaultKind),
    /// A test of the program: file below `tests/it/`, and its name.
    Test(Arc<str>, Arc<str>),
    /// People, where no program can tell: what they do.
    People(Arc<str>),
}

impl Evidence {
    /// As it is written.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Evidence::Property(name) => name.to_string(),
            Evidence::Vignette(id) => format!("vignette {id}"),
            Evidence::Form(kind) => format!("form {}", kind.words()),
            Evidence::Test(file, name) => format!("test {file} {name}"),
            Evidence::People(text) => format!("people {text}"),
        }
    }
}

/// What stands in `hazards.toml`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Hazards {
    /// All hazards.
    pub hazards: Vec<Hazard>,
    /// All controls.
    pub controls: Vec<Control>,
}

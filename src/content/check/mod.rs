//! The checks of form.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::catalog::Catalog;
use super::draft::Draft;
use super::fault::Sink;
use super::id::LanguageId;
use super::text::Texts;

/// What the checks learned that the report prints.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// How many texts each language has, attributes counted.
    pub texts: BTreeMap<LanguageId, usize>,
    /// The hardest English texts, hardest first: reading grade and key.
    pub hardest: Vec<(f64, Arc<str>)>,
}

/// Runs all checks.
pub(super) fn all(
    _draft: &Draft,
    catalogs: &BTreeMap<LanguageId, Catalog<'_>>,
    _texts: &Texts,
    _sink: &Sink,
) -> Notes {
    Notes {
        texts: catalogs
            .iter()
            .map(|(language, catalog)| (language.clone(), catalog.texts.len()))
            .collect(),
        hardest: Vec::new(),
    }
}

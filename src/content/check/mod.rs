//! The checks of form.

mod causes;
mod choices;
mod composed;
mod expand;
mod findings;
mod flow;
mod keys;
mod lexicon;
mod rows;
mod says;
mod survey;
mod texts;
mod wording;

pub(super) use lexicon::{never_denied, safety};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalog::Catalog;
use super::draft::Draft;
use super::fault::Sink;
use super::id::{FindingId, LanguageId};
use super::text::Texts;

/// What the checks learned that the report prints.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// How many texts each language has, attributes counted.
    pub texts: BTreeMap<LanguageId, usize>,
    /// Reading grade and key of the English texts long enough to have one, hardest first.
    pub grades: Vec<(f64, Arc<str>)>,
}

/// Looks at every part by itself.
pub(super) fn by_itself(
    draft: &Draft,
    catalogs: &BTreeMap<LanguageId, Catalog<'_>>,
    bundles: &Texts,
    sink: &Sink,
) -> Notes {
    let english = LanguageId::from("en");
    let mut grades = Vec::new();
    choices::long_names(draft, sink);
    in_itself(draft, sink);
    composed::too_long(draft, bundles, sink);
    for (language, catalog) in catalogs {
        wording::any_language(draft, catalog, sink);
        if *language == english {
            grades = wording::english(draft, catalog, sink);
            says::look(draft, catalog, sink);
        }
    }
    grades.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let texts = catalogs
        .iter()
        .map(|(language, catalog)| (language.clone(), catalog.texts.len()))
        .collect();
    Notes { texts, grades }
}

/// Looks at lexicons by themselves. `safety` are the danger signs.
pub(super) fn of_lexicons(draft: &Draft, safety: &BTreeSet<FindingId>, sink: &Sink) {
    for one in &draft.lexicons {
        lexicon::any_language(draft, one, safety, sink);
    }
}

/// All that needs no wording: rules, steps, screens and topics among themselves.
pub(super) fn structure(draft: &Draft, sink: &Sink) {
    in_itself(draft, sink);
    among_themselves(draft, sink);
}

/// What each text says, and what it is given.
pub(super) fn of_texts(draft: &Draft, catalog: &Catalog<'_>, sink: &Sink) {
    wording::any_language(draft, catalog, sink);
    wording::english(draft, catalog, sink);
    says::look(draft, catalog, sink);
    texts::placeholders(draft, &keys::wanted(draft), catalog, sink);
}

fn in_itself(draft: &Draft, sink: &Sink) {
    flow::tiers(draft, sink);
    flow::order(draft, sink);
    flow::doors(draft, sink);
    flow::hand_overs(draft, sink);
    rows::idle_rows(draft, sink);
}

fn among_themselves(draft: &Draft, sink: &Sink) {
    findings::never_asked(draft, sink);
    findings::unused(draft, sink);
    causes::never_shown(draft, sink);
    choices::changes_nothing(draft, sink);
    choices::unreachable(draft, sink);
    rows::unsure_rows(draft, sink);
    flow::unused(draft, sink);
}

/// What is missing, unused or out of reach. Looked for only if all could be read: a part that could not be read would be
/// reported as missing everywhere else.
pub(super) fn missing_and_unused(draft: &Draft, catalogs: &BTreeMap<LanguageId, Catalog<'_>>, sink: &Sink) {
    among_themselves(draft, sink);
    let wanted = keys::wanted(draft);
    for (language, catalog) in catalogs {
        texts::missing(draft, &wanted, language, catalog, sink);
        texts::unused(&wanted, catalog, sink);
        texts::placeholders(draft, &wanted, catalog, sink);
        if language.as_str() == "en" {
            findings::assumed_no(draft, catalog, sink);
        }
    }
}

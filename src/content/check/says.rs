//! P19: what a text must say, and what must not stand in it, as `says.toml` lists it. So no answer speaks the
//! words of another level.

use crate::content::catalog::Catalog;
use crate::content::draft::{Draft, Says};
use crate::content::fault::{FaultKind, Sink};

pub(super) fn look(draft: &Draft, catalog: &Catalog<'_>, sink: &Sink) {
    for says in &draft.readability.says {
        let Some(text) = catalog.texts.get(&*says.text.value) else {
            let message = format!("there is no text \"{}\"", says.text.value);
            let cure = "name a text of text/en/, or take this entry away";
            sink.add(says.text.at.fault(FaultKind::UnknownName, message, cure));
            continue;
        };
        for variant in catalog.variants_of(&text.pattern) {
            let variant = variant.to_lowercase();
            let (missing, surplus) = amiss(says, &variant);
            if let Some(words) = missing {
                let message = format!("\"{}\" does not say \"{words}\"", says.text.value);
                let cure = "say it in every wording: says.toml lists it";
                sink.add(text.at.fault(FaultKind::WrongWords, message, cure));
            }
            if let Some(words) = surplus {
                let message = format!("\"{}\" says \"{words}\"", says.text.value);
                let cure = "these are the words of another answer: says.toml lists them";
                sink.add(text.at.fault(FaultKind::WrongWords, message, cure));
            }
        }
    }
}

/// The first words that are missing, and the first that must not be there.
fn amiss<'s>(says: &'s Says, variant: &str) -> (Option<&'s str>, Option<&'s str>) {
    let missing = says.all.iter().find(|words| !variant.contains(words.as_str()));
    let surplus = says.none.iter().find(|words| variant.contains(words.as_str()));
    (missing.map(String::as_str), surplus.map(String::as_str))
}

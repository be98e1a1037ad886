//! The screens a woman meets who answers truthfully, for a vignette that says which they must be.

use crate::content::{Content, ScreenId, Value, Vignette};
use crate::proof::all::doors;
use crate::proof::model::Model;
use crate::proof::person::{Facts, Person, Sure};

/// The screens she meets, where they are others than the vignette says, or in another order.
#[must_use]
pub fn other_screens(content: &Content, vignette: &Vignette) -> Option<Vec<ScreenId>> {
    if vignette.screens.is_empty() {
        return None;
    }
    let met = screens_met(content, vignette).unwrap_or_default();
    (met != vignette.screens).then_some(met)
}

/// Nothing where no button says that stage.
fn screens_met(content: &Content, vignette: &Vignette) -> Option<Vec<ScreenId>> {
    let told = vignette.given.iter().filter(|(_, value)| *value > Value::Unsure);
    let facts: Facts = told.copied().collect();
    for topic in doors(content) {
        let model = Model::new(content, topic, false).ok()?;
        let hers = (0u16..).zip(&model.situations).find(|(_, at)| {
            at.topic.id == vignette.topic && at.by.is_some() && at.stage == Some(vignette.stage)
        });
        if let Some((place, _)) = hers {
            let ending = Person::new(&model, place, &facts, Sure::Yes).ending();
            return Some(ending.answers.into_iter().map(|answer| answer.screen).collect());
        }
    }
    None
}

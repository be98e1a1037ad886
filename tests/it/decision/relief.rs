//! Which steps are taken away while nothing was asked yet.

use nightease::content::Phase;
use nightease::triage::Record;
use nightease::triage::relief::weigh;

use crate::shared::{content, stage};

/// First aid is shown before anything was asked, and nothing else that a clot would forbid.
#[test]
fn before_a_clot_was_asked_about_only_first_aid_is_shown() {
    let nothing = Record::new(&content().findings);
    let (mut aid, mut others) = (0, 0);
    for topic in &content().topics {
        for weighed in weigh(content(), topic, stage(Phase::Pregnant, 196, 202), &nothing) {
            if weighed.step.first_aid {
                assert!(weighed.because.is_empty(), "{}", weighed.step.id);
                aid += 1;
            } else if weighed.step.suppressors.iter().any(|id| id.as_str() == "S_CLOT") {
                assert!(!weighed.because.is_empty(), "{}", weighed.step.id);
                others += 1;
            }
        }
    }
    assert!(aid > 0 && others > 0, "{aid}, {others}");
}

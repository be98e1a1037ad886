//! How a stage is told.

use nightease::content::{LanguageId, Phase, Stage};
use nightease::conversation::wording::Words;

use crate::shared::{around, content, stage};

fn with<T>(stage: Stage, tell: impl Fn(&Words<'_>) -> T) -> T {
    let (language, around) = (LanguageId::from("en"), around());
    tell(&Words {
        content: content(),
        language: &language,
        topic: None,
        stage,
        ended: false,
        country: None,
        around: &around,
    })
}

#[test]
fn the_first_two_weeks_after_a_birth_are_told_in_days() {
    let told = |lo, hi| with(stage(Phase::AfterBirth, lo, hi), |words| words.stage_to_say());
    let one = told(5, 5);
    assert!(
        one.contains('5') && one.contains("day") && !one.contains(" to "),
        "{one}"
    );
    let last = told(13, 13);
    assert!(last.contains("13") && last.contains("day"), "{last}");
    let range = told(3, 5);
    assert!(
        range.contains('3') && range.contains('5') && range.contains("day"),
        "{range}"
    );
    let weeks = told(14, 14);
    assert!(weeks.contains("week"), "{weeks}");
    assert!(told(14, 27).contains("week"));
}

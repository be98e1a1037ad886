//! Reads a moment of a pregnancy or after it, as vignettes tell it: `pregnant 31w` (any day of that week),
//! `pregnant 12w+6d` and `after_birth 5d` (one day), `after_birth 3w`, `period_late`, `neither`, `unknown`.

use super::stage::{Days, Phase, Stage};

/// What a moment looks like, for the cure of a fault.
pub(super) const FORMS: &str = "write for example \"pregnant 31w\", \"pregnant 12w+6d\", \"after_birth 5d\", \"after_birth 3w\", \"period_late\", \"neither\", \"unknown\", or the name of a button of the stage such as \"weeks_28_to_36\"";

/// Reads one moment. `None` when it is none, or lies outside what is counted.
#[must_use]
pub fn parse(text: &str) -> Option<Stage> {
    let (word, days) = text.split_once(' ').unwrap_or((text, ""));
    let all = |phase, last| Days::new(0, last).map(|days| Stage { phase, days });
    match (word, days) {
        ("period_late", "") => all(Phase::PeriodLate, Days::LAST_OF_LATE_PERIOD),
        ("neither", "") => all(Phase::Neither, Days::LAST_OF_PREGNANCY),
        ("unknown", "") => Some(Stage::UNKNOWN),
        ("pregnant", days) => within(Phase::Pregnant, read_days(days)?, Days::LAST_OF_PREGNANCY),
        ("after_birth", days) => within(Phase::AfterBirth, read_days(days)?, Days::LAST_AFTER_BIRTH),
        _ => None,
    }
}

fn within(phase: Phase, days: Days, last: u16) -> Option<Stage> {
    (days.hi() <= last).then_some(Stage { phase, days })
}

/// `31w`, `12w+6d`, `5d`.
fn read_days(text: &str) -> Option<Days> {
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        plain.then(|| digits.parse::<u16>().ok()).flatten()
    };
    if let Some((weeks, days)) = text.split_once("w+") {
        let days = number(days.strip_suffix('d')?)?;
        let day = number(weeks)?.checked_mul(7)?.checked_add(days)?;
        return (days < 7).then(|| Days::new(day, day)).flatten();
    }
    if let Some(weeks) = text.strip_suffix('w') {
        let first = number(weeks)?.checked_mul(7)?;
        return Days::new(first, first.checked_add(6)?);
    }
    let day = number(text.strip_suffix('d')?)?;
    Days::new(day, day)
}

/// Writes one day as [`parse`] reads it; `None` for phases without days.
#[must_use]
pub fn day_in_words(phase: Phase, day: u16) -> Option<String> {
    match phase {
        Phase::Pregnant => Some(format!("pregnant {}w+{}d", day / 7, day % 7)),
        Phase::AfterBirth => Some(format!("after_birth {day}d")),
        Phase::PeriodLate | Phase::Neither | Phase::Unknown => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(phase: Phase, lo: u16, hi: u16) -> Option<Stage> {
        Some(Stage {
            phase,
            days: Days::new(lo, hi).unwrap(),
        })
    }

    #[test]
    fn reads_every_form() {
        assert_eq!(parse("pregnant 31w"), days(Phase::Pregnant, 217, 223));
        assert_eq!(parse("pregnant 12w+6d"), days(Phase::Pregnant, 90, 90));
        assert_eq!(parse("after_birth 5d"), days(Phase::AfterBirth, 5, 5));
        assert_eq!(parse("after_birth 3w"), days(Phase::AfterBirth, 21, 27));
        assert_eq!(parse("period_late"), days(Phase::PeriodLate, 0, 90));
        assert_eq!(parse("unknown"), Some(Stage::UNKNOWN));
        assert_eq!(parse("neither"), days(Phase::Neither, 0, 300));
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "pregnant",
            "pregnant 31",
            "pregnant 43w",
            "pregnant 12w+7d",
            "after_birth 27w",
            "pregnant -1w",
            "pregnant w",
            "neither 3w",
            "pregnant 99999w",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(pregnant|after_birth|neither)? ?[0-9wd+]{0,10}") {
            let _ = parse(&text);
        }

        #[test]
        fn a_day_reads_as_it_is_written(day in 0u16..=182, pregnant: bool) {
            let phase = if pregnant { Phase::Pregnant } else { Phase::AfterBirth };
            prop_assert_eq!(parse(&day_in_words(phase, day).unwrap()), days(phase, day, day));
        }
    }
}

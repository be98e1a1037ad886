//! Reads windows: `pregnant`, `pregnant 13w..20w`, `after_birth ..6w`, `after_birth 14d..42d`, `neither`,
//! `week_not_known`, `unknown`.
//!
//! `A..B` is from `A` (included) up to `B` (excluded); a week is seven days. An open start is day 0, an open end is
//! day 65,535.

use super::stage::{Days, Window};

/// What a window looks like, for the cure of a fault.
pub(super) const FORMS: &str = "write for example \"pregnant\", \"pregnant 13w..20w\", \"after_birth ..6w\", \"neither\", \"week_not_known\" or \"unknown\"";

/// Reads one window; `Err` says what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Window, String> {
    let mut parts = text.split_whitespace();
    let phase = parts.next().unwrap_or("");
    let days = parts.next();
    if let Some(surplus) = parts.next() {
        return Err(format!("\"{surplus}\" is too much in a window"));
    }
    match (phase, days) {
        ("pregnant", days) => Ok(Window::Pregnant(read_days(days)?)),
        ("after_birth", days) => Ok(Window::AfterBirth(read_days(days)?)),
        ("neither", None) => Ok(Window::Neither),
        ("week_not_known", None) => Ok(Window::WeekNotKnown),
        ("unknown", None) => Ok(Window::Unknown),
        ("neither" | "week_not_known" | "unknown", Some(_)) => Err(format!("\"{phase}\" takes no weeks")),
        _ => Err(format!("\"{text}\" is not a window")),
    }
}

fn read_days(range: Option<&str>) -> Result<Days, String> {
    let Some(range) = range else {
        return Days::new(0, u16::MAX).ok_or_else(|| "no days".to_owned());
    };
    let Some((from, to)) = range.split_once("..") else {
        return Err(format!("\"{range}\" is not a range of weeks or days"));
    };
    let first = if from.is_empty() { 0 } else { read_day(from)? };
    let last = if to.is_empty() {
        u16::MAX
    } else {
        // The end is excluded; an end at day 0 leaves no day at all.
        read_day(to)?
            .checked_sub(1)
            .ok_or_else(|| format!("there is no day in \"{range}\""))?
    };
    Days::new(first, last).ok_or_else(|| format!("there is no day in \"{range}\""))
}

fn read_day(text: &str) -> Result<u16, String> {
    let not_a_time = || format!("\"{text}\" is not a number of weeks (13w) or days (14d)");
    let (digits, unit) = match (text.strip_suffix('w'), text.strip_suffix('d')) {
        (Some(weeks), _) => (weeks, 7),
        (_, Some(days)) => (days, 1),
        _ => return Err(not_a_time()),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(not_a_time());
    }
    digits
        .parse::<u16>()
        .ok()
        .and_then(|number| number.checked_mul(unit))
        .ok_or_else(not_a_time)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(lo: u16, hi: u16) -> Days {
        Days::new(lo, hi).unwrap()
    }

    #[test]
    fn reads_every_form() {
        assert_eq!(parse("pregnant"), Ok(Window::Pregnant(days(0, u16::MAX))));
        assert_eq!(parse("pregnant 13w..20w"), Ok(Window::Pregnant(days(91, 139))));
        assert_eq!(parse("pregnant 20w.."), Ok(Window::Pregnant(days(140, u16::MAX))));
        assert_eq!(parse("pregnant ..13w"), Ok(Window::Pregnant(days(0, 90))));
        assert_eq!(
            parse("after_birth 14d..42d"),
            Ok(Window::AfterBirth(days(14, 41)))
        );
        assert_eq!(parse("neither"), Ok(Window::Neither));
        assert_eq!(parse("unknown"), Ok(Window::Unknown));
    }

    #[test]
    fn refuses_what_is_no_window() {
        for text in [
            "",
            "pregnnat",
            "pregnant 13",
            "pregnant 20w..13w",
            "pregnant 3w..3w",
            "pregnant ..0w",
            "neither 3w..",
            "pregnant 13w..20w now",
            "pregnant 99999w..",
            "pregnant -1w..",
            "pregnant 1.5w..",
            "after_birth w..d",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = parse(&text);
        }

        #[test]
        fn never_panics_on_near_misses(text in "(pregnant|after_birth|neither|unknown)? ?[0-9wd.]{0,12}") {
            let _ = parse(&text);
        }

        #[test]
        fn a_range_reads_as_its_days(from in 0u16..2000, length in 1u16..2000) {
            let to = from + length;
            prop_assert_eq!(parse(&format!("pregnant {from}d..{to}d")), Ok(Window::Pregnant(days(from, to - 1))));
        }
    }
}

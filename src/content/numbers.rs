//! Numbers to call, by country: what `numbers.toml` says, as types.

use std::sync::Arc;

use jiff::civil::Date;

use super::id::{CountryId, SourceId};

/// The most countries on the first part of the list, where she looks first.
pub const MOST_LIKELY: usize = 8;

/// Numbers to call in one country. Its name is the text `country-<id>`.
#[derive(Clone, PartialEq, Debug)]
pub struct CountryNumbers {
    /// Two capital letters (ISO 3166-1).
    pub country: CountryId,
    /// Stands on the first part of the list; at most [`MOST_LIKELY`] do.
    pub likely: bool,
    /// The number that sends an ambulance.
    pub emergency: PhoneNumber,
    /// Lines for what is no emergency, at most one of each kind.
    pub lines: Vec<HelpLine>,
}

/// A number, and how well it is known.
#[derive(Clone, PartialEq, Debug)]
pub struct PhoneNumber {
    /// As she dials it inside the country: digits, spaces, `-` and `+`, at most 16 characters.
    pub number: Arc<str>,
    /// Where it comes from; `K` is general knowledge.
    pub sources: Vec<SourceId>,
    /// When a page that says so was read; none for general knowledge.
    pub read: Option<Date>,
    /// When somebody phoned it; none if nobody has.
    pub verified: Option<Date>,
}

/// Whom a line is for. Its name is the text `line-<word>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineKind {
    /// Nurses or doctors, for any complaint.
    Health,
    /// Midwives or nurses, for pregnancy and the time after a birth.
    Maternity,
    /// Low mood in pregnancy and after a birth. Not for a crisis.
    Mood,
    /// Thoughts of harm.
    Crisis,
}

impl LineKind {
    /// All of them.
    pub const ALL: [LineKind; 4] = [
        LineKind::Health,
        LineKind::Maternity,
        LineKind::Mood,
        LineKind::Crisis,
    ];

    /// As it is written in `dialogues/`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            LineKind::Health => "health",
            LineKind::Maternity => "maternity",
            LineKind::Mood => "mood",
            LineKind::Crisis => "crisis",
        }
    }
}

/// A line for what is no emergency.
#[derive(Clone, PartialEq, Debug)]
pub struct HelpLine {
    /// Whom it is for.
    pub kind: LineKind,
    /// Its number.
    pub phone: PhoneNumber,
    /// When it is answered.
    pub hours: Hours,
    /// Is there a part of the country that it does not serve?
    pub most_parts: bool,
}

/// When a line is answered, in the country's own time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hours {
    /// Day and night.
    Always,
    /// Within these times.
    Between {
        /// Minutes after midnight.
        from: u16,
        /// Minutes after midnight, up to 1440.
        to: u16,
        /// From this day of the week to that one, both included; every day if none.
        days: Option<(&'static str, &'static str)>,
    },
}

/// The days of the week as `numbers.toml` writes them; their names are the texts `weekday-<word>`.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// How hours may be written; the cure of a fault.
pub(super) const HOURS_FORMS: &str =
    "write \"always\", \"07:00-21:00\", or with days \"09:00-17:00 mon-fri\"";

impl Hours {
    /// Reads written hours. `None` for anything but the forms of [`HOURS_FORMS`].
    pub(super) fn parse(written: &str) -> Option<Hours> {
        if written == "always" {
            return Some(Hours::Always);
        }
        let (times, days) = match written.split_once(' ') {
            Some((times, days)) => (times, Some(parse_days(days)?)),
            None => (written, None),
        };
        let (from, to) = times.split_once('-')?;
        let (from, to) = (parse_time(from)?, parse_time(to)?);
        (from < to).then_some(Hours::Between { from, to, days })
    }
}

fn parse_days(written: &str) -> Option<(&'static str, &'static str)> {
    let (first, last) = written.split_once('-')?;
    let place = |day: &str| WEEKDAYS.iter().position(|known| *known == day);
    let (first, last) = (place(first)?, place(last)?);
    (first < last).then_some((*WEEKDAYS.get(first)?, *WEEKDAYS.get(last)?))
}

/// `07:00` as minutes after midnight; `24:00` is the end of the day.
fn parse_time(written: &str) -> Option<u16> {
    let (hours, minutes) = written.split_once(':')?;
    let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read() {
        let between = |from, to, days| Some(Hours::Between { from, to, days });
        assert_eq!(Hours::parse("always"), Some(Hours::Always));
        assert_eq!(Hours::parse("07:00-24:00"), between(420, 1440, None));
        assert_eq!(
            Hours::parse("09:30-16:05 mon-fri"),
            between(570, 965, Some(("mon", "fri")))
        );
    }

    #[test]
    fn other_hours_are_refused() {
        for written in [
            "",
            "Always",
            "7:00-21:00",
            "07:00",
            "21:00-07:00",
            "07:00-07:00",
            "07:60-21:00",
            "07:00-24:01",
            "07:00-21:00 ",
            "07:00-21:00 fri-mon",
            "07:00-21:00 mon",
            "07:00-21:00 monday-friday",
            "+7:00-21:00",
        ] {
            assert_eq!(Hours::parse(written), None, "{written:?}");
        }
    }
}

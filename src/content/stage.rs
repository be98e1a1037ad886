//! Stage: weeks of pregnancy or time since birth, always a range of days, and the windows rules are written in.
//!
//! Pregnant days are completed days of gestation, counted from the last period (20 weeks + 0 days = 140).
//! Days after birth are counted from the birth, or from the end of the pregnancy; both start at 0.

use serde::{Deserialize, Serialize};

/// A range of days, both ends included. `lo <= hi`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct Days {
    lo: u16,
    hi: u16,
}

impl Days {
    /// The longest pregnancy counted here, in days (42 weeks + 6 days).
    pub const LAST_OF_PREGNANCY: u16 = 300;
    /// The last day of a pregnancy that is not certain yet: it is treated as under 13 weeks.
    pub const LAST_OF_LATE_PERIOD: u16 = 90;
    /// The last day after birth that is in scope (26 weeks).
    pub const LAST_AFTER_BIRTH: u16 = 182;

    /// A range; `None` when `lo > hi`.
    #[must_use]
    pub const fn new(lo: u16, hi: u16) -> Option<Days> {
        if lo <= hi { Some(Days { lo, hi }) } else { None }
    }

    /// First day.
    #[must_use]
    pub fn lo(self) -> u16 {
        self.lo
    }

    /// Last day.
    #[must_use]
    pub fn hi(self) -> u16 {
        self.hi
    }

    /// Do the two share a day?
    #[must_use]
    pub fn overlaps(self, other: Days) -> bool {
        self.lo <= other.hi && other.lo <= self.hi
    }

    /// Is the day in the range?
    #[must_use]
    pub fn contains(self, day: u16) -> bool {
        self.lo <= day && day <= self.hi
    }
}

impl TryFrom<(u16, u16)> for Days {
    type Error = &'static str;
    fn try_from((lo, hi): (u16, u16)) -> Result<Self, Self::Error> {
        Days::new(lo, hi).ok_or("the first day is after the last day")
    }
}

impl From<Days> for (u16, u16) {
    fn from(days: Days) -> Self {
        (days.lo, days.hi)
    }
}

/// Where she is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Pregnant; days of gestation.
    Pregnant,
    /// After a birth, or after a pregnancy that ended; days since then.
    AfterBirth,
    /// Her period is late and she is not sure; treated as under 13 weeks.
    PeriodLate,
    /// Neither: out of scope, unless a red flag fires.
    Neither,
    /// Not said: every window counts.
    Unknown,
}

/// Her stage. For [`Phase::Neither`] and [`Phase::Unknown`] the days say nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Pregnant, after birth, period late, neither, or not said.
    pub phase: Phase,
    /// The days it may be, as a range.
    #[serde(default = "Stage::any_days")]
    pub days: Days,
}

impl Stage {
    /// She is pregnant and does not know the week: a range from before 13 weeks to 37 weeks or later.
    #[must_use]
    pub fn week_not_known(self) -> bool {
        self.phase == Phase::Pregnant && self.days.lo < 13 * 7 && self.days.hi >= 37 * 7
    }

    /// Nothing is known: every window counts.
    pub const UNKNOWN: Stage = Stage {
        phase: Phase::Unknown,
        days: Days {
            lo: 0,
            hi: Days::LAST_OF_PREGNANCY,
        },
    };

    fn any_days() -> Days {
        Stage::UNKNOWN.days
    }
}

/// A stretch of time in which a rule, a button or a step holds, as written in `dialogues/`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Window {
    /// `pregnant`, `pregnant 20w..37w`, `pregnant ..13w` (also stands for a late period).
    Pregnant(Days),
    /// `after_birth`, `after_birth ..6w`.
    AfterBirth(Days),
    /// `neither`.
    Neither,
    /// `week_not_known`: pregnant, and she does not know the week.
    WeekNotKnown,
    /// `unknown`: the stage was not said.
    Unknown,
}

impl Window {
    /// Could the stage lie in this window? A range that crosses an edge counts, and a stage that was not said counts
    /// everywhere but in `neither`. Rules and suppressors use this reading.
    #[must_use]
    pub fn may_hold(self, stage: Stage) -> bool {
        match (self, stage.phase) {
            (
                Window::Pregnant(_) | Window::AfterBirth(_) | Window::WeekNotKnown | Window::Unknown,
                Phase::Unknown,
            ) => true,
            (Window::WeekNotKnown, _) => stage.week_not_known(),
            (Window::Pregnant(days), Phase::Pregnant | Phase::PeriodLate) => days.overlaps(stage.days),
            (Window::AfterBirth(days), Phase::AfterBirth) => days.overlaps(stage.days),
            (Window::Neither, Phase::Neither) => true,
            _ => false,
        }
    }

    /// Is a button of this window shown at this stage? A range is shown the buttons of its more dangerous end: the
    /// last day in pregnancy, the first day after birth. So no woman meets two sets, and none meets the narrower. A
    /// week that is not known is past every window with an end: it is shown the buttons of an open one (`20w..`), and
    /// those that say `week_not_known`.
    #[must_use]
    pub fn shows(self, stage: Stage) -> bool {
        match (self, stage.phase) {
            (Window::Unknown, Phase::Unknown) => true,
            (Window::WeekNotKnown, _) => stage.week_not_known(),
            (Window::Pregnant(days), Phase::Pregnant) if stage.week_not_known() => days.hi == u16::MAX,
            (Window::Pregnant(days), Phase::Pregnant | Phase::PeriodLate) => days.contains(stage.days.hi),
            (Window::AfterBirth(days), Phase::AfterBirth) => days.contains(stage.days.lo),
            (Window::Neither, Phase::Neither) => true,
            _ => false,
        }
    }
}

/// Windows of a rule: none written means any time.
#[must_use]
pub fn may_hold(windows: &[Window], stage: Stage) -> bool {
    windows.is_empty() || windows.iter().any(|window| window.may_hold(stage))
}

/// Windows of a button: none written means always shown.
#[must_use]
pub fn shows(windows: &[Window], stage: Stage) -> bool {
    windows.is_empty() || windows.iter().any(|window| window.shows(stage))
}

/// Windows of a step: none written means any time. A step is for her only if every day she may be at is in a window.
#[must_use]
pub fn surely_holds(windows: &[Window], stage: Stage) -> bool {
    if windows.is_empty() {
        return true;
    }
    // From day to day: the window that holds this one and reaches furthest.
    let all_days = |pregnant: bool, lo: u16, hi: u16| {
        let mut next = lo;
        while next <= hi {
            let reaching = windows.iter().filter_map(|window| match window {
                Window::Pregnant(days) if pregnant => Some(*days),
                Window::AfterBirth(days) if !pregnant => Some(*days),
                _ => None,
            });
            let holding = reaching.filter(|days| days.contains(next)).map(Days::hi).max();
            match holding {
                Some(last) if last < hi => next = last + 1,
                Some(_) => return true,
                None => return false,
            }
        }
        true
    };
    match stage.phase {
        Phase::Pregnant | Phase::PeriodLate => all_days(true, stage.days.lo, stage.days.hi),
        Phase::AfterBirth => all_days(false, stage.days.lo, stage.days.hi),
        Phase::Unknown => {
            all_days(true, 0, Days::LAST_OF_PREGNANCY) && all_days(false, 0, Days::LAST_AFTER_BIRTH)
        }
        Phase::Neither => windows.contains(&Window::Neither),
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Phase, Stage, Window, surely_holds};

    #[test]
    fn a_step_is_for_her_only_if_every_day_is_in_some_window() {
        let window = |lo, hi| Window::Pregnant(Days { lo, hi });
        let at = |lo, hi| Stage {
            phase: Phase::Pregnant,
            days: Days { lo, hi },
        };
        let two = [window(0, 10), window(5, 20), window(22, u16::MAX)];
        for (lo, hi, holds) in [
            (0, 20, true),
            (11, 11, true),
            (22, 300, true),
            (20, 22, false),
            (21, 21, false),
            (0, 300, false),
        ] {
            assert_eq!(surely_holds(&two, at(lo, hi)), holds, "{lo} to {hi}");
        }
        assert!(!surely_holds(
            &[Window::AfterBirth(Days { lo: 0, hi: 300 })],
            at(1, 2)
        ));
        assert!(surely_holds(&[], at(1, 2)));
    }
}

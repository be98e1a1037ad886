//! What was measured, and how it is printed.

use std::time::Duration;

/// One run of one bot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Updates answered in a second.
    pub per_second: f64,
    /// CPU time of the bot for each update, in microseconds.
    pub cpu: f64,
    /// Half of the answers came within this, in milliseconds.
    pub half: f64,
    /// 99 of 100 answers came within this, in milliseconds.
    pub most: f64,
    /// API calls for each update, polls apart.
    pub calls: f64,
    /// Resident memory at the end, in MB.
    pub memory: f64,
    /// Updates that were never answered.
    pub lost: f64,
}

impl Figures {
    /// From what was counted in this time.
    #[must_use]
    pub fn of(
        answered: usize,
        calls: usize,
        cpu: Duration,
        passed: Duration,
        mut took: Vec<Duration>,
    ) -> Figures {
        took.sort_unstable();
        let place = |share: f64| {
            let place = (took.len() as f64 * share) as usize;
            took.get(place.min(took.len().saturating_sub(1)))
                .map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        let count = answered.max(1) as f64;
        Figures {
            per_second: answered as f64 / passed.as_secs_f64(),
            cpu: cpu.as_secs_f64() * 1e6 / count,
            half: place(0.5),
            most: place(0.99),
            calls: calls as f64 / count,
            memory: 0.0,
            lost: 0.0,
        }
    }

    /// The middle of several runs, each figure by itself.
    #[must_use]
    pub fn middle(runs: &[Figures]) -> Figures {
        let middle = |pick: fn(&Figures) -> f64| {
            let mut all: Vec<f64> = runs.iter().map(pick).collect();
            all.sort_by(f64::total_cmp);
            all.get(all.len() / 2).copied().unwrap_or_default()
        };
        Figures {
            per_second: middle(|it| it.per_second),
            cpu: middle(|it| it.cpu),
            half: middle(|it| it.half),
            most: middle(|it| it.most),
            calls: middle(|it| it.calls),
            memory: middle(|it| it.memory),
            lost: middle(|it| it.lost),
        }
    }

    /// A line of the table.
    #[must_use]
    pub fn line(&self, run: &str, bot: &str) -> String {
        format!(
            "| {run} | {bot} | {:.0} | {:.3} | {:.1} | {:.1} | {:.2} | {:.1} | {:.0} |",
            self.per_second,
            self.cpu / 1e3,
            self.half,
            self.most,
            self.calls,
            self.memory,
            self.lost
        )
    }
}

/// The head of the table.
pub const HEAD: &str = "\
| run | bot | updates/s | CPU ms each | p50 ms | p99 ms | calls each | MB | lost |
|---|---|---|---|---|---|---|---|---|";

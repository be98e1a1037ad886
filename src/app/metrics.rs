//! Numbers in the text form of Prometheus. They carry no ids. What counts women rises in steps of five, so that neither a
//! small count nor the step between two looks tells of one of them.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use crate::delivery::usage::{FEWEST, Numbers, TIMES};
use crate::store::Waiting;

use super::serve::Gauges;

/// The page.
#[must_use]
pub fn text(gauges: &Gauges, waiting: Option<Waiting>, now: Timestamp) -> String {
    let mut page = Page::default();
    let counters = &gauges.counters;
    let total = |count: &AtomicU64| count.load(Ordering::Relaxed);
    for (name, help, count) in [
        ("updates_handled", "Updates handled.", total(&counters.handled)),
        (
            "turns_failed",
            "Tries of a turn that failed.",
            total(&counters.failed),
        ),
        (
            "updates_parked",
            "Updates given up with an apology.",
            total(&counters.parked),
        ),
        ("messages_sent", "Messages sent.", total(&counters.sent)),
        (
            "messages_retried",
            "Tries to send that failed and are made again.",
            total(&counters.retried),
        ),
        (
            "messages_given_up",
            "Messages that can never be sent.",
            total(&counters.given_up),
        ),
        (
            "answers_left_out",
            "Answers left out because many waited.",
            total(&counters.left_out),
        ),
        ("chats_gone", "Chats found gone.", total(&counters.chats_gone)),
        (
            "store_errors",
            "Errors of the database.",
            total(&counters.store_errors),
        ),
        (
            "webhook_refused",
            "Webhook requests without a valid secret.",
            total(&counters.refused),
        ),
    ] {
        page.counter(name, help, count);
    }
    let seconds_since = |moment| now.duration_since(moment).as_secs().max(0);
    if let Some(waiting) = waiting {
        page.gauge("inbox_waiting", "Updates not handled yet.", waiting.inbox);
        page.gauge("outbox_waiting", "Messages not sent yet.", waiting.outbox);
        let oldest = waiting.oldest.map_or(0, seconds_since);
        page.gauge(
            "inbox_oldest_seconds",
            "Age of the oldest update not handled.",
            oldest,
        );
    }
    if let Some(heard) = gauges.pulse.last() {
        let help = "Since the last poll that succeeded, or since the webhook was set.";
        page.gauge("heard_seconds", help, seconds_since(heard));
    }
    page.usage(&gauges.usage.numbers());
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, help: &str, kind: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(
            self.0,
            "# HELP nightease_{name} {help}\n# TYPE nightease_{name} {kind}"
        );
    }

    fn line(&mut self, name: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.0, "nightease_{name} {value}");
    }

    fn counter(&mut self, name: &str, help: &str, count: u64) {
        let name = format!("{name}_total");
        self.head(&name, help, "counter");
        self.line(&name, count);
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.head(name, help, "gauge");
        self.line(name, value);
    }

    /// Counts of women.
    fn usage(&mut self, numbers: &Numbers) {
        if let Some(starts) = in_steps(numbers.starts) {
            self.counter("starts", "Conversations begun.", starts);
        }
        self.head("endings_total", "Answers shown, by level.", "counter");
        for (level, count) in &numbers.endings {
            self.labelled("endings_total", "level", level, *count);
        }
        self.head(
            "stopped_total",
            "Stopped before an answer, by the last screen.",
            "counter",
        );
        for (screen, count) in &numbers.stopped {
            self.labelled("stopped_total", "screen", screen, *count);
        }
        // Told as it was when the count was last a whole step: the sum would tell how long the newest of them took.
        let Some(advice) = &numbers.advice_told else {
            return;
        };
        self.head(
            "first_advice_seconds",
            "From the start to the first answer.",
            "histogram",
        );
        for (limit, count) in TIMES.iter().zip(advice.within) {
            let shown = in_steps(count).unwrap_or(0);
            self.line(&format!("first_advice_seconds_bucket{{le=\"{limit}\"}}"), shown);
        }
        self.line("first_advice_seconds_bucket{le=\"+Inf\"}", advice.count);
        self.line("first_advice_seconds_sum", advice.seconds);
        self.line("first_advice_seconds_count", advice.count);
    }

    fn labelled(&mut self, name: &str, label: &str, value: &str, count: u64) {
        if let Some(count) = in_steps(count) {
            self.line(&format!("{name}{{{label}=\"{value}\"}}"), count);
        }
    }
}

fn in_steps(count: u64) -> Option<u64> {
    (count >= FEWEST).then_some(count - count % FEWEST)
}

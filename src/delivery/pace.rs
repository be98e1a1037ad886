//! How fast messages may leave: token buckets for all together and for each conversation, and a slower pace for a while
//! when the server holds up several conversations at once. No clock: the moment is an argument.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::Settings;
use crate::store::ConversationKey;

/// This many conversations held up by the server within [`SIGN_WINDOW`] mean that it is not about one of them.
const SIGN_CONVERSATIONS: usize = 3;
const SIGN_WINDOW: Duration = Duration::from_secs(10);
/// How long the slower pace is kept.
const SLOW_FOR: Duration = Duration::from_secs(60);
/// The pace is halved at most this often.
const MOST_HALVINGS: u8 = 3;
/// Buckets that are full again are dropped once there are this many.
const MANY: usize = 10_000;

/// A bucket that fills at a steady rate; a message takes one token.
#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn full(size: f64, now: Instant) -> Bucket {
        Bucket {
            tokens: size,
            at: now,
        }
    }

    fn fill(&mut self, rate: f64, size: f64, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + passed * rate).min(size);
        self.at = now;
    }

    /// How long until there is a token.
    fn wait(&self, rate: f64) -> Duration {
        let missing = 1.0 - self.tokens;
        // A little more than exact, so that rounding never makes for a second, empty wake.
        Duration::try_from_secs_f64(missing / rate + 0.001).unwrap_or(Duration::from_secs(1))
    }
}

/// Keeps the pace.
pub(super) struct Pace {
    settings: Settings,
    overall: Bucket,
    conversations: HashMap<ConversationKey, Bucket>,
    halvings: u8,
    slow_until: Instant,
    held_up: VecDeque<(Instant, ConversationKey)>,
}

impl Pace {
    pub(super) fn new(settings: Settings, now: Instant) -> Pace {
        Pace {
            settings,
            overall: Bucket::full(settings.overall_burst, now),
            conversations: HashMap::new(),
            halvings: 0,
            slow_until: now,
            held_up: VecDeque::new(),
        }
    }

    fn rate(&mut self, now: Instant) -> f64 {
        if now >= self.slow_until {
            self.halvings = 0;
        }
        self.settings.overall_per_second / f64::from(1u8 << self.halvings)
    }

    /// How many messages may leave now, or how long until one may.
    pub(super) fn room(&mut self, now: Instant) -> Result<usize, Duration> {
        let rate = self.rate(now);
        self.overall.fill(rate, self.settings.overall_burst, now);
        if self.overall.tokens < 1.0 {
            return Err(self.overall.wait(rate));
        }
        // At most `overall_burst`, a small number; the cast cannot lose anything that matters.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok(self.overall.tokens as usize)
    }

    /// Takes a token for a message to this conversation, or says when there will be one. A conversation is public or
    /// not for as long as it lives.
    pub(super) fn take(
        &mut self,
        conversation: ConversationKey,
        public: bool,
        now: Instant,
    ) -> Result<(), Instant> {
        let (mut rate, mut size) = (
            self.settings.conversation_per_second,
            self.settings.conversation_burst,
        );
        if public {
            rate = rate.min(self.settings.public_per_second);
            size = size.min(self.settings.public_per_second * 60.0).max(1.0);
        }
        if self.conversations.len() >= MANY {
            // Full by the slowest rate, so full by any.
            let slowest = rate.min(self.settings.public_per_second);
            let most = self.settings.conversation_burst;
            self.conversations.retain(|_, bucket| {
                let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
                bucket.tokens + passed * slowest < most
            });
        }
        let bucket = self
            .conversations
            .entry(conversation)
            .or_insert_with(|| Bucket::full(size, now));
        bucket.fill(rate, size, now);
        if bucket.tokens < 1.0 {
            return Err(now + bucket.wait(rate));
        }
        bucket.tokens -= 1.0;
        self.overall.tokens -= 1.0;
        Ok(())
    }

    /// The server has held up this conversation. Gives back whether the pace is slower from here on.
    pub(super) fn held_up(&mut self, conversation: ConversationKey, now: Instant) -> bool {
        self.held_up
            .retain(|(at, key)| now.saturating_duration_since(*at) < SIGN_WINDOW && *key != conversation);
        self.held_up.push_back((now, conversation));
        if self.held_up.len() < SIGN_CONVERSATIONS {
            return false;
        }
        self.held_up.clear();
        self.rate(now);
        self.halvings = (self.halvings + 1).min(MOST_HALVINGS);
        self.slow_until = now + SLOW_FOR;
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;

    fn chat(number: u8) -> ConversationKey {
        ConversationKey([number; 16])
    }

    /// Sends whenever it may, to a new conversation each time, and counts what left within this time.
    fn sent_within(pace: &mut Pace, start: Instant, time: Duration) -> u32 {
        let (mut now, mut sent) = (start, 0u32);
        while now < start + time {
            match pace.room(now) {
                Ok(_) => {
                    let mut key = [0; 16];
                    key[..4].copy_from_slice(&sent.to_be_bytes());
                    pace.take(ConversationKey(key), false, now).unwrap();
                    sent += 1;
                }
                Err(wait) => now += wait,
            }
        }
        sent
    }

    #[test]
    fn keeps_the_overall_pace() {
        let start = Instant::now();
        let mut pace = Pace::new(Settings::default(), start);
        let sent = sent_within(&mut pace, start, Duration::from_secs(1));
        assert!((28..=31).contains(&sent), "{sent}");
        let sent = sent_within(&mut pace, start + Duration::from_secs(1), Duration::from_secs(10));
        assert!((265..=283).contains(&sent), "{sent}");
    }

    #[test]
    fn lets_a_conversation_have_a_burst_and_then_one_a_second() {
        let start = Instant::now();
        let settings = Settings {
            overall_burst: 100.0,
            conversation_burst: 4.0,
            ..Settings::default()
        };
        let mut pace = Pace::new(settings, start);
        for _ in 0..4 {
            pace.take(chat(1), false, start).unwrap();
        }
        let until = pace.take(chat(1), false, start).unwrap_err();
        assert!(until > start + Duration::from_millis(999) && until < start + Duration::from_millis(1100));
        pace.take(chat(2), false, start).unwrap();
        pace.take(chat(1), false, until).unwrap();
        assert!(pace.take(chat(1), false, until).is_err());
    }

    #[test]
    fn a_public_conversation_has_twenty_a_minute() {
        let start = Instant::now();
        let settings = Settings {
            overall_burst: 1000.0,
            ..Settings::default()
        };
        let mut pace = Pace::new(settings, start);
        let (mut now, mut sent) = (start, 0);
        while now < start + Duration::from_secs(600) {
            match pace.take(chat(1), true, now) {
                Ok(()) => sent += 1,
                Err(until) => now = until,
            }
        }
        // A burst of ten, and 20 in each of ten minutes.
        assert!((205..=211).contains(&sent), "{sent}");
    }

    #[test]
    fn slows_down_when_several_are_held_up_and_recovers() {
        let start = Instant::now();
        let mut pace = Pace::new(Settings::default(), start);
        assert!(!pace.held_up(chat(1), start));
        assert!(!pace.held_up(chat(1), start));
        assert!(!pace.held_up(chat(2), start + Duration::from_secs(1)));
        // The first two are too long ago by now.
        let later = start + Duration::from_secs(11);
        assert!(!pace.held_up(chat(3), later));
        assert!(!pace.held_up(chat(4), later));
        assert!(pace.held_up(chat(5), later));
        let sent = sent_within(&mut pace, later, Duration::from_secs(10));
        assert!((135..=145).contains(&sent), "{sent}");
        let sent = sent_within(&mut pace, later + SLOW_FOR, Duration::from_secs(10));
        assert!((265..=284).contains(&sent), "{sent}");
    }
}

//! A reader for tests. `finding=yes` and its like are read wherever they stand: `=yes`, `=no`, `=unsure`, `=past`, `=weak`
//! (ask first), `=typo1` and `=typo2` (so many letters mended), `=0` and other numbers for words and amounts; `stage:pregnant:210-216`, `topic:leg_cramps`,
//! `route:headache`, `lost`, `proxy`, `other`, `asks`. `chance:7` is a random reading of that seed.

use std::ops::Range;
use std::sync::Arc;

use nightease::content::{Content, Days, FindingId, LanguageId, Phase, RouteId, Stage, TopicId, Value};
use nightease::understanding::{Mention, Reading, RouteMention, Scope, StageMention, Told, TopicMention};

use crate::dice::Dice;

pub fn read(content: &Content, _language: &LanguageId, text: &str, _today: jiff::civil::Date) -> Reading {
    let mut reading = Reading::default();
    let mut from = 0;
    for word in text.split(' ') {
        let words: Vec<Range<usize>> = std::iter::once(from..from + word.len()).collect();
        from += word.len() + 1;
        let rule: Arc<str> = Arc::from(format!("rule.{word}"));
        if let Some((name, told)) = word.split_once('=') {
            reading.mentions.extend(mention(content, name, told, rule, words));
        } else if let Some(seed) = word.strip_prefix("chance:") {
            return seed.parse().map_or_else(
                |_| Reading::default(),
                |seed| by_chance(content, seed, text.len()),
            );
        } else if let Some(stage) = word.strip_prefix("stage:") {
            reading.stage = Some(StageMention {
                stage: stage_of(stage),
                rule,
                words,
            });
        } else if let Some(topic) = word.strip_prefix("topic:") {
            let topic = TopicId::from(topic);
            reading.topic = Some(TopicMention { topic, rule, words });
        } else if let Some(route) = word.strip_prefix("route:") {
            let route = RouteId::from(route);
            reading.routes.push(RouteMention { route, rule, words });
        } else {
            match word {
                "lost" => reading.lost = true,
                "proxy" => reading.scope = Scope::Proxy,
                "other" => reading.scope = Scope::Other,
                "asks" => (reading.asks, reading.scope) = (true, Scope::Question),
                "truncated" => reading.truncated = true,
                _ => {}
            }
        }
    }
    reading
}

fn mention(
    content: &Content,
    name: &str,
    told: &str,
    rule: Arc<str>,
    words: Vec<Range<usize>>,
) -> Option<Mention> {
    let finding = content.findings.id(name)?;
    let value = match told {
        "yes" | "weak" | "typo1" | "typo2" => Told::Is(Value::Yes),
        "no" => Told::Is(Value::No),
        "unsure" => Told::Is(Value::Unsure),
        "past" => Told::Past,
        amount => Told::Is(Value::Amount(amount.parse().ok()?)),
    };
    Some(Mention {
        finding,
        told: value,
        rule,
        words,
        repair: told
            .strip_prefix("typo")
            .and_then(|mended| mended.parse().ok())
            .unwrap_or(0),
        ask_first: told == "weak",
    })
}

fn stage_of(text: &str) -> Stage {
    let mut parts = text.split(':');
    let phase = match parts.next().unwrap() {
        "pregnant" => Phase::Pregnant,
        "after" => Phase::AfterBirth,
        "late" => Phase::PeriodLate,
        _ => Phase::Neither,
    };
    let (lo, hi) = parts.next().unwrap().split_once('-').unwrap();
    Stage {
        phase,
        days: Days::new(lo.parse().unwrap(), hi.parse().unwrap()).unwrap(),
    }
}

/// Any reading at all. Denials are as frequent as the rest, and may be lies.
fn by_chance(content: &Content, seed: u64, length: usize) -> Reading {
    let mut dice = Dice(seed.wrapping_mul(7_919) + 11);
    let mut reading = Reading::default();
    let rule: Arc<str> = Arc::from("rule.chance");
    let words = || -> Vec<Range<usize>> { std::iter::once(0..length.min(20)).collect() };
    for _ in 0..dice.below(5) {
        let place = dice.below(content.findings.len());
        let (finding, _): (FindingId, _) = content.findings.iter().nth(place).unwrap();
        let told = [
            Told::Is(Value::No),
            Told::Is(Value::No),
            Told::Is(Value::Unsure),
            Told::Is(Value::Yes),
            Told::Is(Value::Yes),
            Told::Is(Value::Amount(u16::try_from(dice.below(3)).unwrap())),
            Told::Past,
        ][dice.below(7)];
        if reading.mentions.iter().all(|known| known.finding != finding) {
            reading.mentions.push(Mention {
                finding,
                told,
                rule: Arc::clone(&rule),
                words: words(),
                repair: u8::try_from(dice.below(3)).unwrap(),
                ask_first: dice.below(4) == 0,
            });
        }
    }
    if dice.below(4) == 0 {
        let phase = [
            Phase::Pregnant,
            Phase::AfterBirth,
            Phase::PeriodLate,
            Phase::Neither,
        ][dice.below(4)];
        let lo = u16::try_from(dice.below(180)).unwrap();
        let hi = lo + u16::try_from(dice.below(30)).unwrap();
        reading.stage = Some(StageMention {
            stage: Stage {
                phase,
                days: Days::new(lo, hi).unwrap(),
            },
            rule: Arc::clone(&rule),
            words: words(),
        });
    }
    if dice.below(3) == 0 {
        let place = dice.below(content.topics.len());
        reading.topic = Some(TopicMention {
            topic: content.topics[place].id.clone(),
            rule: Arc::clone(&rule),
            words: words(),
        });
    }
    if dice.below(6) == 0 {
        let route = ["headache", "mood", "medicines", "of_tomorrow"][dice.below(4)];
        reading.routes.push(RouteMention {
            route: RouteId::from(route),
            rule,
            words: words(),
        });
    }
    reading.lost = dice.below(20) == 0;
    reading.truncated = dice.below(20) == 0;
    reading.scope = [
        Scope::Own,
        Scope::Own,
        Scope::Proxy,
        Scope::Other,
        Scope::Question,
        Scope::Nothing,
    ][dice.below(6)];
    reading
}

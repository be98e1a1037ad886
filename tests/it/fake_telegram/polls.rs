//! `getUpdates`, as the server does it.

use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::methods::integer;
use super::world::{Answer, Refused, Shared, World};

fn conflict(why: &str) -> Refused {
    Refused {
        code: 409,
        description: format!("Conflict: {why}"),
        parameters: None,
    }
}

/// One poll that is being held.
struct Held {
    generation: u64,
    limit: usize,
    until: tokio::time::Instant,
}

pub async fn get_updates(shared: &Shared, arguments: &Map<String, Value>) -> Answer {
    let held = begin(&mut shared.lock(), arguments)?;
    // Whoever is holding a poll looks up, and finds that it is not the latest.
    shared.ring();
    let mut bell = shared.listen();
    loop {
        {
            let mut world = shared.lock();
            if world.poll_generation != held.generation {
                return Err(conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running",
                ));
            }
            world.expire();
            let batch: Vec<Value> = world
                .updates
                .iter()
                .take(held.limit)
                .map(|it| it.body.clone())
                .collect();
            if !batch.is_empty() || tokio::time::Instant::now() >= held.until {
                return Ok(batch.into());
            }
        }
        // Either a change or the end of the time: both are a reason to look.
        let _ = tokio::time::timeout_at(held.until, bell.changed()).await;
    }
}

fn begin(world: &mut World, arguments: &Map<String, Value>) -> Result<Held, Refused> {
    if world.webhook.is_some() {
        return Err(conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    let offset = integer(arguments, "offset").unwrap_or(0);
    let mut limit = usize::try_from(integer(arguments, "limit").unwrap_or(100)).unwrap_or(0);
    let mut timeout = integer(arguments, "timeout").unwrap_or(0);
    if !(1..=100).contains(&limit) || !(0..=50).contains(&timeout) {
        world.violate(format!("getupdates with limit {limit}, timeout {timeout}"));
    }
    limit = limit.clamp(1, 100);
    timeout = timeout.clamp(0, 50);
    if let Some((last, at)) = world.last_poll
        && last == offset
    {
        if at.elapsed() < Duration::from_secs(3) {
            timeout = timeout.max(3);
        }
        if at.elapsed() < Duration::from_millis(500) {
            limit = 1;
        }
    }
    world.last_poll = Some((offset, Instant::now()));
    if let Some(list) = arguments.get("allowed_updates").and_then(Value::as_array) {
        let names: Vec<String> = list
            .iter()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        world.allowed_updates = (!names.is_empty()).then_some(names);
    }
    if offset > 0 {
        world.updates.retain(|update| update.id >= offset);
    } else if offset < 0 {
        let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
        let drop = world.updates.len().saturating_sub(keep);
        world.updates.drain(..drop);
    }
    world.poll_generation += 1;
    let hold = Duration::from_secs(u64::try_from(timeout).unwrap_or(0)).min(world.hold_cap);
    Ok(Held {
        generation: world.poll_generation,
        limit,
        until: tokio::time::Instant::now() + hold,
    })
}

//! The server's side of a webhook: one update at a time, again and again until it is taken.

use std::sync::Arc;
use std::time::Duration;

use super::world::Shared;

/// The real server waits two seconds and more.
const AGAIN: Duration = Duration::from_millis(50);

pub async fn deliver(shared: Arc<Shared>) {
    let client = reqwest::Client::new();
    let mut bell = shared.listen();
    loop {
        let next = {
            let mut world = shared.lock();
            world.expire();
            let update = world
                .updates
                .front()
                .map(|update| (update.id, update.body.to_string()));
            update.zip(
                world
                    .webhook
                    .clone()
                    .map(|url| (url, world.webhook_secret.clone())),
            )
        };
        let Some(((id, body), (url, secret))) = next else {
            let _ = tokio::time::timeout(AGAIN, bell.changed()).await;
            continue;
        };
        let request = client
            .post(url)
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .header("Content-Type", "application/json")
            .body(body);
        let taken = request
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success());
        if taken {
            shared.change(|world| world.updates.retain(|update| update.id != id));
        } else {
            tokio::time::sleep(AGAIN).await;
        }
    }
}

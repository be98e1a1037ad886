//! What is logged of a panic: where, and nothing else. Its payload may hold her words.

use std::panic::{self, PanicHookInfo};

/// Replaces the panic hook of the process with one that logs file and line only.
pub fn log_place_only() {
    panic::set_hook(Box::new(log_place));
}

fn log_place(info: &PanicHookInfo<'_>) {
    match info.location() {
        Some(place) => tracing::error!(
            "a panic at {}:{}: please report this place as a fault",
            place.file(),
            place.line()
        ),
        None => tracing::error!("a panic at an unknown place"),
    }
}

//! Any bytes that Telegram may send are decoded without a panic, and what is kept of them stays what it is:
//! `cargo fuzz run -s none update`.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use nightease::telegram::{Kept, Router, address};

fuzz_target!(|body: &[u8]| {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    let router = ROUTER.get_or_init(|| Router::new("NightEaseBot"));
    let _ = router.decode(body);
    let kept = Kept::of(body);
    let (again, _) = router.decode(&kept.body);
    // What is kept stays what it is, however often it is read.
    let twice = Kept::of(&kept.body);
    assert_eq!(again.event, router.decode(&twice.body).0.event);
    assert_eq!(kept.update_id, twice.update_id);
    let _ = address(body);
});

//! Any bytes that Telegram may send are decoded without a panic, and what is kept of them decodes to the same:
//! `cargo fuzz run -s none update`.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use nightease::telegram::{Kept, Router, address};

fuzz_target!(|body: &[u8]| {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    let router = ROUTER.get_or_init(|| Router::new("NightEaseBot"));
    let (arrival, place) = router.decode(body);
    let kept = Kept::of(body);
    let (again, same_place) = router.decode(&kept.body);
    // Of a tap only what is read is kept, so broken bytes beside it are gone with the rest.
    if std::str::from_utf8(body).is_ok() {
        assert_eq!(arrival.event, again.event);
        assert_eq!(place, same_place);
    }
    let _ = address(body);
});

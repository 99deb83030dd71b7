//! The scan box, on the practice shop.
#![no_main]

use std::cell::RefCell;

use courtesy::desk::demo::{self, Demo};

thread_local! {
    static DEMO: RefCell<Demo> = RefCell::new(demo::open(7, None, "en").unwrap());
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    DEMO.with_borrow_mut(|demo| demo.desk.find(text).unwrap());
});

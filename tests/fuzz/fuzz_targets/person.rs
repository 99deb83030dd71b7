//! Names, e-mail addresses and telephones.
#![no_main]

use courtesy::domain::member::{check_email, check_name, check_phone, check_text};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = (check_name(text), check_email(text), check_phone(text), check_text(text, 200));
});

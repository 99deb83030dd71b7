//! Names of fixed lists.
#![no_main]

use courtesy::domain::{bill::Tender, member::Standing, request::Job, staff::Role};
use courtesy::text::{Form, Language};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = (Tender::from_name(text), Standing::from_name(text), Role::from_name(text), Job::from_name(text));
    let _ = (Language::from_code(text), Form::from_code(text));
});

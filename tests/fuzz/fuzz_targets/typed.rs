//! What a clerk types.
#![no_main]

use courtesy::domain::money::Currency;
use courtesy::text::{Language, Words};

libfuzzer_sys::fuzz_target!(|text: &str| {
    for language in Language::ALL.iter().copied() {
        let words = Words::new(language);
        let (formats, currency) = (words.formats(), Currency::from_code("EUR").unwrap());
        if let Ok(money) = formats.read_money(text, currency) {
            assert_eq!(formats.read_money(&formats.money(money), currency), Ok(money));
        }
        let _ = (formats.read_quantity(text), formats.read_rate(text), formats.read_date(text));
    }
});

//! Amounts, quantities, rates, numbers and ids.
#![no_main]

use courtesy::domain::ids::{CardNumber, CreditCode, DocumentNumber};
use courtesy::domain::note::Salt;
use courtesy::domain::money::{Money, Quantity, Rate};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(money) = text.parse::<Money>() {
        assert_eq!(money.to_string().parse(), Ok(money));
    }
    let _ = (text.parse::<Quantity>(), text.parse::<Rate>());
    let _ = (text.parse::<DocumentNumber>(), text.parse::<CardNumber>(), text.parse::<CreditCode>(), text.parse::<Salt>());
});

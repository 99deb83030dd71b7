use jiff::civil::date;

use super::*;
use crate::domain::money::{Currency, Money, Quantity, Rate};

fn euro(minor: i64) -> Money {
    Currency::from_code("EUR").unwrap().minor(minor)
}

#[test]
fn the_shipped_files_are_in_order() {
    for language in Language::ALL.iter().copied() {
        assert_eq!(Words::faults(language), [], "{language:?}");
    }
}

#[test]
fn a_message_that_nobody_wrote_shows_its_id() {
    for language in Language::ALL.iter().copied() {
        let words = Words::new(language);
        assert_eq!(words.plain("no-such-message"), "⟦no-such-message⟧");
        assert_eq!(words.try_say("no-such-message", &[]), Err(WordsError::Missing { id: "no-such-message".to_owned() }));
    }
}

#[test]
fn a_value_that_was_not_given_is_told() {
    let told = Words::new(Language::En).try_say("error-not-a-number", &[]);
    assert!(matches!(told, Err(WordsError::Gaps { ref text, .. }) if text.contains("$typed")), "{told:?}");
}

/// A language of two messages, to try values on.
fn tried(language: Language, value: Arg) -> String {
    let source =
        "value-alone = { $value }\nvalue-plural = { $value ->\n    [one] one { $value }\n   *[other] many { $value }\n }";
    let words = Words::new(language);
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    bundle.set_use_isolating(false);
    write_numbers_in(&mut bundle, Form::of(language));
    bundle.add_resource(FluentResource::try_new(source.to_owned()).unwrap()).unwrap();
    let inner = Inner { language, messages: bundle, fallback: None, formats: words.formats().clone() };
    let tried = Words(Arc::new(inner));
    let alone = tried.say("value-alone", &[("value", value.clone())]);
    let plural = tried.say("value-plural", &[("value", value)]);
    format!("{alone} | {plural}").replace('\u{a0}', " ")
}

#[test]
fn values_are_written_in_the_shops_form_and_choose_plurals() {
    let table = [
        (Arg::Count(1), "1 | one 1", "1 | one 1"),
        (Arg::Count(12_345), "12 345 | many 12 345", "12,345 | many 12,345"),
        (Arg::Count(-2), "−2 | many −2", "−2 | many −2"),
        (Arg::Quantity(Quantity::from_thousandths(1_000)), "1 | one 1", "1 | one 1"),
        (Arg::Quantity(Quantity::from_thousandths(500)), "0,5 | many 0,5", "0.5 | many 0.5"),
        (Arg::Quantity(Quantity::from_thousandths(1_234_125)), "1 234,125 | many 1 234,125", "1,234.125 | many 1,234.125"),
        (Arg::Money(euro(123_450)), "1 234,50 € | many 1 234,50 €", "1,234.50 € | many 1,234.50 €"),
        (Arg::Amount(euro(510)), "5,10 | many 5,10", "5.10 | many 5.10"),
        (Arg::Rate(Rate::from_ppm(255_000)), "25,5 % | many 25,5 %", "25.5% | many 25.5%"),
        (Arg::Date(date(2026, 11, 22)), "22.11.2026 | many 22.11.2026", "22 Nov 2026 | many 22 Nov 2026"),
        (Arg::text("Ilze Bērziņa"), "Ilze Bērziņa | many Ilze Bērziņa", "Ilze Bērziņa | many Ilze Bērziņa"),
    ];
    for (value, finnish, english) in table {
        assert_eq!(tried(Language::Fi, value.clone()), finnish);
        assert_eq!(tried(Language::En, value), english);
    }
}

#[test]
fn a_word_brings_its_attributes() {
    let source = "tender-coins = kolikot\n    .to = kolikoina\nto-tender = Takaisin { $tender-to } ({ $tender })";
    let mut bundle = Bundle::new_concurrent(vec![Language::Fi.identifier()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source.to_owned()).unwrap()).unwrap();
    let formats = Words::new(Language::Fi).formats().clone();
    let words = Words(Arc::new(Inner { language: Language::Fi, messages: bundle, fallback: None, formats }));
    assert_eq!(words.say("to-tender", &[("tender", Arg::word("tender-coins"))]), "Takaisin kolikoina (kolikot)");
}

#[test]
fn words_can_be_handed_to_another_thread() {
    fn sent<T: Send + Sync + Clone + 'static>(_: &T) {}
    sent(&Words::new(Language::En));
}

#[test]
fn the_domain_is_worded() {
    let saying = Saying::new("error-too-many-decimals").with("typed", "5,123").with("most", 2);
    let said = Words::new(Language::Fi).saying(&saying);
    assert_eq!(said, "Luvussa ”5,123” on enemmän kuin 2 desimaalia.");
}

#[test]
fn a_window_is_told_in_days() {
    let saying = |age: i64| {
        Saying::new("ruling-in-window")
            .with("text", "Desk lamp")
            .with("window", "Electronics")
            .with("days", 90)
            .with("age", age)
            .with("until", date(2027, 1, 10))
    };
    let (en, fi) = (Words::new(Language::En), Words::new(Language::Fi));
    let english = "Electronics may come back for 90 days; this was bought";
    assert_eq!(en.saying(&saying(0)), format!("{english} today, so it may come back until 10 Jan 2027."));
    assert_eq!(en.saying(&saying(1)), format!("{english} yesterday, so it may come back until 10 Jan 2027."));
    assert_eq!(en.saying(&saying(41)), format!("{english} 41 days ago, so it may come back until 10 Jan 2027."));
    assert_eq!(
        fi.saying(&saying(41)),
        "Electronics: palautusaika on 90 päivää. Tämä ostettiin 41 päivää sitten, joten palautuksen viimeinen päivä on 10.1.2027."
    );
    assert_eq!(en.short(&saying(1)).as_deref(), Some("Until 10 Jan 2027"));
    assert_eq!(en.short(&Saying::new("job-void")), None);
}

use jiff::civil::{date, time};

use super::*;
use crate::text::Words;

fn in_form(language: Language, form: Form) -> Formats {
    Words::in_form(language, form).formats().clone()
}

fn all() -> [Formats; 3] {
    [(Language::Fi, Form::Finnish), (Language::En, Form::British), (Language::En, Form::American)]
        .map(|(language, form)| in_form(language, form))
}

#[test]
fn money() {
    let table: &[(i64, &str, [&str; 3])] = &[
        (0, "EUR", ["0,00 €", "0.00 €", "€0.00"]),
        (5, "EUR", ["0,05 €", "0.05 €", "€0.05"]),
        (510, "GBP", ["5,10 £", "£5.10", "£5.10"]),
        (-510, "GBP", ["−5,10 £", "−£5.10", "−£5.10"]),
        (123_450, "USD", ["1 234,50 $", "$1,234.50", "$1,234.50"]),
        (-123_456_789, "EUR", ["−1 234 567,89 €", "−1,234,567.89 €", "−€1,234,567.89"]),
        (123_456, "JPY", ["123 456 ¥", "¥123,456", "¥123,456"]),
        (1_234, "BHD", ["1,234 BHD", "1.234 BHD", "1.234 BHD"]),
        (i64::MIN, "SEK", ["−92 233 720 368 547 758,08 kr", "−92,233,720,368,547,758.08 kr", "−kr92,233,720,368,547,758.08"]),
    ];
    for (minor, currency, wanted) in table {
        for (formats, wanted) in all().iter().zip(wanted) {
            assert_eq!(formats.money(Currency::from_code(currency).unwrap().minor(*minor)).replace(NO_BREAK, " "), *wanted);
        }
    }
}

#[test]
fn numbers() {
    let [fi, gb, _] = all();
    for (thousandths, finnish, british) in
        [(2_000, "2", "2"), (500, "0,5", "0.5"), (-1_125, "−1,125", "−1.125"), (1_000_000, "1 000", "1,000"), (0, "0", "0")]
    {
        assert_eq!(fi.quantity(Quantity::from_thousandths(thousandths)).replace(NO_BREAK, " "), finnish);
        assert_eq!(gb.quantity(Quantity::from_thousandths(thousandths)), british);
    }
    for (ppm, finnish, british) in [(210_000, "21 %", "21%"), (255_000, "25,5 %", "25.5%"), (0, "0 %", "0%")] {
        assert_eq!(fi.rate(Rate::from_ppm(ppm)).replace(NO_BREAK, " "), finnish);
        assert_eq!(gb.rate(Rate::from_ppm(ppm)), british);
    }
    for (millionths, currency, british) in
        [(2_550_000, "EUR", "2.55"), (12_500, "EUR", "0.0125"), (2_500_000, "EUR", "2.50"), (3_000_000, "JPY", "3")]
    {
        assert_eq!(gb.unit_price(millionths, Currency::from_code(currency).unwrap()), british);
    }
    assert_eq!(gb.decimal(Decimal::new(-1_234_567, 3)), "−1,234.567");
    assert_eq!(gb.count(320_705), "320,705");
}

#[test]
fn dates() {
    let day = date(2026, 11, 22);
    let at = day.to_datetime(time(9, 5, 59, 0));
    let table = [
        (Language::Fi, Form::Finnish, ["22.11.2026", "22.11.", "su 22.11.", "22.11.2026 9.05"]),
        (Language::En, Form::British, ["22 Nov 2026", "22 Nov", "Sun 22 Nov", "22 Nov 2026 9:05"]),
        (Language::En, Form::American, ["Nov 22, 2026", "Nov 22", "Sun Nov 22", "Nov 22, 2026 9:05"]),
        (Language::En, Form::Finnish, ["22.11.2026", "22.11.", "Sun 22.11.", "22.11.2026 9.05"]),
        (
            Language::Fi,
            Form::British,
            ["22. marraskuuta 2026", "22. marraskuuta", "su 22. marraskuuta", "22. marraskuuta 2026 9:05"],
        ),
    ];
    for (language, form, wanted) in table {
        let formats = in_form(language, form);
        let written = [formats.date(day), formats.day(day), formats.weekday_and_day(day), formats.date_time(at)];
        assert_eq!(written, wanted, "{language:?} {form:?}");
    }
}

#[test]
fn a_moment_says_how_far_it_is_from_utc() {
    for (offset_min, wanted) in [
        (0, "22 Nov 2026 11:42 +00:00"),
        (120, "22 Nov 2026 13:42 +02:00"),
        (345, "22 Nov 2026 17:27 +05:45"),
        (-30, "22 Nov 2026 11:12 -00:30"),
        (-570, "22 Nov 2026 2:12 -09:30"),
    ] {
        let at = Moment { at_us: 1_795_347_720_000_000, offset_min };
        assert_eq!(in_form(Language::En, Form::British).moment(at).as_deref(), Ok(wanted));
    }
}

#[test]
fn a_date_in_little_room_never_writes_a_month_out() {
    for (language, form, wanted) in [
        (Language::Fi, Form::Finnish, "22.11.2026"),
        (Language::Fi, Form::British, "22.11.2026"),
        (Language::Fi, Form::American, "22.11.2026"),
        (Language::En, Form::British, "22 Nov 2026"),
        (Language::En, Form::American, "Nov 22, 2026"),
    ] {
        assert_eq!(in_form(language, form).narrow_date(date(2026, 11, 22)), wanted, "{language:?} {form:?}");
    }
}

#[test]
fn numbers_agree_with_icu() {
    use icu_decimal::DecimalFormatter;
    let mut options = icu_decimal::options::DecimalFormatterOptions::default();
    options.grouping_strategy = Some(icu_decimal::options::GroupingStrategy::Always);
    for form in Form::ALL.iter().copied() {
        let locale: icu_locale_core::Locale = form.code().parse().unwrap();
        let theirs = DecimalFormatter::try_new(locale.into(), options).unwrap();
        for text in ["0", "7", "0.05", "999", "1000", "-1234.5", "12345.678", "1000000", "-98765432109876.54"] {
            let ours = form.decimal(text.parse().unwrap());
            let theirs = theirs.format(&text.parse().unwrap()).to_string().replace('-', "\u{2212}");
            assert_eq!(ours, theirs, "{form:?}");
        }
    }
}

#[test]
fn a_form_is_stored_by_its_code() {
    for form in Form::ALL.iter().copied() {
        assert_eq!(Form::from_code(form.code()), Some(form));
        assert_eq!(serde_json::to_string(&form).unwrap(), format!("\"{}\"", form.code()));
    }
}

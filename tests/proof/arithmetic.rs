//! Arithmetic: sharing out, parts of a whole, rounding, and amounts as text, in currencies of every exponent, held against the same
//! figures worked out another way: with whole numbers alone, as one does on paper.

use courtesy::domain::bill::{Line, TaxMode};
use courtesy::domain::money::{Currency, Money, MoneyError, Quantity, Rate, Rounding};
use courtesy::domain::standing::LineStanding;
use fastrand::Rng;
use rust_decimal::Decimal;

use super::{count, told};

/// Currencies counted in whole units, hundredths and thousandths; none of ISO 4217 that a counter meets is counted in tenths.
const CODES: [&str; 6] = ["JPY", "ISK", "EUR", "USD", "BHD", "KWD"];

/// Halves away from nothing; what does not fit is no figure.
fn on_paper(whole: i64, part: i64, of: i128) -> Option<i64> {
    let negative = (whole < 0) ^ (part < 0) ^ (of < 0);
    let product = u128::from(whole.unsigned_abs()) * u128::from(part.unsigned_abs());
    let of = of.unsigned_abs();
    let mut rounded = product / of;
    let over = product % of;
    if over >= of - over {
        rounded += 1;
    }
    let rounded = i128::try_from(rounded).ok()?;
    i64::try_from(if negative { -rounded } else { rounded }).ok()
}

/// Each part's whole share first, then one more to whoever is owed the most, the earlier one first.
fn shared_on_paper(whole: i64, weights: &[i64]) -> Option<Vec<i64>> {
    let total: u128 = weights.iter().map(|weight| u128::from(weight.unsigned_abs())).sum();
    let amount = u128::from(whole.unsigned_abs());
    let mut owed: Vec<(u128, u128)> = Vec::new();
    for weight in weights {
        let exact = amount * u128::from(weight.unsigned_abs());
        owed.push((exact / total, exact % total));
    }
    let mut left = amount - owed.iter().map(|(part, _)| part).sum::<u128>();
    while left > 0 {
        let most = owed.iter().map(|(_, over)| *over).max()?;
        let lucky = owed.iter_mut().find(|(_, over)| *over == most)?;
        *lucky = (lucky.0 + 1, 0);
        left -= 1;
    }
    let signed = |(part, _): &(u128, u128)| {
        let part = i128::try_from(*part).ok()?;
        i64::try_from(if whole < 0 { -part } else { part }).ok()
    };
    owed.iter().map(signed).collect()
}

/// A number of any size, the largest and smallest among them.
fn any(random: &mut Rng) -> i64 {
    match random.u8(0..16) {
        0 => *random.choice(&[i64::MIN, i64::MIN + 1, i64::MAX, i64::MAX - 1, 0, 1, -1]).unwrap(),
        1 => random.i64(..),
        2..=5 => random.i64(-1_000_000_000_000..1_000_000_000_000),
        _ => random.i64(-100_000..100_000),
    }
}

fn currency(random: &mut Rng) -> Currency {
    random.choice(CODES).unwrap().parse().unwrap()
}

fn figure(answer: Result<Money, MoneyError>) -> Option<i64> {
    answer.ok().map(Money::minor)
}

/// How part of a whole is worked out: by the program, or by something else that is to be caught.
type Share = fn(Money, i64, i64) -> Option<i64>;

fn ours(amount: Money, part: i64, whole: i64) -> Option<i64> {
    figure(amount.share(Quantity::from_thousandths(part), Quantity::from_thousandths(whole)))
}

/// Halves towards nothing.
fn halves_down(amount: Money, part: i64, whole: i64) -> Option<i64> {
    let negative = (amount.minor() < 0) ^ (part < 0) ^ (whole < 0);
    let (product, whole) =
        (u128::from(amount.minor().unsigned_abs()) * u128::from(part.unsigned_abs()), u128::from(whole.unsigned_abs()));
    let rounded = product / whole + u128::from(product % whole > whole - product % whole);
    let rounded = i128::try_from(rounded).ok()?;
    i64::try_from(if negative { -rounded } else { rounded }).ok()
}

/// How many of so many parts of a whole are not what they are on paper.
fn wrong_shares(share: Share, many: u32, random: &mut Rng) -> u32 {
    let mut wrong = 0;
    for _ in 0..many {
        // Halves are rare, unless the whole is small and even.
        let whole = if random.bool() { any(random) } else { random.i64(1..50) * 2 };
        let (amount, part) = (currency(random).minor(any(random)), any(random));
        if whole == 0 {
            continue;
        }
        wrong += u32::from(share(amount, part, whole) != on_paper(amount.minor(), part, i128::from(whole)));
    }
    wrong
}

fn rates_and_steps(random: &mut Rng) {
    let (amount, ppm) = (currency(random).minor(any(random)), random.i64(-999_999..3_000_000));
    let rate = Rate::from_ppm(ppm);
    assert_eq!(figure(amount.rate(rate)), on_paper(amount.minor(), ppm, 1_000_000), "{amount} at {rate}");
    assert_eq!(figure(amount.tax_inside(rate)), on_paper(amount.minor(), ppm, 1_000_000 + i128::from(ppm)), "{amount} in {rate}");
    let step = *random.choice(&[0, 1, 5, 10, 25, 50, 100, i64::MAX]).unwrap();
    let stepped = figure(amount.to_step(step));
    if step > 1 {
        let steps = on_paper(amount.minor(), 1, i128::from(step)).unwrap();
        assert_eq!(stepped, steps.checked_mul(step), "{amount} to {step}");
        let lower = figure(amount.down_to_step(step));
        let exact = i128::from(amount.minor()).div_euclid(i128::from(step)) * i128::from(step);
        assert_eq!(lower, i64::try_from(exact).ok(), "{amount} down to {step}");
    } else {
        assert_eq!(stepped, Some(amount.minor()));
    }
    // The largest rates there are end in an answer too, whatever it is.
    let _ = (amount.rate(Rate::from_ppm(any(random))), amount.tax_inside(Rate::from_ppm(any(random))));
    assert!(amount.tax_inside(Rate::from_ppm(-1_000_000)).is_err(), "a hundred percent less contains nothing");
}

fn sums(random: &mut Rng) {
    let (left, right) = (any(random), any(random));
    let currency = currency(random);
    let (a, b) = (currency.minor(left), currency.minor(right));
    let exact = |sum: i128| i64::try_from(sum).ok();
    assert_eq!(figure(a.plus(b)), exact(i128::from(left) + i128::from(right)));
    assert_eq!(figure(a.plus(b)), figure(b.plus(a)), "whichever comes first");
    assert_eq!(figure(a.minus(b)), exact(i128::from(left) - i128::from(right)));
    assert_eq!(figure(a.negated()), exact(-i128::from(left)));
    let other: Currency = if currency.code() == "EUR" { "JPY" } else { "EUR" }.parse().unwrap();
    assert!(matches!(a.plus(other.minor(right)), Err(MoneyError::Mixed { .. })));
    let in_proportion = figure(a.in_proportion(b, currency.minor(any(random).max(1))));
    assert!(in_proportion.is_some() || left.unsigned_abs() > 1 << 20 || right.unsigned_abs() > 1 << 20);
}

fn allocations(random: &mut Rng) {
    let amount = currency(random).minor(any(random));
    let wide = random.u8(0..8) == 0;
    let weight = |random: &mut Rng| if wide { any(random) } else { random.i64(0..5_000) };
    let weights: Vec<i64> = (0..random.usize(1..9)).map(|_| weight(random)).collect();
    if weights.iter().all(|weight| *weight == 0) {
        assert_eq!(amount.allocate(&weights).is_ok(), amount.is_zero());
        return;
    }
    let parts = amount.allocate(&weights).ok().map(|parts| parts.into_iter().map(Money::minor).collect::<Vec<_>>());
    assert_eq!(parts, shared_on_paper(amount.minor(), &weights), "{amount} over {weights:?}");
    let Some(parts) = parts else { return };
    assert_eq!(parts.iter().map(|part| i128::from(*part)).sum::<i128>(), i128::from(amount.minor()));
    for (part, weight) in parts.iter().zip(&weights) {
        assert!(*weight != 0 || *part == 0, "what weighs nothing gets nothing");
        for (other, lighter) in parts.iter().zip(&weights) {
            let (heavy, light) = (weight.unsigned_abs(), lighter.unsigned_abs());
            assert!(heavy <= light || part.unsigned_abs() >= other.unsigned_abs(), "who weighs more gets no less");
        }
    }
}

/// An amount as a person writes it, made of its digits.
fn written(minor: i64, exponent: usize) -> String {
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = exponent + 1);
    let (units, fraction) = digits.split_at(digits.len() - exponent);
    let sign = if minor < 0 { "-" } else { "" };
    if exponent == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{fraction}") }
}

fn texts_and_rounding(random: &mut Rng) {
    let (currency, minor) = (currency(random), any(random));
    let exponent = usize::try_from(currency.exponent()).unwrap();
    let text = format!("{} {currency}", written(minor, exponent));
    let amount = currency.minor(minor);
    assert_eq!((amount.to_string(), text.parse::<Money>()), (text.clone(), Ok(amount)));
    assert!(
        format!("{}1 {currency}", if exponent == 0 { format!("{minor}.") } else { written(minor, exponent) })
            .parse::<Money>()
            .is_err()
    );
    // A finer decimal is rounded once: `finer` more digits than the currency has.
    let (digits, finer) = (random.i64(-1_000_000_000_000..1_000_000_000_000), random.u32(1..5));
    let unit = 10_i64.pow(finer);
    let (whole, over) = (digits.div_euclid(unit), digits.rem_euclid(unit));
    let up = |above: bool| if above { whole + 1 } else { whole };
    let half = over * 2;
    let expected = [
        (Rounding::HalfUp, if digits < 0 { up(half > unit) } else { up(half >= unit) }),
        (Rounding::HalfEven, up(half > unit || (half == unit && whole % 2 != 0))),
        (Rounding::Down, up(digits < 0 && over > 0)),
        (Rounding::Up, up(digits > 0 && over > 0)),
    ];
    for (rounding, expected) in expected {
        let rounded = currency.round(Decimal::new(digits, currency.exponent() + finer), rounding);
        assert_eq!(figure(rounded), Some(expected), "{digits} by {finer} {rounding:?}");
    }
    assert!(currency.round(Decimal::MAX, Rounding::HalfUp).is_err() && currency.round(Decimal::MIN, Rounding::Up).is_err());
}

/// A line that comes back in parts, in any order: the parts are the whole, each within a unit of its exact share of what is left.
fn parts_of_a_line(random: &mut Rng) {
    let currency = currency(random);
    let pieces: Vec<i64> = (0..random.usize(1..6)).map(|_| random.i64(1..4_000)).collect();
    let whole: i64 = pieces.iter().sum();
    let (net, tax) = (random.i64(0..10_000_000), random.i64(0..2_000_000));
    let line = Line {
        no: 1,
        item: "A".into(),
        text: "A".into(),
        department: String::new(),
        quantity: Quantity::from_thousandths(whole),
        unit_price: Decimal::ZERO,
        discount: currency.zero(),
        net: currency.minor(net),
        tax: currency.minor(tax),
        gross: currency.minor(net + tax),
        taxes: vec![],
        returns: None,
        group: None,
    };
    let mode = if random.bool() { TaxMode::Included } else { TaxMode::Added };
    let mut orders = [pieces.clone(), pieces];
    random.shuffle(&mut orders[1]);
    for order in orders {
        let mut standing = LineStanding::untouched(&line);
        let mut come = 0;
        for piece in order {
            let share = standing.give_back(&line, mode, Quantity::from_thousandths(piece)).unwrap();
            assert_eq!(share.net.minor() + share.tax.minor(), share.gross.minor());
            let exact = i128::from(net + tax) * i128::from(piece);
            let off = (i128::from(share.gross.minor()) * i128::from(whole) - exact).abs();
            assert!(off <= 2 * i128::from(whole), "{share:?} for {piece} of {whole} of {}", line.gross);
            standing.returned = standing.returned.plus(Quantity::from_thousandths(piece)).unwrap();
            standing.given = standing.given.plus(share).unwrap();
            come += piece;
            assert!(standing.given.gross.minor() <= net + tax && standing.given.tax.minor() <= tax);
        }
        assert_eq!((come, standing.given.gross, standing.given.tax), (whole, line.gross, line.tax));
    }
}

#[test]
fn every_figure_is_the_one_on_paper() {
    let mut random = Rng::with_seed(4217);
    let each = count(1_000_000).div_ceil(6);
    assert_eq!(wrong_shares(ours, each, &mut random), 0, "parts of a whole");
    for kind in [rates_and_steps, sums, allocations, texts_and_rounding, parts_of_a_line] {
        (0..each).for_each(|_| kind(&mut random));
    }
    let tried = 20_000;
    let caught = wrong_shares(halves_down, tried, &mut random);
    assert!(caught > 0, "a wrong rounding was not noticed");
    told(
        "arithmetic",
        u64::from(each) * 6,
        "every share, allocation, rounding, sum and text is the one on paper; none panics, what does not fit is an error",
        &format!("halves rounded down: {caught} of {tried} parts noticed"),
    );
}

//! Taxes and discounts of a whole sale, shared out to its lines once, so that a refund of one line carries its part.

use super::super::fault::Fault;
use crate::domain::bill::LineTax;
use crate::domain::money::{Money, MoneyError};

/// A line while its sale is being put together.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub no: u32,
    pub item: String,
    pub text: String,
    pub department: String,
    pub quantity: crate::domain::money::Quantity,
    pub unit_price: rust_decimal::Decimal,
    /// What the file has for the line, before rounding.
    pub raw: rust_decimal::Decimal,
    /// Price after discounts: net where tax is added, gross where it is included.
    pub amount: Money,
    /// What was taken off.
    pub discount: Money,
    pub taxes: Vec<LineTax>,
    /// Ids of the taxes that the till says it carries.
    pub tax_flags: Vec<String>,
    /// The till's number of the key press that made it.
    pub operator_sequence: Option<String>,
    pub returns: Option<crate::domain::bill::LineName>,
}

/// Shares an amount over weights so that the parts add up, largest remainder first. Weights may be negative (goods taken
/// back); the whole of them must not be nothing.
pub(super) fn share_out(amount: Money, weights: &[i64]) -> Result<Vec<Money>, MoneyError> {
    let signs = (weights.iter().any(|weight| *weight < 0), weights.iter().any(|weight| *weight > 0));
    if signs != (true, true) {
        return amount.allocate(weights);
    }
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if total == 0 {
        return Err(MoneyError::NoWeights);
    }
    let products = weights.iter().map(|weight| i128::from(amount.minor()) * i128::from(*weight) * total.signum());
    let mut parts: Vec<(i128, i128)> =
        products.map(|product| (product.div_euclid(total.abs()), product.rem_euclid(total.abs()))).collect();
    let given: i128 = parts.iter().map(|(part, _)| part).sum();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(parts[i].1));
    let left = usize::try_from(i128::from(amount.minor()) - given).map_err(|_| MoneyError::Overflow)?;
    for &i in order.iter().take(left) {
        parts[i].0 += 1;
    }
    let money = |(part, _): (i128, i128)| i64::try_from(part).map(|minor| amount.currency().minor(minor));
    parts.into_iter().map(|part| money(part).map_err(|_| MoneyError::Overflow)).collect()
}

/// Puts a tax on the lines that carry it.
pub(super) fn put_tax(lines: &mut [Draft], tax: &LineTax, id: Option<&str>) -> Result<(), Fault> {
    let flagged = |line: &Draft| id.is_some_and(|id| line.tax_flags.iter().any(|flag| flag == id));
    let any_flags = lines.iter().any(|line| !line.tax_flags.is_empty());
    let carries = |line: &Draft| if any_flags { flagged(line) } else { true };
    let weights: Vec<i64> = lines.iter().map(|line| if carries(line) { line.amount.minor() } else { 0 }).collect();
    let parts = share_out(tax.amount, &weights).map_err(|error| nowhere(error, "the tax", &tax.code, tax.amount))?;
    for (line, amount) in lines.iter_mut().zip(parts) {
        if carries(line) && (!amount.is_zero() || !line.amount.is_zero()) {
            line.taxes.push(LineTax { amount, ..tax.clone() });
        }
    }
    Ok(())
}

/// What a discount says about the lines it is for.
#[derive(Debug, Clone, Default)]
pub(super) struct Aim {
    pub what: String,
    pub operator_sequence: Option<String>,
    pub item: Option<String>,
    pub tax_flags: Option<Vec<String>>,
}

/// Takes a discount off the lines it is for: the one it names, else those of its item, else those taxed alike, else all.
pub(super) fn take_off(lines: &mut [Draft], discount: Money, aim: &Aim) -> Result<(), Fault> {
    let named = |line: &Draft| aim.operator_sequence.is_some() && line.operator_sequence == aim.operator_sequence;
    let same_item = |line: &Draft| aim.item.as_ref() == Some(&line.item);
    let taxed_alike = |line: &Draft| aim.tax_flags.as_ref() == Some(&line.tax_flags);
    let everything = |_: &Draft| true;
    let tests: [&dyn Fn(&Draft) -> bool; 4] = [&named, &same_item, &taxed_alike, &everything];
    let sold = |line: &Draft| line.amount.is_positive();
    let chosen = tests.into_iter().find(|test| lines.iter().any(|line| sold(line) && test(line)));
    let weight = |line: &Draft| if sold(line) && chosen.is_some_and(|test| test(line)) { line.amount.minor() } else { 0 };
    let weights: Vec<i64> = lines.iter().map(weight).collect();
    let parts = discount.allocate(&weights).map_err(|error| nowhere(error, "the discount", &aim.what, discount))?;
    for (line, part) in lines.iter_mut().zip(parts) {
        line.amount = line.amount.minus(part)?;
        line.discount = line.discount.plus(part)?;
    }
    Ok(())
}

fn nowhere(error: MoneyError, what: &str, name: &str, amount: Money) -> Fault {
    match error {
        MoneyError::NoWeights => Fault::NowhereToStand { what: format!("{what} {name}"), amount: amount.to_string() },
        other => Fault::from(other),
    }
}

/// Lines without what the till voided: each void takes away the last line of its item and amount, or a part of one.
pub(super) fn without_voids(lines: Vec<(Draft, bool)>) -> Result<Vec<Draft>, MoneyError> {
    let mut kept: Vec<Draft> = Vec::with_capacity(lines.len());
    for (line, voids) in lines {
        if !voids {
            kept.push(line);
            continue;
        }
        let matches = |sold: &Draft| sold.item == line.item && sold.amount.is_positive() == line.amount.is_negative();
        let whole = |sold: &Draft| matches(sold) && sold.amount.minor().checked_add(line.amount.minor()) == Some(0);
        let left = |sold: &Draft| sold.quantity.thousandths().saturating_add(line.quantity.thousandths());
        if let Some(at) = kept.iter().rposition(whole) {
            kept.remove(at);
        } else if let Some(sold) = kept.iter_mut().rev().find(|sold| matches(sold) && left(sold) > 0) {
            sold.quantity = sold.quantity.plus(line.quantity)?;
            sold.amount = sold.amount.plus(line.amount)?;
            sold.discount = sold.discount.plus(line.discount)?;
            sold.raw += line.raw;
        } else {
            kept.push(line);
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn shares_add_up_with_goods_taken_back() {
        let usd = Currency::from_code("USD").unwrap();
        for (amount, weights, parts) in [
            (94, &[349, 349, 115, 115][..], &[35, 35, 12, 12][..]),
            (10, &[300, -100], &[15, -5]),
            (-10, &[-300, 100], &[-15, 5]),
            (7, &[10, 10, -5], &[5, 5, -3]),
            (0, &[1, -1], &[]),
        ] {
            match share_out(usd.minor(amount), weights) {
                Ok(shared) => assert_eq!(shared.iter().map(|part| part.minor()).collect::<Vec<_>>(), parts, "{weights:?}"),
                Err(error) => assert_eq!((error, parts.is_empty()), (MoneyError::NoWeights, true)),
            }
        }
    }
}

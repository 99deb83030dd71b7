//! What of a bill has been given back, and what can still be: the one place that computes a line's remaining money.

use serde::{Deserialize, Serialize};

use super::bill::{Bill, Line, TaxMode};
use super::money::{Money, MoneyError, Quantity};

/// Money of a line or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Without tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// Tax included.
    pub gross: Money,
}

impl Share {
    /// Sum of two shares.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self { net: self.net.plus(other.net)?, tax: self.tax.plus(other.tax)?, gross: self.gross.plus(other.gross)? })
    }

    /// Difference of two shares.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self { net: self.net.minus(other.net)?, tax: self.tax.minus(other.tax)?, gross: self.gross.minus(other.gross)? })
    }

    /// The same share the other way round.
    pub fn negated(self) -> Result<Self, MoneyError> {
        Ok(Self { net: self.net.negated()?, tax: self.tax.negated()?, gross: self.gross.negated()? })
    }

    /// The part of a share that a quantity stands for; net and tax are shared when tax is added, else gross and tax.
    /// Goodwill that left the tax alone can take a net below nothing; then gross and tax are shared as well.
    fn part(self, mode: TaxMode, part: Quantity, whole: Quantity) -> Result<Self, MoneyError> {
        let tax = self.tax.share(part, whole)?;
        match mode {
            TaxMode::Added if !self.net.is_negative() => {
                let net = self.net.share(part, whole)?;
                Ok(Self { net, tax, gross: net.plus(tax)? })
            }
            TaxMode::Added | TaxMode::Included => Self::of(self.gross.share(part, whole)?, tax),
        }
    }

    /// A gross amount with the tax in it.
    pub fn of(gross: Money, tax: Money) -> Result<Self, MoneyError> {
        Ok(Self { net: gross.minus(tax)?, tax, gross })
    }

    /// This share, but neither below nothing nor more than what is left.
    pub fn within(self, left: Self) -> Result<Self, MoneyError> {
        let between = |amount: Money, most: Money| amount.at_most(most).map(Money::not_below_nothing);
        Self::of(between(self.gross, left.gross)?, between(self.tax, left.tax)?)
    }
}

impl Line {
    /// What was paid for one piece, offers and discounts taken off and tax in it, to the currency's minor unit; all of the line
    /// where it counts no pieces.
    pub fn paid_each(&self) -> Result<Money, MoneyError> {
        if self.quantity.is_zero() { Ok(self.gross) } else { self.gross.share(Quantity::ONE, self.quantity) }
    }

    /// All of the line's money.
    pub fn share(&self) -> Share {
        Share { net: self.net, tax: self.tax, gross: self.gross }
    }
}

/// Money taken off a line without goods coming back, and how many had come back before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// How many had been given back when it was made.
    pub returned_before: Quantity,
    /// What it paid.
    pub share: Share,
}

/// What has been given back of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineStanding {
    /// How many.
    pub returned: Quantity,
    /// For how much.
    pub given: Share,
    /// Price corrections and goodwill that counts, in their order.
    pub corrections: Vec<Correction>,
    /// Whether its price has been corrected.
    pub corrected: bool,
}

impl LineStanding {
    /// Nothing given back yet.
    pub fn untouched(line: &Line) -> Self {
        let zero = line.gross.currency().zero();
        Self {
            returned: Quantity::ZERO,
            given: Share { net: zero, tax: zero, gross: zero },
            corrections: Vec::new(),
            corrected: false,
        }
    }

    /// How many can still come back; nothing of lines that are no sale.
    pub fn can_return(&self, line: &Line) -> Result<Quantity, MoneyError> {
        let left = line.quantity.minus(self.returned)?;
        Ok(if line.quantity.is_positive() && left.is_positive() { left } else { Quantity::ZERO })
    }

    /// What was paid for the line and has neither been given back nor taken off.
    pub fn remaining(&self, line: &Line) -> Result<Share, MoneyError> {
        self.corrections.iter().try_fold(line.share().minus(self.given)?, |left, correction| left.minus(correction.share))
    }

    /// What giving back `quantity` more pays: the rounded share of everything given back so far and now, less what was
    /// given before, so that the parts add up to the whole. The part that completes the line pays what is left of it.
    pub fn give_back(&self, line: &Line, mode: TaxMode, quantity: Quantity) -> Result<Share, MoneyError> {
        let left = self.remaining(line)?;
        let so_far = self.returned.plus(quantity)?;
        if so_far >= line.quantity {
            return left.within(left);
        }
        self.due(line, mode, so_far)?.minus(self.given)?.within(left)
    }

    /// What is due in all when so much has come back. A correction is taken off the pieces kept when it was made: what
    /// they hold after it is shared over them alone, so that no part is rounded below nothing.
    fn due(&self, line: &Line, mode: TaxMode, so_far: Quantity) -> Result<Share, MoneyError> {
        let mut held = line.share();
        let mut due = held.minus(held)?;
        let mut from = Quantity::ZERO;
        for correction in self.corrections.iter().filter(|correction| correction.returned_before < so_far) {
            if correction.returned_before > from {
                let step = held.part(mode, correction.returned_before.minus(from)?, line.quantity.minus(from)?)?;
                (due, held, from) = (due.plus(step)?, held.minus(step)?, correction.returned_before);
            }
            held = held.minus(correction.share)?;
        }
        due.plus(held.part(mode, so_far.minus(from)?, line.quantity.minus(from)?)?)
    }

    /// What was charged for the pieces kept, whatever was taken off them since. Lines of a promotion are priced together,
    /// so there it is what the line still holds.
    pub fn charged_for_kept(&self, line: &Line, mode: TaxMode) -> Result<Share, MoneyError> {
        if line.group.is_some() {
            return self.remaining(line);
        }
        line.share().minus(line.share().part(mode, self.returned, line.quantity)?)
    }
}

/// What a payment of a bill has paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// The payment's place in the bill.
    pub payment: u32,
    /// How much of the bill's gross it gave back.
    pub exact: Money,
    /// How much money went out for that, cash rounding included.
    pub paid: Money,
}

/// A bill with what has happened to it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillStanding {
    /// The bill.
    pub bill: Bill,
    /// Each line's standing, in the order of the lines.
    pub lines: Vec<LineStanding>,
    /// Each payment's use, in the order of the payments.
    pub used: Vec<Used>,
}

impl BillStanding {
    /// A bill to which nothing has happened yet.
    pub fn untouched(bill: Bill) -> Self {
        let lines = bill.lines.iter().map(LineStanding::untouched).collect();
        let zero = bill.currency.zero();
        let used = bill.payments.iter().map(|payment| Used { payment: payment.no, exact: zero, paid: zero }).collect();
        Self { bill, lines, used }
    }

    /// A line with its standing.
    pub fn line(&self, no: u32) -> Option<(&Line, &LineStanding)> {
        self.bill.lines.iter().zip(&self.lines).find(|(line, _)| line.no == no)
    }

    /// What the bill can still give back: what its payments can still take, and no more than its lines still hold.
    pub fn left_to_pay(&self) -> Result<Money, MoneyError> {
        let covered = Money::sum(self.bill.currency, self.bill.covers()?.into_iter().map(|(_, amount)| amount))?;
        let room = covered.minus(self.paid_back()?)?;
        let holds =
            |(line, standing): (&Line, &LineStanding)| standing.remaining(line).map(|left| left.gross.not_below_nothing());
        let sold = self.bill.lines.iter().zip(&self.lines).filter(|(line, _)| line.quantity.is_positive());
        let held = sold.map(holds).collect::<Result<Vec<_>, _>>()?;
        room.at_most(Money::sum(self.bill.currency, held)?)
    }

    /// Goodwill that used up payments but was not set off against the lines.
    pub fn not_set_off(&self) -> Result<Money, MoneyError> {
        let mut beside = self.paid_back()?;
        for standing in &self.lines {
            beside = beside.minus(standing.given.gross)?;
            for correction in &standing.corrections {
                beside = beside.minus(correction.share.gross)?;
            }
        }
        Ok(beside.not_below_nothing())
    }

    fn paid_back(&self) -> Result<Money, MoneyError> {
        Money::sum(self.bill.currency, self.used.iter().map(|used| used.exact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use rust_decimal::Decimal;

    fn line(quantity: &str, gross_minor: i64, tax_minor: i64, code: &str) -> Line {
        let currency = Currency::from_code(code).unwrap();
        Line {
            no: 1,
            item: "A".into(),
            text: "A".into(),
            department: String::new(),
            quantity: quantity.parse().unwrap(),
            unit_price: Decimal::ZERO,
            discount: currency.zero(),
            net: currency.minor(gross_minor - tax_minor),
            tax: currency.minor(tax_minor),
            gross: currency.minor(gross_minor),
            taxes: vec![],
            returns: None,
            group: None,
        }
    }

    fn give(standing: &mut LineStanding, line: &Line, mode: TaxMode, quantity: &str) -> Share {
        let quantity: Quantity = quantity.parse().unwrap();
        let share = standing.give_back(line, mode, quantity).unwrap();
        standing.returned = standing.returned.plus(quantity).unwrap();
        standing.given = standing.given.plus(share).unwrap();
        share
    }

    #[test]
    fn three_for_ten_comes_back_one_by_one() {
        for mode in [TaxMode::Included, TaxMode::Added] {
            let line = line("3", 1000, 174, "EUR");
            let mut standing = LineStanding::untouched(&line);
            let parts: Vec<Share> = (0..3).map(|_| give(&mut standing, &line, mode, "1")).collect();
            assert_eq!(parts.iter().map(|p| p.gross.minor()).sum::<i64>(), 1000);
            assert_eq!(parts.iter().map(|p| p.tax.minor()).collect::<Vec<_>>(), [58, 58, 58]);
            assert!(parts.iter().all(|p| [333, 334].contains(&p.gross.minor())), "{parts:?}");
            assert!(standing.remaining(&line).unwrap().gross.is_zero());
        }
    }

    #[test]
    fn sold_ten_returned_four_leaves_six() {
        let line = line("10", 1990, 0, "GBP");
        let mut standing = LineStanding::untouched(&line);
        give(&mut standing, &line, TaxMode::Included, "4");
        assert_eq!(standing.can_return(&line).unwrap(), "6".parse().unwrap());
    }

    #[test]
    fn half_of_one_can_come_back() {
        let line = line("1", 99, 0, "EUR");
        let mut standing = LineStanding::untouched(&line);
        assert_eq!(give(&mut standing, &line, TaxMode::Included, "0.5").gross.minor(), 50);
        assert_eq!(give(&mut standing, &line, TaxMode::Included, "0.5").gross.minor(), 49);
    }

    #[test]
    fn a_correction_belongs_to_the_pieces_kept() {
        let line = line("3", 1000, 0, "EUR");
        let mut standing = LineStanding::untouched(&line);
        give(&mut standing, &line, TaxMode::Included, "1");
        let share = Share { net: line.net.currency().minor(67), tax: line.tax, gross: line.net.currency().minor(67) };
        standing.corrections.push(Correction { returned_before: standing.returned, share });
        let second = give(&mut standing, &line, TaxMode::Included, "1").gross.minor();
        let third = give(&mut standing, &line, TaxMode::Included, "1").gross.minor();
        assert_eq!((second, third), (300, 300));
    }

    proptest::proptest! {
        #[test]
        fn parts_add_up_in_every_currency(
            gross in 0_i64..10_000_000, tax_part in 0_i64..100, pieces in proptest::collection::vec(1_i64..50_000, 1..8),
            mode in proptest::sample::select(vec![TaxMode::Included, TaxMode::Added]),
            code in proptest::sample::select(vec!["JPY", "EUR", "KWD"]), correct_at in 0_usize..8, off in 0_i64..50,
        ) {
            let total: i64 = pieces.iter().sum();
            let mut line = line("1", gross, gross * tax_part / 200, code);
            line.quantity = Quantity::from_thousandths(total);
            let mut standing = LineStanding::untouched(&line);
            let mut taken_off = 0;
            for (i, piece) in pieces.iter().enumerate() {
                if i == correct_at {
                    taken_off = standing.remaining(&line).unwrap().net.minor() * off / 100;
                    let currency = line.net.currency();
                    let share = Share { net: currency.minor(taken_off), tax: currency.zero(), gross: currency.minor(taken_off) };
                    standing.corrections.push(Correction { returned_before: standing.returned, share });
                }
                let quantity = Quantity::from_thousandths(*piece);
                let share = standing.give_back(&line, mode, quantity).unwrap();
                proptest::prop_assert_eq!(share.net.plus(share.tax).unwrap(), share.gross);
                standing.returned = standing.returned.plus(quantity).unwrap();
                standing.given = standing.given.plus(share).unwrap();
            }
            proptest::prop_assert_eq!(standing.given.gross.minor() + taken_off, gross);
            proptest::prop_assert_eq!(standing.given.tax, line.tax);
            proptest::prop_assert!(standing.remaining(&line).unwrap().gross.is_zero());
        }
    }
}

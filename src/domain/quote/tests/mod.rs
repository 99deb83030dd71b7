//! Table and property tests of the jobs, on small shops made by hand.

mod admin;
mod digest;
mod erase;
mod fee;
mod goods;
mod goodwill;
mod limits;
mod model;
mod payout;
mod price;
mod refund;
mod seal;
mod void;
mod windows;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{AtDesk, BillFacts, DocumentFacts, Facts, Open, QuoteError, Spent, quote};
use crate::domain::bill::{Bill, BillKind, CardTrace, Line, LineTax, Payment, PromotionGroup, TaxMode, Tender};
use crate::domain::calendar::Moment;
use crate::domain::credit::Credit;
use crate::domain::digest::{BEGINNING, Digest};
use crate::domain::document::{ApprovalMark, Document, Effect, PolicyMark, Quote};
use crate::domain::ids::{BillId, CardNumber, CreditCode, DeskNo, DocumentId, DocumentNumber, MemberId, RequestId, StaffNo};
use crate::domain::journal::balanced;
use crate::domain::member::{Member, Person, Standing};
use crate::domain::money::{Currency, Money, Quantity};
use crate::domain::note::Note;
use crate::domain::policy::Policy;
use crate::domain::request::{CorrectPrice, Give, Goods, Goodwill, GoodwillTo, LinePart, Refund, Request, RightPrice, Void};
use crate::domain::ruling::Outcome;
use crate::domain::staff::{Role, Staff};
use crate::domain::standing::{BillStanding, Correction, LineStanding};

/// The day on which the shops of these tests trade.
const TODAY: Date = date(2026, 10, 12);

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

fn member_id(no: u128) -> MemberId {
    MemberId(Uuid::from_u128(no))
}

/// A bill in the making: `bill("EUR").line("3", 1000).cash(1000)`.
struct BillMaker(Bill);

fn bill(code: &str) -> BillMaker {
    let currency = Currency::from_code(code).unwrap();
    BillMaker(Bill {
        id: BillId(Uuid::from_u128(1)),
        key: "1".into(),
        number: "536365".into(),
        kind: BillKind::Sale,
        till: "1".into(),
        at: Moment { at_us: 0, offset_min: 0 },
        business_date: TODAY,
        member: Some(member_id(7)),
        currency,
        tax_mode: TaxMode::Included,
        lines: Vec::new(),
        payments: Vec::new(),
        rounding: currency.zero(),
        groups: Vec::new(),
    })
}

impl BillMaker {
    fn line(self, quantity: &str, gross_minor: i64) -> Self {
        self.taxed(quantity, gross_minor, &[])
    }

    /// A line with its taxes by code.
    fn taxed(mut self, of: &str, gross_minor: i64, taxes_minor: &[i64]) -> Self {
        let currency = self.0.currency;
        let tax_minor: i64 = taxes_minor.iter().sum();
        let no = u32::try_from(self.0.lines.len() + 1).unwrap();
        let code = |i: usize| ["A", "B", "C", "D"][i].to_owned();
        let tax =
            |(i, minor): (usize, &i64)| LineTax { code: code(i), rate: "21".parse().unwrap(), amount: currency.minor(*minor) };
        self.0.lines.push(Line {
            no,
            item: format!("item-{no}"),
            text: format!("Thing {no}"),
            department: String::new(),
            quantity: quantity(of),
            unit_price: Decimal::ZERO,
            discount: currency.zero(),
            net: currency.minor(gross_minor - tax_minor),
            tax: currency.minor(tax_minor),
            gross: currency.minor(gross_minor),
            taxes: taxes_minor.iter().enumerate().map(tax).collect(),
            returns: None,
            group: None,
        });
        self
    }

    /// Changes the last line.
    fn with(mut self, change: impl FnOnce(&mut Line)) -> Self {
        change(self.0.lines.last_mut().unwrap());
        self
    }

    fn tax_added(mut self) -> Self {
        self.0.tax_mode = TaxMode::Added;
        self
    }

    fn paid(mut self, tender: Tender, minor: i64) -> Self {
        let no = u32::try_from(self.0.payments.len() + 1).unwrap();
        let card = (tender == Tender::Card).then(|| CardTrace { last_four: Some("4821".into()), ..CardTrace::default() });
        self.0.payments.push(Payment { no, tender, amount: self.0.currency.minor(minor), card });
        self
    }

    fn cash(self, minor: i64) -> Self {
        self.paid(Tender::Cash, minor)
    }

    fn on(mut self, day: Date) -> Self {
        self.0.business_date = day;
        self
    }

    fn numbered(mut self, no: u128) -> Self {
        self.0.id = BillId(Uuid::from_u128(no));
        self.0.number = no.to_string();
        self
    }

    /// All lines under one promotion, with regular prices of a piece.
    fn promotion(mut self, buy: u32, free: u32, regular_minor: i64) -> Self {
        let regular = self.0.lines.iter().map(|line| (line.no, self.0.currency.minor(regular_minor))).collect();
        self.0.lines.iter_mut().for_each(|line| line.group = Some(1));
        self.0.groups.push(PromotionGroup { no: 1, name: "Offer".into(), buy, free, regular });
        self
    }

    /// The bill, its cash rounding being what payments and lines differ by.
    fn made(mut self) -> Bill {
        self.0.rounding = self.0.paid().unwrap().minus(self.0.gross().unwrap()).unwrap();
        self.0.check().unwrap();
        self.0
    }
}

fn person(no: u32, role: Role) -> Staff {
    Staff { no: StaffNo(no), name: "Ann K.".into(), role, language: "en".into(), active: true, member: None }
}

fn member(no: u128) -> Member {
    let (cards, terms) = (Vec::new(), Vec::new());
    Member {
        id: member_id(no),
        person: Some(Person::default()),
        household: None,
        since: TODAY,
        standing: Standing::Good,
        cards,
        terms,
    }
}

/// A counter with its books in memory: it quotes, and posts by applying effects as a store does.
struct Shop {
    facts: Facts,
    policy: Policy,
    today: Date,
    posted: Vec<Document>,
    credits: Vec<Credit>,
}

fn shop(preset: &str, makers: impl IntoIterator<Item = BillMaker>) -> Shop {
    let bills: Vec<_> = makers
        .into_iter()
        .map(|maker| BillFacts { standing: BillStanding::untouched(maker.made()), policy_then: None })
        .collect();
    let currency = bills.first().map_or_else(|| "EUR".parse().unwrap(), |facts| facts.standing.bill.currency);
    let facts = Facts {
        desk: DeskNo(2),
        clerk: person(1, Role::Clerk),
        currency,
        policy: PolicyMark { name: preset.into(), version: 1, hash: Digest::of(preset.as_bytes()) },
        member: Some(member(7)),
        host: None,
        bills,
        credit: None,
        document: None,
        staff: None,
        is_own: false,
        ahead: None,
        spent: Spent::nothing(currency),
        household: 0,
        at_desk: AtDesk::default(),
        open: Open::default(),
    };
    let policy = Policy::parse(crate::domain::preset::of(preset).unwrap().text).unwrap();
    Shop { facts, policy, today: TODAY, posted: Vec::new(), credits: Vec::new() }
}

impl Shop {
    /// What a request would do; every quote is proved on the way.
    fn ask(&self, request: &Request) -> Quote {
        let quote = self.try_ask(request).unwrap();
        prove(&quote);
        quote
    }

    fn try_ask(&self, request: &Request) -> Result<Quote, QuoteError> {
        quote(request, &self.facts, &self.policy, self.today)
    }

    /// Quotes and applies, also what needs a second person's word.
    fn post(&mut self, request: &Request) -> Document {
        let quote = self.ask(request);
        assert_ne!(quote.verdict(), Outcome::Refused, "{:?}", quote.rulings);
        let document = self.document(quote);
        for effect in &document.quote.effects {
            self.apply(effect, &document);
        }
        self.posted.push(document.clone());
        document
    }

    fn document(&self, quote: Quote) -> Document {
        let sequence = u64::try_from(self.posted.len() + 1).unwrap();
        let number = DocumentNumber { desk: quote.desk, sequence };
        let issues = |wanted: fn(&Effect) -> bool| quote.effects.iter().any(wanted);
        let at = Moment { at_us: 0, offset_min: 0 };
        let mark = |role| ApprovalMark { by: StaffNo(9), role, at, digest: BEGINNING, own: false };
        Document {
            id: DocumentId(Uuid::from_u128(u128::from(sequence))),
            number,
            request: RequestId(Uuid::from_u128(u128::from(sequence))),
            at,
            approval: quote.verdict().asks().map(mark),
            card: issues(|effect| matches!(effect, Effect::IssueCard { .. })).then(|| CardNumber::from_serial(1).unwrap()),
            credit: issues(|effect| matches!(effect, Effect::IssueCredit { .. })).then_some(CreditCode(number)),
            paper: BEGINNING,
            quote,
            asked: None,
            note: None,
        }
    }

    fn line(&mut self, bill: BillId, no: u32) -> &mut LineStanding {
        let standing = self.facts.bills.iter_mut().map(|facts| &mut facts.standing).find(|known| known.bill.id == bill).unwrap();
        &mut standing.lines[usize::try_from(no - 1).unwrap()]
    }

    fn apply(&mut self, effect: &Effect, document: &Document) {
        match effect {
            Effect::GiveBack { bill, line, quantity, share } => {
                let line = self.line(*bill, *line);
                line.returned = line.returned.plus(*quantity).unwrap();
                line.given = line.given.plus(*share).unwrap();
            }
            Effect::Correct { bill, line, returned_before, share, price } => {
                let line = self.line(*bill, *line);
                line.corrections.push(Correction { returned_before: *returned_before, share: *share });
                line.corrected = if *price { !share.gross.is_negative() } else { line.corrected };
            }
            Effect::Use { bill, payment, exact, paid } => {
                let standing = self.facts.bills.iter_mut().map(|facts| &mut facts.standing).find(|known| known.bill.id == *bill);
                let used = standing.unwrap().used.iter_mut().find(|used| used.payment == *payment).unwrap();
                used.exact = used.exact.plus(*exact).unwrap();
                used.paid = used.paid.plus(*paid).unwrap();
            }
            Effect::IssueCredit { member, amount, promotional } => {
                let code = document.credit.unwrap();
                self.credits.push(Credit { code, member: *member, balance: *amount, promotional: *promotional });
            }
            Effect::UseCredit { code, amount } => {
                let credit = self.credits.iter_mut().find(|credit| credit.code == *code).unwrap();
                credit.balance = credit.balance.minus(*amount).unwrap();
                assert!(!credit.balance.is_negative());
            }
            _ => {}
        }
    }

    /// Looks at a document, as a void or a payout record does.
    fn look_at(&mut self, document: &Document) {
        let due = document.quote.payouts.iter().filter(|payout| payout.due).map(|payout| payout.no).collect();
        self.facts.document = Some(DocumentFacts { document: document.clone(), voided: false, due });
        self.facts.credit = document.credit.and_then(|code| self.credits.iter().find(|credit| credit.code == code).cloned());
    }

    fn void(&mut self, document: &Document) -> Document {
        self.look_at(document);
        self.post(&void(document))
    }

    fn left(&self, line: usize) -> i64 {
        let standing = &self.facts.bills[0].standing;
        standing.lines[line - 1].remaining(&standing.bill.lines[line - 1]).unwrap().gross.minor()
    }
}

/// What holds for every quote, also a refused one.
fn prove(quote: &Quote) {
    balanced(quote.currency, &quote.journal).unwrap();
    let sum = |amounts: Vec<Money>| Money::sum(quote.currency, amounts).unwrap();
    assert_eq!(sum(quote.lines.iter().map(|line| line.share.gross).collect()), quote.total);
    assert_eq!(sum(quote.payouts.iter().map(|payout| payout.exact).collect()), quote.total, "what moves is what is owed");
    for line in &quote.lines {
        assert_eq!(line.share.net.plus(line.share.tax).unwrap(), line.share.gross);
        assert_eq!(sum(line.taxes.iter().map(|tax| tax.amount).collect()), line.share.tax);
    }
}

fn void(document: &Document) -> Request {
    Request::Void(Void { document: document.number })
}

fn refund_of(goods: Goods) -> Refund {
    Refund { goods, to: None, reason: None, condition: None, seen: None, note: None }
}

fn whole() -> Request {
    Request::Refund(refund_of(Goods::Bill { bill: "536365".into() }))
}

/// Some of lines, as `back(&[(1, "2")])`.
fn back(lines: &[(u32, &str)]) -> Request {
    Request::Refund(refund_of(parts(lines)))
}

fn back_to(lines: &[(u32, &str)], to: Tender) -> Request {
    Request::Refund(Refund { to: Some(to), ..refund_of(parts(lines)) })
}

fn parts(lines: &[(u32, &str)]) -> Goods {
    let lines = lines.iter().map(|(line, text)| LinePart { line: *line, quantity: Some(quantity(text)) }).collect();
    Goods::Lines { bill: "536365".into(), lines }
}

fn item(item: &str, of: &str) -> Request {
    Request::Refund(refund_of(Goods::Item { member: "7".into(), item: item.into(), quantity: quantity(of) }))
}

fn right_price(lines: &[(u32, &str)]) -> Request {
    let lines = lines.iter().map(|(line, price)| RightPrice { line: *line, price: price.parse().unwrap() }).collect();
    Request::CorrectPrice(CorrectPrice { bill: "536365".into(), lines, reason: None, to: None, note: None })
}

fn sorry(give: Give, to: GoodwillTo) -> Request {
    Request::Goodwill(Goodwill { bill: Some("536365".into()), member: None, give, to, reason: None, note: None })
}

fn sorry_amount(text: &str, to: GoodwillTo) -> Request {
    sorry(Give::Amount(text.parse().unwrap()), to)
}

/// What moves to the member by tender, in minor units.
fn moved(quote: &Quote) -> Vec<(Tender, i64)> {
    quote.payouts.iter().map(|payout| (payout.tender, payout.amount.minor())).collect()
}

/// The id of what the rule of a name says.
fn says<'a>(quote: &'a Quote, rule: &str) -> &'a str {
    quote.rulings.iter().find(|ruling| ruling.rule == rule).map_or("", |ruling| ruling.say.id.as_str())
}

fn outcome(quote: &Quote, rule: &str) -> Option<Outcome> {
    quote.rulings.iter().filter(|ruling| ruling.rule == rule).map(|ruling| ruling.outcome).max()
}

//! Random work against a model: every answer and the state of the books afterwards are what a plain fold of what must hold says, on
//! both engines. A sequence that breaks it is cut down to the shortest that still does.

use std::collections::BTreeMap;
use std::process::Command;

use courtesy::desk::{Desk, DeskError, Outcome, Posted, Proof, ask, set_up};
use courtesy::domain::bill::{Bill, LineTax, Tender};
use courtesy::domain::ids::{CreditCode, DeskNo, DocumentNumber, MemberId, RequestId};
use courtesy::domain::member::Person;
use courtesy::domain::money::Quantity;
use courtesy::domain::request::{
    CloseShift, CorrectPrice, Envelope, Give, Goods, Goodwill, GoodwillTo, LinePart, OpenShift, PayIn, PayoutOutcome,
    RecordPayout, RedeemCredit, Refund, Renew, Request, RightPrice, SignUp, Void,
};
use courtesy::receipt::print::Printer;
use courtesy::store::verify::verify;
use courtesy::store::{Store, StoreError, bill as bills, seal};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use uuid::Uuid;

use super::model::{BillOf, LineOf, Model, Must};
use super::shop::{FIRST, clock, opening, room};
use super::{count, told};
use crate::server;
use crate::store::{bill, eur, line};

/// Something that somebody asks for at one of three desks; what it is about is picked from what there is.
#[derive(Debug, Clone)]
enum Act {
    Refund {
        bill: usize,
        line: usize,
        halves: i64,
        credit: bool,
    },
    Price {
        bill: usize,
        line: usize,
        minor: i64,
    },
    Sorry {
        bill: usize,
        minor: i64,
        credit: bool,
    },
    Redeem {
        which: usize,
        minor: i64,
    },
    Void(usize),
    Settle(usize, bool),
    SignUp,
    Renew(usize),
    Shift(bool),
    /// The same request again, as it was.
    Again(usize),
    /// Another request under an id that was used.
    Other(usize),
}

impl Act {
    /// The same of another document, credit, member or request.
    fn picking(&self, which: usize) -> Act {
        match *self {
            Act::Redeem { minor, .. } => Act::Redeem { which, minor },
            Act::Void(_) => Act::Void(which),
            Act::Settle(_, paid) => Act::Settle(which, paid),
            Act::Renew(_) => Act::Renew(which),
            Act::Again(_) => Act::Again(which),
            Act::Other(_) => Act::Other(which),
            Act::Refund { .. } | Act::Price { .. } | Act::Sorry { .. } | Act::SignUp | Act::Shift(_) => self.clone(),
        }
    }
}

fn act() -> impl Strategy<Value = (u16, Act)> {
    let pick = || 0_usize..16;
    let of = || (0_usize..2, 0_usize..2);
    let act = prop_oneof![
        5 => (of(), 1_i64..13, proptest::bool::weighted(0.3)).prop_map(|((bill, line), halves, credit)| Act::Refund {
            bill,
            line,
            halves,
            credit
        }),
        2 => (of(), 0_i64..300).prop_map(|((bill, line), minor)| Act::Price { bill, line, minor }),
        2 => (0_usize..2, 1_i64..900, proptest::bool::ANY).prop_map(|(bill, minor, credit)| Act::Sorry { bill, minor, credit }),
        3 => (pick(), 1_i64..500).prop_map(|(which, minor)| Act::Redeem { which, minor }),
        3 => pick().prop_map(Act::Void),
        2 => (pick(), proptest::bool::ANY).prop_map(|(which, paid)| Act::Settle(which, paid)),
        1 => Just(Act::SignUp),
        1 => pick().prop_map(Act::Renew),
        1 => proptest::bool::ANY.prop_map(Act::Shift),
        2 => pick().prop_map(Act::Again),
        1 => pick().prop_map(Act::Other),
    ];
    (1_u16..4, act)
}

/// One sequence: a desk's program, the model, and what was asked so far.
struct Run<'a> {
    desk: &'a mut Desk,
    model: Model,
    keys: [String; 2],
    asked: Vec<(Envelope, Must)>,
    posted: BTreeMap<RequestId, Posted>,
    members: Vec<MemberId>,
}

/// What came of one answer, for the model.
enum Came {
    Posted(Box<Posted>),
    Stopped,
}

impl Run<'_> {
    fn request(&mut self, desk: u16, act: &Act) -> Option<(Request, Must)> {
        let either = |request| Some((request, Must::Either));
        let documents = self.model.documents.len();
        match act {
            Act::Refund { bill, line, halves, credit } => {
                let must = self.model.refund(*bill, *line, halves * 500);
                let lines = vec![part(*line, halves * 500)];
                let goods = Goods::Lines { bill: self.keys[*bill].clone(), lines };
                let to = credit.then_some(Tender::StoreCredit);
                Some((Request::Refund(Refund { goods, to, reason: None, condition: None, seen: None, note: None }), must))
            }
            Act::Price { bill, line, minor } => {
                let lines = vec![RightPrice { line: u32::try_from(*line).unwrap() + 1, price: eur().minor(*minor).decimal() }];
                let bill = self.keys[*bill].clone();
                either(Request::CorrectPrice(CorrectPrice { bill, lines, reason: None, to: None, note: None }))
            }
            Act::Sorry { bill, minor, credit } => {
                let (bill, give) = (Some(self.keys[*bill].clone()), Give::Amount(eur().minor(*minor)));
                let to = if *credit { GoodwillTo::StoreCredit } else { GoodwillTo::Bill };
                either(Request::Goodwill(Goodwill { bill, member: None, give, to, reason: None, note: None }))
            }
            Act::Redeem { which, minor } => {
                let codes: Vec<DocumentNumber> = self.model.credits.keys().copied().collect();
                let code = *codes.get(which % codes.len().max(1))?;
                let request = RedeemCredit { credit: CreditCode(code), amount: Some(eur().minor(*minor)) };
                Some((Request::RedeemCredit(request), self.model.redeem(code, *minor)))
            }
            Act::Void(which) if documents > 0 => {
                let which = which % documents;
                let document = self.model.documents[which].document.number;
                Some((Request::Void(Void { document }), self.model.void(which, desk)))
            }
            Act::Settle(which, paid) if documents > 0 => {
                let which = which % documents;
                let outcome = if *paid { PayoutOutcome::Paid("R-1".into()) } else { PayoutOutcome::Failed };
                let document = self.model.documents[which].document.number;
                let must = self.model.settle(which);
                Some((Request::RecordPayout(RecordPayout { document, payout: 1, outcome }), must))
            }
            Act::SignUp => {
                let member = MemberId(Uuid::now_v7());
                self.members.push(member);
                let person = Person { given: "Õie".into(), family: "Šaar".into(), ..Person::default() };
                let request = SignUp {
                    member,
                    salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
                    person,
                    plan: "basic".into(),
                    pay: cash(),
                    joins: None,
                };
                Some((Request::SignUp(request), Must::Post))
            }
            Act::Renew(which) => {
                let member = *self.members.get(which % self.members.len().max(1))?;
                let request = Renew { member: member.to_string(), plan: Some("basic".into()), pay: cash() };
                either(Request::Renew(request))
            }
            Act::Shift(true) => Some((Request::OpenShift(OpenShift {}), self.model.shift(desk, true))),
            Act::Shift(false) => Some((Request::CloseShift(CloseShift {}), self.model.shift(desk, false))),
            Act::Void(_) | Act::Settle(..) | Act::Again(_) | Act::Other(_) => None,
        }
    }

    /// Asks for it and holds the answer against the model.
    fn act(&mut self, desk: u16, act: &Act) -> Result<(), String> {
        let (envelope, must) = match act {
            Act::Again(which) | Act::Other(which) => {
                let Some((before, _)) = self.asked.get(which % self.asked.len().max(1)).cloned() else { return Ok(()) };
                let other = matches!(act, Act::Other(_));
                if let Some(posted) = self.posted.get(&before.id).cloned() {
                    return self.repeated(&before, &posted, other);
                }
                // What was stopped then is asked anew, and the books may have moved on.
                (before, Must::Either)
            }
            _ => {
                let Some((request, must)) = self.request(desk, act) else { return Ok(()) };
                (Envelope { desk: DeskNo(desk), ..ask(DeskNo(desk), FIRST, request) }, must)
            }
        };
        let came = self.post(&envelope)?;
        let ended = match (&came, must) {
            (Came::Posted(_), Must::Stop) => Err(format!("{act:?} was booked and must not be")),
            (Came::Stopped, Must::Post) => Err(format!("{act:?} was stopped and must be booked")),
            _ => Ok(()),
        };
        self.asked.push((envelope.clone(), must));
        ended?;
        if let Came::Posted(posted) = came {
            if posted.again {
                return Err(format!("{act:?} is said to have been booked before"));
            }
            self.fits(act, &posted)?;
            self.model.book(&posted).map_err(|error| format!("{act:?}: {error}"))?;
            self.posted.insert(envelope.id, *posted);
        }
        Ok(())
    }

    fn post(&mut self, envelope: &Envelope) -> Result<Came, String> {
        match self.desk.post(envelope, &Proof::default()) {
            Ok(Outcome::Posted(posted)) => Ok(Came::Posted(posted)),
            Ok(Outcome::Stopped(_) | Outcome::Changed(_)) => Ok(Came::Stopped),
            // The rules must see what the tables would refuse.
            Err(DeskError::Store(error @ StoreError::Unknown { .. })) => Err(format!("{error:?} of {envelope:?}")),
            Err(DeskError::Store(error)) => Err(format!("the tables refused {envelope:?}: {error:?}")),
            Err(_) => Ok(Came::Stopped),
        }
    }

    /// A request that was booked: the same one is answered the same, another one under its id is refused.
    fn repeated(&mut self, before: &Envelope, posted: &Posted, other: bool) -> Result<(), String> {
        let mut envelope = before.clone();
        if other {
            let goods = Goods::Lines { bill: self.keys[0].clone(), lines: vec![part(0, 77)] };
            envelope.request = Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None });
            return match self.desk.post(&envelope, &Proof::default()) {
                Err(DeskError::RequestReused(id)) if id == envelope.id => Ok(()),
                answer => Err(format!("an id was used for something else: {answer:?}")),
            };
        }
        match self.post(&envelope)? {
            Came::Posted(again) if again.again && again.document == posted.document && again.hash == posted.hash => Ok(()),
            _ => Err(format!("{before:?} was answered otherwise the second time")),
        }
    }

    /// Amounts that follow from the request alone.
    fn fits(&self, act: &Act, posted: &Posted) -> Result<(), String> {
        let total = posted.document.quote.total.minor();
        let fits = match act {
            Act::Refund { bill, line, halves, .. } => {
                let of = &self.model.bills[*bill].lines[*line];
                let whole = of.left() == halves * 500;
                total >= 0
                    && if whole {
                        total == of.gross - of.given - of.corrected
                    } else {
                        total <= of.gross - of.given - of.corrected
                    }
            }
            Act::Price { bill, line, minor } => {
                let of = &self.model.bills[*bill].lines[*line];
                let exact = of.gross - minor * of.sold / 1000;
                let fresh = of.corrections == 0 && of.returned == 0;
                total > 0 && total <= of.gross - of.given - of.corrected && (!fresh || total == exact)
            }
            Act::Sorry { minor, .. } => total == *minor,
            Act::Redeem { minor, .. } => total.abs() == *minor || total == 0,
            Act::SignUp | Act::Renew(_) => total == -6500,
            Act::Settle(..) | Act::Shift(_) => true,
            Act::Void(_) | Act::Again(_) | Act::Other(_) => true,
        };
        if fits { Ok(()) } else { Err(format!("{act:?} comes to {total}: {:?}", self.model.bills)) }
    }

    /// The books against the model, once everything was asked.
    fn ends(&mut self) -> Result<(), String> {
        let model = &self.model;
        self.desk
            .store()
            .read(|tx| {
                let mut wrong = Vec::new();
                for bill in &model.bills {
                    let sql = "SELECT line, CAST(SUM(quantity) AS BIGINT), CAST(SUM(gross_minor) AS BIGINT),
                        CAST(SUM(tax_minor) AS BIGINT) FROM line_event WHERE site = ?1 AND bill = ?2 GROUP BY line";
                    for row in tx.query(sql, &[tx.site(), bill.id.into()])? {
                        let of = &bill.lines[row.number::<usize>(0)? - 1];
                        let told = (row.int(1)?, row.int(2)?, row.int(3)?);
                        if told != (of.returned, of.given + of.corrected, of.given_tax + of.corrected_tax) {
                            wrong.push(format!("{told:?} of {of:?}"));
                        }
                    }
                    let sql = "SELECT CAST(COALESCE(SUM(exact_minor), 0) AS BIGINT) FROM payment_event
                        WHERE site = ?1 AND bill = ?2";
                    let used = tx.one(sql, &[tx.site(), bill.id.into()])?.map(|row| row.int(0)).transpose()?;
                    if used != Some(bill.used) {
                        wrong.push(format!("{used:?} was used of {bill:?}"));
                    }
                }
                for (code, credit) in &model.credits {
                    let known = courtesy::store::credit::load(tx, CreditCode(*code))?.map(|known| known.balance.minor());
                    if known != Some(credit.issued - credit.used) {
                        wrong.push(format!("{code} holds {known:?}, not {credit:?}"));
                    }
                }
                for of in &model.documents {
                    let number = of.document.number;
                    let sql = "SELECT state FROM payout WHERE site = ?1 AND desk = ?2 AND sequence = ?3 ORDER BY no";
                    let sequence = i64::try_from(number.sequence).unwrap();
                    let states = tx.query(sql, &[tx.site(), number.desk.into(), sequence.into()])?;
                    let states = states.iter().map(|row| row.string(0)).collect::<Result<Vec<_>, _>>()?;
                    if states != of.payouts {
                        wrong.push(format!("{number}: {states:?}, not {:?}", of.payouts));
                    }
                }
                for (desk, last) in &model.last {
                    if seal::ends(tx, DeskNo(*desk))?.sequence != *last {
                        wrong.push(format!("desk {desk} does not end at {last}"));
                    }
                }
                let out =
                    tx.one("SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM posting WHERE site = ?1", &[tx.site()])?;
                if out.map(|row| row.int(0)).transpose()? != Some(0) {
                    wrong.push("all accounts do not sum to nothing".to_owned());
                }
                Ok::<_, StoreError>(wrong)
            })
            .map_err(|error| error.to_string())
            .and_then(|wrong| if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) })
    }
}

fn part(line: usize, thousandths: i64) -> LinePart {
    LinePart { line: u32::try_from(line).unwrap() + 1, quantity: Some(Quantity::from_thousandths(thousandths)) }
}

fn cash() -> Option<PayIn> {
    Some(PayIn { tender: Tender::Cash, reference: None, credit: None })
}

/// Two bills that nothing has happened to yet, under keys of their own.
fn sales() -> [Bill; 2] {
    let taxed = |no, quantity, gross: i64| {
        let mut line = line(no, quantity, gross);
        (line.tax, line.net) = (eur().minor(gross / 6), eur().minor(gross - gross / 6));
        line.taxes = vec![LineTax { code: "A".into(), rate: "20".parse().unwrap(), amount: line.tax }];
        line
    };
    let key = || format!("till/{}", Uuid::now_v7());
    [bill(&key(), vec![taxed(1, 5, 1275), taxed(2, 2, 350)]), bill(&key(), vec![taxed(1, 3, 1000), taxed(2, 4, 401)])]
}

/// Does a sequence on fresh bills; an error says where model and engine part.
fn run(desk: &mut Desk, acts: &[(u16, Act)]) -> Result<u64, String> {
    let sales = sales();
    let mut model = Model::default();
    for sale in &sales {
        desk.store().write(|tx| bills::put(tx, sale)).unwrap();
        let of = |line: &courtesy::domain::bill::Line| LineOf {
            sold: line.quantity.thousandths(),
            gross: line.gross.minor(),
            tax: line.tax.minor(),
            ..LineOf::default()
        };
        let paid = sale.payments.iter().map(|payment| payment.amount.minor()).sum();
        model.bills.push(BillOf { id: sale.id, lines: sale.lines.iter().map(of).collect(), paid, used: 0 });
    }
    for no in 1..4 {
        let (last, open) = desk
            .store()
            .read(|tx| Ok::<_, StoreError>((seal::ends(tx, DeskNo(no))?.sequence, seal::open_shift(tx, DeskNo(no))?.is_some())))
            .unwrap();
        model.last.insert(no, last);
        model.open.insert(no, open);
    }
    let keys = sales.map(|sale| sale.key);
    let mut run = Run { desk, model, keys, asked: vec![], posted: BTreeMap::new(), members: vec![] };
    for (no, act) in acts {
        run.act(*no, act)?;
    }
    run.ends()?;
    Ok(run.model.documents.len() as u64)
}

/// Runs so many sequences; answers how many documents they made, or the shortest sequence that breaks the model.
fn sequences(desk: &mut Desk, cases: u32) -> Result<u64, String> {
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() };
    let (desk, made) = (std::cell::RefCell::new(desk), std::cell::Cell::new(0));
    let test = |acts: Vec<(u16, Act)>| {
        made.set(made.get() + run(&mut desk.borrow_mut(), &acts).map_err(TestCaseError::fail)?);
        Ok(())
    };
    match TestRunner::new(config).run(&vec(act(), 1..14), test) {
        Ok(()) => Ok(made.get()),
        Err(TestError::Fail(why, acts)) => {
            eprintln!("{acts:?}: {why}");
            let (acts, why) = shortest(&mut desk.borrow_mut(), &acts).unwrap_or((acts, why.to_string()));
            Err(format!("the shortest of it has {} steps: {acts:?}: {why}", acts.len()))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// The shortest choice of these steps that breaks the model, and how, whatever its last step picks. Cutting down one step at a time
/// ends too early: what a step picks is counted, so that leaving out another step makes it pick something else. None where they do not
/// break it once more.
fn shortest(desk: &mut Desk, acts: &[(u16, Act)]) -> Option<(Vec<(u16, Act)>, String)> {
    run(desk, acts).err()?;
    let mut choices: Vec<u32> = (1..1 << acts.len()).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    choices.into_iter().find_map(|choice| {
        let kept: Vec<_> = (0..acts.len()).filter(|step| choice >> step & 1 == 1).map(|step| acts[step].clone()).collect();
        (0..kept.len()).find_map(|which| {
            let mut acts = kept.clone();
            let last = &mut acts.last_mut()?.1;
            *last = last.picking(which);
            let why = run(desk, &acts).err()?;
            Some((acts, why))
        })
    })
}

fn open(mut store: Store) -> Desk {
    set_up(&mut store, &opening(), clock().as_ref()).unwrap();
    Desk::open(store, DeskNo(1), clock(), Printer::Nowhere).unwrap()
}

fn whole(desk: &mut Desk) {
    let remembered = desk.store().outside().recall(DeskNo(1)).unwrap();
    let report = desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).unwrap();
    assert_eq!(
        report.wrong(),
        0,
        "{:?}",
        report.findings.iter().filter(|finding| !finding.is_note()).take(5).collect::<Vec<_>>()
    );
}

#[test]
fn a_file_does_what_the_model_says() {
    let folder = room();
    let mut desk = open(Store::open(&folder.path().join("books.db")).unwrap());
    let cases = count(5_000);
    let made = sequences(&mut desk, cases).unwrap_or_else(|why| panic!("{why}"));
    whole(&mut desk);
    if std::env::var("COURTESY_PLANT").is_ok() {
        return;
    }
    let control: Vec<String> = ["returns-not-counted", "credit-not-drawn-down"].iter().map(|plant| caught(plant)).collect();
    told(
        "random work, file",
        u64::from(cases),
        &format!("{made} documents; every answer and the books afterwards as the model has them"),
        &control.join("; "),
    );
}

#[test]
fn a_server_does_what_the_model_says() {
    let server = server::shared();
    let folder = room();
    let outside = courtesy::store::outside::Outside::at(folder.path().join("outside"));
    let mut desk = open(Store::open(server.schema().as_ref()).unwrap().keeping(outside));
    let cases = count(500);
    let made = sequences(&mut desk, cases).unwrap_or_else(|why| panic!("{why}"));
    whole(&mut desk);
    told(
        "random work, server",
        u64::from(cases),
        &format!("{made} documents; every answer and the books afterwards as the model has them"),
        "as with the file",
    );
}

/// The same test in a program with a planted fault: it must end with a short sequence that shows it.
fn caught(plant: &str) -> String {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "proof::random::a_file_does_what_the_model_says", "--nocapture"]);
    let ran = program.env("COURTESY_PLANT", plant).output().unwrap();
    let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
    assert!(!ran.status.success(), "{plant} was not noticed");
    let steps = said.split("the shortest of it has ").nth(1).and_then(|rest| rest.split(' ').next());
    let steps: u32 = steps.and_then(|steps| steps.parse().ok()).unwrap_or_else(|| panic!("{plant}: {said}"));
    assert!(steps <= 4, "{plant} was not cut down: {said}");
    format!("{plant}: noticed, cut down to {steps} steps")
}

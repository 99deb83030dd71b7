//! The specimens themselves.

use super::document;
use super::facts::{about, after, bill, by_card, eur, facts, in_cash, member, member_id, quoted, with_credit};
use courtesy::domain::bill::Tender;
use courtesy::domain::digest::Digest;
use courtesy::domain::document::Quote;
use courtesy::domain::ids::{CreditCode, DeskNo, DocumentNumber, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::money::Quantity;
use courtesy::domain::quote::{AtDesk, DocumentFacts, Facts, WaitingKey};
use courtesy::domain::request::{
    AdoptPolicy, CloseShift, CorrectPrice, ErasePerson, Give, Goods, Goodwill, GoodwillTo, LinePart, OpenShift, PayIn,
    PayoutOutcome, ReAnchor, RecordPayout, RedeemCredit, Refund, Renew, Request, RightPrice, RotateKey, SetStaff, SignUp, Void,
};
use courtesy::domain::seal::{NextKey, SecretKey};
use courtesy::domain::staff::{Role, Staff};
use courtesy::text::Language;

/// One receipt and what it is for.
pub(super) struct Specimen {
    pub name: &'static str,
    pub shop: (&'static str, &'static str),
    pub member: &'static str,
    pub language: Language,
    pub approver: Option<&'static str>,
    pub copy: Option<i64>,
    pub quote: Quote,
    /// Words that must be found on it.
    pub says: &'static str,
}

const CLUB: (&str, &str) = ("Baltic Warehouse Club", "Riga Road 1 · 10115 Tallinn");
const FINNISH: (&str, &str) = ("Pohjolan Tukku", "Satamakatu 12 · 20100 Turku");
const HOTEL: (&str, &str) = ("Hotel Saaremaa", "Sadama 4 · 93810 Kuressaare");
const MANAGER: Option<&str> = Some("M. Tamm");

fn specimen(name: &'static str, quote: Quote, says: &'static str) -> Specimen {
    Specimen { name, shop: CLUB, member: "Ilze Bērziņa", language: Language::En, approver: None, copy: None, quote, says }
}

fn refund_of(lines: &[(u32, Option<i64>)], to: Option<Tender>) -> Request {
    let lines =
        lines.iter().map(|(line, pieces)| LinePart { line: *line, quantity: pieces.map(|n| Quantity::pieces(n).unwrap()) });
    let goods = Goods::Lines { bill: "536365".into(), lines: lines.collect() };
    Request::Refund(Refund { goods, to, reason: None, condition: None, seen: None, note: None })
}

/// A sale of everyday things, paid by card.
fn sale() -> Facts {
    let sold = [
        (6, "White hanging heart t-light holder", "home", 255),
        (8, "Cream cupid hearts coat hanger", "home", 275),
        (1, "Knitted union flag hot water bottle", "home", 339),
    ];
    about(bill("536365", "24", &sold, vec![by_card(1, 4069)]))
}

fn split() -> Facts {
    let sold = [(1, "Desk lamp, brass", "home", 7490), (2, "Wool blanket, grey", "home", 1892)];
    about(bill("536401", "24", &sold, vec![by_card(1, 6000), in_cash(2, 5274)]))
}

fn goodwill(give: Give, to: GoodwillTo, bill: Option<&str>, member: Option<&str>) -> Request {
    Request::Goodwill(Goodwill { bill: bill.map(Into::into), member: member.map(Into::into), give, to, reason: None, note: None })
}

fn pay(tender: Tender, reference: Option<&str>) -> Option<PayIn> {
    Some(PayIn { tender, reference: reference.map(Into::into), credit: None })
}

fn number(sequence: u64) -> DocumentNumber {
    DocumentNumber { desk: DeskNo(2), sequence }
}

pub(super) fn specimens() -> Vec<Specimen> {
    let mut all = refunds();
    all.extend(memberships());
    all.extend(apologies());
    all.extend(afterwards());
    all.extend(other_places());
    all.extend(house());
    all
}

fn refunds() -> Vec<Specimen> {
    let whole = quoted("club", 1, &refund_of(&[(1, Some(2)), (3, None)], None), &sale());
    let split = quoted("club", 5, &refund_of(&[(1, None), (2, Some(1))], None), &split());
    let part = quoted("club", 1, &refund_of(&[(2, Some(1))], None), &costly());
    let credit = quoted("club", 1, &refund_of(&[(2, Some(4))], Some(Tender::StoreCredit)), &sale());
    let corrected = RightPrice { line: 2, price: eur(225).decimal() };
    let asked = CorrectPrice { bill: "536365".into(), lines: vec![corrected], reason: None, to: None, note: None };
    let price = quoted("club", 1, &Request::CorrectPrice(asked), &sale());
    vec![
        specimen("refund", whole.clone(), "REFUND"),
        Specimen { copy: Some(2), ..specimen("refund-copy", whole, "COPY 2") },
        Specimen { approver: MANAGER, ..specimen("refund-split-tenders", split, "Cash rounding") },
        Specimen { approver: MANAGER, ..specimen("refund-part-approved", part, "M. Tamm") },
        specimen("refund-to-store-credit", credit, "Code of this store credit"),
        specimen("price-correction", price, "PRICE CORRECTION"),
    ]
}

fn costly() -> Facts {
    let sold = [(1, "Garden table, teak", "garden", 24900), (4, "Garden chair, teak", "garden", 8900)];
    about(bill("536512", "24", &sold, vec![by_card(1, 60500)]))
}

fn memberships() -> Vec<Specimen> {
    let person = Person { given: "Ilze".into(), family: "Bērziņa".into(), ..Person::default() };
    let plan = "executive".into();
    let sign_up = SignUp {
        member: member_id(),
        person,
        salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
        plan,
        pay: pay(Tender::Card, Some("0421-77")),
        joins: None,
    };
    let renew = Renew { member: "1000000421".into(), plan: None, pay: pay(Tender::Cash, None) };
    let known = Facts { member: Some(member()), ..facts() };
    vec![
        specimen("sign-up", quoted("club", 1, &Request::SignUp(sign_up), &facts()), "Your membership card"),
        specimen("renewal", quoted("club", 1, &Request::Renew(renew), &known), "30 Nov 2027"),
    ]
}

fn apologies() -> Vec<Specimen> {
    let known = Facts { member: Some(member()), ..facts() };
    let off = goodwill(Give::Percent("10".parse().unwrap()), GoodwillTo::Bill, Some("536365"), None);
    let credit = goodwill(Give::Amount(eur(1500)), GoodwillTo::StoreCredit, None, Some("1000000421"));
    let redeem = RedeemCredit { credit: CreditCode(number(4_798)), amount: Some(eur(950)) };
    let redeemed = quoted("club", 1, &Request::RedeemCredit(redeem), &with_credit(CreditCode(number(4_798)), 1500));
    vec![
        specimen("goodwill-off-the-bill", quoted("club", 1, &off, &sale()), "WITH OUR APOLOGIES"),
        specimen("goodwill-as-store-credit", quoted("club", 1, &credit, &known), "STORE CREDIT"),
        specimen("store-credit-redeemed", redeemed, "Left on the credit"),
    ]
}

fn afterwards() -> Vec<Specimen> {
    let original = || document(number(4_809), quoted("club", 1, &refund_of(&[(1, Some(2))], None), &sale()));
    let posted = |due: &[u32]| after(DocumentFacts { document: original(), voided: false, due: due.to_vec() });
    let void = Request::Void(Void { document: number(4_809) });
    let record = |outcome| Request::RecordPayout(RecordPayout { document: number(4_809), payout: 1, outcome });
    let paid = quoted("club", 1, &record(PayoutOutcome::Paid("0955-02".into())), &posted(&[1]));
    let failed = quoted("club", 1, &record(PayoutOutcome::Failed), &posted(&[1]));
    vec![
        specimen("void", quoted("club", 1, &void, &posted(&[])), "Undoes document"),
        specimen("payout-paid", paid, "0955-02"),
        specimen("payout-failed", failed, "still owed"),
    ]
}

fn other_places() -> Vec<Specimen> {
    let sold = [(2, "Ruisleipä, täysjyvä", "leipä", 345), (1, "Äyriäiskattila 8 l", "keittiö", 2790)];
    let finnish = about(bill("536365", "25.5", &sold, vec![by_card(1, 3480)]));
    let stay = [(2, "Room 214, double", "rooms", 9600), (1, "Spa for two", "spa", 4800)];
    let folio = about(bill("F-1187", "13", &stay, vec![by_card(1, 24000)]));
    let rebate = goodwill(Give::Percent("10".parse().unwrap()), GoodwillTo::Bill, Some("F-1187"), None);
    let names = [(1, "Kõrvitsaseemneõli „Ādaži” 250 ml", "food", 890), (2, "Brânză de vacă țărănească", "food", 415)];
    let letters = about(bill("536365", "24", &names, vec![by_card(1, 1720)]));
    let all = refund_of(&[(1, None), (2, None)], None);
    vec![
        Specimen {
            shop: FINNISH,
            language: Language::Fi,
            member: "Aino Äijälä",
            ..specimen("refund-finnish", quoted("club", 1, &refund_of(&[(2, None)], None), &finnish), "PALAUTETAAN")
        },
        Specimen {
            shop: HOTEL,
            member: "Õie Šaar",
            ..specimen("hotel-rebate", quoted("hotel", 1, &rebate, &folio), "Bill F-1187")
        },
        Specimen {
            member: "Ilze Bērziņa, Õie Šaar, Ștefan Țurcanu, Äijälä",
            ..specimen("refund-all-letters", quoted("club", 1, &all, &letters), "Ștefan Țurcanu")
        },
    ]
}

/// What stays in the house.
fn house() -> Vec<Specimen> {
    let manager =
        Staff { no: StaffNo(3), name: "M. Tamm".into(), role: Role::Manager, language: "en".into(), active: true, member: None };
    let desk = Facts { clerk: manager, ..facts() };
    let staff =
        Staff { no: StaffNo(12), name: "Õie Šaar".into(), role: Role::Lead, language: "fi".into(), active: true, member: None };
    let text = courtesy::domain::preset::of("open").unwrap().text.to_owned();
    let shift = AtDesk { shift: Some(number(4_790)), ..AtDesk::default() };
    let (old, public) = (SecretKey::from_seed(&[1; 32]), SecretKey::from_seed(&[2; 32]).public());
    let next = NextKey { desk: DeskNo(2), no: 2, public };
    let signature = Some(old.sign(&next.bytes().unwrap()));
    let keys = AtDesk { key: Some((1, old.public())), waiting: Some(WaitingKey { public, signature }), ..AtDesk::default() };
    let remembered = Some((4_811, Digest::of(b"yesterday")));
    let adrift = AtDesk { adrift: true, remembered, ..AtDesk::default() };
    let at = |at_desk: AtDesk| Facts { at_desk, ..desk.clone() };
    let opened = quoted("club", 1, &Request::OpenShift(OpenShift {}), &facts());
    let closed = quoted("club", 1, &Request::CloseShift(CloseShift {}), &Facts { at_desk: shift, ..facts() });
    let rotated = quoted("club", 1, &Request::RotateKey(RotateKey {}), &at(keys));
    let restored = ReAnchor { reason: "The disk of this desk failed".into() };
    let restored = quoted("club", 1, &Request::ReAnchor(restored), &at(adrift));
    let known = Facts { member: Some(member()), ..desk.clone() };
    let erase = ErasePerson { member: "1000000421".into(), reason: Some("Asked for it in a letter".into()) };
    let erased = quoted("club", 1, &Request::ErasePerson(erase), &known);
    vec![
        specimen("staff-change", quoted("club", 1, &Request::SetStaff(SetStaff { staff }), &desk), "Õie Šaar"),
        specimen("new-rules", quoted("club", 1, &Request::AdoptPolicy(AdoptPolicy { text }), &desk), "Warehouse club, version 3"),
        specimen("shift-opened", opened, "SHIFT OPENED"),
        specimen("shift-closed", closed, "Opened with 2-004790"),
        specimen("new-key", rotated, "Key number"),
        specimen("restored-books-confirmed", restored, "The disk of this desk failed"),
        Specimen { member: "(erased)", ..specimen("person-erased", erased, "Asked for it in a letter") },
    ]
}

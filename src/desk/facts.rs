//! Gathers what a quote may look at, inside the transaction that will post it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::post::When;
use super::{DeskError, Policies};
use crate::domain::document::PolicyMark;
use crate::domain::ids::{BillId, CardNumber, CreditCode, DocumentNumber, MemberId};
use crate::domain::member::Member;
use crate::domain::money::Currency;
use crate::domain::policy::Policy;
use crate::domain::quote::{AtDesk, BillFacts, DocumentFacts, Facts, Open, Spent};
use crate::domain::request::{Envelope, Goods, PayIn, Request};
use crate::domain::staff::Staff;
use crate::domain::standing::BillStanding;
use crate::store::document::Given;
use crate::store::policy::{Version, Versions};
use crate::store::{Asked, Tx, bill, credit, document, member, person, policy, staff};

/// Facts with the policy that decides.
pub(super) struct Gathered {
    pub facts: Facts,
    pub policy: Arc<Policy>,
}

/// What a request names, still without its facts.
#[derive(Default)]
struct Names<'a> {
    member: Option<&'a str>,
    host: Option<CardNumber>,
    bill: Option<&'a str>,
    item: Option<(&'a str, &'a str)>,
    credit: Option<CreditCode>,
    document: Option<DocumentNumber>,
}

fn pays_with(pay: Option<&PayIn>) -> Option<CreditCode> {
    pay.and_then(|pay| pay.credit)
}

fn names(request: &Request) -> Names<'_> {
    let none = Names::default();
    match request {
        Request::SignUp(asked) => Names { host: asked.joins, credit: pays_with(asked.pay.as_ref()), ..none },
        Request::Renew(asked) => Names { member: Some(&asked.member), credit: pays_with(asked.pay.as_ref()), ..none },
        Request::Refund(asked) => match &asked.goods {
            Goods::Bill { bill } | Goods::Lines { bill, .. } => Names { bill: Some(bill), ..none },
            Goods::Item { member, item, .. } => Names { member: Some(member), item: Some((member, item)), ..none },
        },
        Request::CorrectPrice(asked) => Names { bill: Some(&asked.bill), ..none },
        Request::Goodwill(asked) => Names { bill: asked.bill.as_deref(), member: asked.member.as_deref(), ..none },
        Request::RedeemCredit(asked) => Names { credit: Some(asked.credit), ..none },
        Request::Void(asked) => Names { document: Some(asked.document), ..none },
        Request::RecordPayout(asked) => Names { document: Some(asked.document), ..none },
        Request::SetStaff(_) | Request::AdoptPolicy(_) => none,
        Request::OpenShift(_) | Request::CloseShift(_) | Request::RotateKey(_) | Request::ReAnchor(_) => none,
        Request::ErasePerson(asked) => Names { member: Some(&asked.member), ..none },
    }
}

/// Finds the member of a card number, of the till's number, or of an id.
pub(super) fn find_member(tx: &mut Tx<'_>, name: &str) -> Result<Option<MemberId>, DeskError> {
    let name = name.trim();
    if let Ok(id) = name.parse::<MemberId>() {
        return Ok(Some(id));
    }
    if let Ok(card) = name.parse::<CardNumber>()
        && let Some(id) = member::by_card(tx, card)?
    {
        return Ok(Some(id));
    }
    Ok(member::by_code(tx, name)?)
}

/// Finds the one bill of a number, key or id.
pub(super) fn find_bill(tx: &mut Tx<'_>, name: &str) -> Result<BillId, DeskError> {
    one_bill(name, &bill::resolve(tx, name)?)
}

/// The one bill that was found by a name.
fn one_bill(name: &str, found: &[BillId]) -> Result<BillId, DeskError> {
    match found {
        [] => Err(DeskError::NotFound { what: "bill", name: name.to_owned() }),
        [one] => Ok(*one),
        several => Err(DeskError::Ambiguous { name: name.to_owned(), count: several.len() }),
    }
}

fn load_member(tx: &mut Tx<'_>, name: &str) -> Result<Member, DeskError> {
    let missing = || DeskError::NotFound { what: "member", name: name.to_owned() };
    let id = find_member(tx, name)?.ok_or_else(missing)?;
    member::load(tx, id)?.ok_or_else(missing)
}

fn missing_bill(id: BillId) -> DeskError {
    DeskError::NotFound { what: "bill", name: id.to_string() }
}

/// The shop's rules on every day.
struct Rules<'a> {
    known: &'a mut Policies,
    versions: Versions,
    today: Version,
}

impl<'a> Rules<'a> {
    fn new(known: &'a mut Policies, versions: Versions, today: Date) -> Result<Self, DeskError> {
        let now = versions.in_force(today)?.ok_or(DeskError::NoPolicy(today))?;
        Ok(Self { known, versions, today: now })
    }

    /// The policy of today.
    fn policy(&mut self, tx: &mut Tx<'_>) -> Result<Arc<Policy>, DeskError> {
        self.known.read(tx, &self.today)
    }

    /// The policy of a day where that is another one.
    fn policy_then(&mut self, tx: &mut Tx<'_>, on: Date) -> Result<Option<Policy>, DeskError> {
        match self.versions.in_force(on)? {
            Some(version) if version.hash != self.today.hash => Ok(Some(self.known.read(tx, &version)?.as_ref().clone())),
            _ => Ok(None),
        }
    }

    /// A bill that a request is about, with its standing and the policy of its day; an error where it is not as it came in.
    fn bill(&mut self, tx: &mut Tx<'_>, id: BillId) -> Result<BillFacts, DeskError> {
        let happened = bill::ask_happened(tx, id)?;
        let kept = bill::load_kept(tx, id)?.ok_or_else(|| missing_bill(id))?;
        if !kept.is_as_it_came()? {
            return Err(DeskError::BillChanged(kept.bill.number));
        }
        let standing = happened.to(tx, kept.bill)?;
        self.of_its_day(tx, standing)
    }

    /// The same for a bill that is only looked at, however it is.
    fn bill_as_it_is(&mut self, tx: &mut Tx<'_>, id: BillId) -> Result<BillFacts, DeskError> {
        let standing = bill::standing(tx, id)?.ok_or_else(|| missing_bill(id))?;
        self.of_its_day(tx, standing)
    }

    fn of_its_day(&mut self, tx: &mut Tx<'_>, standing: BillStanding) -> Result<BillFacts, DeskError> {
        let policy_then = self.policy_then(tx, standing.bill.business_date)?;
        Ok(BillFacts { standing, policy_then })
    }
}

/// Gathers the facts of one bill, for looking at it.
pub(super) fn of_bill(
    tx: &mut Tx<'_>,
    known: &mut Policies,
    id: BillId,
    today: Date,
) -> Result<(BillFacts, Arc<Policy>), DeskError> {
    let versions = policy::ask_versions(tx)?.answer(tx)?;
    let mut rules = Rules::new(known, versions, today)?;
    let policy = rules.policy(tx)?;
    Ok((rules.bill_as_it_is(tx, id)?, policy))
}

/// Gathers everything a request's quote may look at.
pub(super) fn gather(
    tx: &mut Tx<'_>,
    known: &mut Policies,
    shop_currency: Currency,
    envelope: &Envelope,
    when: &When,
) -> Result<Gathered, DeskError> {
    let (today, request) = (when.today, &envelope.request);
    let names = names(request);
    let clerk_missing = || DeskError::NotFound { what: "staff", name: envelope.clerk.to_string() };
    let (clerk, versions) = (staff::ask(tx, envelope.clerk)?, policy::ask_versions(tx)?);
    let named = names.bill.map(|name| Ok::<_, DeskError>((name, bill::ask_named(tx, name)?))).transpose()?;
    let clerk = clerk.answer(tx)?.ok_or_else(clerk_missing)?;
    let mut rules = Rules::new(known, versions.answer(tx)?, today)?;
    let policy = rules.policy(tx)?;
    let document = names.document.map(|number| load_document(tx, number)).transpose()?;
    let bill = named.map(|(name, found)| one_bill(name, &found.answer(tx)?)).transpose()?;
    let Subject { member, bills, given } = subject(tx, &mut rules, request, (&names, bill), document.as_ref(), when)?;
    let version = rules.today;
    let credit_code = names.credit.or(document.as_ref().and_then(|facts| facts.document.credit));
    let credit = credit_code.map(|code| credit::load(tx, code)).transpose()?.flatten();
    let (host, household) = household(tx, names.host)?;
    let staff = person_of_staff(tx, request)?;
    let currency = bills.first().map_or(shop_currency, |bill| bill.standing.bill.currency);
    let spent = if loses_money(request) {
        let member = member.as_ref().map(|member| member.id);
        let budgets = matches!(request, Request::Goodwill(_));
        document::spent(tx, document::SpentQuery { currency, today, clerk: clerk.no, member, given, budgets })?
    } else {
        Spent::nothing(currency)
    };
    let open = match (request, &member) {
        (Request::ErasePerson(_), Some(member)) => person::open(tx, member.id)?,
        _ => Open::default(),
    };
    let mut facts = Facts {
        desk: envelope.desk,
        clerk,
        currency,
        policy: PolicyMark { name: policy.name.clone(), version: version.version, hash: version.hash },
        member,
        host,
        household,
        bills,
        credit,
        document,
        staff,
        is_own: false,
        ahead: when.ahead,
        spent,
        at_desk: AtDesk::default(),
        open,
    };
    facts.is_own = is_about(tx, &facts, &facts.clerk)?;
    Ok(Gathered { facts, policy })
}

/// Whom and which bills a request is about.
struct Subject {
    member: Option<Member>,
    bills: Vec<BillFacts>,
    /// What was given today about the bills, where that counts.
    given: Vec<Asked<Vec<Given>>>,
}

/// Whom and which bills a request is about: those it names, those of the document that it undoes, else whose bill it is.
fn subject(
    tx: &mut Tx<'_>,
    rules: &mut Rules<'_>,
    request: &Request,
    (names, bill): (&Names<'_>, Option<BillId>),
    document: Option<&DocumentFacts>,
    when: &When,
) -> Result<Subject, DeskError> {
    if let (Request::Void(_), Some(undone)) = (request, document) {
        let subject = &undone.document.quote.subject;
        let member = subject.member.map(|id| member::load(tx, id)).transpose()?.flatten();
        let bills = subject.bills.iter().map(|bill| rules.bill(tx, bill.id)).collect::<Result<_, _>>()?;
        return Ok(Subject { member, bills, given: Vec::new() });
    }
    let named = match request {
        Request::SignUp(asked) => member::load(tx, asked.member)?,
        _ => names.member.map(|name| load_member(tx, name)).transpose()?,
    };
    let ids = match (bill, names.item, named.as_ref()) {
        (Some(bill), _, _) => vec![bill],
        (None, Some((_, item)), Some(member)) => bill::with_item(tx, member.id, item)?,
        _ => Vec::new(),
    };
    let (mut bills, mut given) = (Vec::new(), Vec::new());
    for id in ids {
        let today = loses_money(request).then(|| document::ask_given(tx, when.today, id)).transpose()?;
        let facts = rules.bill(tx, id)?;
        // What was bought later cannot come back yet; only a replay of past trade meets such bills.
        if facts.standing.bill.at.at_us <= when.at.at_us {
            bills.push(facts);
            given.extend(today);
        }
    }
    let member = match (named, bills.first().and_then(|bill| bill.standing.bill.member)) {
        (None, Some(id)) => member::load(tx, id)?,
        (named, _) => named,
    };
    Ok(Subject { member, bills, given })
}

/// The member whose household is joined, and how many others are in it.
fn household(tx: &mut Tx<'_>, card: Option<CardNumber>) -> Result<(Option<Member>, u32), DeskError> {
    let Some(card) = card else { return Ok((None, 0)) };
    let host = member::by_card(tx, card)?.map(|id| member::load(tx, id)).transpose()?.flatten();
    let others = match host.as_ref().and_then(|host| host.household) {
        Some(household) => member::household_size(tx, household)?.saturating_sub(1),
        None => 0,
    };
    Ok((host, others))
}

/// The person of the staff that a request changes, as they are; an error where the member that they are said to be is none.
fn person_of_staff(tx: &mut Tx<'_>, request: &Request) -> Result<Option<Staff>, DeskError> {
    let Request::SetStaff(asked) = request else { return Ok(None) };
    if let Some(id) = asked.staff.member {
        load_member(tx, &id.to_string())?;
    }
    Ok(staff::load(tx, asked.staff.no)?)
}

/// Whether a request is about the membership of a person of the staff, or of their household: whoever is named, owns the bill or the
/// store credit, or is joined.
pub(super) fn is_about(tx: &mut Tx<'_>, facts: &Facts, person: &Staff) -> Result<bool, DeskError> {
    let Some(own) = person.member else { return Ok(false) };
    let named = [facts.member.as_ref(), facts.host.as_ref()].into_iter().flatten().map(|member| member.id);
    let bills = facts.bills.iter().filter_map(|bill| bill.standing.bill.member);
    let credit = facts.credit.iter().filter_map(|credit| credit.member);
    let document = facts.document.iter().filter_map(|document| document.document.quote.subject.member);
    let concerned: BTreeSet<MemberId> = named.chain(bills).chain(credit).chain(document).collect();
    for member in concerned {
        if member == own || member::share_household(tx, member, own)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn loses_money(request: &Request) -> bool {
    matches!(request, Request::Refund(_) | Request::CorrectPrice(_) | Request::Goodwill(_))
}

fn load_document(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<DocumentFacts, DeskError> {
    let missing = || DeskError::NotFound { what: "document", name: number.to_string() };
    let posted = document::by_number(tx, number)?.ok_or_else(missing)?;
    Ok(DocumentFacts { document: posted.document, voided: posted.voided, due: posted.due })
}

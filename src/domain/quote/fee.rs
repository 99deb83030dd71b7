//! Fees: signing up and renewing, with the term that paying today gives.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::bill::{CardTrace, LineTax, Tender};
use crate::domain::document::{Effect, Payout, Quote, QuoteLine, TermChange};
use crate::domain::journal::Account;
use crate::domain::member::{LONGEST_ADDRESS, Standing, check_born, check_email, check_name, check_phone, check_text};
use crate::domain::membership::{Plan, RenewalKind, Term, TermError, next_term};
use crate::domain::money::{Money, Quantity};
use crate::domain::request::{Job, PayIn, Renew, SignUp};
use crate::domain::ruling::Ruling;
use crate::domain::say::{Named, Saying};
use crate::domain::standing::Share;

pub(super) fn sign_up(desk: Counter<'_>, asked: &SignUp) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::SignUp, desk.facts.currency);
    desk.check_clerk(&mut build);
    build.quote.subject.member = Some(asked.member);
    check_person(&mut build, desk, asked);
    if desk.facts.member.is_some() {
        build.rule(Ruling::refused("member", Saying::new("ruling-member-known")));
    }
    let joins = asked.joins.and(desk.facts.host.as_ref().map(|host| host.id));
    build.effect(Effect::AddMember { member: asked.member, joins });
    build.effect(Effect::IssueCard { member: asked.member });
    match (asked.joins, &desk.facts.host) {
        (None, _) => pay_term(&mut build, desk, asked.member, &asked.plan, None, asked.pay.as_ref())?,
        (Some(_), Some(host)) if host.standing != Standing::Good => {
            let say = Saying::new("ruling-standing").with("standing", host.standing.value());
            build.rule(Ruling::refused("household", say));
        }
        (Some(_), Some(host)) if host.person.is_none() => {
            build.rule(Ruling::refused("household", Saying::new("ruling-erased-before")));
        }
        (Some(_), Some(host)) => match host.last_term().filter(|term| term.end.is_none_or(|end| end >= desk.today)) {
            Some(term) => {
                let plan = desk.policy.plan(&term.plan, desk.facts.currency)?;
                let free = plan.as_ref().map_or(0, |plan| plan.household_cards);
                let plan_name = plan.map_or_else(|| term.plan.clone(), |plan| plan.name);
                let kind = RenewalKind::First;
                build.quote.term = Some(TermChange { before: None, term: term.clone(), plan_name, kind });
                build.rule(if desk.facts.household < free {
                    Ruling::allowed("household", Saying::new("ruling-household-free"))
                } else {
                    Ruling::refused("household", Saying::new("ruling-household-full").with("free", i64::from(free)))
                });
            }
            None => build.rule(Ruling::refused("household", Saying::new("ruling-household-expired"))),
        },
        (Some(card), None) => {
            build.rule(Ruling::refused("household", Saying::new("ruling-household-unknown").with("card", card.to_string())));
        }
    }
    build.close()
}

pub(super) fn renew(desk: Counter<'_>, asked: &Renew) -> Result<Quote, QuoteError> {
    let member = desk.facts.member.as_ref().ok_or(QuoteError::Missing("member"))?;
    let mut build = Build::new(desk, Job::Renew, desk.facts.currency);
    desk.check_clerk(&mut build);
    if member.standing != Standing::Good {
        let say = Saying::new("ruling-standing").with("standing", member.standing.value());
        build.rule(Ruling::refused("standing", say));
    }
    if member.person.is_none() {
        build.rule(Ruling::refused("person", Saying::new("ruling-erased-before")));
    }
    let last = member.last_term();
    let plan = asked.plan.clone().or_else(|| last.map(|term| term.plan.clone()));
    let plan = plan.or_else(|| desk.policy.plans.first().map(|plan| plan.code.clone())).unwrap_or_default();
    pay_term(&mut build, desk, member.id, &plan, last, asked.pay.as_ref())?;
    build.close()
}

fn check_person(build: &mut Build, desk: Counter<'_>, asked: &SignUp) {
    let person = &asked.person;
    let email = if person.email.is_empty() { Ok(()) } else { check_email(&person.email) };
    let phone = if person.phone.is_empty() { Ok(()) } else { check_phone(&person.phone) };
    let born = person.born.map_or(Ok(()), |born| check_born(born, desk.today));
    for (field, found) in [
        ("field-given", check_name(&person.given)),
        ("field-family", check_name(&person.family)),
        ("field-email", email),
        ("field-phone", phone),
        ("field-address", check_text(&person.address, LONGEST_ADDRESS)),
        ("field-born", born),
    ] {
        build.check_field(field, found);
    }
}

/// Adds the next term of a plan, its fee and how that is paid.
fn pay_term(
    build: &mut Build,
    desk: Counter<'_>,
    member: crate::domain::ids::MemberId,
    plan: &str,
    last: Option<&Term>,
    pay: Option<&PayIn>,
) -> Result<(), QuoteError> {
    let Some(plan) = desk.policy.plan(plan, desk.facts.currency)? else {
        build.rule(Ruling::refused("plan", Saying::new("ruling-plan-unknown").with("plan", plan)));
        return Ok(());
    };
    let (term, kind) = match next_term(&plan, last, desk.today) {
        Ok(next) => next,
        Err(TermError::AlreadyForLife) => {
            build.rule(Ruling::refused("term", Saying::new("ruling-for-life")));
            return Ok(());
        }
        Err(error) => return Err(QuoteError::Term(error)),
    };
    build.rule(Ruling::allowed("term", term_saying(&term, kind)));
    build.effect(Effect::StartTerm { member, term: term.clone() });
    let before = last.and_then(|term| term.end);
    build.quote.term = Some(TermChange { before, term, plan_name: plan.name.clone(), kind });
    let tax = plan.fee.tax_inside(plan.tax)?;
    let share = Share { net: plan.fee.minus(tax)?, tax, gross: plan.fee }.negated()?;
    let taxes =
        if tax.is_zero() { vec![] } else { vec![LineTax { code: plan.tax.to_string(), rate: plan.tax, amount: share.tax }] };
    let line = QuoteLine { of: None, item: plan.code.clone(), text: plan.name.clone(), quantity: Quantity::ONE, share, taxes };
    build.line(line, Account::Fees)?;
    pay_in(build, desk, &plan, pay)
}

fn term_saying(term: &Term, kind: RenewalKind) -> Saying {
    let id = match (kind, term.end) {
        (_, None) => "ruling-term-life",
        (RenewalKind::First, _) => "ruling-term-first",
        (RenewalKind::Early, _) => "ruling-term-early",
        (RenewalKind::Continued, _) => "ruling-term-continued",
        (RenewalKind::Lapsed, _) => "ruling-term-lapsed",
    };
    let say = Saying::new(id).with("start", term.start);
    match term.end {
        Some(end) => say.with("end", end),
        None => say,
    }
}

/// Takes the fee: rounded in cash, with the terminal's reference by card, from a credit that covers it.
fn pay_in(build: &mut Build, desk: Counter<'_>, plan: &Plan, pay: Option<&PayIn>) -> Result<(), QuoteError> {
    if plan.fee.is_zero() {
        return Ok(());
    }
    let Some(pay) = pay else {
        build.rule(Ruling::refused("payment", Saying::new("ruling-choose-payment")));
        return take(build, Tender::Cash, plan.fee, plan.fee, None);
    };
    match pay.tender {
        Tender::Cash => take(build, Tender::Cash, plan.fee.to_step(desk.policy.payouts.cash_step_minor)?, plan.fee, None),
        Tender::Card => {
            let reference = build.reference("payment", pay.reference.as_deref());
            let card = CardTrace { reference, ..CardTrace::default() };
            take(build, Tender::Card, plan.fee, plan.fee, Some(card))
        }
        Tender::StoreCredit => {
            check_credit(build, desk, plan.fee);
            if let Some(code) = pay.credit {
                build.effect(Effect::UseCredit { code, amount: plan.fee });
            }
            take(build, Tender::StoreCredit, plan.fee, plan.fee, None)
        }
        tender => take(build, tender, plan.fee, plan.fee, None),
    }
}

fn check_credit(build: &mut Build, desk: Counter<'_>, fee: Money) {
    match &desk.facts.credit {
        None => build.rule(Ruling::refused("credit", Saying::new("ruling-credit-unknown"))),
        Some(credit) if credit.balance.minor() < fee.minor() || credit.balance.currency() != fee.currency() => {
            let say = Saying::new("ruling-credit-too-small").with("balance", credit.balance).with("amount", fee);
            build.rule(Ruling::refused("credit", say));
        }
        Some(_) => {}
    }
}

fn take(build: &mut Build, tender: Tender, amount: Money, exact: Money, card: Option<CardTrace>) -> Result<(), QuoteError> {
    let no = build.next_payout();
    build.payout(Payout { no, tender, amount: amount.negated()?, exact: exact.negated()?, of: None, card, due: false })
}

//! Voids: one's own mistake of the same desk and business day, undone by a document that mirrors it.

use super::build::Build;
use super::{Counter, DocumentFacts, QuoteError};
use crate::domain::bill::{LineTax, Tender};
use crate::domain::document::{Document, Effect, Payout, Quote, QuoteLine};
use crate::domain::money::{Money, Quantity};
use crate::domain::request::Job;
use crate::domain::ruling::Ruling;
use crate::domain::say::{Named, Saying};
use crate::domain::staff::Role;

pub(super) fn void(desk: Counter<'_>) -> Result<Quote, QuoteError> {
    let facts = desk.facts.document.as_ref().ok_or(QuoteError::Missing("document"))?;
    let document = &facts.document;
    let original = &document.quote;
    let mut build = Build::new(desk, Job::Void, original.currency);
    desk.check_clerk(&mut build);
    build.quote.subject = original.subject.clone();
    build.quote.subject.document = Some(document.number);
    check(&mut build, desk, facts);
    mirror(&mut build, facts)?;
    build.close()
}

fn check(build: &mut Build, desk: Counter<'_>, facts: &DocumentFacts) {
    let document = &facts.document;
    let original = &document.quote;
    let mut refuse = |when: bool, id: &str| {
        if when {
            build.rule(Ruling::refused("void", Saying::new(id).with("number", document.number.to_string())));
        }
    };
    refuse(lasts(original.job), "ruling-void-never");
    refuse(facts.voided, "ruling-void-again");
    refuse(original.desk != desk.facts.desk, "ruling-void-other-desk");
    refuse(original.business_date != desk.today, "ruling-void-other-day");
    let spent = document.credit.is_some() && desk.facts.credit.as_ref().map(|credit| credit.balance) != issued(document);
    refuse(spent, "ruling-void-credit-spent");
    refuse(original.effects.iter().any(|effect| built_upon(effect, desk)), "ruling-void-later");
    let own = original.clerk == desk.facts.clerk.no;
    let role = document.approval.as_ref().map(|approval| approval.role).or(if own { None } else { Some(Role::Lead) });
    match role {
        None => build.rule(Ruling::allowed("void", Saying::new("ruling-void").with("number", document.number.to_string()))),
        Some(role) => {
            let id = if document.approval.is_some() { "ruling-void-approved" } else { "ruling-void-of-another" };
            build.rule(Ruling::asks("void", role, Saying::new(id).with("role", role.value())));
        }
    }
}

/// Whether a document of this job is never undone; another one of the same job says the contrary.
fn lasts(job: Job) -> bool {
    match job {
        Job::Void | Job::RecordPayout | Job::SetStaff | Job::AdoptPolicy => true,
        Job::OpenShift | Job::CloseShift | Job::RotateKey | Job::ReAnchor | Job::ErasePerson => true,
        Job::SignUp | Job::Renew | Job::Refund | Job::CorrectPrice | Job::Goodwill | Job::RedeemCredit => false,
    }
}

/// Whether something later stands on what an effect did: goods that came back since at the corrected price, or a later term.
fn built_upon(effect: &Effect, desk: Counter<'_>) -> bool {
    match effect {
        Effect::Correct { bill, line, returned_before, .. } => {
            let known = desk.facts.bills.iter().filter(|facts| facts.standing.bill.id == *bill);
            known.filter_map(|facts| facts.standing.line(*line)).any(|(_, standing)| standing.returned > *returned_before)
        }
        Effect::StartTerm { member, term } => {
            let known = desk.facts.member.as_ref().filter(|known| known.id == *member);
            known.is_some_and(|known| known.terms.iter().any(|other| other.start > term.start))
        }
        _ => false,
    }
}

/// What the document put onto its store credit.
fn issued(document: &Document) -> Option<Money> {
    document.quote.effects.iter().find_map(|effect| match effect {
        Effect::IssueCredit { amount, .. } => Some(*amount),
        _ => None,
    })
}

fn mirror(build: &mut Build, facts: &DocumentFacts) -> Result<(), QuoteError> {
    let document = &facts.document;
    let original = &document.quote;
    for entry in &original.journal {
        build.journal.credit(entry.account.clone(), entry.amount)?;
    }
    for line in &original.lines {
        let share = line.share.negated()?;
        let taxes = line
            .taxes
            .iter()
            .map(|tax| Ok(LineTax { amount: tax.amount.negated()?, ..tax.clone() }))
            .collect::<Result<_, QuoteError>>()?;
        build.quote.lines.push(QuoteLine { share, taxes, ..line.clone() });
    }
    build.quote.total = original.total.negated()?;
    for payout in &original.payouts {
        let due = payout.tender == Tender::Card && !facts.due.contains(&payout.no);
        let (amount, exact) = (payout.amount.negated()?, payout.exact.negated()?);
        build.quote.payouts.push(Payout { amount, exact, due, ..payout.clone() });
    }
    for effect in &original.effects {
        if let Some(undo) = undo(effect, document)? {
            build.effect(undo);
        }
    }
    build.effect(Effect::MarkVoided { document: document.number });
    Ok(())
}

/// The effect that undoes another; what has none is refused before.
fn undo(effect: &Effect, document: &Document) -> Result<Option<Effect>, QuoteError> {
    Ok(match effect {
        Effect::AddMember { member, .. } => Some(Effect::CloseMember { member: *member }),
        Effect::IssueCard { .. } => document.card.map(|card| Effect::BlockCard { card }),
        Effect::StartTerm { member, term } => Some(Effect::EndTerm { member: *member, start: term.start }),
        Effect::GiveBack { bill, line, quantity, share } => {
            let quantity = Quantity::ZERO.minus(*quantity)?;
            Some(Effect::GiveBack { bill: *bill, line: *line, quantity, share: share.negated()? })
        }
        Effect::Correct { bill, line, returned_before, share, price } => {
            let (returned_before, price) = (*returned_before, *price);
            Some(Effect::Correct { bill: *bill, line: *line, returned_before, share: share.negated()?, price })
        }
        Effect::Use { bill, payment, exact, paid } => {
            Some(Effect::Use { bill: *bill, payment: *payment, exact: exact.negated()?, paid: paid.negated()? })
        }
        Effect::IssueCredit { amount, .. } => document.credit.map(|code| Effect::UseCredit { code, amount: *amount }),
        Effect::UseCredit { code, amount } => Some(Effect::UseCredit { code: *code, amount: amount.negated()? }),
        Effect::CloseMember { .. }
        | Effect::BlockCard { .. }
        | Effect::EndTerm { .. }
        | Effect::SettlePayout { .. }
        | Effect::MarkVoided { .. }
        | Effect::SetStaff { .. }
        | Effect::AdoptPolicy { .. }
        | Effect::OpenShift
        | Effect::CloseShift { .. }
        | Effect::ChangeKey { .. }
        | Effect::ReAnchor { .. }
        | Effect::ErasePerson { .. } => None,
    })
}

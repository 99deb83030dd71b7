//! What stands between the head and the foot of a receipt, one function a job.

use super::{Sheet, Weight};
use crate::domain::document::{Effect, TermChange};
use crate::domain::ids::DocumentNumber;
use crate::domain::money::Money;
use crate::domain::request::{Job, PayoutOutcome};
use crate::domain::say::Value;
use crate::receipt::layout::{Line, Row};
use crate::text::Arg;

impl Sheet<'_> {
    pub(super) fn body(&mut self) {
        match self.quote.job {
            Job::Refund | Job::CorrectPrice | Job::Goodwill => self.money_back(),
            Job::SignUp => self.sign_up(),
            Job::Renew => self.renewal(),
            Job::RedeemCredit => self.redeemed(),
            Job::Void => self.voided(),
            Job::RecordPayout => self.payout_recorded(),
            Job::SetStaff => self.staff_change(),
            Job::AdoptPolicy => self.policy_change(),
            Job::OpenShift | Job::CloseShift => self.shift(),
            Job::RotateKey => self.new_key(),
            Job::ReAnchor => self.re_anchored(),
            Job::ErasePerson => self.person_erased(),
        }
    }

    fn money_back(&mut self) {
        self.member();
        self.lines();
        let credited = self.quote.job == Job::Goodwill && self.quote.payouts.iter().all(|payout| payout.of.is_none());
        let label = if credited { self.words.plain("receipt-total-credited") } else { self.words.plain("receipt-total-back") };
        self.total(&label);
        self.payouts();
        self.issued_credit();
    }

    /// The slip of a store credit that this document issued.
    fn issued_credit(&mut self) {
        let issued = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::IssueCredit { amount, member, .. } => Some((*amount, member.is_none())),
            _ => None,
        });
        let Some((amount, bearer)) = issued else { return };
        self.rule(Line::Dashed);
        self.rows.push(Row::Heading(self.words.plain("receipt-title-credit").into()));
        self.pair(self.words.plain("receipt-credit-balance"), self.words.formats().money(amount), Weight::Bold);
        let how = if bearer { self.words.plain("receipt-credit-bearer") } else { self.words.plain("receipt-credit-how") };
        self.rows.push(Row::Paragraph(how.into()));
        if let Some(code) = self.of.credit {
            self.bars("receipt-credit-code", code.to_string());
        }
    }

    fn sign_up(&mut self) {
        self.member();
        self.term();
        self.fee();
        if let Some(card) = self.of.card {
            self.rule(Line::Dashed);
            self.bars("receipt-new-card", card.to_string());
        }
    }

    fn renewal(&mut self) {
        self.member();
        if let Some(TermChange { before: Some(before), .. }) = &self.quote.term {
            self.pair(self.words.plain("receipt-valid-before"), self.words.formats().date(*before), Weight::Normal);
        }
        self.term();
        self.fee();
    }

    fn term(&mut self) {
        let Some(change) = &self.quote.term else { return };
        let formats = self.words.formats();
        let valid = match change.term.end {
            Some(end) => self.words.say("receipt-term", &[("start", change.term.start.into()), ("end", end.into())]),
            None => self.words.say("receipt-term-life", &[("start", Arg::text(formats.date(change.term.start)))]),
        };
        self.pair(self.words.plain("receipt-plan"), change.plan_name.clone(), Weight::Bold);
        self.pair(self.words.plain("receipt-valid"), valid, Weight::Bold);
    }

    fn fee(&mut self) {
        self.lines();
        let label = if self.quote.total.is_zero() {
            self.words.plain("receipt-total-nothing")
        } else if self.of.number.is_some() {
            self.words.plain("receipt-total-paid")
        } else {
            self.words.plain("receipt-total-to-pay")
        };
        self.total(&label);
        self.payouts();
    }

    /// The till takes the document's number as the payment.
    fn redeemed(&mut self) {
        self.member();
        self.lines();
        self.total(&self.words.plain("receipt-total-redeemed"));
        if let Some(left) = self.figure("ruling-credit-after", "left") {
            self.pair(self.words.plain("receipt-credit-after"), self.words.formats().money(left), Weight::Bold);
        }
        self.rows.push(Row::Paragraph(self.words.plain("receipt-till-takes").into()));
    }

    /// An amount that a ruling of this quote told the clerk.
    fn figure(&self, id: &str, name: &str) -> Option<Money> {
        let ruling = self.quote.rulings.iter().find(|ruling| ruling.say.id == id)?;
        ruling.say.args.iter().find_map(|(of, value)| match value {
            Value::Money(money) if of == name => Some(*money),
            _ => None,
        })
    }

    fn voided(&mut self) {
        self.about_document("receipt-voids");
        self.member();
        self.lines();
        self.total(&self.words.plain("receipt-total-undone"));
        self.payouts();
    }

    fn about_document(&mut self, label: &str) {
        if let Some(document) = self.quote.subject.document {
            self.pair(self.words.plain(label), document.to_string(), Weight::Bold);
        }
    }

    fn payout_recorded(&mut self) {
        self.about_document("receipt-payout-of");
        self.member();
        let settled = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::SettlePayout { payout, outcome, .. } => Some((*payout, outcome.clone())),
            _ => None,
        });
        let Some((payout, outcome)) = settled else { return };
        self.pair(self.words.plain("receipt-payout-no"), self.words.formats().count(i64::from(payout)), Weight::Normal);
        match outcome {
            PayoutOutcome::Paid(reference) => {
                self.pair(self.words.plain("receipt-payout-state"), self.words.plain("payout-paid"), Weight::Bold);
                self.pair(self.words.plain("receipt-terminal-reference"), reference, Weight::Normal);
            }
            PayoutOutcome::Failed => {
                self.pair(self.words.plain("receipt-payout-state"), self.words.plain("payout-failed"), Weight::Bold);
                self.rows.push(Row::Paragraph(self.words.plain("receipt-payout-still-owed").into()));
            }
        }
    }

    fn staff_change(&mut self) {
        let staff = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::SetStaff { staff } => Some(staff.clone()),
            _ => None,
        });
        let Some(staff) = staff else { return };
        self.pair(self.words.plain("receipt-staff-no"), staff.no.to_string(), Weight::Normal);
        self.pair(self.words.plain("receipt-staff-name"), staff.name.clone(), Weight::Bold);
        self.pair(self.words.plain("receipt-staff-role"), self.words.named(&staff.role), Weight::Normal);
        let works = if staff.active { self.words.plain("receipt-staff-active") } else { self.words.plain("receipt-staff-left") };
        self.pair(self.words.plain("receipt-staff-state"), works, Weight::Normal);
    }

    fn policy_change(&mut self) {
        let before = &self.quote.policy;
        let values = [("name", Arg::text(&*before.name)), ("version", Arg::Count(before.version))];
        let name = self.words.say("receipt-policy-version", &values);
        self.pair(self.words.plain("receipt-policy-before"), name, Weight::Normal);
        let adopted = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::AdoptPolicy { hash } => Some(hash.short()),
            _ => None,
        });
        if let Some(sum) = adopted {
            self.pair(self.words.plain("receipt-policy-sum"), sum, Weight::Bold);
        }
        self.pair(self.words.plain("receipt-policy-from"), self.words.formats().date(self.quote.business_date), Weight::Normal);
    }

    /// Who and when stand in the foot; counts are not taken yet.
    fn shift(&mut self) {
        let opened = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::CloseShift { opened } => Some(opened.to_string()),
            _ => None,
        });
        if let Some(opened) = opened {
            self.pair(self.words.plain("receipt-shift-opened"), opened, Weight::Bold);
            self.rows.push(Row::Paragraph(self.words.plain("receipt-shift-sealed").into()));
        }
        self.pair(self.words.plain("receipt-business-day"), self.words.formats().date(self.quote.business_date), Weight::Bold);
    }

    fn new_key(&mut self) {
        let key = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::ChangeKey { no, public, .. } => Some((*no, public.short())),
            _ => None,
        });
        let Some((no, public)) = key else { return };
        self.pair(self.words.plain("receipt-key-no"), self.words.formats().count(i64::from(no)), Weight::Bold);
        self.pair(self.words.plain("receipt-key-public"), public, Weight::Normal);
    }

    fn re_anchored(&mut self) {
        let remembered = self.quote.effects.iter().find_map(|effect| match effect {
            Effect::ReAnchor { remembered } => *remembered,
            _ => None,
        });
        let desk = self.quote.desk;
        let before = match remembered {
            Some((sequence, _)) => DocumentNumber { desk, sequence }.to_string(),
            None => self.words.plain("receipt-anchor-none"),
        };
        self.pair(self.words.plain("receipt-anchor-before"), before, Weight::Bold);
        if let Some((_, hash)) = remembered {
            self.pair(self.words.plain("receipt-anchor-sum"), hash.short(), Weight::Normal);
        }
        self.rows.push(Row::Paragraph(self.words.plain("receipt-anchor-why").into()));
        self.new_key();
    }

    fn person_erased(&mut self) {
        self.member();
        self.rows.push(Row::Paragraph(self.words.plain("receipt-erased-what").into()));
    }
}

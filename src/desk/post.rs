//! Quoting and posting: the one way in which anything is booked.

use super::erasure::erases;
use super::facts::{Gathered, gather, is_about};
use super::people::Approved;
use super::{Desk, DeskError};
use crate::domain::calendar::Moment;
use crate::domain::digest::{Digest, canonical};
use crate::domain::document::{ApprovalMark, Document, Effect, Quote};
use crate::domain::ids::{CardNumber, CreditCode, DocumentId, DocumentNumber, RequestId, StaffNo};
use crate::domain::note::Note;
use crate::domain::plain;
use crate::domain::policy::Policy;
use crate::domain::quote::{Ahead, quote};
use crate::domain::request::{Envelope, Request};
use crate::domain::ruling;
use crate::domain::staff::Staff;
use crate::receipt::compose::{Composing, compose};
use crate::receipt::layout::Paper;
use crate::store::document::Place;
use crate::store::shop::Shop;
use crate::store::{Tx, approval, ask_again, document, event, member, person, policy, print, staff, waiting};
use crate::text::Words;

/// What a request would do, as the clerk sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The quote.
    pub quote: Quote,
    /// What an approval binds and what posting must find again.
    pub digest: Digest,
    /// The receipt as it would print.
    pub paper: Paper,
}

/// What the clerk brings to posting besides the request.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// The digest of the quote that the clerk saw; another one now is shown instead of posted.
    pub seen: Option<Digest>,
    /// A second person's word.
    pub approved: Option<Approved>,
}

/// What came of posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is booked, now or when it was asked before.
    Posted(Box<Posted>),
    /// A rule stopped it, or a second person's word is missing; nothing was booked.
    Stopped(Box<Quoted>),
    /// The facts changed since the clerk looked; nothing was booked.
    Changed(Box<Quoted>),
}

/// A document that is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The document.
    pub document: Document,
    /// Its sum in the chain.
    pub hash: Digest,
    /// Its receipt.
    pub paper: Paper,
    /// Whether it had been booked before under the same request id.
    pub again: bool,
}

/// The one field of requests that holds several lines.
const POLICY: &str = "request.text";

/// When a request counts: now, or its own time in a database made for replaying.
pub(super) struct When {
    pub at: Moment,
    pub today: jiff::civil::Date,
    /// How far the clock is ahead of the last work, where that is doubted.
    pub ahead: Option<Ahead>,
}

impl Desk {
    /// What a request would do. Nothing is booked.
    pub fn quote(&mut self, envelope: &Envelope) -> Result<Quoted, DeskError> {
        plain::check(envelope, &|field| field == POLICY)?;
        let when = self.when(envelope)?;
        let brought = self.bring(envelope)?;
        let takes_paper = self.printer.makes_paper();
        let Self { store, shop, words, policies, .. } = self;
        let quoted = store.read(|tx| {
            let mut gathered = gather(tx, policies, shop.currency, envelope, &when)?;
            gathered.facts.at_desk = brought.at_desk(tx, envelope.desk)?;
            let papers = Papers { shop, words, when: &when, clerk: &gathered.facts.clerk, approver: None, takes_paper };
            Ok(worked_out(envelope, &gathered, &when)?.on(&papers))
        });
        self.noticed(quoted)
    }

    /// Books a request, once. Everything happens in one transaction or not at all; that a rule stopped it is kept as an event.
    /// Where a server's answer is lost, the request is sent again under its id.
    pub fn post(&mut self, envelope: &Envelope, proof: &Proof) -> Result<Outcome, DeskError> {
        plain::check(envelope, &|field| field == POLICY)?;
        let asked = Digest::of(&canonical(&(envelope.desk, envelope.clerk, &envelope.request))?);
        self.note_jump()?;
        let outcome = ask_again(|lost| match self.post_new(envelope, proof, asked) {
            Err(error) if error.is_unknown() || error.is_away() => Err(error),
            Ok(Outcome::Posted(posted)) => Ok(Ok(Outcome::Posted(posted))),
            // It may be the second time that this request comes: what it did is then no news. Whatever else is told after a lost answer
            // is told because this look has found nothing.
            other => Ok(self.posted_before(envelope.id, asked, lost)?.map_or(other, Ok)),
        })
        .flatten();
        let is_refused =
            matches!(outcome, Err(DeskError::MayNotApprove(_) | DeskError::OwnInterest(_) | DeskError::ApprovalStale));
        if let Some(approved) = proof.approved.as_ref().filter(|_| is_refused) {
            self.keep_refused(envelope, approved.by)?;
        }
        let outcome = self.noticed(outcome)?;
        match &outcome {
            Outcome::Posted(posted) if !posted.again => {
                self.hours.believe(posted.document.at);
                self.remember(posted);
            }
            Outcome::Posted(_) => {}
            Outcome::Stopped(stopped) => self.keep_stopped(envelope, stopped)?,
            Outcome::Changed(_) => {}
        }
        if let Outcome::Posted(posted) = &outcome
            && erases(&posted.document)
        {
            self.finish_erasures();
        }
        Ok(outcome)
    }

    /// A word that does not count is kept as an event, as wrong PINs are.
    fn keep_refused(&mut self, envelope: &Envelope, by: StaffNo) -> Result<(), DeskError> {
        let at_us = self.now().at_us;
        let detail = format!("{} {}: person {by}", envelope.request.job().name(), envelope.id);
        let (desk, clerk) = (envelope.desk, Some(envelope.clerk));
        Ok(self.store.write_twice(|tx| event::add(tx, desk, clerk, "approval refused", at_us, &detail))?)
    }

    fn keep_stopped(&mut self, envelope: &Envelope, stopped: &Quoted) -> Result<(), DeskError> {
        let at_us = self.when(envelope)?.at.at_us;
        let spoke = stopped.quote.rulings.iter().filter(|ruling| ruling.outcome != ruling::Outcome::Allowed);
        let rules: Vec<&str> = spoke.map(|ruling| ruling.rule.as_str()).collect();
        let detail = format!("{} {}: {}", envelope.request.job().name(), envelope.id, rules.join(", "));
        let (desk, clerk) = (envelope.desk, Some(envelope.clerk));
        Ok(self.store.write_twice(|tx| event::add(tx, desk, clerk, "stopped", at_us, &detail))?)
    }

    /// Books a request that was not booked before. Desks would meet in the place where the newest request is looked up, so that
    /// one that was booked is found by what it leads to here: a refusal or an error.
    fn post_new(&mut self, envelope: &Envelope, proof: &Proof, asked: Digest) -> Result<Outcome, DeskError> {
        let when = self.when(envelope)?;
        self.enrolled(envelope.desk)?;
        let (brought, stopped) = (self.bring(envelope)?, self.stopped(envelope));
        let (takes_paper, decided_us) = (self.printer.makes_paper(), self.now().at_us);
        let Self { store, shop, words, policies, .. } = self;
        store.write(|tx| {
            if let Some(why) = &stopped {
                return Err(why.error());
            }
            let next = document::ask_next(tx, envelope.desk)?;
            let mut gathered = gather(tx, policies, shop.currency, envelope, &when)?;
            gathered.facts.at_desk = brought.at_desk(tx, envelope.desk)?;
            let papers = Papers { shop, words, when: &when, clerk: &gathered.facts.clerk, approver: None, takes_paper };
            let now = worked_out(envelope, &gathered, &when)?;
            if proof.seen.is_some_and(|seen| seen != now.digest) {
                return Ok(Outcome::Changed(Box::new(now.on(&papers))));
            }
            let Some(approval) = check_verdict(tx, &now, proof, &gathered, (&when, decided_us))? else {
                return Ok(Outcome::Stopped(Box::new(now.on(&papers))));
            };
            let place = next.answer(tx)?;
            let posted = book(tx, &Booking { envelope, asked, place }, &papers, now.quote, approval)?;
            if proof.approved.is_some() {
                waiting::remove(tx, envelope.id)?;
            }
            brought.seal(tx, &posted)?;
            Ok(Outcome::Posted(Box::new(posted)))
        })
    }

    /// What a request was answered before. After a lost answer it is looked up by writing, so that the server vouches for it, and
    /// is then news to whoever asks.
    fn posted_before(&mut self, request: RequestId, asked: Digest, lost: bool) -> Result<Option<Outcome>, DeskError> {
        let look = |tx: &mut Tx<'_>| document::by_request(tx, request).map_err(DeskError::from);
        let found = if lost { self.store.write_twice(look)? } else { self.store.read(look)? };
        let Some((before, hash)) = found else { return Ok(None) };
        if hash != asked {
            return Err(DeskError::RequestReused(request));
        }
        let paper = read_paper(&before.paper)?;
        let posted = Posted { document: before.document, hash: before.hash, paper, again: !lost };
        Ok(Some(Outcome::Posted(Box::new(posted))))
    }

    pub(super) fn when(&self, envelope: &Envelope) -> Result<When, DeskError> {
        let look = self.hours.look();
        let at = match envelope.at {
            Some(_) if !self.shop.replay => return Err(DeskError::NotAReplay),
            Some(at) => at,
            None => look.claimed(),
        };
        Ok(When { at: self.day.moment(at), today: self.day.business_date(at)?, ahead: self.ahead(&look)? })
    }
}

/// What a receipt needs besides the quote.
struct Papers<'a> {
    shop: &'a Shop,
    words: &'a Words,
    when: &'a When,
    clerk: &'a Staff,
    approver: Option<&'a Staff>,
    /// Whether somebody takes the receipt home at once.
    takes_paper: bool,
}

impl Papers<'_> {
    fn make(&self, quote: &Quote, issued: &Issued) -> Paper {
        let composing = Composing {
            shop_name: &self.shop.name,
            shop_address: &self.shop.address,
            clerk: &self.clerk.name,
            approver: self.approver.map(|person| person.name.as_str()),
            number: issued.number,
            at: self.when.at,
            quote,
            card: issued.card,
            credit: issued.credit,
        };
        compose(&composing, self.words)
    }
}

/// The numbers that a document gives out.
#[derive(Default, Clone, Copy)]
struct Issued {
    number: Option<DocumentNumber>,
    card: Option<CardNumber>,
    credit: Option<CreditCode>,
}

/// A quote with its digest, before anybody looks at it.
struct Worked {
    quote: Quote,
    digest: Digest,
}

impl Worked {
    /// With the receipt as it would print.
    fn on(self, papers: &Papers<'_>) -> Quoted {
        let paper = papers.make(&self.quote, &Issued::default());
        Quoted { quote: self.quote, digest: self.digest, paper }
    }
}

fn worked_out(envelope: &Envelope, gathered: &Gathered, when: &When) -> Result<Worked, DeskError> {
    let quote = quote(&envelope.request, &gathered.facts, &gathered.policy, when.today)?;
    let digest = quote.digest(envelope.id, &envelope.request)?;
    Ok(Worked { quote, digest })
}

/// Whether the quote may be booked: `None` when it is stopped, else with the approval it needed, if any.
#[allow(clippy::option_option)]
fn check_verdict(
    tx: &mut Tx<'_>,
    now: &Worked,
    proof: &Proof,
    gathered: &Gathered,
    (when, now_us): (&When, i64),
) -> Result<Option<Option<(ApprovalMark, Staff)>>, DeskError> {
    let role = match now.quote.verdict() {
        ruling::Outcome::Allowed => return Ok(Some(None)),
        ruling::Outcome::Refused => return Ok(None),
        ruling::Outcome::NeedsApproval(role) | ruling::Outcome::RefusedUnless(role) => role,
    };
    let Some(approved) = &proof.approved else { return Ok(None) };
    let by = staff::load(tx, approved.by)?.filter(|person| person.active && person.role.may_approve(role));
    let Some(by) = by else { return Err(DeskError::MayNotApprove(approved.by)) };
    let own = by.no == gathered.facts.clerk.no;
    if own && !may_approve_own(tx, &gathered.policy, by.no)? {
        return Err(DeskError::MayNotApprove(by.no));
    }
    if !own && is_about(tx, &gathered.facts, &by)? {
        return Err(DeskError::OwnInterest(by.no));
    }
    // By the clock of the desk, also where a request of the past is replayed.
    let age_us = now_us.saturating_sub(approved.at.at_us);
    let good_us = gathered.policy.approvals.minutes.saturating_mul(60_000_000);
    let in_time = (0..=good_us).contains(&age_us);
    if approved.digest != now.digest || !in_time || approval::used(tx, now.digest)? {
        return Err(DeskError::ApprovalStale);
    }
    approval::consume(tx, now.digest, by.no, when.at.at_us)?;
    let mark = ApprovalMark { by: by.no, role: by.role, at: when.at, digest: now.digest, own };
    Ok(Some(Some((mark, by))))
}

/// A shop of one person may step up to itself where its policy says so.
fn may_approve_own(tx: &mut Tx<'_>, policy: &Policy, no: StaffNo) -> Result<bool, DeskError> {
    let others =
        staff::list(tx)?.into_iter().any(|person| person.active && person.no != no && person.role.may_approve(person.role));
    Ok(policy.approvals.own && !others)
}

/// What is booked, and where.
struct Booking<'a> {
    envelope: &'a Envelope,
    /// The sum of what was asked.
    asked: Digest,
    place: Place,
}

fn book(
    tx: &mut Tx<'_>,
    booking: &Booking<'_>,
    papers: &Papers<'_>,
    quote: Quote,
    approval: Option<(ApprovalMark, Staff)>,
) -> Result<Posted, DeskError> {
    let Booking { envelope, asked, place: Place { number, previous } } = *booking;
    bring_in(tx, envelope, &quote)?;
    let issues_card = quote.effects.iter().any(|effect| matches!(effect, Effect::IssueCard { .. }));
    let card = if issues_card { Some(CardNumber::from_serial(member::next_card_serial(tx)?)?) } else { None };
    let issues_credit = quote.effects.iter().any(|effect| matches!(effect, Effect::IssueCredit { .. }));
    let credit = issues_credit.then_some(CreditCode(number));
    let issued = Issued { number: Some(number), card, credit };
    let papers = Papers { approver: approval.as_ref().map(|(_, person)| person), ..*papers };
    let paper = papers.make(&quote, &issued);
    let layout = serde_json::to_string(&paper).map_err(|error| DeskError::Paper(error.to_string()))?;
    let document = Document {
        id: DocumentId::of(envelope.id),
        number,
        request: envelope.id,
        at: papers.when.at,
        approval: approval.as_ref().map(|(mark, _)| mark.clone()),
        card,
        credit,
        paper: Digest::of(layout.as_bytes()),
        quote,
        asked: Some(asked),
        note: envelope.request.note().map(Note::sum),
    };
    let body = canonical(&document)?;
    let hash = previous.after(&body);
    document::insert(tx, &document, &body, previous, hash, &layout, asked)?;
    if let Some(note) = envelope.request.note() {
        person::keep_note(tx, number, note)?;
    }
    // Past trade that is replayed had its paper long ago.
    if papers.takes_paper && document.quote.job.makes_paper() && !papers.shop.replay {
        print::queue(tx, document.id, number, papers.when.at.at_us)?;
    }
    Ok(Posted { document, hash, paper, again: false })
}

/// Keeps what a request brings and a document must not hold: a person's data, a policy's text.
fn bring_in(tx: &mut Tx<'_>, envelope: &Envelope, quote: &Quote) -> Result<(), DeskError> {
    match &envelope.request {
        Request::SignUp(asked) => Ok(member::put(tx, asked.member, &asked.person, None, quote.business_date)?),
        Request::AdoptPolicy(asked) => {
            policy::add(tx, &asked.text, Digest::of(asked.text.as_bytes()), quote.business_date)?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Reads a stored receipt.
pub(super) fn read_paper(layout: &str) -> Result<Paper, DeskError> {
    serde_json::from_str(layout).map_err(|error| DeskError::Paper(error.to_string()))
}

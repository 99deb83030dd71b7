//! What a draft looks like: the receipt as it will print with the money and the one button, and what to say.

use iced::widget::column;

use super::{Draft, Figure, Stage, deciding, weight};
use crate::domain::request::Job;
use crate::domain::ruling;
use crate::domain::staff::Role;
use crate::gui::keys::Act;
use crate::gui::shared::Shared;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::chip::Verdict;
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::paper::{SIDE_SHEET_PX, receipt};
use crate::gui::widgets::words::caption;
use crate::gui::widgets::{self, Element, button, empty::empty, frame, money::money, notice::notice};
use crate::text::{Arg, Words};

/// A button with what it does.
pub struct Button<Message> {
    /// Its word.
    pub word: String,
    /// What a press does; off without.
    pub on_press: Option<Message>,
}

impl<Message> Button<Message> {
    /// A button.
    pub fn new(word: String, on_press: Option<Message>) -> Self {
        Self { word, on_press }
    }
}

impl Draft {
    /// What the primary button says now, and whether it can be pressed; `idle` while nothing is asked.
    #[must_use]
    pub fn primary(&self, words: &Words, idle: Option<String>) -> (String, bool) {
        match &self.stage {
            Stage::Empty => idle.map_or_else(|| (words.plain("button-post"), false), |word| (word, true)),
            Stage::Posting { .. } => (words.plain("button-posting"), false),
            Stage::Posted(_) => (words.plain("button-done"), true),
            Stage::Failed { .. } => (words.plain("button-try-again"), true),
            Stage::Quoting | Stage::Quoted | Stage::Approving(_) => {
                let verdict = self.quote().map(crate::domain::document::Quote::verdict);
                let job = self.request.as_ref().map(crate::domain::request::Request::job);
                match verdict {
                    Some(ruling::Outcome::NeedsApproval(_) | ruling::Outcome::RefusedUnless(_)) if self.granted.is_some() => {
                        (job_word(words, job, self.pays()), true)
                    }
                    Some(ruling::Outcome::NeedsApproval(role) | ruling::Outcome::RefusedUnless(role)) => {
                        (ask_word(words, role), true)
                    }
                    Some(ruling::Outcome::Refused) | None => (job_word(words, job, self.pays()), false),
                    Some(ruling::Outcome::Allowed) => (job_word(words, job, self.pays()), true),
                }
            }
        }
    }

    fn pays(&self) -> bool {
        self.shown().is_some_and(|shown| matches!(shown.figure, Figure::Pay(money) if !money.is_zero()))
    }
}

fn ask_word(words: &Words, role: Role) -> String {
    if role <= Role::Lead { words.plain("button-ask-lead") } else { words.plain("button-ask-manager") }
}

fn job_word(words: &Words, job: Option<Job>, pays: bool) -> String {
    match job {
        Some(Job::Refund) => words.plain("button-refund"),
        Some(Job::CorrectPrice) => words.plain("button-correct-price"),
        Some(Job::Goodwill) => words.plain("button-goodwill"),
        Some(Job::RedeemCredit) => words.plain("button-use-credit"),
        Some(Job::SignUp | Job::Renew) if pays => words.plain("button-take-payment"),
        Some(Job::SignUp) => words.plain("button-sign-up"),
        Some(Job::Renew) => words.plain("button-renew"),
        Some(Job::ErasePerson) => words.plain("button-erase"),
        Some(Job::OpenShift) => words.plain("shift-open"),
        Some(Job::CloseShift) => words.plain("shift-close"),
        Some(Job::RotateKey) => words.plain("shift-new-key"),
        Some(Job::ReAnchor) => words.plain("shift-restored"),
        _ => words.plain("button-post"),
    }
}

/// The side of a job screen: the receipt, the money, the one button and the way back.
pub fn side<'a, Message: Clone + 'a>(
    draft: &'a Draft,
    shared: &'a Shared,
    primary: Button<Message>,
    secondary: Button<Message>,
) -> Element<'a, Message> {
    let words = &shared.words;
    let shown = match draft.done() {
        Some(done) => column![caption(words.plain("preview-printed")), receipt(&done.rows, SIDE_SHEET_PX)],
        None => match draft.shown() {
            Some(shown) => column![caption(words.plain("preview-title")), receipt(&shown.rows, SIDE_SHEET_PX)],
            None => column![
                caption(words.plain("preview-title")),
                empty(Icon::ReceiptText, words.plain("preview-nothing"), words.plain("preview-empty"), None)
            ],
        },
    };
    let figure = draft.done().map(|done| done.figure).or_else(|| draft.shown().map(|shown| shown.figure));
    let job = draft.request.as_ref().map(crate::domain::request::Request::job);
    let figure = figure.filter(|_| job.is_none_or(Job::makes_paper)).map(|figure| {
        let (name, amount) = match figure {
            Figure::Back(amount) | Figure::Pay(amount) if job == Some(Job::Void) && amount.is_zero() => {
                (words.plain("total-nothing-moves"), amount)
            }
            Figure::Pay(amount) if job == Some(Job::Void) => (words.plain("total-taken-back"), amount),
            Figure::Back(amount) => (words.plain("total-money-back"), amount),
            Figure::Pay(amount) if job == Some(Job::RedeemCredit) => (words.plain("total-from-credit"), amount),
            Figure::Pay(amount) if draft.done().is_some() => (words.plain("total-paid"), amount),
            Figure::Pay(amount) => (words.plain("total-to-pay"), amount),
        };
        money(name, words.formats().money(amount))
    });
    let done = column![]
        .push(figure)
        .push(button::primary(primary.word, Some("Enter"), primary.on_press).id("primary"))
        .push(button::secondary(secondary.word, Some(Act::Aside.cap()), secondary.on_press).id("aside"))
        .spacing(space::S);
    frame::side(shown.spacing(space::S), done)
}

/// The card on which a second person is asked, while one is.
pub fn card<'a, M: 'a>(draft: &'a Draft, shared: &'a Shared, wrap: fn(super::Message) -> M) -> Option<Element<'a, M>> {
    let card = draft.approving()?.view(draft.shown()?, shared);
    Some(card.map(super::Message::Approval).map(wrap))
}

/// A heading with what there is to say below it, as one part: what is said comes and goes, and a field further down keeps its place and
/// with it the focus.
pub fn headed<'a, Message: 'a>(heading: Element<'a, Message>, draft: &Draft, shared: &Shared) -> Element<'a, Message> {
    column![heading].push(say(draft, shared)).spacing(space::M).into()
}

/// What there is to say: the sentence of the rulings that decide, what changed, what failed, what was done.
pub fn say<'a, Message: 'a>(draft: &Draft, shared: &Shared) -> Option<Element<'a, Message>> {
    let words = &shared.words;
    let money = |money| words.formats().money(money);
    if let Stage::Failed { saying, posting, .. } = &draft.stage {
        let what = if *posting { words.plain("draft-lost") } else { words.plain("draft-failed") };
        return Some(notice(Verdict::Refused, what, words.saying(saying), None));
    }
    if let Some(done) = draft.done() {
        let number = Arg::text(done.posted.document.number.to_string());
        let what = words.say("draft-done", &[("number", number)]);
        return Some(match &done.unprinted {
            Some(saying) => notice(Verdict::Ask, what, words.saying(saying), None),
            None if done.posted.document.quote.job.makes_paper() => {
                notice(Verdict::Allowed, what, words.plain("draft-printing"), None)
            }
            None => notice(Verdict::Allowed, what, "", None),
        });
    }
    let quote = draft.quote()?;
    let changed = draft.changed_from.zip(draft.shown().map(|shown| shown.figure)).map(|(before, now)| {
        let figure = |figure| match figure {
            Figure::Back(amount) | Figure::Pay(amount) => money(amount),
        };
        let values = [("before", Arg::text(figure(before))), ("now", Arg::text(figure(now)))];
        notice(Verdict::Ask, words.plain("desk-quote-changed"), words.say("draft-changed", &values), None)
    });
    let deciding = deciding(quote);
    let (tone, verdict) = match deciding.first().map_or(0, |ruling| weight(ruling.outcome)) {
        0 => (Tone::Allowed, Verdict::Allowed),
        1 => (Tone::Ask, Verdict::Ask),
        _ => (Tone::Refused, Verdict::Refused),
    };
    let mut sentences: Vec<String> = Vec::new();
    for ruling in deciding {
        let sentence = shared.ruling(ruling);
        if !sentences.contains(&sentence) && sentences.len() < MOST_SENTENCES {
            sentences.push(sentence);
        }
    }
    // What is about the desk or its people is said to nobody at the counter; that it may be done needs no word.
    let said = match (sentences.join(" "), quote.job.makes_paper()) {
        (sentence, _) if sentence.is_empty() => None,
        (sentence, true) => Some(widgets::say::to_say(words.plain("say-title"), &sentence, tone, None)),
        (_, false) if tone == Tone::Allowed => None,
        (sentence, false) => Some(notice(verdict, sentence, "", None)),
    };
    let verdict = if draft.granted.is_some() { Verdict::Allowed } else { Verdict::Refused };
    let heard = draft.heard.as_ref().map(|saying| notice(verdict, words.saying(saying), "", None));
    let is_any = changed.is_some() || heard.is_some() || said.is_some();
    is_any.then(|| column![].push(changed).push(heard).push(said).spacing(space::M).into())
}

/// More than two sentences nobody listens to.
const MOST_SENTENCES: usize = 2;

//! The rules of the counter, pure: no clock, file, database, window or random number is named in here.

pub mod bill;
pub mod calendar;
pub mod credit;
pub mod digest;
pub mod document;
pub mod ids;
pub mod job;
pub mod journal;
pub mod member;
pub mod membership;
pub mod money;
pub mod note;
pub mod payment_card;
pub mod policy;
pub mod preset;
pub mod quote;
pub mod request;
pub mod ruling;
pub mod say;
pub mod seal;
pub mod spoken;
pub mod staff;
pub mod standing;

//! tmp
use crate::domain::{calendar::Moment, document::Quote, ids::*};
use crate::receipt::Paper;
use crate::text::Words;
#[allow(missing_docs)]
pub struct Composing<'a> {
    pub shop_name: &'a str,
    pub shop_address: &'a str,
    pub clerk: &'a str,
    pub approver: Option<&'a str>,
    pub number: Option<DocumentNumber>,
    pub at: Moment,
    pub quote: &'a Quote,
    pub card: Option<CardNumber>,
    pub credit: Option<CreditCode>,
}
#[allow(missing_docs)]
pub fn compose(_c: &Composing<'_>, _w: &Words) -> Paper {
    Paper { language: String::new(), rows: vec![] }
}

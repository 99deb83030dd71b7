//! ARTS POSLog, versions 2 and 6, transaction by transaction.
//!
//! Names are compared without their prefix, and the root element may be any: tills wrap and extend the format freely. What
//! a transaction means is in `sale`; here it is only cut out of the stream, within limits, with its place.

mod line;
mod node;
mod sale;
mod shares;
mod tender;

use std::collections::VecDeque;
use std::io::{BufReader, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::fault::Fault;
use super::item::{Incoming, Place, Reject};
use super::map::{MapError, PosLogMap, zone};
use super::meter::Meter;
use super::open::Shop;
use super::{Incomings, IntakeError};
use crate::domain::payment_card;
use crate::domain::plain::is_plain;
use node::{Node, is_line};
use sale::Till;

/// Bytes that one transaction may take.
const LARGEST_TRANSACTION: u64 = 16 << 20;
/// Elements within each other.
const DEEPEST: usize = 64;
/// Bytes of a reject that are shown.
const LONGEST_RAW: usize = 20_000;

/// Reads sales from a POSLog.
pub struct PosLog<R: Read> {
    xml: Reader<Meter<BufReader<R>>>,
    buffer: Vec<u8>,
    till: Till,
    /// Elements around the transaction.
    around: usize,
    /// The transaction's open elements.
    open: Vec<Node>,
    ready: VecDeque<Incoming>,
    place: Place,
    found: bool,
    ended: bool,
}

impl<R: Read> PosLog<R> {
    /// Reads from the beginning, or from a place given by [`Incomings::place`]. `source` is what the file is called.
    pub fn new(file: R, map: PosLogMap, shop: &Shop, source: &str, place: Option<Place>) -> Result<Self, MapError> {
        let mut day = shop.day.clone();
        if let Some(name) = &map.zone {
            day.zone = zone(name)?;
        }
        day.day_ends_at = map.day_ends_at.unwrap_or(day.day_ends_at);
        let shop = Shop { day, currency: map.currency.unwrap_or(shop.currency) };
        let begin = place.unwrap_or(Place { byte: 0, line: 1 });
        let meter = Meter::new(BufReader::with_capacity(1 << 16, file), begin.byte, begin.line, LARGEST_TRANSACTION);
        let mut xml = Reader::from_reader(meter);
        xml.config_mut().expand_empty_elements = true;
        xml.config_mut().allow_unmatched_ends = place.is_some();
        Ok(Self {
            xml,
            buffer: Vec::new(),
            till: Till { map, shop, source: source.to_owned() },
            around: 0,
            open: Vec::new(),
            ready: VecDeque::new(),
            place: begin,
            found: place.is_some(),
            ended: false,
        })
    }

    fn read_event(&mut self) -> Result<(), IntakeError> {
        if self.open.is_empty() {
            self.xml.get_mut().next_record();
            self.xml.get_mut().keep();
        }
        let (line, column) = (self.xml.get_ref().line, self.xml.get_ref().column());
        self.buffer.clear();
        let done = match self.xml.read_event_into(&mut self.buffer) {
            Ok(Event::Start(start)) => begin(&mut self.open, &mut self.around, &start, (line, column)),
            Ok(Event::Text(text)) => add_text(&mut self.open, &text.xml10_content()),
            Ok(Event::CData(text)) => add_text(&mut self.open, &text),
            Ok(Event::GeneralRef(name)) => match resolved(&name) {
                Some(text) => add_text(&mut self.open, &text),
                None => Err(Fault::Entities),
            },
            Ok(Event::DocType(text)) if text.contains('[') => Err(Fault::Entities),
            Ok(Event::End(_)) => {
                self.end_element();
                Ok(())
            }
            Ok(Event::Eof) => {
                self.end_of_file(line, column);
                Ok(())
            }
            Ok(Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_)) => Ok(()),
            Err(_) if self.xml.get_ref().is_over() => Err(Fault::TooLarge { most: LARGEST_TRANSACTION }),
            Err(quick_xml::Error::Io(cause)) => {
                return Err(IntakeError::read(&format!("line {line}"), std::io::Error::new(cause.kind(), cause)));
            }
            // The parser's syntax errors are ends of the file within a tag or comment.
            Err(quick_xml::Error::Syntax(_)) => {
                let element = self.open.last().map_or("the file's outer element", |node| &node.name).to_owned();
                Err(Fault::Truncated { element })
            }
            Err(quick_xml::Error::Encoding(_)) => Err(Fault::NotUtf8),
            Err(error) => Err(Fault::Xml(error.to_string())),
        };
        if let Err(fault) = done {
            self.stop(fault, line, column);
        }
        Ok(())
    }

    fn end_element(&mut self) {
        let Some(node) = self.open.pop() else {
            self.around = self.around.saturating_sub(1);
            return;
        };
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(node);
            return;
        }
        let incoming = self.transaction(&node);
        self.ready.push_back(incoming);
        let meter = self.xml.get_ref();
        self.place = Place { byte: meter.byte, line: meter.line };
        self.found = true;
    }

    fn transaction(&self, node: &Node) -> Incoming {
        let raw = String::from_utf8_lossy(self.xml.get_ref().kept());
        let unfit = [(node.card_number(), Fault::CardNumber), (node.not_plain(), Fault::ControlCharacter)];
        if let Some((place, fault)) = unfit.into_iter().find_map(|(place, fault)| Some((place?, fault))) {
            return self.reject(place.line, place.column, &place.name, fault, &raw, node.lines());
        }
        match self.till.incoming(node, &raw, self.place) {
            Ok(incoming) => incoming,
            Err(wrong) => self.reject(wrong.line, wrong.column, &wrong.field, wrong.fault, &raw, node.lines()),
        }
    }

    fn reject(&self, line: u64, column: u64, field: &str, fault: Fault, raw: &str, rows: u64) -> Incoming {
        let mut raw = fit_to_keep(raw.trim());
        if let Some((end, _)) = raw.char_indices().find(|(at, _)| *at >= LONGEST_RAW) {
            raw.truncate(end);
        }
        Incoming::Reject(Box::new(Reject { line, column, field: field.to_owned(), fault, raw, rows }))
    }

    fn end_of_file(&mut self, line: u64, column: u64) {
        if let Some(node) = self.open.last() {
            let element = node.name.clone();
            self.stop(Fault::Truncated { element }, line, column);
        } else if self.around > 0 {
            self.stop(Fault::Truncated { element: "the file's outer element".to_owned() }, line, column);
        } else if !self.found {
            self.stop(Fault::NoTransactions, line, column);
        }
        self.ended = true;
    }

    /// Nothing can be read after this. Of an open transaction nothing comes in.
    fn stop(&mut self, fault: Fault, line: u64, column: u64) {
        let rows = self.open.iter().map(|node| node.lines() + u64::from(is_line(&node.name))).sum();
        let kept = self.xml.get_ref().kept();
        let raw = String::from_utf8_lossy(kept);
        let field = self.open.last().map(|node| node.name.clone()).unwrap_or_default();
        let reject = self.reject(line, column, &field, fault, &raw, rows);
        self.ready.push_back(reject);
        self.ended = true;
    }
}

/// A transaction as it may be kept: as people read it, so that what is looked for in it later is found, and with whatever looks like
/// the number of a payment card masked, remarks and all.
fn fit_to_keep(raw: &str) -> String {
    let mut pieces = raw.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let read = piece
            .split_once(';')
            .and_then(|(name, rest)| Some((resolved(&BytesRef::new(name)).filter(|sign| is_plain(sign))?, rest)));
        match read {
            Some((sign, rest)) => text.extend([sign.as_str(), rest]),
            None => text.extend(["&", piece]),
        }
    }
    payment_card::mask(&text)
}

fn begin(open: &mut Vec<Node>, around: &mut usize, start: &BytesStart<'_>, place: (u64, u64)) -> Result<(), Fault> {
    let local = start.local_name();
    let name: &str = local.as_ref();
    if open.is_empty() && name != "Transaction" {
        *around += 1;
        return if *around > DEEPEST { Err(Fault::TooDeep { most: DEEPEST }) } else { Ok(()) };
    }
    if open.len() >= DEEPEST {
        return Err(Fault::TooDeep { most: DEEPEST });
    }
    let mut node = Node { name: name.to_owned(), line: place.0, column: place.1, ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| Fault::Xml(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Entities)?;
        let key = attribute.key.local_name();
        let key: &str = key.as_ref();
        node.attributes.push((key.to_owned(), on_one_line(&value)));
    }
    open.push(node);
    Ok(())
}

fn add_text(open: &mut [Node], text: &str) -> Result<(), Fault> {
    if let Some(node) = open.last_mut() {
        let text = if node.text.is_empty() { text.trim_start() } else { text };
        node.text.push_str(&on_one_line(text));
    }
    Ok(())
}

/// Line ends and tabs of a file that is laid out for the eye are blanks.
fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// The characters of a predefined entity or a character reference.
fn resolved(name: &BytesRef<'_>) -> Option<String> {
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten().map(String::from);
    }
    quick_xml::escape::resolve_xml_entity(name).map(str::to_owned)
}

impl<R: Read> Iterator for PosLog<R> {
    type Item = Result<Incoming, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(incoming) = self.ready.pop_front() {
                return Some(Ok(incoming));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.read_event() {
                self.ended = true;
                return Some(Err(error));
            }
        }
    }
}

impl<R: Read> Incomings for PosLog<R> {
    fn place(&self) -> Option<Place> {
        Some(self.place).filter(|_| self.ready.is_empty())
    }

    fn read_byte(&self) -> u64 {
        self.xml.get_ref().byte
    }
}

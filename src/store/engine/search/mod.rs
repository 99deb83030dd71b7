//! Text search, the one part that each engine does its own way: texts under whole numbers, found by any three letters.

mod postgres;
mod sqlite;

use super::{Link, Tx};
use crate::store::Result;

/// The shortest word that the index finds.
pub const SHORTEST: usize = 3;

/// At most so many triples of a word are asked for; the check of the word itself does the rest.
const TRIPLES: usize = 12;

impl Tx<'_> {
    /// Puts a folded text under a number, in place of what was there.
    pub fn text_put(&mut self, number: i64, text: &str) -> Result<()> {
        self.text_drop(number)?;
        self.text_add(number, text)
    }

    /// Adds a folded text under a number that has none.
    pub fn text_add(&mut self, number: i64, text: &str) -> Result<()> {
        match &self.link {
            Link::Sqlite(_) => sqlite::add(self, number, text),
            Link::Postgres(_) => postgres::add(self, number, text),
        }
    }

    /// Hands over every text with its number, and whether the triples that are kept with it are its own, in no order.
    pub fn text_scan(&mut self, each: &mut dyn FnMut(i64, &str, bool)) -> Result<()> {
        match &self.link {
            Link::Sqlite(_) => sqlite::scan(self, each),
            Link::Postgres(_) => postgres::scan(self, each),
        }
    }

    /// Takes away the text under a number.
    pub fn text_drop(&mut self, number: i64) -> Result<()> {
        match &self.link {
            Link::Sqlite(_) => sqlite::drop(self, number),
            Link::Postgres(_) => postgres::drop(self, number),
        }
    }

    /// Numbers of some texts that hold all words, so many at most, lowest first. One word at least must have three letters.
    pub fn text_find(&mut self, words: &[String], limit: usize) -> Result<Vec<i64>> {
        match &self.link {
            Link::Sqlite(_) => sqlite::find(self, words, limit),
            Link::Postgres(_) => postgres::find(self, words, limit),
        }
    }
}

/// The letter triples with which a word begins.
fn triples(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(SHORTEST).take(TRIPLES).map(|window| window.iter().collect()).collect()
}

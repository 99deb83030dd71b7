//! A server keeps each text with the list of its letter triples, and an inverted index over these lists, which needs no
//! extension. It is asked for rows that hold all triples of a word, and each row is then checked for the word itself.

use std::collections::BTreeSet;

use super::{SHORTEST, Tx, triples};
use crate::store::{Result, Value};

/// Parts the triples of a list on their way to the server; no folded text holds it.
const PARTING: &str = "\u{1f}";

pub(super) fn add(tx: &mut Tx<'_>, number: i64, text: &str) -> Result<()> {
    let sql = "INSERT INTO text_index (site, number, text, triples) VALUES (?1, ?2, ?3, string_to_array(?4, ?5))";
    let params = [tx.site(), number.into(), text.into(), all_triples(text).into(), PARTING.into()];
    tx.send(sql, &params)
}

pub(super) fn scan(tx: &mut Tx<'_>, each: &mut dyn FnMut(i64, &str, bool)) -> Result<()> {
    let sql = "SELECT number, text, array_to_string(triples, ?2) FROM text_index WHERE site = ?1";
    tx.scan(sql, &[tx.site(), PARTING.into()], &mut |row| {
        let text = row.text(1)?;
        each(row.int(0)?, text, row.text(2)? == all_triples(text));
        Ok(())
    })
}

pub(super) fn drop(tx: &mut Tx<'_>, number: i64) -> Result<()> {
    tx.send("DELETE FROM text_index WHERE site = ?1 AND number = ?2", &[tx.site(), number.into()])
}

pub(super) fn find(tx: &mut Tx<'_>, words: &[String], limit: usize) -> Result<Vec<i64>> {
    let triples: BTreeSet<String> = words.iter().flat_map(|word| triples(word)).collect();
    let triples: Vec<String> = triples.into_iter().collect();
    let mut sql = "SELECT number FROM text_index WHERE site = ?1 AND triples @> string_to_array(?2, ?3)".to_owned();
    let mut params = vec![tx.site(), Value::Text(triples.join(PARTING)), PARTING.into()];
    for word in words {
        params.push(word.as_str().into());
        sql.push_str(&format!(" AND instr(text, ?{}) > 0", params.len()));
    }
    params.push(Value::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
    // The limit comes before the order: else the server walks by numbers until enough are found, which for rare words is the
    // whole table.
    let sql = format!("SELECT number FROM ({sql} LIMIT ?{}) found ORDER BY number", params.len());
    tx.query(&sql, &params)?.iter().map(|row| row.int(0)).collect()
}

/// Every triple of a text's lines, each once. No word spans two lines.
fn all_triples(text: &str) -> String {
    let mut triples = BTreeSet::new();
    for line in text.lines() {
        let letters: Vec<char> = line.chars().collect();
        triples.extend(letters.windows(SHORTEST).map(|window| window.iter().collect::<String>()));
    }
    triples.into_iter().collect::<Vec<_>>().join(PARTING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_with_its_triples() {
        assert_eq!(all_triples("berber\n123\nab"), ["123", "ber", "erb", "rbe"].join(PARTING));
    }
}

//! Text search, the one part that each engine does its own way: texts under whole numbers, found by any three letters.
//!
//! SQLite keeps an index of letter triples (FTS5 trigram). It is asked for rows that hold all triples of a word, without
//! ranking, and each row is then checked for the word itself.

use super::{Link, Tx, Value, sqlite};
use crate::store::Result;

/// The shortest word that the index finds.
pub const SHORTEST: usize = 3;

/// At most so many triples of a word are asked for; the check of the word itself does the rest.
const TRIPLES: usize = 12;

impl Tx<'_> {
    /// Puts a folded text under a number, in place of what was there.
    pub fn text_put(&mut self, number: i64, text: &str) -> Result<()> {
        self.text_drop(number)?;
        match &self.link {
            Link::Sqlite(connection) => {
                let sql = "INSERT INTO text_index (rowid, text) VALUES (?1, ?2)";
                sqlite::execute(connection, sql, &[number.into(), text.into()]).map(|_| ())
            }
        }
    }

    /// Adds a folded text under a number that has none.
    pub fn text_add(&mut self, number: i64, text: &str) -> Result<()> {
        match &self.link {
            Link::Sqlite(connection) => {
                let sql = "INSERT INTO text_index (rowid, text) VALUES (?1, ?2)";
                sqlite::execute(connection, sql, &[number.into(), text.into()]).map(|_| ())
            }
        }
    }

    /// Takes away the text under a number.
    pub fn text_drop(&mut self, number: i64) -> Result<()> {
        match &self.link {
            Link::Sqlite(connection) => {
                sqlite::execute(connection, "DELETE FROM text_index WHERE rowid = ?1", &[number.into()]).map(|_| ())
            }
        }
    }

    /// Numbers of texts that hold all words, lowest first. One word at least must have three letters.
    pub fn text_find(&mut self, words: &[String], limit: usize) -> Result<Vec<i64>> {
        let triples: Vec<String> = words.iter().flat_map(|word| triples(word)).collect();
        let mut sql = "SELECT rowid FROM text_index WHERE text_index MATCH ?1".to_owned();
        let mut params = vec![Value::Text(triples.join(" AND "))];
        for word in words {
            params.push(word.as_str().into());
            sql.push_str(&format!(" AND instr(text, ?{}) > 0", params.len()));
        }
        params.push(Value::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
        sql.push_str(&format!(" LIMIT ?{}", params.len()));
        self.query(&sql, &params)?.iter().map(|row| row.int(0)).collect()
    }
}

/// The letter triples of a word, quoted.
fn triples(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let triple = |window: &[char]| format!("\"{}\"", window.iter().collect::<String>().replace('"', "\"\""));
    letters.windows(SHORTEST).take(TRIPLES).map(triple).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_triples() {
        assert_eq!(triples("berz"), ["\"ber\"", "\"erz\""]);
        assert_eq!(triples("a\"b"), ["\"a\"\"b\""]);
        assert!(triples("ab").is_empty());
    }
}

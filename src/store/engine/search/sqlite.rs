//! SQLite keeps an index of letter triples (FTS5 trigram). It is asked for rows that hold all triples of a word, without
//! ranking, and each row is then checked for the word itself.

use super::{Tx, triples};
use crate::store::{Result, Value};

pub(super) fn add(tx: &mut Tx<'_>, number: i64, text: &str) -> Result<()> {
    tx.execute("INSERT INTO text_index (rowid, text) VALUES (?1, ?2)", &[number.into(), text.into()]).map(|_| ())
}

/// The triples are the engine's own matter: it looks at them when it looks at its file.
pub(super) fn scan(tx: &mut Tx<'_>, each: &mut dyn FnMut(i64, &str, bool)) -> Result<()> {
    tx.scan("SELECT rowid, text FROM text_index", &[], &mut |row| {
        each(row.int(0)?, row.text(1)?, true);
        Ok(())
    })
}

pub(super) fn drop(tx: &mut Tx<'_>, number: i64) -> Result<()> {
    tx.execute("DELETE FROM text_index WHERE rowid = ?1", &[number.into()]).map(|_| ())
}

pub(super) fn find(tx: &mut Tx<'_>, words: &[String], limit: usize) -> Result<Vec<i64>> {
    let triples: Vec<String> = words.iter().flat_map(|word| triples(word)).map(|triple| quoted(&triple)).collect();
    let mut sql = "SELECT rowid FROM text_index WHERE text_index MATCH ?1".to_owned();
    let mut params = vec![Value::Text(triples.join(" AND "))];
    for word in words {
        params.push(word.as_str().into());
        sql.push_str(&format!(" AND instr(text, ?{}) > 0", params.len()));
    }
    params.push(Value::Int(i64::try_from(limit).unwrap_or(i64::MAX)));
    sql.push_str(&format!(" LIMIT ?{}", params.len()));
    tx.query(&sql, &params)?.iter().map(|row| row.int(0)).collect()
}

fn quoted(triple: &str) -> String {
    format!("\"{}\"", triple.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_triples() {
        let of = |word| triples(word).iter().map(|triple| quoted(triple)).collect::<Vec<_>>();
        assert_eq!(of("berz"), ["\"ber\"", "\"erz\""]);
        assert_eq!(of("a\"b"), ["\"a\"\"b\""]);
        assert!(of("ab").is_empty());
    }
}

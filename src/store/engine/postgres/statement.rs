//! Statements as a server has them: `?1` becomes `$1`, whole numbers are BIGINT, texts compare by their bytes.

use postgres::Statement;
use postgres::types::{ToSql, Type};

use crate::store::engine::{Row, Value};
use crate::store::{Result, StoreError};

/// A value as the server's library takes it.
pub type Bound<'a> = &'a (dyn ToSql + Sync);

/// The one map of types: what the migrations are written in, as a server has it. Texts are compared and ordered by their
/// bytes, as SQLite does; the remarks on how a table is kept mean nothing here.
pub fn own_types(sql: &str) -> String {
    sql.replace("TEXT[]", "text[]").replace("TEXT", "text COLLATE \"C\"")
}

/// A statement with the server's marks for values, and its name for the one function that is called otherwise.
pub fn own_marks(sql: &str) -> String {
    let mut quoted = false;
    let mark = |c: char| {
        quoted ^= c == '\'';
        if c == '?' && !quoted { '$' } else { c }
    };
    let marked: String = sql.chars().map(mark).collect();
    marked.replace("instr(", "strpos(")
}

/// The types of values; what is nothing is left to the server.
pub fn types(params: &[Value]) -> Vec<Type> {
    let of = |value: &Value| match value {
        Value::Null => Type::UNKNOWN,
        Value::Int(_) => Type::INT8,
        Value::Text(_) => Type::TEXT,
        Value::Bytes(_) => Type::BYTEA,
    };
    params.iter().map(of).collect()
}

/// Whether values have the types a statement was prepared with.
pub fn fits(statement: &Statement, params: &[Value]) -> bool {
    let known = statement.params();
    known.len() == params.len() && known.iter().zip(types(params)).all(|(known, own)| own == Type::UNKNOWN || *known == own)
}

/// Values as the server's library takes them.
pub fn bind<'a>(statement: &Statement, params: &'a [Value]) -> Result<Vec<Bound<'a>>> {
    let none = |wanted: &Type| -> Result<Bound<'a>> {
        Ok(match *wanted {
            Type::INT8 => &None::<i64>,
            Type::INT4 => &None::<i32>,
            Type::BOOL => &None::<bool>,
            Type::BYTEA => &None::<Vec<u8>>,
            Type::TEXT | Type::VARCHAR => &None::<String>,
            _ => return Err(StoreError::Engine(format!("nothing cannot be given as {wanted}"))),
        })
    };
    let bound = |(value, wanted): (&'a Value, &Type)| -> Result<Bound<'a>> {
        Ok(match value {
            Value::Null => none(wanted)?,
            Value::Int(number) => number,
            Value::Text(text) => text,
            Value::Bytes(bytes) => bytes,
        })
    };
    params.iter().zip(statement.params()).map(bound).collect()
}

/// A row of an answer.
pub fn row(row: &postgres::Row) -> Result<Row> {
    (0..row.len()).map(|column| value(row, column)).collect::<Result<_>>().map(Row)
}

fn value(row: &postgres::Row, column: usize) -> Result<Value> {
    let damaged = |found: &str| StoreError::Damaged {
        place: "an answer".to_owned(),
        found: found.to_owned(),
        wanted: "a whole number, text or bytes",
    };
    let unreadable = |error: postgres::Error| damaged(&error.to_string());
    let kind = row.columns().get(column).map_or(&Type::UNKNOWN, postgres::Column::type_);
    Ok(match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map_err(unreadable)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map_err(unreadable)?.into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(column).map_err(unreadable)?.into(),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column).map_err(unreadable)?.into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<&str>>(column).map_err(unreadable)?.into(),
        ref other => return Err(damaged(&format!("a value of type {other}"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_the_servers_and_quoted_ones_stay() {
        assert_eq!(own_marks("a = ?1 AND b = '?' || ?12"), "a = $1 AND b = '?' || $12");
        assert_eq!(own_marks("instr(a, ?1) > 0"), "strpos(a, $1) > 0");
    }

    #[test]
    fn types_are_mapped() {
        assert_eq!(own_types("a TEXT NOT NULL, b TEXT[], c BIGINT"), "a text COLLATE \"C\" NOT NULL, b text[], c BIGINT");
        assert_eq!(types(&[Value::Null, 1_i64.into(), "a".into()]), [Type::UNKNOWN, Type::INT8, Type::TEXT]);
    }
}

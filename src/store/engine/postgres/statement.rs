//! Statements as a server has them: `?1` becomes `$1`, whole numbers are BIGINT, texts compare by their bytes.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::Statement;
use tokio_postgres::types::{IsNull, ToSql, Type};

use crate::store::engine::{Row, Value};
use crate::store::{Result, StoreError};

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

/// Values as the server's library takes them; what is nothing is nothing of any type.
impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(wanted, out),
            Self::Text(text) => text.to_sql_checked(wanted, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(wanted, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, wanted: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(wanted, out)
    }
}

/// A row of an answer.
pub fn row(row: &tokio_postgres::Row) -> Result<Row> {
    (0..row.len()).map(|column| value(row, column)).collect::<Result<_>>().map(Row)
}

fn value(row: &tokio_postgres::Row, column: usize) -> Result<Value> {
    let damaged = |found: &str| StoreError::Damaged {
        place: "an answer".to_owned(),
        found: found.to_owned(),
        wanted: "a whole number, text or bytes",
    };
    let unreadable = |error: tokio_postgres::Error| damaged(&error.to_string());
    let kind = row.columns().get(column).map_or(&Type::UNKNOWN, tokio_postgres::Column::type_);
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

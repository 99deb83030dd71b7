//! The form of the tables on a server, as its catalog tells it: names, kinds and flags, and never the words of a definition, which
//! each version of a server says in its own way.

/// Tells the form of every table of the schema in use: table, kind of thing, its name, and how it is.
pub const FORM: &str = include_str!("../../../../resources/migrations/form.postgres.sql");

/// The form that this program's own steps give a server's tables, as [`FORM`] tells it.
pub const OWN_FORM: &str = include_str!("../../../../resources/migrations/form.postgres.txt");

/// Whether a server is PostgreSQL itself, by what it says of its version. Others that speak its protocol have names of their own.
pub fn is_postgres(version: &str) -> bool {
    version.starts_with("PostgreSQL ") && !version.contains("-YB-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_postgres_itself_is_taken_for_it() {
        for (version, is) in [
            ("PostgreSQL 12.22 on x86_64-pc-linux-gnu, compiled by gcc", true),
            ("PostgreSQL 18.1 (Debian 18.1-1) on aarch64-unknown-linux-gnu", true),
            ("CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu)", false),
            ("PostgreSQL 11.2-YB-2.20.0.0-b0 on x86_64-pc-linux-gnu", false),
            ("", false),
        ] {
            assert_eq!(is_postgres(version), is, "{version}");
        }
    }

    #[test]
    fn every_table_of_the_steps_is_there_with_its_key() {
        let books = include_str!("../../../../resources/migrations/0001_books.sql");
        let tables: Vec<&str> = books.lines().filter_map(|line| line.strip_prefix("CREATE TABLE ")).collect();
        assert!(tables.len() > 20, "{tables:?}");
        for table in tables.iter().map(|rest| rest.trim_end_matches(" (")) {
            assert!(OWN_FORM.contains(&format!("\n{table} constraint {table}_pkey p site")), "{table}");
        }
    }
}

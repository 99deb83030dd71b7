//! Copies of the secrets for safe keeping: the desks' keys and the pepper, in one file that brings them back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Outside, Result, make_folder, private_file};
use crate::domain::ids::DeskNo;
use crate::domain::seal::{PublicKey, SecretKey, from_hex, to_hex};
use crate::store::StoreError;

/// What such a file begins with.
const FORM: &str = "courtesy keys 1";

/// Bytes of such a file that are read; a thousand desks' keys are less.
const LONGEST: u64 = 1 << 20;

/// The secrets as they are written; never shown.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Safe {
    form: String,
    secrets: BTreeMap<String, Zeroizing<String>>,
}

impl Outside {
    /// Writes the secrets into a new file that only its owner may read; answers with how many.
    ///
    /// # Errors
    /// When there is a file of that name already or it cannot be written.
    pub fn export_secrets(&self, to: &Path) -> Result<usize> {
        let failed = |error: &io::Error| StoreError::KeyFile { path: to.to_owned(), reason: error.to_string() };
        let mut secrets = BTreeMap::new();
        for name in self.names()? {
            if is_secret(&name)
                && let Some(bytes) = self.secret(&name)?
            {
                secrets.insert(name, Zeroizing::new(to_hex(bytes.as_slice())));
            }
        }
        let count = secrets.len();
        let safe = Safe { form: FORM.to_owned(), secrets };
        let text = serde_json::to_string_pretty(&safe).map_err(|error| StoreError::Engine(error.to_string()))?;
        let text = Zeroizing::new(text);
        if to.exists() {
            return Err(StoreError::KeyFile { path: to.to_owned(), reason: "it is there already".to_owned() });
        }
        let mut file = private_file(to).map_err(|error| failed(&error))?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        written.map_err(|error| failed(&error))?;
        Ok(count)
    }

    /// Brings secrets back that are not here, from a file that [`Outside::export_secrets`] wrote; answers with their names. A key must
    /// be the one whose public half the books know, and what is here is never replaced.
    ///
    /// # Errors
    /// When the file is none of these or holds something else than the books and this folder know; nothing is then brought back.
    pub fn import_secrets(&self, from: &Path, known: &BTreeMap<(DeskNo, u32), PublicKey>) -> Result<Vec<String>> {
        let wrong = |reason: String| StoreError::KeyFile { path: from.to_owned(), reason };
        let mut text = Zeroizing::new(String::new());
        let file = fs::File::open(from).map_err(|error| wrong(error.to_string()))?;
        file.take(LONGEST).read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
        let safe: Safe = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        if safe.form != FORM {
            return Err(wrong(format!("it is not of the form “{FORM}”")));
        }
        let mut missing = Vec::new();
        for (name, hex) in &safe.secrets {
            let bytes = from_hex::<32>(hex).map(Zeroizing::new).filter(|_| is_secret(name));
            let bytes = bytes.ok_or_else(|| wrong(format!("“{name}” is no key")))?;
            if let Some(of) = desk_and_number(name)
                && known.get(&of) != Some(&SecretKey::from_seed(&bytes).public())
            {
                return Err(wrong(format!("“{name}” is not the key that these books know")));
            }
            match self.secret(name)? {
                Some(here) if *here != *bytes => return Err(wrong(format!("“{name}” is another one than the one here"))),
                Some(_) => {}
                None => missing.push((name.clone(), hex)),
            }
        }
        for (name, hex) in &missing {
            self.write_new(name, hex.as_bytes())?;
        }
        Ok(missing.into_iter().map(|(name, _)| name).collect())
    }

    fn names(&self) -> Result<Vec<String>> {
        make_folder(&self.0).map_err(|error| self.failed(".", &error))?;
        let entries = fs::read_dir(&self.0).map_err(|error| self.failed(".", &error))?;
        let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        names.collect::<io::Result<_>>().map_err(|error| self.failed(".", &error))
    }
}

fn is_secret(name: &str) -> bool {
    name == "pepper" || desk_and_number(name).is_some()
}

/// Whose key a file is, and which.
fn desk_and_number(name: &str) -> Option<(DeskNo, u32)> {
    let (desk, no) = name.strip_prefix("desk-")?.split_once(".key-")?;
    Some((DeskNo(desk.parse().ok()?), no.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_back_where_they_are_missing_and_only_there() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (Outside::at(folder.path().join("old")), Outside::at(folder.path().join("new")));
        old.make_pepper().unwrap();
        let public = old.make_key(DeskNo(1), 2).unwrap().public();
        let known = BTreeMap::from([((DeskNo(1), 2), public)]);
        let file = folder.path().join("keys.json");
        assert_eq!(old.export_secrets(&file).unwrap(), 2);
        assert!(matches!(old.export_secrets(&file), Err(StoreError::KeyFile { .. })));
        assert!(matches!(new.import_secrets(&file, &BTreeMap::new()), Err(StoreError::KeyFile { .. })), "another shop's");
        assert_eq!(new.names().unwrap(), Vec::<String>::new());
        assert_eq!(new.import_secrets(&file, &known).unwrap(), ["desk-1.key-2", "pepper"]);
        assert_eq!(new.key(DeskNo(1), 2).unwrap().unwrap().public(), public);
        assert_eq!(new.import_secrets(&file, &known).unwrap(), Vec::<String>::new());
        let other = Outside::at(folder.path().join("other"));
        other.make_pepper().unwrap();
        assert!(matches!(other.import_secrets(&file, &known), Err(StoreError::KeyFile { .. })), "another pepper");
        for rubbish in ["", "{}", r#"{"form":"courtesy keys 1","secrets":{"../x":"00"}}"#] {
            fs::write(&file, rubbish).unwrap();
            assert!(other.import_secrets(&file, &known).is_err(), "{rubbish}");
        }
    }
}

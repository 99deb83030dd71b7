//! Requests that wait outside the database until it is known what came of them.

use std::collections::BTreeMap;
use std::{fs, io};

use super::{Outside, Result, make_folder};
use crate::domain::ids::RequestId;

impl Outside {
    /// Keeps a request until it is known what came of it.
    pub fn keep_unsent(&self, id: RequestId, text: &str) -> Result<()> {
        make_folder(&self.0).map_err(|error| self.failed(".", &error))?;
        self.unsent_folder().write_new(&id.to_string(), text.as_bytes())
    }

    /// Forgets a request; that there is none is no error.
    pub fn drop_unsent(&self, id: RequestId) -> Result<()> {
        match fs::remove_file(self.unsent_folder().0.join(id.to_string())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed("unsent", &error)),
            _ => Ok(()),
        }
    }

    /// The requests that are kept, in the order of their ids.
    pub fn unsent(&self) -> Result<BTreeMap<RequestId, String>> {
        let folder = self.unsent_folder();
        let entries = match fs::read_dir(&folder.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(self.failed("unsent", &error)),
        };
        let mut unsent = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(|error| self.failed("unsent", &error))?;
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<RequestId>().ok()) else { continue };
            if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            match fs::read(folder.0.join(id.to_string())) {
                // What is no text is no request, and told as one that was left.
                Ok(bytes) => unsent.extend([(id, String::from_utf8_lossy(&bytes).into_owned())]),
                // Another program of this desk may have had its answer meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(self.failed("unsent", &error)),
            }
        }
        Ok(unsent)
    }

    fn unsent_folder(&self) -> Self {
        Self(self.0.join("unsent"))
    }
}

//! Opening a source: what format it is, which map fits, and where to go on.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::csv_members::CsvMembers;
use super::csv_sales::CsvSales;
use super::item::Place;
use super::map::{FileForm, MembersMap, PosLogMap, SalesMap};
use super::poslog::PosLog;
use super::rows::CsvRows;
use super::run::Mark;
use super::{Incomings, IntakeError};
use crate::domain::calendar::ShopDay;
use crate::domain::digest::Digest;
use crate::domain::membership::Plan;
use crate::domain::money::Currency;

/// Bytes at the start of a source by which it is known again.
const HEAD: u64 = 1 << 16;

/// Formats of sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV with a column map.
    Csv,
    /// ARTS POSLog 2 or 6.
    PosLog,
}

/// A map for one of the formats of sales.
#[derive(Debug, Clone, PartialEq)]
pub enum Map {
    /// For CSV.
    Sales(Box<SalesMap>),
    /// For POSLog.
    PosLog(Box<PosLogMap>),
}

impl Map {
    /// Reads a map for sales from TOML: one with columns is for CSV.
    pub fn from_toml(text: &str) -> Result<Self, IntakeError> {
        let is_csv = text.lines().any(|line| line.trim_start().starts_with("[columns]"));
        Ok(if is_csv {
            Self::Sales(Box::new(SalesMap::from_toml(text)?))
        } else {
            Self::PosLog(Box::new(PosLogMap::from_toml(text)?))
        })
    }
}

/// What the shop knows that a file may not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Shop {
    /// Its clock.
    pub day: ShopDay,
    /// Its currency.
    pub currency: Currency,
}

/// Where sales or members come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input; it is always read from its beginning.
    Stdin,
}

/// A source that is ready to be run.
pub struct Opened {
    /// Gives what comes in.
    pub incomings: Box<dyn Incomings>,
    /// Where the import begins or goes on; what [`super::run()`] needs.
    pub mark: Mark,
    /// Whether it goes on from an earlier run.
    pub goes_on: bool,
    /// Bytes in all, where that is known.
    pub bytes: Option<u64>,
}

/// Which format a source's first bytes are.
pub fn recognise(path: Option<&Path>, head: &[u8]) -> Result<Format, IntakeError> {
    let packed = [(&b"\x1f\x8b"[..], "zcat"), (b"\xfd7zXZ", "xzcat"), (b"\x28\xb5\x2f\xfd", "zstdcat"), (b"BZh", "bzcat")];
    if let Some((_, how)) = packed.into_iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(IntakeError::Packed { how });
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"<") {
        return Ok(Format::PosLog);
    }
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str()).unwrap_or_default();
    let first_line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let parted = first_line.iter().any(|byte| matches!(byte, b',' | b';' | b'\t'));
    match extension.to_ascii_lowercase().as_str() {
        "xml" => Ok(Format::PosLog),
        "csv" | "tsv" => Ok(Format::Csv),
        _ if parted => Ok(Format::Csv),
        _ => Err(IntakeError::UnknownFormat),
    }
}

/// Opens sales. `begun` answers the mark of an earlier import of the source, by its fingerprint; one that is done, or of
/// another file, is begun anew.
pub fn open_sales(
    source: &Source,
    format: Option<Format>,
    map: Option<Map>,
    shop: &Shop,
    begun: Option<Mark>,
) -> Result<Opened, IntakeError> {
    let file = Opening::new(source, begun)?;
    let format = format.map_or_else(|| recognise(file.path.as_deref(), &file.head), Ok)?;
    let name = file.name();
    match (format, map) {
        (Format::PosLog, Some(Map::Sales(_))) => Err(IntakeError::WrongMap { format: "POSLog" }),
        (Format::Csv, Some(Map::PosLog(_))) => Err(IntakeError::WrongMap { format: "CSV" }),
        (Format::PosLog, map) => {
            let map = if let Some(Map::PosLog(map)) = map { *map } else { PosLogMap::default() };
            let shop = shop.clone();
            file.open(|bytes, place| Ok(Box::new(PosLog::new(bytes, map, &shop, &name, place)?)))
        }
        (Format::Csv, map) => {
            let map = match map {
                Some(Map::Sales(map)) => *map,
                _ => {
                    let header = file.header(&FileForm::default())?;
                    SalesMap::fitting(&header).ok_or_else(|| IntakeError::NoMap { header: header.join(", ") })?
                }
            };
            let header = file.header(&map.file)?;
            file.open(|bytes, place| {
                Ok(match place {
                    None => Box::new(CsvSales::new(bytes, map, &name)?),
                    Some(place) => Box::new(CsvSales::resume(bytes, map, &name, header, place)?),
                })
            })
        }
    }
}

/// Opens members; see [`open_sales`]. `plans` are those that the shop has.
pub fn open_members(
    source: &Source,
    map: Option<MembersMap>,
    plans: &[Plan],
    begun: Option<Mark>,
) -> Result<Opened, IntakeError> {
    let file = Opening::new(source, begun)?;
    recognise(file.path.as_deref(), &file.head)?;
    let map = match map {
        Some(map) => map,
        None => {
            let header = file.header(&FileForm::default())?;
            MembersMap::fitting(&header).ok_or_else(|| IntakeError::NoMap { header: header.join(", ") })?
        }
    };
    let header = file.header(&map.file)?;
    file.open(|bytes, place| {
        Ok(match place {
            None => Box::new(CsvMembers::new(bytes, &map, plans)?),
            Some(place) => Box::new(CsvMembers::resume(bytes, &map, plans, header, place)?),
        })
    })
}

type Bytes = Box<dyn Read>;

/// A source whose head has been read.
struct Opening {
    path: Option<PathBuf>,
    head: Vec<u8>,
    rest: Rest,
    /// Bytes in all, of a file.
    bytes: Option<u64>,
    mark: Mark,
}

enum Rest {
    File(File),
    /// Standard input or a pipe, which cannot be gone back in.
    Stream(Bytes),
}

impl Opening {
    fn new(source: &Source, begun: Option<Mark>) -> Result<Self, IntakeError> {
        let mut head = Vec::new();
        let (path, rest, bytes) = match source {
            Source::File(path) => {
                let cannot = |cause| IntakeError::Open { what: path.display().to_string(), cause };
                let mut file = File::open(path).map_err(cannot)?;
                let about = file.metadata().map_err(cannot)?;
                file.by_ref().take(HEAD).read_to_end(&mut head).map_err(cannot)?;
                let rest = if about.is_file() { Rest::File(file) } else { Rest::Stream(Box::new(file)) };
                (Some(path.clone()), rest, about.is_file().then_some(about.len()))
            }
            Source::Stdin => {
                let read = std::io::stdin().take(HEAD).read_to_end(&mut head);
                read.map_err(|cause| IntakeError::read("standard input", cause))?;
                (None, Rest::Stream(Box::new(std::io::stdin())), None)
            }
        };
        if head.is_empty() {
            return Err(IntakeError::Empty);
        }
        let fingerprint = Digest::of(&head);
        let goes_on =
            begun.filter(|mark| bytes.is_some() && !mark.done && mark.fingerprint == fingerprint && mark.place.byte > 0);
        let mark = goes_on.unwrap_or_else(|| Mark::begin(fingerprint));
        Ok(Self { path, head, rest, bytes, mark })
    }

    fn name(&self) -> String {
        let name = self.path.as_ref().and_then(|path| path.file_name());
        name.map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    fn header(&self, form: &FileForm) -> Result<Vec<String>, IntakeError> {
        if self.head.contains(&b'\r') && !self.head.contains(&b'\n') {
            return Err(IntakeError::BareReturns);
        }
        Ok(CsvRows::new(self.head.as_slice(), form)?.header().to_vec())
    }

    fn open(
        self,
        make: impl FnOnce(Bytes, Option<Place>) -> Result<Box<dyn Incomings>, IntakeError>,
    ) -> Result<Opened, IntakeError> {
        let goes_on = self.mark.place.byte > 0;
        let bytes: Bytes = match self.rest {
            Rest::Stream(rest) => Box::new(Cursor::new(self.head).chain(rest)),
            Rest::File(mut file) => {
                let at = SeekFrom::Start(if goes_on { self.mark.place.byte } else { 0 });
                file.seek(at).map_err(|cause| IntakeError::read("the file", cause))?;
                Box::new(Finished { file, bytes: self.bytes.unwrap_or_default() })
            }
        };
        let incomings = make(bytes, goes_on.then_some(self.mark.place))?;
        Ok(Opened { incomings, mark: self.mark, goes_on, bytes: self.bytes })
    }
}

/// A file that must have, at its end, the size it had when it was opened: one that a till is still writing may end in the middle of
/// a figure.
struct Finished {
    file: File,
    bytes: u64,
}

impl Read for Finished {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.file.metadata()?.len() != self.bytes {
            return Err(std::io::Error::other(Growing));
        }
        Ok(read)
    }
}

/// What [`Finished`] says of a file that is not.
#[derive(Debug, thiserror::Error)]
#[error("it grew or shrank meanwhile")]
struct Growing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        for (name, head, format) in [
            ("a", &b"InvoiceNo,StockCode\n"[..], Some(Format::Csv)),
            ("a.csv", b"x\n", Some(Format::Csv)),
            ("a.txt", b"\xef\xbb\xbf  <?xml", Some(Format::PosLog)),
            ("a.xml", b"", Some(Format::PosLog)),
            ("a.bin", b"\0\0", None),
            ("a.csv.gz", b"\x1f\x8b\x08", None),
        ] {
            assert_eq!(recognise(Some(Path::new(name)), head).ok(), format, "{name}");
        }
        let packed = recognise(None, b"\xfd7zXZ\0").unwrap_err().to_string();
        assert!(packed.contains("xzcat FILE | courtesy import sales -"), "{packed}");
    }
}

//! A reader that knows its line and column, keeps what one record took, and stops at records larger than any real one.

use std::io::{self, BufRead, Read};

/// A buffered source that is measured as it is consumed.
pub struct Meter<R> {
    inner: R,
    /// Bytes consumed.
    pub byte: u64,
    /// Line of the next byte, from 1.
    pub line: u64,
    line_start: u64,
    left: u64,
    limit: u64,
    kept: Option<Vec<u8>>,
}

impl<R: BufRead> Meter<R> {
    /// Measures a source from a place on; one record may take `limit` bytes.
    pub fn new(inner: R, byte: u64, line: u64, limit: u64) -> Self {
        Self { inner, byte, line, line_start: byte, left: limit, limit, kept: None }
    }

    /// Column of the next byte, from 1.
    pub fn column(&self) -> u64 {
        self.byte - self.line_start + 1
    }

    /// A new record begins: the limit counts from here.
    pub fn next_record(&mut self) {
        self.left = self.limit;
    }

    /// Keeps the bytes that are consumed from here on.
    pub fn keep(&mut self) {
        let kept = self.kept.get_or_insert_default();
        kept.clear();
    }

    /// The bytes consumed since [`Meter::keep`].
    pub fn kept(&self) -> &[u8] {
        self.kept.as_deref().unwrap_or_default()
    }

    /// Whether the limit of one record is used up.
    pub fn is_over(&self) -> bool {
        self.left == 0
    }
}

impl<R: BufRead> Read for Meter<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buf.len());
        buf[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Meter<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a record is larger than is read"));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        let buffer = self.inner.fill_buf()?;
        Ok(&buffer[..buffer.len().min(most)])
    }

    fn consume(&mut self, amount: usize) {
        if amount > 0
            && let Ok(buffer) = self.inner.fill_buf()
        {
            let taken = &buffer[..amount.min(buffer.len())];
            for (i, _) in taken.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
                self.line += 1;
                self.line_start = self.byte + i as u64 + 1;
            }
            if let Some(kept) = &mut self.kept {
                kept.extend_from_slice(taken);
            }
        }
        self.byte += amount as u64;
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_columns_and_stops_at_its_limit() {
        let mut meter = Meter::new(io::Cursor::new("ab\ncdef"), 0, 1, 5);
        meter.keep();
        meter.fill_buf().unwrap();
        meter.consume(4);
        assert_eq!((meter.byte, meter.line, meter.column(), meter.kept()), (4, 2, 2, "ab\nc".as_bytes()));
        meter.consume(1);
        assert!(meter.is_over() && meter.fill_buf().is_err());
        meter.next_record();
        let mut rest = String::new();
        meter.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "ef");
    }
}

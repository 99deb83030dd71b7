//! Bringing in sales and members, with a progress bar and a summary that adds up.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use courtesy::desk::Desk;
use courtesy::desk::import::{ImportError, Imported, What as Job};
use courtesy::intake::{Format, IntakeError, Map, MembersMap, Rejects, Source};
use courtesy::text::{Arg, Words};

use super::setup::read;
use super::transfer::{self, Books};
use super::verify::bar;
use super::{Common, Ended, Failure, complain, open, print, words};

/// What is brought in.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    #[command(flatten)]
    Files(What),
    /// The whole of another database, as courtesy export wrote it, into an empty one.
    Books(Books),
}

/// What comes from files of a till.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Sales of a till.
    Sales(Files),
    /// Members.
    Members(Files),
}

/// Files to bring in.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// The files; - for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The format, where it is not to be recognised.
    #[arg(long)]
    format: Option<FormatName>,
    /// What the columns mean and what the file does not say (TOML).
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Where rows that cannot be read are kept; without it, beside the file.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    Csv,
    Poslog,
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Desk(error) => Self::Desk(error),
            ImportError::Intake(error) => error.into(),
            ImportError::Note(_) => Self::Environment(error.to_string()),
        }
    }
}

impl From<IntakeError> for Failure {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Open { .. } | IntakeError::Read { .. } | IntakeError::Rejects { .. } => {
                Self::Environment(error.to_string())
            }
            _ => Self::Used(error.to_string()),
        }
    }
}

pub(super) fn import(common: &Common, asked: &Import) -> Result<Ended, Failure> {
    match asked {
        Import::Files(what) => import_files(common, what),
        Import::Books(books) => transfer::import(common, books),
    }
}

fn import_files(common: &Common, what: &What) -> Result<Ended, Failure> {
    let words = words(common)?;
    let mut desk = open::desk(common)?;
    let (What::Sales(files) | What::Members(files)) = what;
    let mut fine = true;
    for file in &files.files {
        let imported = one(&mut desk, what, files, file)?;
        fine &= imported.counts.rejected == 0 && imported.counts.aside == 0 && imported.counts.changed == 0;
        tell(common, &words, (what, file), &imported)?;
    }
    Ok(if fine { Ended::Done } else { Ended::Refused })
}

fn one(desk: &mut Desk, what: &What, files: &Files, file: &Path) -> Result<Imported, Failure> {
    let source = if file.as_os_str() == "-" { Source::Stdin } else { Source::File(file.to_path_buf()) };
    let beside = if file.as_os_str() == "-" { PathBuf::from("standard-input.rejects.jsonl") } else { Rejects::beside(file) };
    let rejects = files.rejects.clone().unwrap_or(beside);
    let map = files.map.as_deref().map(read).transpose()?;
    let import = match what {
        What::Sales(_) => {
            let format = files.format.map(|format| match format {
                FormatName::Csv => Format::Csv,
                FormatName::Poslog => Format::PosLog,
            });
            Job::Sales(format, map.map(|text| Map::from_toml(&text)).transpose()?)
        }
        What::Members(_) => {
            let map = map.map(|text| MembersMap::from_toml(&text)).transpose();
            Job::Members(map.map_err(IntakeError::from)?)
        }
    };
    let bar = bar(0);
    let imported = desk.import(&source, import, &rejects, &mut |size, progress| {
        if let Some(size) = size {
            bar.set_length(size);
        }
        bar.set_position(progress.bytes);
    })?;
    bar.finish_and_clear();
    Ok(imported)
}

fn tell(common: &Common, words: &Words, (what, file): (&What, &Path), imported: &Imported) -> Result<(), Failure> {
    let counts = &imported.counts;
    if common.json {
        let told = serde_json::json!({
            "file": file, "lines": counts.lines_read(), "counts": counts, "went_on": imported.went_on, "rejects": imported.rejects,
        });
        return print(&told.to_string());
    }
    let count = |n: u64| Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let rows: [(&str, &[(&str, Arg)]); 5] = [
        ("cli-import-lines", &[("lines", count(counts.lines_read())), ("sum", Arg::Decimal(counts.raw_sum.normalize()))]),
        (
            "cli-import-kept",
            &[
                ("lines", count(counts.lines)),
                ("bills", count(counts.bills)),
                ("new", count(counts.new)),
                ("same", count(counts.same)),
                ("sum", Arg::Decimal(counts.kept_raw_sum.normalize())),
                ("rounded", Arg::Decimal(counts.kept_sum)),
            ],
        ),
        ("cli-import-members", &[("new", count(counts.members)), ("same", count(counts.members_same))]),
        ("cli-import-aside", &[("lines", count(counts.aside_lines)), ("bills", count(counts.aside))]),
        ("cli-import-rejected", &[("lines", count(counts.rejected_lines)), ("rows", count(counts.rejected))]),
    ];
    print(&file.display().to_string())?;
    // A file of members has no bills to tell of.
    let first = if matches!(what, What::Sales(_)) { 0 } else { 2 };
    for (id, args) in rows.into_iter().skip(first).filter(|(id, _)| first == 0 || *id != "cli-import-aside") {
        print(&words.say(id, args))?;
    }
    if counts.erased > 0 {
        print(&words.say("cli-import-erased", &[("bills", count(counts.erased))]))?;
    }
    if counts.changed > 0 {
        print(&words.say("cli-import-changed", &[("lines", count(counts.changed_lines)), ("bills", count(counts.changed))]))?;
    }
    for conflict in &counts.conflicts {
        print(&format!("  {}: {} → {}", conflict.number, conflict.was, conflict.now))?;
    }
    if let Some(rejects) = &imported.rejects {
        complain(&words.say("cli-import-rejects", &[("path", Arg::text(rejects.display().to_string()))]));
    }
    Ok(())
}

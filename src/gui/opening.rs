//! Opening the books: on the desk's own thread, behind the first frame, which says how far that is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use futures_channel::{mpsc, oneshot};
use iced::Task;
use jiff::civil::Date;

use crate::desk::{
    Answer, Desk, DeskError, Opening, Progress, RecoveryCode, SystemClock, Tell, Worker, demo, look_through, open_new,
};
use crate::domain::ids::{DeskNo, StaffNo};
use crate::receipt::print::Printer;
use crate::store::verify::Finding;
use crate::store::{Place, StoreError};
use crate::text::Language;

/// PINs that the sign-in shows: those of the practice shop, and no others.
pub type Pins = Vec<(StaffNo, String)>;

/// The books that the window is opened on.
#[derive(Debug, Clone)]
pub enum Books {
    /// A practice shop, made anew.
    Practice {
        /// The throw-away folder for it.
        folder: PathBuf,
        /// What makes it the same each time.
        seed: u64,
        /// Its day, when that is not today.
        today: Option<Date>,
        /// Its language.
        language: Language,
    },
    /// A shop's own.
    Shop {
        /// Where its database is, or will be.
        path: PathBuf,
        /// Where its receipts go.
        printer: Printer,
        /// The number of this desk.
        desk: DeskNo,
    },
}

/// What comes while the books are being opened.
#[derive(Debug, Clone)]
pub enum Message {
    /// How far it is.
    Progress(Progress),
    /// They are open, or cannot be.
    Opened(Answer<(Worker, Pins)>),
}

impl Books {
    /// Opens them.
    pub fn open(&self) -> Task<Message> {
        let books = self.clone();
        let (tell, told) = mpsc::unbounded();
        let opened = Worker::open(move || {
            books.open_here(&mut |progress| {
                // The window may be closed already.
                let _unwanted = tell.unbounded_send(progress);
            })
        });
        Task::batch([Task::run(told, Message::Progress), Task::perform(opened, Message::Opened)])
    }

    fn open_here(&self, tell: Tell<'_>) -> Result<(Desk, Pins), DeskError> {
        match self {
            Self::Practice { folder, seed, today, language } => {
                // What an attempt before left half made would be in the way.
                let folder = folder.join(uuid::Uuid::now_v7().to_string());
                let (desk, people) = demo::make(&folder, *seed, *today, language.code(), tell)?;
                Ok((desk, people.into_iter().map(|(person, pin)| (person.no, pin)).collect()))
            }
            Self::Shop { path, printer, desk } => {
                let mut desk = Desk::open_path(path, *desk, Box::new(SystemClock), printer.clone())?;
                desk.send_unsent()?;
                Ok((desk, Pins::new()))
            }
        }
    }

    /// Recomputes the whole books on a thread of its own while the desk is at work; `None` for a practice shop.
    #[must_use]
    pub fn look_through(&self) -> Option<impl Future<Output = Answer<Vec<Finding>>> + Send + use<>> {
        let Self::Shop { path, desk, .. } = self else { return None };
        let (path, desk) = (path.clone(), *desk);
        let (reply, answer) = oneshot::channel();
        let looked = thread::Builder::new().name("verify".to_owned()).spawn(move || {
            // The window may be closed already.
            let _unwanted = reply.send(look_through(&path, desk));
        });
        Some(async move {
            match looked {
                Ok(_) => answer.await.unwrap_or(Err(DeskError::Gone)).map_err(Arc::new),
                Err(_) => Err(Arc::new(DeskError::Gone)),
            }
        })
    }

    /// Sets a shop up where there is none yet.
    pub fn set_up(&self, opening: Arc<Opening>) -> impl Future<Output = Answer<(Worker, RecoveryCode)>> + Send + use<> {
        let books = self.clone();
        Worker::open(move || match &books {
            Self::Practice { .. } => Err(DeskError::ShopExists),
            Self::Shop { path, printer, desk } => open_new(path, *desk, printer.clone(), &opening),
        })
    }

    /// Whether there are no books yet, so that this is the first start.
    #[must_use]
    pub fn are_missing(&self, error: &DeskError) -> bool {
        matches!(self, Self::Shop { .. })
            && matches!(error, DeskError::NoShop | DeskError::Store(StoreError::NotThere(_) | StoreError::NoBooks(_)))
    }

    /// Where a shop's books lie; those of a practice shop are nowhere that matters, and a server's address may hold a password.
    #[must_use]
    pub fn place(&self) -> Option<&Path> {
        match self {
            Self::Practice { .. } => None,
            Self::Shop { path, .. } => matches!(Place::of(path), Ok(Place::File(_))).then_some(path),
        }
    }
}

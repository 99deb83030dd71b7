//! Many are erased out of a shop of some thousand, one after another, and everybody else stays as they were; and a second desk is met
//! in the middle of it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::thread;

use courtesy::desk::{Desk, FirstPerson, Hit, Opening, Outcome, Pin, Posted, Proof, Shop, SystemClock, ask, set_up};
use courtesy::domain::bill::Tender;
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{CardNumber, DeskNo, DocumentNumber, MemberId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::money::Currency;
use courtesy::domain::preset;
use courtesy::domain::request::{ErasePerson, PayIn, Renew, Request, SignUp};
use courtesy::receipt::print::Printer;
use courtesy::store::outside::Outside;
use courtesy::store::verify::verify;
use courtesy::store::{Store, document, member, person};
use uuid::Uuid;

use super::ground::On;
use super::on_both;
use crate::proof::{count, told};
use crate::server::{Server, shared};

on_both!(many_go_and_everybody_else_stays, a_renewal_and_an_erasure_meet);

const MANAGER: StaffNo = StaffNo(1);

/// Members of the shop.
const MEMBERS: u32 = 3_000;

/// A shop whose desks open in this process.
struct Place {
    folder: tempfile::TempDir,
    at: PathBuf,
    server: Option<std::sync::Arc<Server>>,
}

impl Place {
    fn new(on: On) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = (on == On::Server).then(shared);
        let at = server.as_ref().map_or_else(|| folder.path().join("shop.db"), |server| server.schema().into());
        let place = Self { folder, at, server };
        let shop = Shop {
            name: "Club".into(),
            address: String::new(),
            currency: Currency::from_code("EUR").unwrap(),
            zone: "Europe/Riga".into(),
            day_ends_at: jiff::civil::time(4, 0, 0, 0),
            language: "en".into(),
            replay: false,
        };
        let manager = FirstPerson { name: "Maria".into(), pin: Pin::new("314159") };
        let policy = preset::of("club").unwrap().text.to_owned();
        let mut store = place.store();
        set_up(&mut store, &Opening { shop, policy, manager }, &SystemClock).unwrap();
        place
    }

    fn store(&self) -> Store {
        Store::open(&self.at).unwrap().keeping(Outside::at(self.folder.path().join("shop.outside")))
    }

    fn desk(&self, no: u16) -> Desk {
        Desk::open(self.store(), DeskNo(no), Box::new(SystemClock), Printer::Nowhere).unwrap()
    }

    /// Every byte of the books.
    fn bytes(&self) -> Vec<u8> {
        let folder = match &self.server {
            Some(server) => {
                server.client("postgres").batch_execute("CHECKPOINT").unwrap();
                server.data().join("base")
            }
            None => self.folder.path().to_owned(),
        };
        let mut bytes = Vec::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { bytes.extend(std::fs::read(path).unwrap_or_default()) }
            }
        }
        bytes
    }
}

/// Somebody whose mail address nobody else has.
fn somebody(no: u32) -> Person {
    Person {
        given: format!("Given{}", letters(no)),
        family: format!("Family{}", letters(no * 7 + 3)),
        phone: format!("5{no:06}"),
        email: format!("{}.box@mail.example", letters(no)),
        ..Person::default()
    }
}

/// A number in letters, always four.
fn letters(mut no: u32) -> String {
    let mut letters = String::new();
    for _ in 0..4 {
        letters.push(char::from(b'a' + u8::try_from(no % 26).unwrap()));
        no /= 26;
    }
    letters
}

fn erase(desk: &mut Desk, id: MemberId) -> Posted {
    let request = Request::ErasePerson(ErasePerson { member: id.to_string(), reason: None });
    match desk.post(&ask(desk.number(), MANAGER, request), &Proof::default()).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("{other:?}"),
    }
}

/// Names of addresses that stand in some bytes.
fn addresses(bytes: &[u8]) -> BTreeSet<Vec<u8>> {
    let ends = bytes.windows(9).enumerate().filter(|(_, window)| *window == b".box@mail").map(|(at, _)| at);
    ends.filter(|at| *at >= 4).map(|at| bytes[at - 4..at].to_vec()).collect()
}

fn many_go_and_everybody_else_stays(on: On) {
    let place = Place::new(on);
    let mut desk = place.desk(1);
    let mut ids = Vec::new();
    desk.store()
        .write(|tx| {
            ids.clear();
            for no in 0..MEMBERS {
                let id = MemberId(Uuid::new_v4());
                member::put(tx, id, &somebody(no), Some(&format!("T{no:05}")), jiff::civil::date(2026, 1, 1))?;
                member::issue_card(tx, id, CardNumber::from_serial(u64::from(no) + 1).unwrap())?;
                ids.push(id);
            }
            Ok::<_, courtesy::store::StoreError>(())
        })
        .unwrap();
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut order: Vec<u32> = (0..MEMBERS).collect();
    random.shuffle(&mut order);
    let tried = count(100);
    let (gone, stay) = order.split_at(usize::try_from(tried).unwrap());
    let mut head: Option<(DocumentNumber, Digest)> = None;
    for no in gone {
        let posted = erase(&mut desk, ids[*no as usize]);
        if let Some((number, hash)) = head {
            let stored = desk.document(posted.document.number).unwrap();
            assert_eq!((number.sequence + 1, hash), (posted.document.number.sequence, stored.previous), "seed {seed}");
        }
        head = Some((posted.document.number, posted.hash));
        assert_eq!(desk.erasure_unfinished(), None, "seed {seed}");
    }
    // Nothing else was posted, and the books are as they should be.
    assert_eq!(head.unwrap().0.sequence, u64::from(tried));
    let remembered = desk.store().outside().recall(DeskNo(1)).unwrap();
    let report = desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).unwrap();
    assert_eq!(report.wrong(), 0, "seed {seed}: {:?}", report.findings);
    for no in stay.iter().take(200) {
        for text in [somebody(*no).email, format!("T{no:05}"), somebody(*no).name()] {
            let hits = desk.find(&text).unwrap().hits;
            let found = hits.iter().any(|hit| matches!(hit, Hit::Member(hit) if hit.id == ids[*no as usize]));
            assert!(found, "seed {seed}: {text} is not found any more");
        }
    }
    for no in gone {
        let hits = desk.find(&somebody(*no).email).unwrap().hits;
        assert!(hits.is_empty(), "seed {seed}: {hits:?}");
        assert_eq!(desk.store().read(|tx| member::code_of(tx, ids[*no as usize])).unwrap(), None);
    }
    drop(desk);
    let kept = addresses(&place.bytes());
    let is_kept = |no: &u32| kept.contains(letters(*no).as_bytes());
    let (left, found) = (gone.iter().filter(|no| is_kept(no)).count(), stay.iter().filter(|no| is_kept(no)).count());
    assert_eq!((left, found), (0, stay.len()), "seed {seed}");
    let engine = if on == On::File { "a file" } else { "a server" };
    let came = format!("{left} found in any byte; {found} of {} others found as before; books sound", stay.len());
    let control = control(on, tried);
    told(&format!("members erased out of {MEMBERS} on {engine}"), u64::from(tried), &came, &control);
}

/// Erased in the tables alone, without cleaning, some are found.
fn control(on: On, tried: u32) -> String {
    let place = Place::new(on);
    let mut store = place.store();
    let ids: Vec<MemberId> = (0..tried).map(|_| MemberId(Uuid::new_v4())).collect();
    store
        .write(|tx| {
            for (no, id) in (0..).zip(&ids) {
                member::put(tx, *id, &somebody(no), None, jiff::civil::date(2026, 1, 1))?;
            }
            Ok::<_, courtesy::store::StoreError>(())
        })
        .unwrap();
    store.write(|tx| ids.iter().try_for_each(|id| person::erase(tx, *id))).unwrap();
    let kept = addresses(&place.bytes());
    let left = (0..tried).filter(|no| kept.contains(letters(*no).as_bytes())).count();
    assert!(left > 0, "nothing would have been found");
    format!("without cleaning {left} of {tried} are found")
}

/// One desk renews while another one erases: whichever comes second sees it, and nobody who was erased gets a term.
fn a_renewal_and_an_erasure_meet(on: On) {
    let place = Place::new(on);
    let (mut one, mut two) = (place.desk(1), place.desk(2));
    let tried = count(50);
    let (mut renewed, mut refused) = (0, 0);
    for no in 0..tried {
        let id = sign_up(&mut one, no);
        let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
        let renew = Request::Renew(Renew { member: id.to_string(), plan: None, pay });
        let envelope = ask(DeskNo(2), MANAGER, renew);
        let (two, one) = (&mut two, &mut one);
        let outcome = thread::scope(|scope| {
            // Whoever is begun here is mostly first, so both take turns.
            if no % 2 == 0 {
                let renewing = scope.spawn(|| two.post(&envelope, &Proof::default()).unwrap());
                erase(one, id);
                return renewing.join().unwrap();
            }
            let erasing = scope.spawn(|| erase(one, id));
            let renewed = two.post(&envelope, &Proof::default()).unwrap();
            erasing.join().unwrap();
            renewed
        });
        let rows = one.store().read(|tx| document::of_member(tx, id, 10)).unwrap();
        let terms = one.store().read(|tx| member::load(tx, id)).unwrap().unwrap().terms.len();
        match outcome {
            Outcome::Posted(_) => renewed += 1,
            Outcome::Stopped(_) => refused += 1,
            Outcome::Changed(_) => panic!("nothing was seen before"),
        }
        let was_renewed = usize::from(rows.iter().any(|row| row.job == courtesy::domain::request::Job::Renew));
        assert_eq!((rows.len(), terms), (2 + was_renewed, 1 + was_renewed));
        let late = two.post(&ask(DeskNo(2), MANAGER, envelope.request.clone()), &Proof::default()).unwrap();
        assert!(matches!(late, Outcome::Stopped(_)), "a term for nobody");
        assert!(!one.store().read(|tx| person::is_known(tx, id)).unwrap());
    }
    let report = one.store().read(|tx| verify(tx, None, &mut |_, _| {})).unwrap();
    assert_eq!(report.wrong(), 0, "{:?}", report.findings);
    assert_eq!(renewed + refused, tried);
    let engine = if on == On::File { "a file" } else { "a server" };
    let came = format!("{renewed} renewed before, {refused} refused after, 0 terms for whoever was erased");
    told(&format!("an erasure and a renewal at once on {engine}"), u64::from(tried), &came, "each later renewal is refused");
}

fn sign_up(desk: &mut Desk, no: u32) -> MemberId {
    let id = MemberId(Uuid::new_v4());
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    let person = Person { phone: String::new(), ..somebody(no) };
    let person = Person { given: "Ann".into(), family: "Lee".into(), ..person };
    let salt = Uuid::new_v4().to_string().parse().unwrap();
    let request = Request::SignUp(SignUp { member: id, person, salt, plan: "basic".into(), pay, joins: None });
    match desk.post(&ask(desk.number(), MANAGER, request), &Proof::default()).unwrap() {
        Outcome::Posted(_) => id,
        other => panic!("{other:?}"),
    }
}

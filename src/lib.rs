//! Courtesy, the program at a membership counter.
//!
//! One way through the house: `Request -> Quote -> Approval -> Document -> Receipt`. The rooms, and which way they may look:
//!
//! ```text
//! main, gui -> desk -> store, receipt, intake -> domain
//! gui, receipt, main -> text -> domain
//! ```
//!
//! `domain` is pure: no clock, file, SQL, window or random number. A test holds these arrows.
//!
//! What must hold of the books: where it is made to hold, what tries to break it, and which part of [`store::verify::Invariant`] says
//! so of a shop's books.
//!
//! | | invariant | made to hold by | tried by | verified as |
//! |--|--|--|--|--|
//! | 1 | amounts are checked whole minor units; overflow is an error | `domain::money` | `proof::arithmetic` | `Balance` |
//! | 2 | every posting sums to nothing | `domain::journal::balanced` | `proof::random` | `Balance` |
//! | 3 | balances follow from events | `store::bill::standing`, `store::apply` | `proof::random` | `Credits`, `Beside` |
//! | 4 | events are only added; one reversal at most | `store::apply` | `proof::random`, `proof::tampering` | `Beside`, `Payouts` |
//! | 5 | no line gives back more than was sold | `domain::standing`, `store::apply` | `quote::tests::model`, `proof::random` | `Lines` |
//! | 6 | no payment gives back more than it paid | `quote::build`, `store::apply` | `quote::tests::model`, `proof::random` | `Payments` |
//! | 7 | discounts and taxes are shared out once and kept | `Money::allocate`, `store::bill` | `proof::arithmetic` | `Bills` |
//! | 8 | a clerk who saw another figure is told | `quote::refund`, `desk::post` | `quote::tests::refund`, `proof::holds`, `store::equal` | `Seen` |
//! | 9 | a price correction nets new against old | `quote::price`, `quote::payout` | `quote::tests::model`, `proof::random` | `Beside` |
//! | 10 | store credit is never below nothing | `store::apply` | `proof::random`, `conformance` | `Credits` |
//! | 11 | a request id is done once | `store::document`, `desk::post` | `proof::random`, `conformance` | `File` |
//! | 12 | an approval binds one quote and is used once | `desk::people`, `store::approval` | `proof::holds`, `proof::people`, `conformance` | `Approvals` |
//! | 13 | limits see what was given before | `ruling::reach`, `store::document::spent` | `quote::tests::limits`, `store::said`, `conformance` | `Limits` |
//! | 14 | documents are chained and sealed | `store::document::insert`, `store::seal` | `proof::chain`, `chain` | `Chain`, `Seals`, `Keys` |
//! | 15 | numbers have no gaps | `store::document::insert` | `proof::random`, `conformance` | `Numbers` |
//! | 16 | order is by number, never by clock | `store::apply` | `proof::holds`, `conformance` | `Beside`, `Seen` |
//! | 17 | a receipt says what was booked | `receipt::compose` | `receipt`, `golden`, `proof::holds` | `Columns` |
//! | 18 | documents hold nobody's name | `receipt::compose`, `store::member` | `proof::privacy`, `proof::holds`, `store::said` | `Names` |
//! | 19 | no card number is kept | `domain::payment_card` | `payment_card::tests`, `intake`, `store::said` | `Cards` |
//! | 20 | books carried over are the same books | `store::transfer` | `backup::carried`, `proof::holds` | all |
//! | 21 | a desk that opens on other books only reads | `store::verify::at_opening` | `chain`, `proof::silent`, `proof::holds` | `Outside` |
//! | 22 | both engines do the same | `store::engine` | `store::random`, `store::equal` | all |
//!
//! Books cannot tell everything afterwards. `Seen` tells what corrections and undoings were built on, but not what a clerk saw on the
//! screen, which is only in the sum of what was asked, nor how a share was rounded. `Limits` counts what a document's own desk had given
//! before it, and what several desks gave together where nobody approved it in whatever order they came; it cannot tell a second desk's
//! share in what was approved or undone, a member's year over several desks, or whether somebody approved for their own household.
//! `Names` looks at every text of a document that is neither of goods nor of the rules; that receipts, which are laid out from documents,
//! name nobody is tried instead. `Cards` leaves out item codes, numbers and ids of tills and of our own, telephones with a country, and
//! bills kept aside. A receipt shows the shop's time; how far that is from UTC stands in the document.
//!
//! What no document says is vouched for too: rows brought in and what happens beside by their sums ([`store::tally`]), PINs and what a
//! shop began with by seals under its pepper ([`store::sealed`]).

pub mod desk;
pub mod domain;
pub mod gui;
pub mod intake;
pub mod planted;
pub mod receipt;
pub mod store;
pub mod text;

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
//! so of a shop's books. A dash says that books cannot tell afterwards.
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
//! | 8 | a clerk who saw another figure is told | `quote::refund`, `desk::post` | `desk`, `store::equal` | - |
//! | 9 | a price correction nets new against old | `quote::price`, `quote::payout` | `quote::tests::model`, `proof::random` | `Beside` |
//! | 10 | store credit is never below nothing | `store::apply` | `proof::random`, `conformance` | `Credits` |
//! | 11 | a request id is done once | `store::document`, `desk::post` | `proof::random`, `conformance` | `File` |
//! | 12 | an approval binds one quote and is used once | `desk::people`, `store::approval` | `desk`, `conformance` | `Approvals` |
//! | 13 | limits see what was given before | `store::document::spent` | `quote::tests::limits`, `conformance` | - |
//! | 14 | documents are chained and sealed | `store::document::insert`, `store::seal` | `proof::chain`, `chain` | `Chain`, `Seals`, `Keys` |
//! | 15 | numbers have no gaps | `store::document::insert` | `proof::random`, `conformance` | `Numbers` |
//! | 16 | order is by number, never by clock | `store::apply` | `conformance` | `Beside` |
//! | 17 | a receipt says what was booked | `receipt::compose` | `receipt`, `golden` | `Columns` |
//! | 18 | documents hold nobody's name | `receipt::compose`, `store::member` | `desk` | - |
//! | 19 | no card number is kept | `domain::payment_card` | `payment_card::tests`, `intake` | - |
//! | 20 | books carried over are the same books | `store::transfer` | `backup::carried` | all |
//! | 21 | a desk that opens on other books only reads | `store::verify::at_opening` | `chain`, `proof::silent` | `Outside` |
//! | 22 | both engines do the same | `store::engine` | `store::random`, `store::equal` | all |
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

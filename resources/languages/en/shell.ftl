# Words of the frame around every screen, of signing in and setting up, and of the lists.

window-title = Courtesy
window-title-shop = { $shop } · Courtesy
opening-title = Opening the shop
opening-next = This takes a moment.
opening-failed = The shop could not be opened
opening-practice = Making the practice shop
opening-members = Writing in the members
opening-sales = Ringing up the sales of the last weeks
opening-staff = Giving the staff their PINs
opening-place = The books are kept in { $path }
late-title = Reading
late-next = This takes a moment.
late-failed = This could not be read

rail-sign-up = Sign up
rail-due = Payouts
rail-history = History
rail-staff = Staff
top-place = Desk { $desk } · { $day } · { $time }
top-desk = Desk { $desk }
size-largest = This is as large as this window allows. A larger window allows more.
foot-waiting = The server takes long to answer
foot-reconnecting = The server is away; it is being tried again
foot-trouble = The books are not in order; only to look at
foot-read-only = Only to look at: the server takes no writes now
foot-printed = Every receipt printed
foot-unprinted = { $count ->
    [one] { $count } receipt waits to be printed
   *[other] { $count } receipts wait to be printed
}

sign-in-title = Who is at the desk?
sign-in-locked = The desk is locked
sign-in-who = People
sign-in-pin-of = PIN of { $name }
sign-in-demo-pin = PIN { $pin }
sign-in-choose = Press your number, or go to your name with the arrows.
sign-in-type = Type the PIN, then Enter. Somebody else: arrows, or Esc and the number.
sign-in-asking = Looking at the PIN.
sign-in-erase = Take back
button-sign-in = Sign in

first-title = Open your shop
first-step-trade = Kind of shop
first-step-shop = The shop
first-step-manager = First manager
first-step-code = Recovery code
first-language = Language of the shop
first-preset = Rules to start with; every figure can be changed later
first-shop-name = Name of the shop, as receipts print it
first-currency = Currency
first-zone = Time zone
first-day-ends = Day ends at
first-day-ends-note = Sales before this time of night belong to the day before.
first-manager-about = The first manager may do everything, and adds the others.
first-pin-note = At least six digits.
first-code-about = Write this code down and keep it where only the owner finds it. It is shown once.
first-code-lost = It lets the shop in again when no manager knows a PIN any more.
button-next = Next
button-open-shop = Open the shop
button-code-kept = I have written it down

fault-currency = Three letters, such as EUR.
fault-zone = A place such as Europe/Helsinki.
fault-time = A time such as 04:00.
fault-pins-differ = The two PINs differ. Type them again.

took-card = Membership card
took-document = Our receipt
took-credit = Store credit
took-bill = Till receipt
took-words = Search
found-count = { $took } · { $count ->
    [one] { $count } found
   *[other] { $count } found
}
found-nothing = Nothing found for “{ $text }”. Try a part of the name, the phone number, or the number on the receipt.
found-nothing-for = Nothing was found for “{ $text }”. Scan it again, or type a part of the name.
found-receipt-agrees = This receipt is ours, and it says what the books say.
found-receipt-differs = This receipt does not say what the books say. Call the manager.
member-erased = Erased
valid-to = to { $date }
valid-ended = ended { $date }
valid-for-life = for life
bill-title = Bill { $number }
bill-row-note = { $date } · { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
bill-lines = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
credit-title = Store credit { $code }

home-jobs = Start here
home-sign-up = Sign somebody up
home-renew = Renew
home-refund = Refund
home-price-fix = Correct a price
home-goodwill = Say sorry
home-due = Card payouts
home-waiting = Card payouts to confirm
home-nothing-waits = No payout waits
home-nothing-waits-next = What the card terminal has to confirm stands here.
home-due-line = { $number } to card { $card }
home-due-reference = Reference missing
home-due-count = { $count ->
    [one] { $count } card payout
   *[other] { $count } card payouts
}
home-done = Just done
home-nothing-done = Nothing was done at this desk yet
home-nothing-done-next = Scan a card or a receipt, or type a name.
home-today = Today at this desk
home-sign-ups = Sign-ups
home-renewals = Renewals
home-refunds = Refunds
home-corrections = Price fixes
home-given-back = Given back
home-history = History
scan-left = The scan was left. Finish what is asked here, or refuse it, and scan again.
work-taken-up = This was left in the middle, and goes on from there.
hint-bill-first = Scan the receipt, or choose the bill it is about.
hint-member-first = Scan the card, or type the name of the member.

bills-search = Find a bill
bills-search-hint = Number, item, day or amount
bills-none = No bill has come in yet
bills-none-next = Bring in the till’s sales with courtesy import sales.
bills-not-found = No bill fits “{ $text }”
bills-not-found-next = Try the number on the receipt, the code of an item, the day or the exact amount.
bill-left-part = Part came back
bill-left-nothing = All came back
column-bill = Bill
column-date = Day
column-till = Till
column-left = Came back
column-charged = Charged

history-none = Nothing was posted yet
history-none-next = What is posted at any desk will stand here, with its receipt.
column-number = Number
column-job = Job
column-when = When
column-amount = Amount
column-quantity = Quantity
document-title = Document { $number }
document-voided = undone
document-receipt = Receipt, as it was printed
document-printing = A copy of { $number } is printing.
document-to-member = The member
button-void = Undo
button-keep = Keep it
fact-job = Job
fact-when = When
fact-clerk = Done by
fact-approved-by = Approved by
fact-undone-by = Undone by
fact-reason = Reason
fact-note = Note
fact-note-erased = (erased)

due-title = Card payouts due
due-about = Money that goes back to a card is due until the terminal has paid it and its reference stands here.
due-none = No payout is due
due-none-next = When a refund goes back to a card, it waits here for the terminal’s reference.
due-card = to card { $card }
due-steps = Pay the amount out to card { $card } at the terminal, then type the reference from its slip.
due-reference = Reference of the terminal
due-reference-hint = From the slip
due-to-card = To the card
due-refused = The terminal refused it; that is recorded as { $number }. The payout stays on this list.
due-recorded = The payout is recorded as { $number }.
column-document = Document
column-since = Since
column-state = State
button-record = Record it as paid
button-failed = The terminal refused

staff-new = A new person
staff-name = Name
staff-number = Number { $number }
staff-pin-again = The PIN again
staff-pin-stays = Empty: the PIN stays as it is.
staff-works-here = Works here
staff-left = Has left
staff-saved = { $name } is saved; document { $number }.
staff-manager-only = Only a manager adds or changes people. Ask one to sign in.
staff-locked = Number { $number } · locked by wrong PINs for { $minutes } min
staff-unlocked = The lock is taken away, and that is kept. They can sign in again.
staff-card = Own membership card
staff-card-why = Nobody decides alone about their own membership.
staff-card-stays = Known. Empty: it stays as it is.
button-unlock = Unlock { $name }
staff-side = People of this shop
staff-side-next = Choose somebody to change, or add a person with a role and a PIN.
column-person = Person
column-role = Role
column-language = Language
button-add-person = Add a person
button-save = Save

key-help-title = Keys
key-help-scanner = A scanner works on every screen: what it reads is found and opened, and nothing is posted by it.
key-ctrl-plus-minus = Ctrl + −
key-does-sign-in = sign in
key-does-back = back
key-does-somebody-else = somebody else
key-does-jobs = jobs
key-does-open = open
key-does-record = record
key-does-failed = terminal refused
key-does-print = print again
key-does-void = undo
key-does-save = save
key-does-go-on = do what the large button says
key-does-size = larger, smaller
button-close = Close

# Requests whose answers were not known when the program ended. $documents are numbers of documents, $left a count.
unsent-booked = The program had ended before it could say so: { $documents } is booked. Look at F10 before doing it again.
unsent-left = { $left ->
    [one] A request was under way when the program ended. It is not booked and no money moved; do it again if it is still wanted.
   *[other] { $left } requests were under way when the program ended. They are not booked and no money moved; do them again if they are still wanted.
}
unsent-both = The program had ended before it could say so: { $documents } is booked. { $left ->
    [one] Another request is not booked; do it again if it is still wanted.
   *[other] { $left } other requests are not booked; do them again if they are still wanted.
}

# The whole books are recomputed behind the work.
look-through-failed = The books could not be looked through as a whole: { $error }. Run courtesy verify.

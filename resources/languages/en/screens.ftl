# Words of the window that belong to no single screen, and of each screen.

rail-desk = Desk
rail-bills = Bills

scan-hint = Scan or type: card, receipt, name, phone, room

preview-title = Receipt, as it will print
preview-empty = The receipt grows here as you work.
say-title = Say

column-item = Item
column-give-back = Give back
column-paid-each = Paid each
column-money-back = Money back
column-ruling = Ruling

total-money-back = Money back
total-from-credit = From the credit
total-nothing-moves = No money moves
total-taken-back = To take back
total-to-pay = To pay

button-post = Post
button-ask-manager = Ask a manager
button-take-payment = Take payment
button-approve = Approve
button-refuse = Refuse
button-put-aside = Put aside
button-back = Back
button-print-again = Print again

field-given = First name
field-family = Family name
field-born = Born
field-phone = Phone
field-email = E-mail
field-address = Address
field-pin = PIN

# The job screens: a draft, its bill, its member, the form.
preview-nothing = No receipt yet
preview-printed = Receipt, as it was printed
draft-failed = Nothing was booked.
draft-lost = Whether it is booked is not known; trying again books it once.
total-paid = Paid
draft-changed = It was { $before } before and is { $now } now.
draft-done = { $number } is done.
draft-printing = The receipt is printing.
notice-printed-again = A copy is printing.
sign-nothing = –
sign-for-life = for life

button-ask-lead = Ask a lead
button-posting = Booking…
button-done = Done
button-try-again = Try again
button-refund = Refund
button-correct-price = Give back the difference
button-goodwill = Give it
button-use-credit = Use the credit
button-sign-up = Sign up
button-renew = Renew
button-take-all = All that may come back
button-checking = Checking…
button-open-member = To the member

approval-title = A second person’s word is needed
approval-only-this = for this alone · good for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
approval-who = Who approves
approval-nobody = Nobody here may approve this. Put it aside and ask somebody with a higher role to sign in.
approval-person = { $name } · { $role }
approval-pin-help = Ten wrong tries lock for 30 minutes.
approval-waits = Waiting at other desks…
approval-waited = Nobody decided in ten minutes. Ask again, or let somebody come here.
button-ask-elsewhere = Ask at another desk
draft-granted = { $name } has given their word. Post it now; it is good for a moment only.
draft-denied = { $name } has refused: { $reason }
rail-approvals = Approvals
approvals-about = What others ask a second person for. What you see is what they see.
approvals-none = Nothing waits
approvals-none-next = What a clerk asks for at another desk shows here at once.
approvals-from = { $name } · desk { $desk }
approvals-pin = Your PIN
approvals-reason = Why not, when you refuse
approvals-reason-missing = Say why you refuse; the clerk reads it.
approvals-pin-missing = Type your PIN first; it has six digits or more.
approvals-gone = What you looked at waits no more: somebody answered it, the clerk took it back, or ten minutes went by.
approvals-given = You have given your word. The clerk posts it at their desk.
approvals-denied = You have refused. The clerk reads why.
column-asked = What is asked
approval-why = Why you are asked
approval-bill = The bill
approval-bill-age = { $number } · { $age ->
    [0] today
    [one] yesterday
   *[other] { $age } days ago
}
approval-together = Together today

bill-loading = Reading the bill
bill-loading-next = One moment.
bill-unreadable = The bill cannot be read.
bill-note = { $at } · till { $till } · paid { $paid }
bill-paid = { $amount } { $tender-by }
bill-no-member = No member
bill-open-member = Member
bill-empty = This bill has no lines
bill-empty-next = Look at it on the till; there is nothing to give back here.
bill-line-note = { $item } · bought { $bought }
bill-line-note-left = { $item } · bought { $bought }, { $left } left
bill-of-left = { $count } of { $left }
bill-nothing-left = Nothing left
column-right-price = Right price

way-refund = Refund
way-price-fix = Price fix
way-goodwill = Goodwill
way-original = As it was paid

field-how-many = How many of the line
field-right-price = Right price of one
field-percent = Per cent of the bill
field-amount = Amount
field-note = Note
field-note-hint = What somebody should know later
field-note-about = It lies beside the document, prints nowhere, and goes when the person is erased.
field-amount-or-all = Amount, or empty for all of it
field-tender = Paid with
field-reference = Terminal’s reference
field-credit-code = Code of the store credit
field-household = Card of the household
field-household-hint = only when joining one
field-born-hint = 14.2.1984
measure-percent = Per cent
measure-amount = Amount
fact-measure = Measure
fact-to = Goes to
fact-condition = Condition

member-loading = Reading the member
member-loading-next = One moment.
member-unreadable = The member cannot be read.
member-plan-to = { $plan } · valid to { $end }
member-plan-for-life = { $plan } · for life
member-card = card { $card }
member-since = member since { $since }
member-credits = Store credits
member-bills = Bills
member-documents = Done at the desk
member-no-bills = No bills yet
member-no-bills-next = What is bought with the card shows here.
member-no-documents = Nothing yet
member-no-documents-next = What is done at a desk shows here.
credit-promotional = given as an apology
credit-own = the member’s own money
credit-bearer = whoever brings the slip
credit-left = Left on it
credit-kind = Whose it is
credit-to-document = The document that issued it

renew-before = Valid to
renew-after = Then valid to
renew-starts = new term from { $start }
renew-plan = Level
renew-prospects = Valid until, by the day of payment
renew-paying-today = Paying today: valid to
renew-paying-at-end = Paying on the last day, { $day }
renew-paying-late = Paying after it lapsed, from { $day }

sign-up-aside-again = What is filled in here will be lost. Press Esc again to put it aside.
sign-up-title = New membership
sign-up-from = Valid from
sign-up-to = Valid to
sign-up-to-note = the last day is included
sign-up-card = Number of the new card
sign-up-faults = { $count ->
    [one] { $count } field needs a look.
   *[other] { $count } fields need a look.
}
sign-up-faults-next = Nothing was booked, and what you typed stays.
fault-not-a-card = This is no membership card number. It has ten digits.
button-erase = Erase
member-erase = Erase this person
member-hand-out = Hand out what is known
member-handed-out = { $path } holds all that is known of this person. Only its owner may read it: hand it to that person, then delete it. An erasure deletes it, too.
erase-title = Erase { $name } for ever?
erase-keep = Keep this person
erase-goes = What goes, for ever
erase-goes-person = name, telephone, addresses and birthday
erase-goes-till = the till’s number for this person
erase-goes-notes = clerks’ notes, and receipts and files saved on this computer
erase-goes-term = the membership: it ends now, and what was paid for it stays paid
erase-stays = What stays
erase-stays-documents = documents, amounts and card numbers; the books stay whole
erase-stays-credit = store credit that is left, for whoever brings its code
erase-stays-backups = backups made before, until they are thrown away
erase-stays-files = what was handed out or copied elsewhere, and what the till and the printer keep

# The desk's shift and key
rail-shift = Shift
shift-title = This desk’s shift and key
shift-about = Closing the shift seals every document up to it with this desk’s key: what is changed afterwards shows. A new key is for a key that somebody may know.
shift-open-since = Shift opened
shift-none = none is open
shift-sealed = Sealed up to
shift-never-sealed = nothing yet
shift-unsealed = Documents since
shift-key = Signing key
shift-key-of = number { $no } · { $public }
shift-no-key = none yet
shift-document-at = { $number } · { $time }
shift-open = Open the shift
shift-close = Close the shift
shift-new-key = New signing key
shift-restored = Confirm the restore
shift-why-restored = Why the books were restored or moved
shift-why-restored-note = It is kept in the document. What was posted after the copy was made is not in these books.
key-does-shift = open or close the shift

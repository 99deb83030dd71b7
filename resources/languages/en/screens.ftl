# Words of the window that belong to no single screen, and of each screen.

rail-desk = Desk
rail-members = Members
rail-bills = Bills
rail-approvals = Approvals
rail-till = Till

scan-hint = Scan or type: card, receipt, name, phone, room
foot-books-in-order = Books in order · on this desk
foot-books-wrong = Books need a look · call the manager

preview-title = Receipt, as it will print
preview-empty = The receipt grows here as you work.
say-title = Say
ways-title = Ways to put it right

column-item = Item
column-give-back = Give back
column-paid-each = Paid each
column-money-back = Money back
column-ruling = Ruling

total-money-back = Money back
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

# Names of things that every room uses. A role, a tender or a status is also a term: sentences take it as a value, with its
# attributes.

role-clerk = clerk
    .owner = a clerk’s
role-lead = lead
    .owner = a lead’s
role-manager = manager
    .owner = a manager’s
role-auditor = auditor
    .owner = an auditor’s
role-administrator = administrator
    .owner = an administrator’s

tender-cash = Cash
    .to = in cash
    .by = in cash
tender-card = Card
    .to = to the card
    .by = by card
tender-gift-card = Gift card
    .to = to a gift card
    .by = by gift card
tender-store-credit = Store credit
    .to = as store credit
    .by = with store credit
tender-account = Account
    .to = to the account
    .by = on account
tender-room = Room
    .to = to the room
    .by = on the room

job-sign-up = Sign up
job-renew = Renewal
job-refund = Refund
job-correct-price = Price correction
job-goodwill = Goodwill
job-redeem-credit = Use store credit
job-void = Void
job-record-payout = Record a card payout
job-set-staff = Staff
job-adopt-policy = New rules
job-open-shift = Shift opened
job-close-shift = Shift closed
job-rotate-key = New signing key
job-re-anchor = Restored books confirmed
job-erase-person = Person erased

status-new = New
status-current = Active
status-grace = In grace
status-expired = Ended
status-none = No term yet

standing-good = In good standing
standing-suspended = Suspended
standing-barred = Barred
standing-cancelled = Cancelled

outcome-allowed = Allowed
outcome-ask = Needs approval
outcome-overridable = Refused unless overridden
outcome-refused = Refused

payout-due = Due
payout-paid = Paid
payout-voided = Undone
payout-nothing = Nothing moved
payout-taken-back = Taken back
payout-failed = Failed

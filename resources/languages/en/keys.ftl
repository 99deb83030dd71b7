# Names of keys as they stand on a keyboard, and what they do.

key-enter = Enter
key-escape = Esc
key-space = Space
key-tab = Tab
key-delete = Del
key-up-down = ↑ ↓

key-does-all-keys = all keys
key-does-find = find
key-does-choose = choose
key-does-tick = tick
key-does-how-many = how many
key-does-reason = reason
key-does-next-field = next field
key-does-next-theme = next theme

key-page-up-down = PgUp PgDn
key-does-sign-up = sign up
key-does-refuse = refuse
key-does-approve = approve
key-does-approvals = approvals
key-does-to-shift = shift
key-does-erase = erase the person
key-does-keep = keep the person
key-does-note = note
key-does-new-key = new signing key
key-does-hand-out = hand out
key-does-refund = refund
key-does-price-fix = price fix
key-does-goodwill = goodwill
key-does-use-credit = use the credit
key-does-renew = renew
key-does-due = payouts due
key-does-history = history
key-does-lock = lock
key-does-aside = back
key-does-tender = way to pay
key-does-plan = level

# What a rule says, in words that a clerk can read to the person at the counter. `.short` is the same on a chip beside a line.

# Goods coming back. `text` is the goods, `window` what the shop calls goods of their kind.
ruling-any-time = { $text } may come back at any time.
    .short = Any time
ruling-in-window = { $window } may come back for { $days ->
    [one] { $days } day
   *[other] { $days } days
}; this was bought { $age ->
    [0] today
    [one] yesterday
   *[other] { $age } days ago
}, so it may come back until { $until }.
    .short = Until { $until }
ruling-window-over-ask = { $window } may come back for { $days ->
    [one] { $days } day
   *[other] { $days } days
}; this was bought { $age ->
    [one] { $age } day ago
   *[other] { $age } days ago
}. With { $role-owner } approval it may still come back.
    .short = { $age } of { $days } days
ruling-window-over = { $window } may come back for { $days ->
    [one] { $days } day
   *[other] { $days } days
}; this was bought { $age ->
    [one] { $age } day ago
   *[other] { $age } days ago
}, too long for us to take it back.
    .short = { $age } of { $days } days
ruling-never-comes-back = { $text } cannot come back: that goes for { $window }.
    .short = Never comes back
ruling-none-left = { $text } has come back already, there is nothing left of it.
    .short = Nothing left
ruling-nothing-of-it = There is nothing of { $text } to give back.
    .short = Nothing left
ruling-can-still-come-back = Of { $text }, { $left } can still come back, not { $asked }.
    .short = { $left } left
ruling-item-never-bought = There is no { $text } on the bills of this member that could still come back.
ruling-quantity-nothing = How many come back is not said yet. It must be more than zero.
ruling-no-goods-picked = No line is picked yet. Pick what comes back.
ruling-nothing-left = There is nothing left on this bill to give back.
ruling-changed-since-seen = { $text } changed in the meantime: { $now } came back by now, not { $seen }. Look again before you post.
    .short = Changed

# How much one person may give alone. `amount` is everything that counts together.
ruling-within-limit = { $amount } is something I can give you myself.
ruling-above-limit = Because it comes to { $amount }, over my { $limit }, it needs { $role-owner } approval. It takes a moment.
ruling-beyond-limit = { $amount } is more than anybody here may give.
ruling-goodwill-budget = With this, { $amount } is given as an apology today.
ruling-goodwill-budget-over = With this, { $amount } would be given as an apology today, over my { $limit }, so it needs { $role-owner } approval.
ruling-goodwill-member = With this, you have been given { $amount } in twelve months.
ruling-goodwill-member-over = With this, you would have been given { $amount } in twelve months, over the usual { $limit }, so it needs { $role-owner } approval.
ruling-goodwill-shop = With this, the shop has given { $amount } as apologies this month.
ruling-goodwill-shop-over = With this, the shop would have given { $amount } as apologies this month, over its { $limit }, so it needs { $role-owner } approval.

# Where money goes.
ruling-tender-allowed = What was paid { $from-by } may go back { $to-to }.
ruling-tender-other = What was paid { $from-by } does not go back { $to-to }, unless with { $role-owner } approval.
ruling-paid-cap = No more goes back than was paid: for bill { $bill } that would be { $over } too much.
ruling-more-than-bill = At most { $left } of this bill can still be given back.
ruling-amount-nothing = No amount is given yet. It must be more than zero.
ruling-choose-payment = Choose how the fee is paid.
ruling-reference-needed = The card terminal’s reference is needed first.
ruling-payout-not-due = No payout to a card is waiting in { $number }.
ruling-credit-unknown = There is no store credit with this code.
ruling-credit-too-small = The store credit holds { $balance }, which is less than { $amount }.
ruling-credit-after = The store credit holds { $balance }; { $left } stays on it.

# Prices.
ruling-price-difference = { $text } was charged too high, so { $difference } goes back and you keep it.
    .short = { $difference } too much
ruling-not-dearer = { $text } was not charged higher than that, so nothing goes back.
    .short = Not dearer
ruling-corrected-before = The price of { $text } was put right before, and that is done once.
    .short = Corrected before
ruling-price-below-nothing = The right price of { $text } cannot be below zero.
    .short = Below zero
ruling-line-named-twice = { $text } was named twice. Name each line once.
    .short = Named twice
ruling-no-line-picked = No line is picked yet. Pick the one whose price was wrong.

# Membership.
ruling-member-known = This member has signed up already.
ruling-household-free = The card joins the household and costs nothing.
ruling-household-full = { $free ->
    [0] This level has no household card. Sign the person up with a fee.
    [one] This membership has its household card already. Sign the person up with a fee.
   *[other] This membership has its { $free } household cards already. Sign the person up with a fee.
}
ruling-household-expired = The household’s membership has ended. Renew it first, then add the card.
ruling-household-unknown = No membership is known for card { $card }.
ruling-standing = This membership cannot be renewed as it is: { $standing }.
ruling-plan-unknown = There is no level { $plan } in this shop.
ruling-for-life = This membership is for life, there is nothing to renew.
ruling-term-life = The membership starts on { $start } and is for life.
ruling-term-first = The membership starts on { $start } and is valid to { $end }.
ruling-term-early = You lose no day: the new term starts on { $start }, when the old one is over, and is valid to { $end }.
ruling-term-continued = The new term continues the old one from { $start } and is valid to { $end }.
ruling-term-lapsed = The old term ended too long ago to continue, so a new one starts on { $start } and is valid to { $end }.

# Voids.
ruling-void = { $number } is undone as if it had not been.
ruling-void-approved = It was approved, so undoing it needs { $role-owner } approval as well.
ruling-void-of-another = It is somebody else’s work, so undoing it needs { $role-owner } approval.
ruling-void-never = { $number } is of a kind that cannot be voided.
ruling-void-again = { $number } has been voided already.
ruling-void-other-desk = { $number } was posted at another desk and can only be voided there.
ruling-void-other-day = { $number } is of another day; only today’s own can be voided.
ruling-void-credit-spent = The store credit from { $number } has been used in the meantime, so it cannot be voided.
ruling-void-later = Something later stands on { $number }. Undo that first.

# Who may do what.
ruling-clerk-has-left = Whoever has left the shop posts nothing. A manager of their role or above can let them work again.
ruling-clerk-may-not = In the role { $role } you can look but not post.
ruling-manager-may = As { $role } or higher you may do this alone.
ruling-manager-needed = This needs { $role-owner } approval.
ruling-above-own-role = You can give nobody a role above your own: { $role }.
ruling-own-interest = This is about your own membership or your household’s, so it needs { $role-owner } approval: another person’s.
ruling-staff-member = Which member a person of the staff is needs { $role-owner } approval.
ruling-own-member = Nobody takes away or changes their own membership here. Ask another administrator to.
ruling-clock-ahead = This computer says that it is { $today }, { $hours } hours after the last work on { $last }. That the date is right needs { $role-owner } approval, once.
ruling-clock-manager = This computer says that it is { $today }, { $hours } hours after the last work on { $last }. Post only if that is right.
ruling-own-role = Nobody changes their own role or signs themselves off. Ask somebody else to.
ruling-shift-opens = No shift is open at this desk; one begins.
ruling-shift-open-already = A shift is open at this desk since { $number }. Close it first.
ruling-shift-closes = The shift that { $number } opened ends, and the desk’s documents are sealed.
ruling-shift-none-open = No shift is open at this desk. There is nothing to close.
ruling-key-next = Key { $no } signs from now on.
ruling-key-unsigned = The new key is not signed by the one in force. Ask again.
ruling-anchor-holds = The books are where this computer remembers them, or are wrong in a way that no restore explains. There is nothing to confirm.
ruling-language-unknown = “{ $language }” is not a language spoken here. Choose en or fi.
ruling-policy-unreadable = The rules cannot be taken: { $error }
ruling-answer-unlisted = “{ $answer }” is not on the shop’s list. Choose one of those.

# Erasing a person.
ruling-erased-before = Nothing is known any more of who this member is. A new sign-up begins anew.
ruling-erase-names = The reason stays in the books, so it must not name the person. Say it without their name.
ruling-erase-due = { $count ->
    [one] A payout to this member’s card still waits for the terminal. Settle it first.
   *[other] { $count } payouts to this member’s card still wait for the terminal. Settle them first.
}
ruling-erase-credit = { $amount } of store credit is left. Let the member use it first; otherwise { $role-owner } approval is needed, and the credit stays good for whoever brings its code.
ruling-erase-credit-stays = { $amount } of store credit is left and stays good for whoever brings its code.

# Fields of a form.
fault-missing = This must be filled in.
fault-too-long = This is too long.
fault-not-a-name = A name has letters only.
fault-impossible-day = Nobody here was born on that day.
fault-not-an-address = This is not an e-mail address. It looks like name@example.com.
fault-not-a-number = This is not a phone number.
fault-not-plain = This contains characters that cannot be printed. Type it again.
fault-card-number = This contains a payment card’s number, which is kept nowhere. Leave it out.

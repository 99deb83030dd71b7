# What a rule says, in words that a clerk can read to the person at the counter.

ruling-window-open = { $category } may come back for { $days ->
    [one] { $days } day
   *[other] { $days } days
}; this was bought { $age ->
    [0] today
    [one] { $age } day ago
   *[other] { $age } days ago
}, so it may come back until { $until }.
ruling-window-over = { $category } may come back for { $days ->
    [one] { $days } day
   *[other] { $days } days
}; this was bought { $age ->
    [one] { $age } day ago
   *[other] { $age } days ago
}.
ruling-window-unlimited = { $category } may come back at any time.
ruling-never = { $category } cannot come back once sold.
ruling-nothing-left = All of { $item } has come back already.
ruling-quantity-left = { $left ->
    [one] { $left } can still come back
   *[other] { $left } can still come back
}, not { $asked }.
ruling-approval-limit = Because it is over { $limit }, this needs { $role-owner } approval. It takes a moment.
ruling-tender-original = The money goes back the way it came: { $amount } { $tender-to }.
ruling-tender-cap = At most { $cap } can go back { $tender-to }, for that is what was paid that way.
ruling-cash-rounding = Cash is rounded: { $amount } instead of { $exact }.
ruling-return-block = Returns are blocked for this member until { $until }: { $reason }.
ruling-promotion = Together with what is kept this was an offer; without it the rest costs { $kept }, so { $back } goes back.

ruling-renew-continues = Your membership goes on from { $from } and is then valid to { $until }.
ruling-renew-from-today = The membership ended on { $ended }, so the new term starts today and is valid to { $until }.
ruling-renew-early = You keep every day you have paid for: the new term starts on { $from } and is valid to { $until }.
ruling-renew-lifetime = This membership is for life, there is nothing to renew.
ruling-renew-barred = This membership was stopped by us, so it cannot be renewed here. { $reason }

ruling-correction = It should have cost { $right } and was charged at { $charged }. { $back } goes back, and you keep it.
ruling-correction-not-lower = It was charged at { $charged }, which is not more than { $right }, so nothing goes back.
ruling-correction-done = The price of { $item } was corrected already, in { $document }.

ruling-goodwill-budget = { $left } of today’s { $budget } is left to say sorry with.
ruling-goodwill-over-budget = { $amount } is more than the { $left } that is left of today’s { $budget }, so this needs { $role-owner } approval.
ruling-goodwill-cap = No more than { $cap } was paid { $tender-by }; the rest can be given as store credit.

ruling-credit-balance = There is { $balance } of store credit, not { $asked }.
ruling-void-day = Only a document of the same business day can be voided; { $document } is from { $date }.
ruling-void-twice = { $document } is a void itself, and a void stays.
ruling-void-done = { $document } was voided already, by { $by }.

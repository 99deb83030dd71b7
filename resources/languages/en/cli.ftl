# What the command line says.

cli-set-up = The shop is set up in { $path }. Recovery code, shown once, for the shop’s safe: { $code }
cli-batch-done = { $done ->
    [one] { $done } request done
   *[other] { $done } requests done
}, { $refused ->
    [0] none refused.
    [one] { $refused } refused.
   *[other] { $refused } refused.
}
cli-verified = { $wrong ->
    [0] The books are in order.
    [one] { $wrong } thing is wrong; nothing was changed.
   *[other] { $wrong } things are wrong; nothing was changed.
} { $notes ->
    [0] Nothing to note.
    [one] { $notes } note.
   *[other] { $notes } notes.
}
cli-receipt-disagrees = The receipt and the book do not agree. Do not pay anything on it; show both to a manager.

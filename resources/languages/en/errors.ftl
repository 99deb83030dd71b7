# What to say when something cannot be taken: what it is, and what would do.

error-typed-nothing = Nothing was typed yet.
error-not-a-number = “{ $typed }” is not a number. Type it like 12.50.
error-number-unclear = “{ $typed }” can be read in two ways. Type it without marks between the thousands, like 1234.50.
error-number-negative = “{ $typed }” is below zero. Type it without the minus sign.
error-too-many-decimals = { $most ->
    [0] “{ $typed }” has decimals, but only whole numbers will do here.
    [one] “{ $typed }” has more than { $most } decimal.
   *[other] “{ $typed }” has more than { $most } decimals.
}
error-number-too-large = “{ $typed }” is too large. Was a code scanned into this field?
error-more-than-all = “{ $typed }” is more than 100 percent.
error-not-a-date = “{ $typed }” is not a date. Type it like 31.3.2027.
error-short-year = Type the year of “{ $typed }” with four digits, like 31.3.2027.
error-no-such-day = The calendar has no day “{ $typed }”.

error-wrong-pin = That PIN is not right. Nothing was booked; try again.
error-pepper-lost = The secret that PINs are checked with is missing from { $folder }. Nothing was booked. Put that folder back as it was, or let a manager in with the recovery code: courtesy recover.
error-other-pepper = The folder { $folder } keeps the secret of another shop’s PINs, not of this one’s, so nobody is let in. Nothing was booked. Move that folder away, for the other shop may need it, and bring this shop’s secret back from its safe copy (courtesy keys import) or by its recovery code (courtesy recover).
error-locked = Too many wrong PINs of this person. Try again in { $minutes } minutes, or let another manager unlock them under Staff. Nothing was booked.
error-desk-locked = Too many wrong PINs at this desk: nobody approves here for { $minutes } minutes. Nothing was booked; somebody may approve at another desk.
error-weak-pin = A PIN has at least 6 digits, not all the same. Choose another one.
error-not-plain = “{ $field }” contains control characters, which cannot be kept. Nothing was booked; write it without them.
error-has-left = This person has left the shop and can neither sign in nor approve. Nothing was booked; ask somebody else.
error-may-not-approve = This person may not approve that. Nothing was booked; ask somebody else.
error-own-interest = This is about that person’s own membership, or their household’s. Nothing was booked; ask somebody else.
error-no-longer-waits = This waits for nobody any more: somebody decided, it was taken back, or it waited too long. Nothing was booked by it.
error-may-not-unlock = Only another manager, of the same role or a higher one, unlocks a person. Nothing was changed; ask one.
error-approval-stale = The approval was for something else or is too old. Nothing was booked; ask for it again.
error-not-found = “{ $name }” was not found. Nothing was booked; check it and try again.
error-not-allowed = The shop’s server does not let this program do that: { $reason }. Nothing was booked. Ask whoever runs the server to give it the rights.
error-server-away = The server does not answer. Nothing was booked; try again when it is back.
error-damaged = The books are damaged: { $text }. No more is booked on them. Run “courtesy verify”, and restore the last good backup: courtesy restore FILE.
error-answer-lost = The server’s answer was lost, so nobody knows whether it was booked. Send it again: it is looked up, never booked twice.
error-takes-no-writes = The shop’s server takes no writes now; the books can only be looked at. Nothing was booked. Do it again when it takes them, or ask whoever runs the server.
error-server-full = The shop’s server lets nobody else in now. Nothing was booked. Close programs that nobody needs, or ask whoever runs the server to let in more, and try again.
error-print = The receipt did not print: { $error }
error-other = It could not be done: { $error }
error-pin-not-given = This PIN was not given by this program, so nobody is let in by it. Nothing was booked. Have a manager give a new one under Staff.
error-known-again = These books are an older copy and know { $count ->
    [one] one person
   *[other] { $count } people
} again who { $count ->
    [one] was
   *[other] were
} erased since. They could not be erased in it, so nothing of it is shown, and nothing was booked: { $reason } Put the newest good backup in its place: courtesy restore.
error-only-pin-missing = Person { $no } is saved, with document { $number }. Only the PIN could not be set ({ $error }): somebody new cannot sign in yet, and whoever had a PIN keeps that one. Save once more, which books nothing twice, or have a manager of at least their role set it.

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
cli-nothing-found = nothing was found for “{ $text }”; try a part of a name, a telephone number, a card or the number of a bill
cli-import-lines = { "  " }read      { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}, sum { $sum }
cli-import-kept = { "  " }imported  { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} in { $bills ->
    [one] { $bills } bill
   *[other] { $bills } bills
} ({ $new } new, { $same } there before), sum { $sum }, in the books { $rounded }
cli-import-members = { "  " }members   { $new } new or changed, { $same } there before
cli-import-aside = { "  " }aside     { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} in { $bills ->
    [one] { $bills } bill
   *[other] { $bills } bills
}{ $bills ->
    [0] {""}
   *[other] ; look at them with courtesy verify
}
cli-import-rejected = { "  " }rejected  { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} in { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
cli-import-changed = { "  " }changed   { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
} in { $bills ->
    [one] { $bills } bill
   *[other] { $bills } bills
}; the books hold them with other content, nothing of them was written:
cli-import-erased = { "  " }erased    { $bills ->
    [one] { $bills } bill of those there before is
   *[other] { $bills } bills of those there before are
} of people who were erased since; they stay as they are, and nobody was made anew
cli-import-rejects = rows that could not be read are in { $path }
cli-clock-right = Nobody doubts this computer’s clock.
cli-recovered = The manager has a new PIN. Keep the recovery code in the safe.
cli-new-code = New recovery code, shown once, for the shop’s safe; the one before counts no more: { $code }
cli-conformance-line = One piece given back by every desk at once: { $tried } rounds, { $wrong } wrong
cli-conformance-credit = One store credit spent by every desk at once: { $tried } rounds, { $wrong } wrong
cli-conformance-approval = One approval used by every desk at once: { $tried } rounds, { $wrong } wrong
cli-conformance-limit = One clerk’s limit reached by every desk at once: { $tried } rounds, { $wrong } wrong
cli-conformance-request = One request sent by every desk at once: { $tried } rounds, { $wrong } wrong
cli-conformance-counter = One row of numbers shared by every desk: { $tried } rounds, { $wrong } wrong
cli-conformance-answer = Answers lost around the commit: { $tried } lost, { $wrong } wrong
cli-conformance-books = The books after all of it: { $tried } check, { $wrong } wrong
cli-conformance-passed = This server can be trusted with the books, as far as was tried.
cli-conformance-failed = Do not trust this server with the books. Nothing of yours was touched.
cli-stage-copying = Copying
cli-stage-checking = Checking
cli-backed-up = { $path } is a whole backup: { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
}, every sum computed again.
cli-backup-removed = { $path } was removed; there are enough newer ones.
cli-backup-bad = { $path } is damaged and does not count as a backup; it was left where it is. Look at the disk it lies on.
cli-restored = { $path } now holds the backup: { $documents ->
    [one] { $documents } document
   *[other] { $documents } documents
}, every sum computed again.
cli-restore-kept = The books from before are in { $path }. What was posted after the backup was made is only there: compare before you pay on it again. A desk that stood further on only reads until a manager confirms the restore (re_anchor).
cli-restore-erased = { $count ->
    [one] One person of this backup was erased since
   *[other] { $count } people of this backup were erased since
}, and will be erased in it, too, as soon as a desk or a command opens it.
cli-restore-unread = the books from before could not be read, so nobody knows whether they were this shop’s; they were kept as they are
cli-exported = { $path }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $desks ->
    [one] { $desks } desk
   *[other] { $desks } desks
}. It holds everything, personal data too: only its owner may read it.
cli-imported-books = { $path } now holds the books: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, { $desks ->
    [one] { $desks } desk
   *[other] { $desks } desks
}; balances and the last document of each desk are the same, every sum computed again. Stop using the old database now. Keys were not carried: courtesy recover, then re_anchor, let a desk go on here.
cli-person-taken = { $path } is there already; nothing was written. Name a file that is not there.
cli-person-exported = { $path } holds all that is known of this person. Only its owner may read it: hand it to that person, then delete it.
cli-person-would = This would erase who { $name } is: name, telephone, addresses, birthday, the till’s number, notes and receipts saved here. Documents, amounts and cards stay. Nothing was done yet; say --yes to do it.
cli-person-erased = Erased with document { $number }: nothing in the database tells any more who this was. Backups made before still hold the person until they are thrown away, and so do the till, files that were imported with their rejects, a printer’s own list of jobs, and a server’s archived logs.
cli-person-erased-books = Erased from the books with document { $number }, but not yet from every file of the database.
cli-person-copies = These older copies of the books may hold the person still:

cli-keys-exported = { $count ->
    [one] { $count } secret is copied. Keep the file in a safe place, but not where copies of the database are.
   *[other] { $count } secrets are copied. Keep the file in a safe place, but not where copies of the database are.
}
cli-keys-imported = { $count ->
    [0] Nothing was missing here; no key was changed.
    [one] { $count } secret is back. Run courtesy verify.
   *[other] { $count } secrets are back. Run courtesy verify.
}

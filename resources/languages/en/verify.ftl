# What a look at the books finds: where it is, what it means for the money, what to do.

verify-file = The database is damaged: { $text }. Figures may be lost. Stop posting and restore the last good backup.
verify-gap = Desk { $desk }: document { $number } is missing. Money may have moved without a record. Stop posting at this desk and compare with the last good backup.
verify-counter = Desk { $desk } counted up to { $counted }, but its last document is { $last }. Documents were cut off or added by other means. Stop posting at this desk and compare with the last good backup.
verify-chain = Document { $number } was changed after it was posted, or does not follow the one before it. Its amounts cannot be trusted, nor what rests on them, such as a limit that another one seems to have passed. Compare it with its paper receipt, and restore the last good backup: courtesy restore FILE.
verify-unreadable = Document { $number } cannot be read. What it booked is not known from it, and whatever it made of people, approvals, rules, keys, payouts or balances may be told here as wrong for want of its word. Restore the last good backup before you mend anything else: courtesy restore FILE.
verify-column = Document { $number }: what lists show as “{ $column }” is not what the document says. One of the two was changed. Compare both with its paper receipt or the last good backup before relying on either.
verify-unbalanced = The posting of document { $number } is out by { $difference }. The books do not balance by that. Restore the last good backup: courtesy restore FILE. When that one says the same, report it as an error of the program.
verify-beside = Document { $number }: what was booked with it is not what the document says. Balances and what can still come back may be wrong. Restore the last good backup: courtesy restore FILE.
verify-nobodys = Something is booked under number { $number }, and no document has that number. Balances, memberships and what can still come back may be wrong. Restore the last good backup: courtesy restore FILE.
verify-note = The note on document { $number } is not the one that was written with it, or is gone although the person was not erased. Amounts are not touched by that. Compare with the last good backup.
verify-line-pieces = Bill { $bill }, line { $line }: { $sold } were sold and { $returned } have come back. Too much was given back. Look at the bill's documents.
verify-line-money = Bill { $bill }, line { $line }: { $paid } was paid and { $given } given back. Too much was given back. Look at the bill's documents.
verify-payment = Bill { $bill }, payment { $payment }: { $paid } was paid and { $given } given back. Too much was given back. Look at the bill's documents.
verify-credit = Store credit { $code } shows { $balance }, its documents come to { $events }. Do not redeem it before it is corrected. Compare with the last good backup.
verify-payout-state = Document { $number }, payout { $payout }: its state is not what documents made of it. It may be paid twice or never. Ask the terminal before paying it.
verify-bill-changed = Bill { $bill } is not as it came in. What it would give back cannot be trusted. Compare it with the till's own record.
verify-bill-unbalanced = Bill { $bill } does not balance. What it would give back cannot be trusted. Compare it with the till's own record.
verify-policy = Version { $version } of the shop's rules is not the one that was adopted. Rulings may be wrong, and so may what is said here of limits. Adopt the right rules again.
verify-seal = The checkpoint on document { $number } is not signed by the desk’s key. Somebody sealed the chain who may not. What stands before it cannot be trusted. Stop posting and compare with the last good backup.
verify-seal-elsewhere = The checkpoint on document { $number } names another sum than stands there. The chain was made anew after it was sealed, and its amounts cannot be trusted. Stop posting and restore the last good backup.
verify-seal-missing = Document { $number } closed a shift, but its checkpoint is gone. Amounts are not touched by that, but nothing vouches for them. Compare with the last good backup.
verify-key = Desk { $desk }: key { $no } is not the one that a document brought in. Who holds it could seal false books. Stop posting at this desk and compare with the last good backup.
verify-behind = Desk { $desk }: this computer remembers document { $number }, but the book { $left ->
    [0] holds none of this desk
   *[other] ends at { $last }
}. The end was cut off, or an older copy was put in its place: what was given back in between is not in it and could be given back twice. Restore the newest good backup. If the older copy was put there on purpose, a manager confirms that under Shift in the window, or with a “re_anchor” request.
verify-rebuilt = Desk { $desk }: document { $number } is not the one that this computer remembers. The chain was made anew, with sums that fit; its amounts cannot be trusted. Restore the last good backup. If the books were restored on purpose and went on elsewhere, a manager confirms that under Shift in the window, or with a “re_anchor” request.
verify-forgotten = Desk { $desk }: what this computer remembers of the book is gone or cannot be read. Whether the end of the book was cut off cannot be told from here. Put the folder beside the database back as it was. If the books came to this computer on purpose, a manager confirms that under Shift in the window, or with a “re_anchor” request.
verify-key-lost = Desk { $desk }: the key that it signs with is not on this computer or cannot be read. Amounts are not touched by that, but no shift can be sealed. Put the folder beside the database back as it was. If the books came to this computer on purpose, a manager confirms that under Shift in the window, or with a “re_anchor” request, which makes a new key.
verify-staff = Person { $person } of the staff is not as documents made them: name, role, language or whether they still work here. Somebody may approve who must not. Have a manager set them anew, and change their PIN.
verify-approval = The approval of document { $number } is not kept as used, so it might be used again. Compare with the last good backup.
verify-approval-alone = An approval by person { $person } ({ $digest }) is kept as used, but no document carries it. A document may be missing. Compare with the last good backup.
verify-member = Member { $member }: standing, household, cards or terms are not what documents made of them. Someone may be served who must not be, or the other way round. Compare with the last good backup.
verify-member-unreadable = Member { $member }: what is kept of them cannot be read, be it the day they joined, their standing or their household. They may be served who must not be, or a fee be given back wrongly; no document is touched by that. Compare with the last good backup.
verify-shop-gone = The shop itself is gone from these books, and its documents, bills or staff are there. No desk opens on them; the amounts that stand in them are not touched by that. Set no new shop up over them: restore the last good backup: courtesy restore FILE.
verify-zone = The shop’s time zone is “{ $zone }”, which is none that this computer knows. No desk opens, for nobody can tell which day is being traded; the amounts are not touched by that. Restore the last good backup: courtesy restore FILE. When another computer opens these books, mend this one’s time zone data.
verify-events = What happened at desk { $desk } besides documents has gaps or was changed. Traces of tries and changes were taken away. Compare with the last good backup.
verify-tries = The list of tried PINs has gaps or was changed, so a lock may have been lifted by other means. Change the PINs of those who approve.
verify-bills-brought = The bills are not those that were brought in: some are missing, or came by other means. What a missing one gave back at the till could be given back again here. Compare with the last good backup.
verify-members-brought = Cards, terms or joining days that were brought in with members are not as they came. A fee may be given back wrongly. Compare with the last good backup before giving fees back.
verify-sealed = “{ $what }” is not as it was sealed when it was last set. Somebody may get in who must not, or rules and receipts may be wrong. Compare with the last good backup; have PINs set anew.
verify-search = What the search knows of “{ $what }” is not what stands in the books. It may not be found, or something else in its place; no amount is touched by that. Compare with the last good backup.
verify-paper = Receipts of document { $number } are not counted as they were asked for. One may be printed without saying that it is a copy; no amount is touched by that. Compare with the last good backup.
verify-seen = Document { $number } was not built on what stood in the books when its turn came, so it may have given back something twice or the wrong sum. Look at the bill's documents, and compare with the last good backup.
verify-past-limit = Document { $number } went past what the rules of its day allowed, and does not have the word that it took. Figures are not touched by that, but this money may have gone out without anybody's leave. Ask who posted it, and look at what they gave on that day.
verify-past-limit-together = Documents of several desks, document { $number } among them, gave more together than the rules allowed without a word. Figures are not touched by that, but part of this money may have gone out without anybody's leave. Look at what was given on that day for the same member, bill, clerk or month.
verify-named = Document { $number } holds words that tell who a member is, and documents are kept when a member is erased. Amounts are not touched by that. Tell whoever answers for personal data, and write no names into reasons and references.
verify-card-number = The number of a payment card stands in { $place } { $of }. Amounts are not touched by that, but whoever reads the books can misuse the card. Tell whoever answers for card data, and find out where it was typed or came in.
verify-payout-due = Document { $number }, payout { $payout }: { $amount } to a card is still due. Record what the terminal did.
verify-unerased = { $count ->
    [one] { $count } erasure is not finished in the database’s files: the person is gone from the books, but bytes of theirs may still lie there.
   *[other] { $count } erasures are not finished in the database’s files: the people are gone from the books, but bytes of theirs may still lie there.
} No amount is touched by that. Close other windows on these books and open them anew. On a server whose database the role of this program does not own, ask whoever runs it to make that role the owner, or to run VACUUM FULL pg_catalog.pg_statistic, and then open them.
verify-unheld = The PINs, the first rules and the settings could not be held against their seals: the secret that seals them is not on this computer or cannot be read. No amount is touched by that, but nobody signs in here without it. Put the folder beside the database back as it was, or let a manager in with the recovery code: courtesy recover.
verify-till-overshoot = Bill { $bill }, line { $line }: { $sold } were sold, and with the till's own returns { $returned } have come back. Nothing more of it comes back here. Ask who took them back at the till.
verify-kept-aside = Bill { $key } from { $source } is kept aside and counts nowhere: { $reason }. Mend it at the till and import it again, or leave it.

# What holds, and how many things were looked at.

holds-file = The database is whole.
holds-numbers = { $count ->
    [one] { $count } document number has no gap.
   *[other] { $count } document numbers have no gap.
}
holds-chain = { $count ->
    [one] { $count } document follows the one before it by its sum.
   *[other] { $count } documents each follow the one before by its sum.
}
holds-seals = { $count ->
    [one] { $count } checkpoint is signed by its desk’s key and names what stands in the chain.
   *[other] { $count } checkpoints are signed by their desk’s key and name what stands in the chain.
}
holds-keys = { $count ->
    [one] { $count } desk key was brought in as it should be.
   *[other] { $count } desk keys were brought in as they should be.
}
holds-outside = { $count ->
    [one] { $count } desk stands where this computer remembers it.
   *[other] { $count } desks stand where this computer remembers them.
}
holds-columns = { $count ->
    [one] { $count } document is listed as it is.
   *[other] { $count } documents are listed as they are.
}
holds-balance = { $count ->
    [one] { $count } posting sums to nothing.
   *[other] { $count } postings each sum to nothing.
}
holds-beside = { $count ->
    [one] { $count } document booked what it says.
   *[other] { $count } documents booked what they say.
}
holds-lines = { $count ->
    [one] { $count } bill line that came back gave back no more than was sold.
   *[other] { $count } bill lines that came back gave back no more than was sold.
}
holds-payments = { $count ->
    [one] { $count } payment gave back no more than it paid.
   *[other] { $count } payments gave back no more than they paid.
}
holds-credits = { $count ->
    [one] { $count } store credit holds what its documents come to.
   *[other] { $count } store credits hold what their documents come to.
}
holds-payouts = { $count ->
    [one] { $count } payout stands as documents left it.
   *[other] { $count } payouts stand as documents left them.
}
holds-bills = { $count ->
    [one] { $count } bill is as it came, and balances.
   *[other] { $count } bills are as they came, and balance.
}
holds-rules = { $count ->
    [one] { $count } version of the rules is the one that was adopted.
   *[other] { $count } versions of the rules are the ones that were adopted.
}
holds-staff = { $count ->
    [one] { $count } person of the staff is as documents made them.
   *[other] { $count } people of the staff are as documents made them.
}
holds-approvals = { $count ->
    [one] { $count } approval was used once.
   *[other] { $count } approvals were each used once.
}
holds-members = { $count ->
    [one] { $count } member stands as documents made them.
   *[other] { $count } members stand as documents made them.
}
holds-events = { $count ->
    [one] { $count } event besides documents has no gap.
   *[other] { $count } events besides documents have no gap.
}
holds-brought = { $count ->
    [one] { $count } bill, card or term is there as it was brought in.
   *[other] { $count } bills, cards and terms are there as they were brought in.
}
holds-sealed = { $count ->
    [one] { $count } thing that no document says is as it was sealed.
   *[other] { $count } things that no document says are as they were sealed.
}
holds-paper = { $count ->
    [one] { $count } receipt was asked for once.
   *[other] { $count } receipts were each asked for once.
}
holds-search = { $count ->
    [one] { $count } member, card or article is found as it is.
   *[other] { $count } members, cards and articles are found as they are.
}
holds-seen = { $count ->
    [one] { $count } line of a document was built on what stood in the books.
   *[other] { $count } lines of documents were built on what stood in the books.
}
holds-limits = { $count ->
    [one] { $count } document gave no more than was allowed.
   *[other] { $count } documents gave no more than was allowed.
}
holds-names = { $count ->
    [one] { $count } document holds nobody's name.
   *[other] { $count } documents hold nobody's name.
}
holds-cards = { $count ->
    [one] { $count } text holds no card number.
   *[other] { $count } texts hold no card number.
}

# Where a payment card's number can stand; the number of the thing follows.

card-in-document = document
card-in-note = the note on document
card-in-person = what is known of member
card-in-bill = bill
card-in-event = what happened at desk
card-in-rules = the rules, version
card-in-staff = the name of person
card-in-shop = what is known of the shop

# What a look at the books finds: where it is, what it means for the money, what to do.

verify-file = The database file is damaged: { $text }. Figures may be lost. Stop posting and restore the last good backup.
verify-gap = Desk { $desk }: document { $number } is missing. Money may have moved without a record. Stop posting at this desk and compare with the last good backup.
verify-counter = Desk { $desk } counted up to { $counted }, but its last document is { $last }. Documents were cut off or added by other means. Stop posting at this desk and compare with the last good backup.
verify-chain = Document { $number } was changed after it was posted, or does not follow the one before it. Its amounts cannot be trusted. Compare it with its paper receipt and with the last good backup.
verify-unreadable = Document { $number } cannot be read. What it booked is not known from it. Restore it from the last good backup.
verify-column = Document { $number }: what lists show as “{ $column }” is not what the document says. The document itself holds. Compare with the last good backup before relying on lists.
verify-unbalanced = The posting of document { $number } is out by { $difference }. The books do not balance by that. Report it, and correct it with a new document.
verify-beside = Document { $number }: what was booked with it is not what the document says. Balances and what can still come back may be wrong. Compare with the last good backup.
verify-line-pieces = Bill { $bill }, line { $line }: { $sold } were sold and { $returned } have come back. Too much was given back. Look at the bill's documents.
verify-line-money = Bill { $bill }, line { $line }: { $paid } was paid and { $given } given back. Too much was given back. Look at the bill's documents.
verify-payment = Bill { $bill }, payment { $payment }: { $paid } was paid and { $given } given back. Too much was given back. Look at the bill's documents.
verify-credit = Store credit { $code } shows { $balance }, its documents come to { $events }. Do not redeem it before it is corrected. Compare with the last good backup.
verify-payout-state = Document { $number }, payout { $payout }: its state is not what documents made of it. It may be paid twice or never. Ask the terminal before paying it.
verify-bill-changed = Bill { $bill } is not as it came in. What it would give back cannot be trusted. Compare it with the till's own record.
verify-bill-unbalanced = Bill { $bill } does not balance. What it would give back cannot be trusted. Compare it with the till's own record.
verify-policy = Version { $version } of the shop's rules is not the one that was adopted. Rulings may be wrong. Adopt the right rules again.
verify-staff = Person { $person } of the staff is not as documents made them: name, role, language or whether they still work here. Somebody may approve who must not. Have a manager set them anew, and change their PIN.
verify-approval = The approval of document { $number } is not kept as used, so it might be used again. Compare with the last good backup.
verify-approval-alone = An approval by person { $person } ({ $digest }) is kept as used, but no document carries it. A document may be missing. Compare with the last good backup.
verify-member = Member { $member }: standing, household, cards or terms are not what documents made of them. Someone may be served who must not be, or the other way round. Compare with the last good backup.
verify-events = What happened at desk { $desk } besides documents has gaps. Traces of tries and changes were taken away. Compare with the last good backup.
verify-tries = The list of tried PINs has gaps, so a lock may have been lifted by other means. Change the PINs of those who approve.
verify-payout-due = Document { $number }, payout { $payout }: { $amount } to a card is still due. Record what the terminal did.
verify-till-overshoot = Bill { $bill }, line { $line }: { $sold } were sold, and with the till's own returns { $returned } have come back. Nothing more of it comes back here. Ask who took them back at the till.
verify-kept-aside = Bill { $key } from { $source } is kept aside and counts nowhere: { $reason }. Mend it at the till and import it again, or leave it.

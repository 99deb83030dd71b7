# What the desk answers when a request cannot be done: what happened, what it means for the money, what to do next.

desk-quote-changed = Something changed while you worked, so nothing was posted. Look at the new figures and post again.

desk-read-only = This desk only reads, because its books are not as they should be. Run “courtesy verify”.
desk-clock-back = This computer’s clock was put back, to { $wall } { $hour }. Work goes on under { $known } { $since }, which nobody doubts. Set the clock right; if it is right now and was wrong before, a manager says so: courtesy clock.
desk-clock-ahead = This computer says { $wall } { $hour }, and the last work here was on { $known }. The first thing that is posted needs a manager’s word that the date is right. If it is wrong, set the clock.
desk-unremembered = Where the book stands could not be remembered outside of it: { $error } What was posted stays posted.
desk-erasure-unfinished = Somebody was erased, but bytes of theirs may still lie in the files: { $error }. It is tried again whenever these books are opened: close other windows on them, then open this one anew.
desk-erasure-owner = Somebody was erased from the books, but words of theirs may still lie in what the server notes of its tables: it lets only the database’s owner clean its statistics. Ask whoever runs the server to make the role of this program the database’s owner, or to run VACUUM FULL pg_catalog.pg_statistic; it is finished when these books are opened after that.
desk-code-unseen = The program ended before anybody is known to have seen this shop’s recovery code, which lets a manager in when the folder beside the books is lost. What is posted stays posted. An administrator gets a new code, which the old one gives way to: courtesy recover --new-code.

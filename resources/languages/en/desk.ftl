# What the desk answers when a request cannot be done: what happened, what it means for the money, what to do next.

desk-quote-changed = Something changed while you worked, so nothing was posted. Look at the new figures and post again.

desk-read-only = This desk only reads, because its books are not as they should be. Run “courtesy verify”.
desk-unremembered = Where the book stands could not be remembered outside of it: { $error } What was posted stays posted.
desk-erasure-unfinished = Somebody was erased, but bytes of theirs may still lie in the files: { $error } It is tried again whenever these books are opened: close other windows on them, then open this one anew.

# What the desk answers when a request cannot be done: what happened, what it means for the money, what to do next.

desk-quote-changed = Something changed while you worked, so nothing was posted. Look at the new figures and post again.

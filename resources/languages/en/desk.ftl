# What the desk answers when a request cannot be done: what happened, what it means for the money, what to do next.

desk-quote-changed = Something changed while you worked, so nothing was posted. Look at the new figures and post again.
desk-approval-used = This approval has been used already. Nothing was posted; ask again.
desk-approval-expired = The approval ran out of time. Nothing was posted; ask again.
desk-approval-self = Nobody approves their own work here. Another person must do it.
desk-pin-wrong = The PIN is wrong. { $left ->
    [one] { $left } try is left.
   *[other] { $left } tries are left.
}
desk-pin-locked = Too many wrong PINs: locked until { $until }. Another manager can unlock it.

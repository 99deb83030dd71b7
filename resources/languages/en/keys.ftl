# Names of keys as they stand on a keyboard, and what they do.

key-enter = Enter
key-escape = Esc
key-space = Space
key-tab = Tab
key-up-down = ↑ ↓

key-does-all-keys = all keys
key-does-find = find
key-does-choose = choose
key-does-tick = tick
key-does-how-many = how many
key-does-reason = reason
key-does-next-field = next field
key-does-next-theme = next theme

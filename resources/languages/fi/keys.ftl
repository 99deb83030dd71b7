# Näppäinten nimet sellaisina kuin ne ovat näppäimistössä, ja mitä ne tekevät.

key-enter = Enter
key-escape = Esc
key-space = Väli
key-tab = Sarkain
key-up-down = ↑ ↓

key-does-all-keys = kaikki näppäimet
key-does-find = haku
key-does-choose = valitse
key-does-tick = merkitse
key-does-how-many = montako
key-does-reason = syy
key-does-next-field = seuraava kenttä
key-does-next-theme = seuraava teema

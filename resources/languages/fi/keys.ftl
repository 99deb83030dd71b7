# Näppäinten nimet sellaisina kuin ne ovat näppäimistössä, ja mitä ne tekevät.

key-enter = Enter
key-escape = Esc
key-space = Väli
key-tab = Sarkain
key-delete = Del
key-up-down = ↑ ↓

key-does-all-keys = kaikki näppäimet
key-does-find = haku
key-does-choose = valitse
key-does-tick = merkitse
key-does-how-many = montako
key-does-reason = syy
key-does-next-field = seuraava kenttä
key-does-next-theme = seuraava teema

key-page-up-down = PgUp PgDn
key-does-sign-up = liitä jäseneksi
key-does-refuse = hylkää
key-does-approve = hyväksy
key-does-approvals = luvat
key-does-to-shift = vuoro
key-does-erase = poista henkilö
key-does-keep = pidä henkilö
key-does-note = huomautus
key-does-new-key = uusi allekirjoitusavain
key-does-hand-out = luovuta
key-does-refund = palautus
key-does-price-fix = hinnan korjaus
key-does-goodwill = hyvitys
key-does-use-credit = käytä ostohyvitys
key-does-renew = uusi jäsenyys
key-does-due = odottavat maksut
key-does-history = historia
key-does-lock = lukitse
key-does-aside = takaisin
key-does-tender = maksutapa
key-does-plan = taso

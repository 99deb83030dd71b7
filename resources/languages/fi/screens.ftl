# Ikkunan yhteiset sanat ja kunkin näkymän omat.

rail-desk = Tiski
rail-members = Jäsenet
rail-bills = Laskut
rail-approvals = Luvat
rail-till = Kassa

scan-hint = Lue tai kirjoita: kortti, kuitti, nimi, puhelin, huone
foot-books-in-order = Kirjanpito kunnossa · tässä pisteessä
foot-books-wrong = Kirjanpito pitää tarkistaa · kutsu esihenkilö

preview-title = Kuitti sellaisena kuin se tulostuu
preview-empty = Kuitti kasvaa tähän työn edetessä.
say-title = Sano asiakkaalle
ways-title = Miten asia korjataan

column-item = Tuote
column-give-back = Palautetaan
column-paid-each = Kappalehinta
column-money-back = Rahaa takaisin
column-ruling = Sääntö

total-money-back = Rahaa takaisin
total-to-pay = Maksettavaa

button-post = Kirjaa
button-ask-manager = Pyydä hyväksyntä
button-take-payment = Ota maksu
button-approve = Hyväksy
button-refuse = Hylkää
button-put-aside = Siirrä syrjään
button-back = Takaisin
button-print-again = Tulosta uudelleen

field-given = Etunimi
field-family = Sukunimi
field-born = Syntymäaika
field-phone = Puhelin
field-email = Sähköposti
field-address = Osoite
field-pin = PIN-koodi

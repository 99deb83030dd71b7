# Ikkunan yhteiset sanat ja kunkin näkymän omat.

rail-desk = Piste
rail-bills = Laskut

scan-hint = Lue tai kirjoita: kortti, kuitti, nimi, puhelin, huone

preview-title = Kuitti sellaisena kuin se tulostuu
preview-empty = Kuitti kasvaa tähän työn edetessä.
say-title = Sano asiakkaalle

column-item = Tuote
column-give-back = Palautetaan
column-paid-each = Kappalehinta
column-money-back = Rahaa takaisin
column-ruling = Sääntö

total-money-back = Rahaa takaisin
total-from-credit = Ostohyvityksestä
total-nothing-moves = Rahaa ei siirry
total-taken-back = Otetaan takaisin
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

# Työnäytöt: tekeillä oleva työ, kuitti, jäsen ja lomake.
preview-nothing = Ei vielä kuittia
preview-printed = Kuitti sellaisena kuin se tulostui
draft-failed = Mitään ei kirjattu.
draft-lost = Ei tiedetä, kirjattiinko se; uusi yritys kirjaa sen vain kerran.
total-paid = Maksettu
draft-changed = Aiemmin { $before }, nyt { $now }.
draft-done = { $number } on valmis.
draft-printing = Kuitti tulostuu.
notice-printed-again = Jäljennös tulostuu.
sign-nothing = –
sign-for-life = elinikäinen

button-ask-lead = Kysy vuorovastaavalta
button-posting = Kirjataan…
button-done = Valmis
button-try-again = Yritä uudelleen
button-refund = Palauta rahat
button-correct-price = Palauta erotus
button-goodwill = Anna hyvitys
button-use-credit = Käytä ostohyvitys
button-sign-up = Liitä jäseneksi
button-renew = Uusi jäsenyys
button-take-all = Kaikki, mikä voi palautua
button-checking = Tarkistetaan…
button-open-member = Jäseneen

approval-title = Tarvitaan toisen henkilön lupa
approval-only-this = vain tähän · voimassa { $minutes ->
    [one] { $minutes } minuutin
   *[other] { $minutes } minuuttia
}
approval-who = Kuka hyväksyy
approval-nobody = Kukaan täällä ei voi hyväksyä tätä. Pane se syrjään ja pyydä ylempää kirjautumaan.
approval-person = { $name } · { $role }
approval-pin-help = Kymmenen väärää yritystä lukitsee 30 minuutiksi.
approval-waits = Odottaa muilla pisteillä…
approval-waited = Kukaan ei päättänyt kymmenessä minuutissa. Pyydä uudelleen tai pyydä joku tänne.
button-ask-elsewhere = Pyydä toiselta pisteeltä
draft-granted = { $name } on hyväksynyt. Kirjaa nyt; hyväksyntä on voimassa vain hetken.
draft-denied = { $name } ei hyväksynyt: { $reason }
rail-approvals = Luvat
approvals-about = Mihin muut pyytävät toisen henkilön lupaa. Näet saman kuin he.
approvals-none = Mikään ei odota
approvals-none-next = Mitä toisella pisteellä pyydetään, näkyy täällä heti.
approvals-from = { $name } · piste { $desk }
approvals-pin = PIN-koodisi
approvals-reason = Miksi ei, jos et hyväksy
approvals-reason-missing = Kirjoita, miksi et hyväksy; pyytäjä lukee sen.
approvals-pin-missing = Kirjoita ensin PIN-koodisi; siinä on vähintään kuusi numeroa.
approvals-gone = Katsomasi pyyntö ei odota enää: joku vastasi siihen, asiakaspalvelija perui sen tai kymmenen minuuttia kului.
approvals-given = Hyväksyit. Pyytäjä kirjaa sen omalla pisteellään.
approvals-denied = Et hyväksynyt. Pyytäjä näkee syyn.
column-asked = Mitä pyydetään
approval-why = Miksi sinulta kysytään
approval-bill = Kuitti
approval-bill-age = { $number } · { $age ->
    [0] tänään
    [one] eilen
   *[other] { $age } päivää sitten
}
approval-together = Yhteensä tänään

bill-loading = Haetaan kuittia
bill-loading-next = Pieni hetki.
bill-unreadable = Kuittia ei voi lukea.
bill-note = { $at } · kassa { $till } · { $paid }
bill-paid = { $amount } { $tender-by }
bill-no-member = Ei jäsentä
bill-open-member = Jäsen
bill-empty = Kuitissa ei ole rivejä
bill-empty-next = Katso kuittia kassalta; täällä ei ole mitään palautettavaa.
bill-line-note = { $item } · ostettu { $bought }
bill-line-note-left = { $item } · ostettu { $bought }, jäljellä { $left }
bill-of-left = { $count } / { $left }
bill-nothing-left = Ei jäljellä
column-right-price = Oikea hinta

way-refund = Palautus
way-price-fix = Hinnan korjaus
way-goodwill = Hyvitys
way-original = Kuten maksettiin

field-how-many = Montako riviltä
field-right-price = Oikea kappalehinta
field-percent = Prosenttia kuitista
field-amount = Summa
field-note = Huomautus
field-note-hint = Mitä jonkun pitää tietää myöhemmin
field-note-about = Se on tositteen vieressä, ei tulostu mihinkään ja poistuu, kun henkilö poistetaan.
field-amount-or-all = Summa, tai tyhjä: kaikki
field-tender = Maksutapa
field-reference = Maksupäätteen viite
field-credit-code = Ostohyvityksen koodi
field-household = Talouden kortti
field-household-hint = vain jos liittyy talouteen
field-born-hint = 14.2.1984
measure-percent = Prosentti
measure-amount = Summa
fact-measure = Mitta
fact-to = Minne
fact-condition = Kunto

member-loading = Haetaan jäsentä
member-loading-next = Pieni hetki.
member-unreadable = Jäsentä ei voi lukea.
member-plan-to = { $plan } · voimassa { $end } asti
member-plan-for-life = { $plan } · elinikäinen
member-card = kortti { $card }
member-since = jäsen { $since } alkaen
member-credits = Ostohyvitykset
member-bills = Kuitit
member-documents = Palvelupisteessä tehty
member-no-bills = Ei vielä kuitteja
member-no-bills-next = Kortilla ostettu näkyy tässä.
member-no-documents = Ei vielä mitään
member-no-documents-next = Palvelupisteessä tehty näkyy tässä.
credit-promotional = annettu hyvityksenä
credit-own = jäsenen omaa rahaa
credit-bearer = kuitin tuojan
credit-left = Jäljellä
credit-kind = Kenen se on
credit-to-document = Tosite, jolla se annettiin

renew-before = Voimassa asti
renew-after = Sitten voimassa asti
renew-starts = uusi kausi alkaa { $start }
renew-plan = Taso
renew-prospects = Voimassa, maksupäivän mukaan
renew-paying-today = Maksu tänään: voimassa asti
renew-paying-at-end = Maksu viimeisenä päivänä { $day }
renew-paying-late = Maksu raukeamisen jälkeen, { $day } alkaen

sign-up-aside-again = Täytetyt tiedot häviävät. Pane lomake sivuun painamalla Esc uudelleen.
sign-up-title = Uusi jäsenyys
sign-up-from = Voimassa alkaen
sign-up-to = Voimassa asti
sign-up-to-note = viimeinen päivä mukaan lukien
sign-up-card = Uuden kortin numero
sign-up-faults = { $count ->
    [one] { $count } kenttä vaatii tarkistuksen.
   *[other] { $count } kenttää vaatii tarkistuksen.
}
sign-up-faults-next = Mitään ei kirjattu, ja kirjoittamasi säilyy.
fault-not-a-card = Tämä ei ole jäsenkortin numero. Siinä on kymmenen numeroa.
button-erase = Poista
member-erase = Poista tämä henkilö
member-hand-out = Luovuta tiedot
member-handed-out = Tiedostossa { $path } on kaikki, mitä tästä henkilöstä tiedetään. Vain omistaja saa lukea sen: anna se henkilölle ja poista se sitten. Henkilön poistaminen poistaa senkin.
erase-title = Poistetaanko { $name } lopullisesti?
erase-keep = Pidä henkilö
erase-goes = Lopullisesti poistuu
erase-goes-person = nimi, puhelin, osoitteet ja syntymäpäivä
erase-goes-till = kassan numero tälle henkilölle
erase-goes-notes = asiakaspalvelijoiden huomautukset sekä tälle koneelle tallennetut kuitit ja tiedostot
erase-goes-term = jäsenyys: se päättyy nyt, eikä maksettua palauteta
erase-stays = Säilyy
erase-stays-documents = tositteet, summat ja korttien numerot; kirjat pysyvät ehjinä
erase-stays-credit = jäljellä oleva ostohyvitys, sille joka tuo sen koodin
erase-stays-backups = aiemmin tehdyt varmuuskopiot, kunnes ne hävitetään
erase-stays-files = luovutetut tai muualle kopioidut tiedot sekä kassan ja tulostimen omat tiedot

# The desk's shift and key
rail-shift = Vuoro
shift-title = Tämän pisteen vuoro ja avain
shift-about = Vuoron päättäminen sinetöi sitä edeltävät tositteet tämän pisteen avaimella: myöhempi muutos näkyy. Uusi avain on sitä varten, että joku saattaa tuntea vanhan.
shift-open-since = Vuoro avattu
shift-none = ei avoinna
shift-sealed = Sinetöity asti
shift-never-sealed = ei vielä mitään
shift-unsealed = Tositteita sen jälkeen
shift-key = Allekirjoitusavain
shift-key-of = numero { $no } · { $public }
shift-no-key = ei vielä
shift-document-at = { $number } · { $time }
shift-open = Avaa vuoro
shift-close = Päätä vuoro
shift-new-key = Uusi allekirjoitusavain
shift-restored = Vahvista palautus
shift-why-restored = Miksi kirjat palautettiin tai siirrettiin
shift-why-restored-note = Tämä jää tositteeseen. Kopion jälkeen kirjattu puuttuu näistä kirjoista.
key-does-shift = avaa tai päätä vuoro

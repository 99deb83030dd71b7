# Sanat jokaisen näkymän kehyksestä, kirjautumisesta, käyttöönotosta ja luetteloista.

window-title = Courtesy
window-title-shop = { $shop } · Courtesy
opening-title = Liikettä avataan
opening-next = Tämä kestää hetken.
opening-failed = Liikettä ei voitu avata
opening-practice = Harjoitusliikettä tehdään
opening-members = Jäseniä kirjataan
opening-sales = Viime viikkojen myyntejä kirjataan
opening-staff = Henkilökunnalle annetaan PIN-koodit
opening-place = Kirjat ovat tiedostossa { $path }
late-title = Luetaan
late-next = Tämä kestää hetken.
late-failed = Tätä ei voitu lukea

rail-sign-up = Uusi jäsen
rail-due = Maksut
rail-history = Historia
rail-staff = Väki
top-place = Piste { $desk } · { $day } · { $time }
top-desk = Piste { $desk }
size-largest = Tämän suuremmaksi ei tässä ikkunassa voi. Suuremmassa ikkunassa voi.
foot-waiting = Palvelimen vastausta odotetaan
foot-reconnecting = Palvelin ei vastaa; yritetään uudelleen
foot-trouble = Kirjoissa on vika; vain katseluun
foot-read-only = Vain katseluun: palvelin ei ota kirjauksia nyt
foot-printed = Kaikki kuitit tulostettu
foot-unprinted = { $count ->
    [one] { $count } kuitti odottaa tulostusta
   *[other] { $count } kuittia odottaa tulostusta
}

sign-in-title = Kuka on tiskillä?
sign-in-locked = Piste on lukittu
sign-in-who = Henkilöt
sign-in-pin-of = PIN-koodi: { $name }
sign-in-demo-pin = PIN { $pin }
sign-in-choose = Paina numeroasi tai siirry nimesi kohdalle nuolilla.
sign-in-type = Näppäile PIN-koodi, sitten Enter. Joku muu: nuolet tai Esc ja numero.
sign-in-asking = PIN-koodia tarkistetaan.
sign-in-erase = Pyyhi
button-sign-in = Kirjaudu

first-title = Avaa liikkeesi
first-step-trade = Liikkeen laji
first-step-shop = Liike
first-step-manager = Ensimmäinen esihenkilö
first-step-code = Palautuskoodi
first-language = Liikkeen kieli
first-preset = Säännöt aluksi; jokaista lukua voi muuttaa myöhemmin
first-shop-name = Liikkeen nimi sellaisena kuin se tulostuu kuitteihin
first-currency = Valuutta
first-zone = Aikavyöhyke
first-day-ends = Päivä päättyy
first-day-ends-note = Tätä yön hetkeä aiemmat myynnit kuuluvat edelliseen päivään.
first-manager-about = Ensimmäinen esihenkilö saa tehdä kaiken ja lisää muut.
first-pin-note = Vähintään kuusi numeroa.
first-code-about = Kirjoita koodi muistiin ja säilytä paikassa, josta vain omistaja sen löytää. Se näytetään kerran.
first-code-lost = Sillä liikkeeseen pääsee taas, kun yksikään esihenkilö ei enää muista PIN-koodiaan.
button-next = Seuraava
button-open-shop = Avaa liike
button-code-kept = Kirjoitin sen muistiin

fault-currency = Kolme kirjainta, esimerkiksi EUR.
fault-zone = Paikka, esimerkiksi Europe/Helsinki.
fault-time = Kellonaika, esimerkiksi 04:00.
fault-pins-differ = PIN-koodit eroavat. Näppäile ne uudelleen.

took-card = Jäsenkortti
took-document = Oma kuitti
took-credit = Ostohyvitys
took-bill = Kassan kuitti
took-words = Haku
found-count = { $took } · { $count ->
    [one] { $count } löytyi
   *[other] { $count } löytyi
}
found-nothing = Haulla “{ $text }” ei löytynyt mitään. Kokeile nimen osaa, puhelinnumeroa tai kuitin numeroa.
found-nothing-for = Koodilla “{ $text }” ei löytynyt mitään. Lue se uudelleen tai kirjoita nimen osa.
found-receipt-agrees = Kuitti on meidän, ja se vastaa kirjanpitoa.
found-receipt-differs = Kuitti ei vastaa kirjanpitoa. Kutsu esihenkilö.
member-erased = Poistettu
valid-to = { $date } asti
valid-ended = päättyi { $date }
valid-for-life = elinikäinen
bill-title = Lasku { $number }
bill-row-note = { $date } · { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}
bill-lines = { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}
credit-title = Ostohyvitys { $code }

home-jobs = Aloita tästä
home-sign-up = Liitä jäsen
home-renew = Uusi jäsenyys
home-refund = Palautus
home-price-fix = Oikaise hinta
home-goodwill = Pahoittele
home-due = Maksut korteille
home-waiting = Vahvistettavat maksut korteille
home-nothing-waits = Mikään maksu ei odota
home-nothing-waits-next = Tässä näkyvät maksut korteille, kunnes maksupääte on vahvistanut ne.
home-due-line = { $number } kortille { $card }
home-due-reference = Viite puuttuu
home-due-count = { $count ->
    [one] { $count } maksu kortille
   *[other] { $count } maksua korteille
}
home-done = Juuri tehty
home-nothing-done = Tällä pisteellä ei ole vielä tehty mitään
home-nothing-done-next = Lue kortti tai kuitti, tai kirjoita nimi.
home-today = Tänään tällä pisteellä
home-sign-ups = Liittymiset
home-renewals = Uusimiset
home-refunds = Palautukset
home-corrections = Oikaisut
home-given-back = Annettu takaisin
home-history = Historia
scan-left = Koodia ei otettu vastaan. Vie tämä kysymys loppuun tai hylkää se ja lue koodi uudelleen.
work-taken-up = Tämä jäi kesken ja jatkuu siitä.
hint-bill-first = Lue kuitti tai valitse lasku, jota asia koskee.
hint-member-first = Lue kortti tai kirjoita jäsenen nimi.

bills-search = Etsi lasku
bills-search-hint = Numero, tuote, päivä tai summa
bills-none = Yhtään laskua ei ole vielä tullut
bills-none-next = Tuo kassan myynnit komennolla courtesy import sales.
bills-not-found = Mikään lasku ei vastaa hakua “{ $text }”
bills-not-found-next = Kokeile kuitin numeroa, tuotteen koodia, päivää tai tarkkaa summaa.
bill-left-part = Osa palautettu
bill-left-nothing = Kaikki palautettu
column-bill = Lasku
column-date = Päivä
column-till = Kassa
column-left = Palautettu
column-charged = Veloitettu

history-none = Mitään ei ole vielä kirjattu
history-none-next = Tässä näkyy kuitteineen se, mitä millä tahansa pisteellä kirjataan.
column-number = Numero
column-job = Tehtävä
column-when = Milloin
column-amount = Summa
column-quantity = Määrä
document-title = Tosite { $number }
document-voided = mitätöity
document-receipt = Kuitti sellaisena kuin se tulostui
document-printing = Tositteen { $number } kopio tulostuu.
document-to-member = Jäsen
button-void = Mitätöi
button-keep = Älä mitätöi
fact-job = Tehtävä
fact-when = Milloin
fact-clerk = Tekijä
fact-approved-by = Hyväksyjä
fact-undone-by = Perunut tosite
fact-reason = Syy
fact-note = Huomautus
fact-note-erased = (poistettu)

due-title = Odottavat maksut korteille
due-about = Kortille palaava raha odottaa, kunnes maksupääte on maksanut sen ja viite on kirjattu tähän.
due-none = Yhtään maksua ei odota
due-none-next = Kun palautus menee kortille, se odottaa tässä maksupäätteen viitettä.
due-card = kortille { $card }
due-steps = Maksa summa kortille { $card } maksupäätteellä ja kirjoita viite sen kuitista.
due-reference = Maksupäätteen viite
due-reference-hint = Kuitista
due-to-card = Kortille
due-refused = Maksupääte ei maksanut; se on kirjattu tositteella { $number }. Maksu jää tähän luetteloon.
due-recorded = Maksu on kirjattu tositteella { $number }.
column-document = Tosite
column-since = Alkaen
column-state = Tila
button-record = Kirjaa maksetuksi
button-failed = Maksupääte hylkäsi

staff-new = Uusi henkilö
staff-name = Nimi
staff-number = Numero { $number }
staff-pin-again = PIN-koodi uudelleen
staff-pin-stays = Tyhjä: PIN-koodi pysyy ennallaan.
staff-works-here = Työssä täällä
staff-left = On lähtenyt
staff-saved = { $name } on tallennettu; tosite { $number }.
staff-manager-only = Vain esihenkilö lisää ja muuttaa henkilöitä. Pyydä häntä kirjautumaan.
staff-locked = Numero { $number } · lukittu väärien PIN-koodien takia vielä { $minutes } min
staff-unlocked = Lukitus on poistettu, ja siitä jäi merkintä. Hän voi kirjautua taas.
staff-card = Oma jäsenkortti
staff-card-why = Kukaan ei päätä yksin omasta jäsenyydestään.
staff-card-stays = Tiedossa. Tyhjä: pysyy ennallaan.
button-unlock = Poista lukitus: { $name }
staff-side = Tämän liikkeen väki
staff-side-next = Valitse muutettava henkilö tai lisää uusi: rooli ja PIN-koodi.
column-person = Henkilö
column-role = Rooli
column-language = Kieli
button-add-person = Lisää henkilö
button-save = Tallenna

key-help-title = Näppäimet
key-help-scanner = Lukija toimii joka näkymässä: luettu etsitään ja avataan, eikä se kirjaa mitään.
key-ctrl-plus-minus = Ctrl + −
key-does-sign-in = kirjaudu
key-does-back = takaisin
key-does-somebody-else = joku muu
key-does-jobs = tehtävät
key-does-open = avaa
key-does-record = kirjaa
key-does-failed = pääte hylkäsi
key-does-print = tulosta uudelleen
key-does-void = mitätöi
key-does-save = tallenna
key-does-go-on = tee, mitä suuri painike sanoo
key-does-size = suurempi, pienempi
button-close = Sulje

# Requests whose answers were not known when the program ended. $documents are numbers of documents, $left a count.
unsent-booked = Ohjelma sulkeutui ennen kuin ehti kertoa: { $documents } on kirjattu. Katso F10 ennen kuin teet sen uudelleen.
unsent-left = { $left ->
    [one] Pyyntö oli kesken, kun ohjelma sulkeutui. Sitä ei kirjattu eikä rahaa liikkunut; tee se uudelleen, jos sitä vielä tarvitaan.
   *[other] { $left } pyyntöä oli kesken, kun ohjelma sulkeutui. Niitä ei kirjattu eikä rahaa liikkunut; tee ne uudelleen, jos niitä vielä tarvitaan.
}
unsent-both = Ohjelma sulkeutui ennen kuin ehti kertoa: { $documents } on kirjattu. { $left ->
    [one] Toista pyyntöä ei kirjattu; tee se uudelleen, jos sitä vielä tarvitaan.
   *[other] { $left } muuta pyyntöä ei kirjattu; tee ne uudelleen, jos niitä vielä tarvitaan.
}

# The whole books are recomputed behind the work.
look-through-failed = Kirjoja ei saatu käytyä läpi kokonaan: { $error }. Aja courtesy verify.

# Mitä sanotaan, kun jokin ei kelpaa: mikä on vialla ja mikä kelpaisi.

error-typed-nothing = Kenttä on vielä tyhjä.
error-not-a-number = ”{ $typed }” ei ole luku. Kirjoita esimerkiksi 12,50.
error-number-unclear = ”{ $typed }” voidaan lukea kahdella tavalla. Kirjoita ilman tuhaterottimia, esimerkiksi 1234,50.
error-number-negative = ”{ $typed }” on alle nollan. Kirjoita ilman miinusmerkkiä.
error-too-many-decimals = { $most ->
    [0] Luvussa ”{ $typed }” on desimaaleja, mutta tähän käy vain kokonaisluku.
    [one] Luvussa ”{ $typed }” on enemmän kuin { $most } desimaali.
   *[other] Luvussa ”{ $typed }” on enemmän kuin { $most } desimaalia.
}
error-number-too-large = ”{ $typed }” on liian suuri. Luettiinko kenttään koodi?
error-more-than-all = ”{ $typed }” on yli sata prosenttia.
error-not-a-date = ”{ $typed }” ei ole päivämäärä. Kirjoita esimerkiksi 31.3.2027.
error-short-year = Kirjoita vuosi neljällä numerolla: ”{ $typed }” ei riitä. Esimerkiksi 31.3.2027.
error-no-such-day = Kalenterissa ei ole päivää ”{ $typed }”.

error-wrong-pin = PIN-koodi ei ole oikein. Mitään ei kirjattu; yritä uudelleen.
error-pepper-lost = Salaisuus, jolla PIN-koodit tarkistetaan, puuttuu kansiosta { $folder }. Mitään ei kirjattu. Palauta kansio ennalleen, tai päästä esimies sisään palautuskoodilla: courtesy recover.
error-other-pepper = Kansiossa { $folder } on toisen myymälän PIN-koodien salaisuus, ei tämän, joten ketään ei päästetä sisään. Mitään ei kirjattu. Siirrä kansio syrjään, sillä toinen myymälä voi tarvita sitä, ja palauta tämän myymälän salaisuus turvakopiosta (courtesy keys import) tai palautuskoodilla (courtesy recover).
error-locked = Tällä henkilöllä on liian monta väärää PIN-koodia. Yritä { $minutes } minuutin päästä uudelleen, tai toinen esihenkilö poistaa lukituksen Väki-näytöllä. Mitään ei kirjattu.
error-desk-locked = Tällä pisteellä on liian monta väärää PIN-koodia: täällä ei hyväksytä mitään { $minutes } minuuttiin. Mitään ei kirjattu; toisella pisteellä voi hyväksyä.
error-weak-pin = PIN-koodissa on vähintään 6 numeroa, eivätkä ne saa olla kaikki samoja. Valitse toinen.
error-not-plain = Kentässä ”{ $field }” on ohjausmerkkejä, joita ei voi säilyttää. Mitään ei kirjattu; kirjoita se ilman niitä.
error-has-left = Tämä henkilö on lähtenyt talosta eikä voi kirjautua eikä hyväksyä. Mitään ei kirjattu; pyydä toista.
error-may-not-approve = Tämä henkilö ei voi hyväksyä tätä. Mitään ei kirjattu; pyydä toista.
error-own-interest = Tämä koskee kyseisen henkilön omaa tai hänen taloutensa jäsenyyttä. Mitään ei kirjattu; pyydä toista.
error-no-longer-waits = Tämä ei enää odota ketään: joku päätti jo, se peruttiin tai se odotti liian kauan. Sillä ei kirjattu mitään.
error-may-not-unlock = Lukituksen poistaa vain toinen esihenkilö, jolla on sama tai korkeampi rooli. Mitään ei muutettu; pyydä häntä.
error-approval-stale = Hyväksyntä koski jotain muuta tai on vanhentunut. Mitään ei kirjattu; pyydä se uudelleen.
error-not-found = ”{ $name }” ei löytynyt. Mitään ei kirjattu; tarkista ja yritä uudelleen.
error-not-allowed = Myymälän palvelin ei salli tätä tälle ohjelmalle: { $reason }. Mitään ei kirjattu. Pyydä palvelimen ylläpitäjää antamaan sille oikeudet.
error-server-away = Myymälän palvelin ei vastaa. Mitään ei kirjattu; yritä uudelleen, kun se vastaa.
error-damaged = Kirjat ovat vioittuneet: { $text }. Niihin ei kirjata enempää. Aja ”courtesy verify” ja palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO.
error-answer-lost = Palvelimen vastaus katosi, joten kirjautuiko se, ei tiedetä. Lähetä sama uudelleen: se haetaan kirjoista eikä kirjata kahdesti.
error-takes-no-writes = Myymälän palvelin ei ota nyt kirjauksia vastaan; kirjoja voi vain katsella. Mitään ei kirjattu. Tee sama uudelleen, kun se ottaa, tai kysy palvelimen ylläpitäjältä.
error-server-full = Myymälän palvelin ei päästä nyt enempää sisään. Mitään ei kirjattu. Sulje ohjelmat, joita kukaan ei tarvitse, tai pyydä palvelimen ylläpitäjää sallimaan useampia yhteyksiä, ja yritä uudelleen.
error-print = Kuitti ei tulostunut: { $error }
error-other = Se ei onnistunut: { $error }
error-pin-not-given = Tätä PIN-koodia ei ole annettu tällä ohjelmalla, joten se ei päästä ketään sisään. Mitään ei kirjattu. Pyydä esihenkilöltä uusi kohdasta Väki.
error-known-again = Nämä kirjat ovat vanhempi kopio, jossa on taas { $count ->
    [one] yksi henkilö, joka
   *[other] { $count } henkilöä, jotka
} on poistettu sen jälkeen. Poistoa ei voitu tehdä siinä, joten siitä ei näytetä mitään eikä mitään kirjattu: { $reason } Pane tilalle uusin ehjä varmuuskopio: courtesy restore.
error-only-pin-missing = Henkilö { $no } on tallennettu tositteella { $number }. Vain PIN-koodia ei voitu asettaa ({ $error }): uusi henkilö ei vielä pääse sisään, ja jolla oli PIN-koodi, pitää sen. Tallenna uudelleen, se ei kirjaa mitään kahdesti, tai anna vähintään samanarvoisen esihenkilön asettaa se.

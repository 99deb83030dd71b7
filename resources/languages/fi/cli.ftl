# Mitä komentorivi sanoo.

cli-set-up = Myymälä on perustettu tietokantaan { $path }. Palautuskoodi, näytetään kerran, myymälän kassakaappiin: { $code }
cli-batch-done = { $done ->
    [one] { $done } pyyntö tehty
   *[other] { $done } pyyntöä tehty
}, { $refused ->
    [0] yhtään ei evätty.
    [one] { $refused } evätty.
   *[other] { $refused } evätty.
}
cli-verified = { $wrong ->
    [0] Kirjat ovat kunnossa.
    [one] { $wrong } kohta on väärin; mitään ei muutettu.
   *[other] { $wrong } kohtaa on väärin; mitään ei muutettu.
} { $notes ->
    [0] Ei huomautuksia.
    [one] { $notes } huomautus.
   *[other] { $notes } huomautusta.
}
cli-receipt-disagrees = Kuitti ja kirja eivät täsmää. Älä maksa sen perusteella mitään; näytä molemmat esihenkilölle.
cli-nothing-found = hakusanalla ”{ $text }” ei löytynyt mitään; kokeile nimen osaa, puhelinnumeroa, korttia tai laskun numeroa
cli-import-lines = { "  " }luettu     { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}, summa { $sum }
cli-import-kept = { "  " }tuotu      { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}, { $bills ->
    [one] { $bills } lasku
   *[other] { $bills } laskua
} ({ $new } uutta, { $same } ennestään), summa { $sum }, kirjoissa { $rounded }
cli-import-members = { "  " }jäsenet    { $new } uutta tai muuttunutta, { $same } ennestään
cli-import-aside = { "  " }sivussa    { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}, { $bills ->
    [one] { $bills } lasku
   *[other] { $bills } laskua
}{ $bills ->
    [0] {""}
   *[other] ; katso komennolla courtesy verify
}
cli-import-rejected = { "  " }hylätty    { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}, { $rows ->
    [one] { $rows } tietue
   *[other] { $rows } tietuetta
}
cli-import-changed = { "  " }muuttunut  { $lines ->
    [one] { $lines } rivi
   *[other] { $lines } riviä
}, { $bills ->
    [one] { $bills } lasku
   *[other] { $bills } laskua
}; kirjoissa niiden sisältö on toinen, niistä ei kirjoitettu mitään:
cli-import-erased = { "  " }poistettu  { $bills ->
    [one] { $bills } ennestään kirjoissa oleva lasku on henkilön, joka
   *[other] { $bills } ennestään kirjoissa olevaa laskua on henkilöiden, jotka
} on sittemmin poistettu; ne pysyvät ennallaan, eikä ketään luotu uudelleen
cli-import-rejects = lukukelvottomat rivit ovat tiedostossa { $path }
cli-clock-right = Tämän koneen kelloa ei epäile kukaan.
cli-recovered = Esihenkilöllä on uusi PIN-koodi. Säilytä palautuskoodi kassakaapissa.
cli-new-code = Uusi palautuskoodi, näytetään kerran, myymälän kassakaappiin; entinen ei enää kelpaa: { $code }
cli-conformance-line = Sama kappale palautettu joka kassalta yhtä aikaa: { $tried } kierrosta, { $wrong } väärin
cli-conformance-credit = Sama hyvitys käytetty joka kassalta yhtä aikaa: { $tried } kierrosta, { $wrong } väärin
cli-conformance-approval = Sama hyväksyntä käytetty joka kassalta yhtä aikaa: { $tried } kierrosta, { $wrong } väärin
cli-conformance-limit = Saman virkailijan raja täytetty joka kassalta yhtä aikaa: { $tried } kierrosta, { $wrong } väärin
cli-conformance-request = Sama pyyntö lähetetty joka kassalta yhtä aikaa: { $tried } kierrosta, { $wrong } väärin
cli-conformance-counter = Sama numerosarja joka kassalla: { $tried } kierrosta, { $wrong } väärin
cli-conformance-answer = Vastauksia kadotettu tallennuksen aikana: { $tried } kadotettu, { $wrong } väärin
cli-conformance-books = Kirjat kaiken jälkeen: { $tried } tarkistus, { $wrong } väärin
cli-conformance-passed = Tälle palvelimelle voi uskoa kirjat, sikäli kuin kokeiltiin.
cli-conformance-failed = Älä usko kirjoja tälle palvelimelle. Mitään omaasi ei muutettu.
cli-stage-copying = Kopioidaan
cli-stage-checking = Tarkistetaan
cli-backed-up = { $path } on ehjä varmuuskopio: { $documents ->
    [one] { $documents } tosite
   *[other] { $documents } tositetta
}, kaikki summat laskettu uudelleen.
cli-backup-removed = { $path } poistettiin; uudempia on tarpeeksi.
cli-backup-bad = { $path } on vioittunut eikä kelpaa varmuuskopioksi; se jätettiin paikalleen. Tarkista levy, jolla se on.
cli-restored = { $path } sisältää nyt varmuuskopion: { $documents ->
    [one] { $documents } tosite
   *[other] { $documents } tositetta
}, kaikki summat laskettu uudelleen.
cli-restore-kept = Aiemmat kirjat ovat tiedostossa { $path }. Varmuuskopion jälkeen kirjattu on vain siellä: vertaa ennen kuin maksat niiden perusteella uudelleen. Pidemmälle ehtinyt piste vain lukee, kunnes esihenkilö vahvistaa palautuksen (re_anchor).
cli-restore-erased = { $count ->
    [one] Yksi tämän varmuuskopion henkilö on poistettu sen jälkeen
   *[other] { $count } tämän varmuuskopion henkilöä on poistettu sen jälkeen
}, ja heidät poistetaan siitäkin heti, kun piste tai komento avaa sen.
cli-restore-unread = aiempia kirjoja ei voitu lukea, joten ei tiedetä, olivatko ne tämän liikkeen; ne säilytettiin sellaisinaan
cli-exported = { $path }: { $rows ->
    [one] { $rows } rivi
   *[other] { $rows } riviä
}, { $desks ->
    [one] { $desks } piste
   *[other] { $desks } pistettä
}. Siinä on kaikki, myös henkilötiedot: vain sen omistaja saa lukea sitä.
cli-imported-books = { $path } sisältää nyt kirjat: { $rows ->
    [one] { $rows } rivi
   *[other] { $rows } riviä
}, { $desks ->
    [one] { $desks } piste
   *[other] { $desks } pistettä
}; saldot ja kunkin pisteen viimeinen tosite ovat samat, kaikki summat laskettu uudelleen. Lopeta nyt vanhan tietokannan käyttö. Avaimet eivät siirtyneet: piste jatkaa täällä, kun on ajettu courtesy recover ja sitten re_anchor.
cli-person-taken = { $path } on jo olemassa; mitään ei kirjoitettu. Anna nimi, jota ei vielä ole.
cli-person-exported = Tiedostossa { $path } on kaikki, mitä tästä henkilöstä tiedetään. Vain omistaja saa lukea sen: anna se henkilölle ja poista se sitten.
cli-person-would = Tämä poistaisi sen, kuka { $name } on: nimen, puhelimen, osoitteet, syntymäpäivän, kassan numeron, huomautukset ja tälle koneelle tallennetut kuitit. Tositteet, summat ja kortit säilyvät. Mitään ei vielä tehty; lisää --yes, niin se tehdään.
cli-person-erased = Poistettu tositteella { $number }: mikään tietokannassa ei enää kerro, kuka tämä oli. Aiemmin tehdyissä varmuuskopioissa henkilö on, kunnes ne hävitetään, samoin kassassa, tuoduissa tiedostoissa ja niiden hylkäyksissä, tulostimen omassa työluettelossa ja palvelimen arkistoiduissa lokeissa.
cli-person-erased-books = Poistettu kirjoista tositteella { $number }, mutta ei vielä kaikista tietokannan tiedostoista.
cli-person-copies = Näissä kirjojen vanhemmissa kopioissa henkilö voi vielä olla:

cli-keys-exported = { $count ->
    [one] { $count } salaisuus on kopioitu. Säilytä tiedosto varmassa paikassa, mutta ei tietokannan kopioiden luona.
   *[other] { $count } salaisuutta on kopioitu. Säilytä tiedosto varmassa paikassa, mutta ei tietokannan kopioiden luona.
}
cli-keys-imported = { $count ->
    [0] Mitään ei puuttunut; yhtään avainta ei muutettu.
    [one] { $count } salaisuus on palautettu. Aja courtesy verify.
   *[other] { $count } salaisuutta on palautettu. Aja courtesy verify.
}

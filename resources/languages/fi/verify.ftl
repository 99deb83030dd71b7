# Mitä kirjojen tarkistus löytää: missä se on, mitä se merkitsee rahoille ja mitä pitää tehdä.

verify-file = Tietokanta on vioittunut: { $text }. Lukuja on voinut kadota. Lopeta kirjaaminen ja palauta viimeisin ehjä varmuuskopio.
verify-gap = Piste { $desk }: tosite { $number } puuttuu. Rahaa on voinut liikkua ilman merkintää. Lopeta kirjaaminen tällä pisteellä ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-counter = Piste { $desk } laski numeroon { $counted }, mutta sen viimeinen tosite on { $last }. Tositteita on katkaistu pois tai lisätty muulla tavoin. Lopeta kirjaaminen tällä pisteellä ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-chain = Tositetta { $number } on muutettu kirjaamisen jälkeen, tai se ei seuraa edellistä. Sen summiin ei voi luottaa, eikä siihen, mikä niihin nojaa, kuten rajaan, jonka toinen tosite näyttää ylittäneen. Vertaa sitä paperikuittiin ja palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO.
verify-unreadable = Tositetta { $number } ei voi lukea. Siitä ei selviä, mitä kirjattiin, ja se, mitä se teki henkilöille, hyväksynnöille, säännöille, avaimille, maksuille tai saldoille, voi näkyä täällä virheenä vain siksi. Palauta viimeisin ehjä varmuuskopio ennen kuin korjaat muuta: courtesy restore TIEDOSTO.
verify-column = Tosite { $number }: luetteloiden ”{ $column }” ei ole se, mitä tosite sanoo. Toista niistä on muutettu. Vertaa molempia paperikuittiin tai viimeisimpään ehjään varmuuskopioon ennen kuin luotat kumpaankaan.
verify-unbalanced = Tositteen { $number } kirjaus ei täsmää: ero on { $difference }. Kirjat eivät täsmää sen verran. Palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO. Jos sekin sanoo samaa, ilmoita ohjelman virheestä.
verify-beside = Tosite { $number }: sen mukana kirjattu ei ole se, mitä tosite sanoo. Saldot ja palautettavissa olevat määrät voivat olla väärin. Palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO.
verify-nobodys = Numerolla { $number } on kirjattu jotakin, mutta yhdelläkään tositteella ei ole sitä numeroa. Saldot, jäsenyydet ja palautettavissa olevat määrät voivat olla väärin. Palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO.
verify-note = Tositteen { $number } huomautus ei ole se, joka sen mukana kirjoitettiin, tai se on poissa, vaikka henkilöä ei ole poistettu. Summiin se ei vaikuta. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-line-pieces = Lasku { $bill }, rivi { $line }: myyty { $sold }, palautettu { $returned }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-line-money = Lasku { $bill }, rivi { $line }: maksettu { $paid }, annettu takaisin { $given }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-payment = Lasku { $bill }, maksu { $payment }: maksettu { $paid }, annettu takaisin { $given }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-credit = Hyvitys { $code } näyttää { $balance }, mutta sen tositteista tulee { $events }. Älä lunasta sitä ennen kuin se on korjattu. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-payout-state = Tosite { $number }, maksu { $payout }: sen tila ei ole se, jonka tositteet tekivät. Se voidaan maksaa kahdesti tai ei koskaan. Tarkista päätteeltä ennen maksamista.
verify-bill-changed = Lasku { $bill } ei ole sellainen kuin se tuli. Siihen, mitä se antaisi takaisin, ei voi luottaa. Vertaa sitä kassan omaan merkintään.
verify-bill-unbalanced = Lasku { $bill } ei täsmää. Siihen, mitä se antaisi takaisin, ei voi luottaa. Vertaa sitä kassan omaan merkintään.
verify-policy = Kaupan sääntöjen versio { $version } ei ole se, joka otettiin käyttöön. Ratkaisut voivat olla väärin, samoin se, mitä täällä sanotaan rajoista. Ota oikeat säännöt käyttöön uudelleen.
verify-seal = Tositteen { $number } tarkistuspistettä ei ole allekirjoitettu pisteen avaimella. Ketjun on sinetöinyt joku, jolla ei ole siihen oikeutta. Sitä ennen kirjattuun ei voi luottaa. Lopeta kirjaaminen ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-seal-elsewhere = Tositteen { $number } tarkistuspiste nimeää toisen summan kuin siinä on. Ketju on tehty uudelleen sinetöinnin jälkeen, eikä sen summiin voi luottaa. Lopeta kirjaaminen ja palauta viimeisin ehjä varmuuskopio.
verify-seal-missing = Tosite { $number } sulki vuoron, mutta sen tarkistuspiste puuttuu. Summiin se ei vaikuta, mutta mikään ei takaa niitä. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-key = Piste { $desk }: avain { $no } ei ole se, jonka tosite toi. Sen haltija voisi sinetöidä vääriä kirjoja. Lopeta kirjaaminen tällä pisteellä ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-behind = Piste { $desk }: tämä kone muistaa tositteen { $number }, mutta { $left ->
    [0] kirjassa ei ole tältä pisteeltä yhtään
   *[other] kirja päättyy tositteeseen { $last }
}. Loppu on katkaistu pois, tai tilalle on pantu vanhempi kopio: sillä välin palautettu ei ole siinä ja voitaisiin maksaa kahdesti. Palauta uusin ehjä varmuuskopio. Jos vanhempi kopio on pantu tarkoituksella, esihenkilö vahvistaa sen ikkunan kohdassa Vuoro tai pyynnöllä ”re_anchor”.
verify-rebuilt = Piste { $desk }: tosite { $number } ei ole se, jonka tämä kone muistaa. Ketju on tehty uudelleen sopivin summin, eikä sen summiin voi luottaa. Palauta viimeisin ehjä varmuuskopio. Jos kirjat on palautettu tarkoituksella ja niitä on jatkettu muualla, esihenkilö vahvistaa sen ikkunan kohdassa Vuoro tai pyynnöllä ”re_anchor”.
verify-forgotten = Piste { $desk }: se, mitä tämä kone muistaa kirjasta, puuttuu tai ei ole luettavissa. Täältä ei voi sanoa, onko kirjan loppu katkaistu. Palauta tietokannan viereinen kansio ennalleen. Jos kirjat on tuotu tälle koneelle tarkoituksella, esihenkilö vahvistaa sen ikkunan kohdassa Vuoro tai pyynnöllä ”re_anchor”.
verify-key-lost = Piste { $desk }: sen allekirjoitusavain puuttuu tältä koneelta tai ei ole luettavissa. Summiin se ei vaikuta, mutta vuoroja ei voi sinetöidä. Palauta tietokannan viereinen kansio ennalleen. Jos kirjat on tuotu tälle koneelle tarkoituksella, esihenkilö vahvistaa sen ikkunan kohdassa Vuoro tai pyynnöllä ”re_anchor”, joka tekee uuden avaimen.
verify-staff = Henkilö { $person } ei ole sellainen kuin tositteet hänestä tekivät: nimi, rooli, kieli tai työsuhde. Joku voi hyväksyä, vaikka ei saisi. Pyydä esihenkilöä asettamaan tiedot uudelleen ja vaihda PIN-koodi.
verify-approval = Tositteen { $number } hyväksyntää ei ole merkitty käytetyksi, joten sitä voisi käyttää uudelleen. Vertaa viimeiseen ehjään varmuuskopioon.
verify-approval-alone = Henkilön { $person } hyväksyntä ({ $digest }) on merkitty käytetyksi, mutta mikään tosite ei kanna sitä. Tosite voi puuttua. Vertaa viimeiseen ehjään varmuuskopioon.
verify-member = Jäsen { $member }: asema, talous, kortit tai kaudet eivät ole sitä, mitä tositteet niistä tekivät. Joku voi saada palvelua, vaikka ei saisi, tai päinvastoin. Vertaa viimeiseen ehjään varmuuskopioon.
verify-member-unreadable = Jäsen { $member }: hänestä kirjattua ei voi lukea, oli se liittymispäivä, asema tai talous. Joku voi saada palvelua, vaikka ei saisi, tai maksu voidaan palauttaa väärin; tositteisiin se ei vaikuta. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-shop-gone = Itse myymälä on poissa näistä kirjoista, vaikka sen tositteet, laskut tai henkilökunta ovat tallella. Mikään piste ei avaa niitä; niissä oleviin summiin se ei vaikuta. Älä perusta niiden päälle uutta myymälää: palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO.
verify-zone = Myymälän aikavyöhyke on ”{ $zone }”, jota tämä kone ei tunne. Mikään piste ei avaudu, koska kukaan ei voi sanoa, mitä päivää myydään; summiin se ei vaikuta. Palauta viimeisin ehjä varmuuskopio: courtesy restore TIEDOSTO. Jos toinen kone avaa nämä kirjat, korjaa tämän koneen aikavyöhyketiedot.
verify-events = Pisteen { $desk } muiden tapahtumien luettelossa on aukkoja tai sitä on muutettu. Jälkiä yrityksistä ja muutoksista on poistettu. Vertaa viimeiseen ehjään varmuuskopioon.
verify-tries = PIN-yritysten luettelossa on aukkoja tai sitä on muutettu, joten lukitus on voitu poistaa muuta kautta. Vaihda hyväksyjien PIN-koodit.
verify-bills-brought = Laskut eivät ole ne, jotka tuotiin: osa puuttuu tai on tullut muulla tavoin. Se, minkä puuttuva lasku antoi takaisin kassalla, voitaisiin antaa täällä uudelleen. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-members-brought = Jäsenten mukana tuodut kortit, kaudet tai liittymispäivät eivät ole sellaisia kuin ne tulivat. Maksu voidaan palauttaa väärin. Vertaa viimeisimpään ehjään varmuuskopioon ennen maksujen palauttamista.
verify-sealed = ”{ $what }” ei ole sellainen kuin se sinetöitiin, kun se viimeksi asetettiin. Joku voi päästä sisään, vaikka ei saisi, tai säännöt ja kuitit voivat olla väärin. Vertaa viimeisimpään ehjään varmuuskopioon ja aseta PIN-koodit uudelleen.
verify-search = Se, mitä haku tietää kohteesta ”{ $what }”, ei ole sitä, mitä kirjoissa on. Sitä ei ehkä löydy, tai tilalta löytyy jotain muuta; summiin se ei vaikuta. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-paper = Tositteen { $number } kuitteja ei ole laskettu niin kuin niitä pyydettiin. Kuitti voi tulostua ilman merkintää kopiosta; summiin se ei vaikuta. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-seen = Tosite { $number } ei perustunut siihen, mitä kirjanpidossa oli sen vuorolla, joten se on voinut antaa jotakin takaisin kahdesti tai väärän summan. Katso laskun tositteet ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-past-limit = Tosite { $number } ylitti sen, mitä päivän säännöt sallivat, eikä sillä ole siihen tarvittua hyväksyntää. Summiin se ei vaikuta, mutta raha on voinut lähteä ilman kenenkään lupaa. Kysy, kuka sen kirjasi, ja katso, mitä hän antoi sinä päivänä.
verify-past-limit-together = Usean pisteen tositteet, niiden joukossa { $number }, antoivat yhdessä enemmän kuin säännöt sallivat ilman hyväksyntää. Summiin se ei vaikuta, mutta osa rahasta on voinut lähteä ilman kenenkään lupaa. Katso, mitä sinä päivänä annettiin samalle jäsenelle tai laskulle tai saman henkilön tai kuukauden aikana.
verify-named = Tositteessa { $number } on sanoja, jotka kertovat, kuka jäsen on, ja tositteet säilyvät, kun jäsen poistetaan. Summiin se ei vaikuta. Kerro henkilötiedoista vastaavalle äläkä kirjoita nimiä syihin ja viitteisiin.
verify-card-number = Maksukortin numero on tallessa: { $place } { $of }. Summiin se ei vaikuta, mutta kirjanpidon lukija voi käyttää korttia väärin. Kerro korttitiedoista vastaavalle ja selvitä, missä se kirjoitettiin tai mistä se tuli.
verify-payout-due = Tosite { $number }, maksu { $payout }: { $amount } kortille on vielä maksamatta. Kirjaa, mitä pääte teki.
verify-unerased = { $count ->
    [one] { $count } poisto on tietokannan tiedostoissa kesken: henkilö on poissa kirjoista, mutta hänen tietojaan voi vielä olla niissä.
   *[other] { $count } poistoa on tietokannan tiedostoissa kesken: henkilöt ovat poissa kirjoista, mutta heidän tietojaan voi vielä olla niissä.
} Summiin se ei vaikuta. Sulje muut näitä kirjoja käyttävät ikkunat ja avaa kirjat uudelleen. Jos ne ovat palvelimella, jonka tietokantaa tämän ohjelman rooli ei omista, pyydä ylläpitäjää tekemään roolista omistaja tai ajamaan VACUUM FULL pg_catalog.pg_statistic, ja avaa ne sitten.
verify-unheld = PIN-koodeja, ensimmäisiä sääntöjä ja asetuksia ei voitu verrata niiden sinetteihin: salaisuus, jolla ne on sinetöity, puuttuu tältä koneelta tai ei ole luettavissa. Summiin se ei vaikuta, mutta ilman sitä kukaan ei kirjaudu täällä sisään. Palauta tietokannan viereinen kansio ennalleen tai päästä esihenkilö sisään palautuskoodilla: courtesy recover.
verify-till-overshoot = Lasku { $bill }, rivi { $line }: myyty { $sold }, kassan omien palautusten kanssa palautettu { $returned }. Siitä ei palauteta täällä enempää. Selvitä, kuka otti ne takaisin kassalla.
verify-kept-aside = Lasku { $key } lähteestä { $source } on pantu sivuun eikä ole mukana missään: { $reason }. Korjaa se kassalla ja tuo uudelleen, tai jätä sivuun.

# Mikä pitää, ja montako asiaa katsottiin.

holds-file = Tietokanta on ehjä.
holds-numbers = { $count ->
    [one] { $count } tositenumerossa ei ole aukkoa.
   *[other] { $count } tositenumerossa ei ole aukkoja.
}
holds-chain = { $count ->
    [one] { $count } tosite seuraa edellistä summansa mukaan.
   *[other] { $count } tositetta seuraa kukin edellistä summansa mukaan.
}
holds-seals = { $count ->
    [one] { $count } tarkistuspiste on pisteen omalla avaimella allekirjoitettu ja nimeää sen, mitä ketjussa on.
   *[other] { $count } tarkistuspistettä on pisteen omalla avaimella allekirjoitettu ja nimeää sen, mitä ketjussa on.
}
holds-keys = { $count ->
    [one] { $count } pisteen avain on otettu käyttöön niin kuin pitää.
   *[other] { $count } pisteiden avainta on otettu käyttöön niin kuin pitää.
}
holds-outside = { $count ->
    [one] { $count } piste on siinä, missä tämä kone muistaa sen olleen.
   *[other] { $count } pistettä on siinä, missä tämä kone muistaa niiden olleen.
}
holds-columns = { $count ->
    [one] { $count } tosite näkyy luetteloissa oikein.
   *[other] { $count } tositetta näkyy luetteloissa oikein.
}
holds-balance = { $count ->
    [one] { $count } kirjauksen summa on nolla.
   *[other] { $count } kirjauksen summa on kunkin nolla.
}
holds-beside = { $count ->
    [one] { $count } tosite kirjasi sen, mitä siinä sanotaan.
   *[other] { $count } tositetta kirjasi sen, mitä niissä sanotaan.
}
holds-lines = { $count ->
    [one] { $count } palautettu laskurivi ei antanut takaisin enempää kuin myytiin.
   *[other] { $count } palautettua laskuriviä ei antanut takaisin enempää kuin myytiin.
}
holds-payments = { $count ->
    [one] { $count } maksu ei antanut takaisin enempää kuin sillä maksettiin.
   *[other] { $count } maksua ei antanut takaisin enempää kuin niillä maksettiin.
}
holds-credits = { $count ->
    [one] { $count } hyvityksessä on se, mitä sen tositteista tulee.
   *[other] { $count } hyvityksessä on se, mitä niiden tositteista tulee.
}
holds-payouts = { $count ->
    [one] { $count } maksu on siinä tilassa, johon tositteet sen jättivät.
   *[other] { $count } maksua on siinä tilassa, johon tositteet ne jättivät.
}
holds-bills = { $count ->
    [one] { $count } lasku on sellainen kuin se tuli, ja täsmää.
   *[other] { $count } laskua on sellaisia kuin ne tulivat, ja täsmää.
}
holds-rules = { $count ->
    [one] { $count } sääntöversio on se, joka otettiin käyttöön.
   *[other] { $count } sääntöversiota on ne, jotka otettiin käyttöön.
}
holds-staff = { $count ->
    [one] { $count } henkilökunnan jäsen on sellainen kuin tositteet hänestä tekivät.
   *[other] { $count } henkilökunnan jäsentä on sellaisia kuin tositteet heistä tekivät.
}
holds-approvals = { $count ->
    [one] { $count } hyväksyntä on käytetty kerran.
   *[other] { $count } hyväksyntää on käytetty kukin kerran.
}
holds-members = { $count ->
    [one] { $count } jäsenen tiedot ovat sitä, mitä tositteet niistä tekivät.
   *[other] { $count } jäsenen tiedot ovat sitä, mitä tositteet niistä tekivät.
}
holds-events = { $count ->
    [one] { $count } muussa tapahtumassa ei ole aukkoa.
   *[other] { $count } muussa tapahtumassa ei ole aukkoja.
}
holds-brought = { $count ->
    [one] { $count } lasku, kortti tai kausi on sellainen kuin se tuotiin.
   *[other] { $count } laskua, korttia ja kautta on sellaisia kuin ne tuotiin.
}
holds-sealed = { $count ->
    [one] { $count } asia, jota tositteet eivät kerro, on sellainen kuin se sinetöitiin.
   *[other] { $count } asiaa, joita tositteet eivät kerro, on sellaisia kuin ne sinetöitiin.
}
holds-paper = { $count ->
    [one] { $count } kuitti on pyydetty kerran.
   *[other] { $count } kuittia on pyydetty kukin kerran.
}
holds-search = { $count ->
    [one] { $count } jäsen, kortti tai tuote löytyy sellaisena kuin se on.
   *[other] { $count } jäsentä, korttia ja tuotetta löytyy sellaisina kuin ne ovat.
}
holds-seen = { $count ->
    [one] { $count } tositteen rivi perustui siihen, mitä kirjanpidossa oli.
   *[other] { $count } tositteiden riviä perustui siihen, mitä kirjanpidossa oli.
}
holds-limits = { $count ->
    [one] { $count } tosite ei antanut enempää kuin sai.
   *[other] { $count } tositetta ei antanut enempää kuin sai.
}
holds-names = { $count ->
    [one] { $count } tositteessa ei ole kenenkään nimeä.
   *[other] { $count } tositteessa ei ole kenenkään nimeä.
}
holds-cards = { $count ->
    [one] { $count } tekstissä ei ole korttinumeroa.
   *[other] { $count } tekstissä ei ole korttinumeroa.
}

# Missä maksukortin numero voi olla; asian numero seuraa.

card-in-document = tosite
card-in-note = tositteen huomautus, tosite
card-in-person = jäsenen tiedot, jäsen
card-in-bill = lasku
card-in-event = muu tapahtuma, piste
card-in-rules = säännöt, versio
card-in-staff = henkilökunnan nimi, henkilö
card-in-shop = kaupan tiedot,

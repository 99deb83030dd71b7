# Mitä kirjojen tarkistus löytää: missä se on, mitä se merkitsee rahoille ja mitä pitää tehdä.

verify-file = Tietokantatiedosto on vioittunut: { $text }. Lukuja on voinut kadota. Lopeta kirjaaminen ja palauta viimeisin ehjä varmuuskopio.
verify-gap = Tiski { $desk }: tosite { $number } puuttuu. Rahaa on voinut liikkua ilman merkintää. Lopeta kirjaaminen tällä tiskillä ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-counter = Tiski { $desk } laski numeroon { $counted }, mutta sen viimeinen tosite on { $last }. Tositteita on katkaistu pois tai lisätty muulla tavoin. Lopeta kirjaaminen tällä tiskillä ja vertaa viimeisimpään ehjään varmuuskopioon.
verify-chain = Tositetta { $number } on muutettu kirjaamisen jälkeen, tai se ei seuraa edellistä. Sen summiin ei voi luottaa. Vertaa sitä paperikuittiin ja viimeisimpään ehjään varmuuskopioon.
verify-unreadable = Tositetta { $number } ei voi lukea. Siitä ei selviä, mitä kirjattiin. Palauta se viimeisimmästä ehjästä varmuuskopiosta.
verify-column = Tosite { $number }: luetteloiden ”{ $column }” ei ole se, mitä tosite sanoo. Tosite itse pitää. Vertaa viimeisimpään ehjään varmuuskopioon ennen kuin luotat luetteloihin.
verify-unbalanced = Tositteen { $number } kirjaus ei täsmää: ero on { $difference }. Kirjat eivät täsmää sen verran. Ilmoita siitä ja korjaa se uudella tositteella.
verify-beside = Tosite { $number }: sen mukana kirjattu ei ole se, mitä tosite sanoo. Saldot ja palautettavissa olevat määrät voivat olla väärin. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-line-pieces = Lasku { $bill }, rivi { $line }: myyty { $sold }, palautettu { $returned }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-line-money = Lasku { $bill }, rivi { $line }: maksettu { $paid }, annettu takaisin { $given }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-payment = Lasku { $bill }, maksu { $payment }: maksettu { $paid }, annettu takaisin { $given }. Takaisin on annettu liikaa. Katso laskun tositteet.
verify-credit = Hyvitys { $code } näyttää { $balance }, mutta sen tositteista tulee { $events }. Älä lunasta sitä ennen kuin se on korjattu. Vertaa viimeisimpään ehjään varmuuskopioon.
verify-payout-state = Tosite { $number }, maksu { $payout }: sen tila ei ole se, jonka tositteet tekivät. Se voidaan maksaa kahdesti tai ei koskaan. Tarkista päätteeltä ennen maksamista.
verify-bill-changed = Lasku { $bill } ei ole sellainen kuin se tuli. Siihen, mitä se antaisi takaisin, ei voi luottaa. Vertaa sitä kassan omaan merkintään.
verify-bill-unbalanced = Lasku { $bill } ei täsmää. Siihen, mitä se antaisi takaisin, ei voi luottaa. Vertaa sitä kassan omaan merkintään.
verify-policy = Kaupan sääntöjen versio { $version } ei ole se, joka otettiin käyttöön. Ratkaisut voivat olla väärin. Ota oikeat säännöt käyttöön uudelleen.
verify-staff = Henkilö { $person } ei ole sellainen kuin tositteet hänestä tekivät: nimi, rooli, kieli tai työsuhde. Joku voi hyväksyä, vaikka ei saisi. Pyydä esihenkilöä asettamaan tiedot uudelleen ja vaihda PIN-koodi.
verify-approval = Tositteen { $number } hyväksyntää ei ole merkitty käytetyksi, joten sitä voisi käyttää uudelleen. Vertaa viimeiseen ehjään varmuuskopioon.
verify-approval-alone = Henkilön { $person } hyväksyntä ({ $digest }) on merkitty käytetyksi, mutta mikään tosite ei kanna sitä. Tosite voi puuttua. Vertaa viimeiseen ehjään varmuuskopioon.
verify-member = Jäsen { $member }: asema, talous, kortit tai kaudet eivät ole sitä, mitä tositteet niistä tekivät. Joku voi saada palvelua, vaikka ei saisi, tai päinvastoin. Vertaa viimeiseen ehjään varmuuskopioon.
verify-events = Tiskin { $desk } muiden tapahtumien luettelossa on aukkoja. Jälkiä yrityksistä ja muutoksista on poistettu. Vertaa viimeiseen ehjään varmuuskopioon.
verify-tries = PIN-yritysten luettelossa on aukkoja, joten lukitus on voitu poistaa muuta kautta. Vaihda hyväksyjien PIN-koodit.
verify-payout-due = Tosite { $number }, maksu { $payout }: { $amount } kortille on vielä maksamatta. Kirjaa, mitä pääte teki.
verify-till-overshoot = Lasku { $bill }, rivi { $line }: myyty { $sold }, kassan omien palautusten kanssa palautettu { $returned }. Siitä ei palauteta täällä enempää. Selvitä, kuka otti ne takaisin kassalla.
verify-kept-aside = Lasku { $key } lähteestä { $source } on pantu sivuun eikä ole mukana missään: { $reason }. Korjaa se kassalla ja tuo uudelleen, tai jätä sivuun.

# Mitä sääntö sanoo, sellaisin sanoin, jotka voi lukea asiakkaalle tiskillä. `.short` on sama rivin vieressä olevassa merkissä.

# Tavarat takaisin. `text` on tavara, `window` se, miksi kauppa sellaisia tavaroita kutsuu.
ruling-any-time = { $text }: palauttaa voi milloin vain.
    .short = Milloin vain
ruling-in-window = { $window }: palautusaika on { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}. Tämä ostettiin { $age ->
    [0] tänään
    [one] eilen
   *[other] { $age } päivää sitten
}, joten palautuksen viimeinen päivä on { $until }.
    .short = { $until } asti
ruling-window-over-ask = { $window }: palautusaika on { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}. Tämä ostettiin { $age ->
    [one] { $age } päivä sitten
   *[other] { $age } päivää sitten
}. Palautus onnistuu vielä { $role-owner } hyväksynnällä.
    .short = { $age }/{ $days } päivää
ruling-window-over = { $window }: palautusaika on { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}. Tämä ostettiin { $age ->
    [one] { $age } päivä sitten
   *[other] { $age } päivää sitten
}, joten emme voi enää ottaa sitä takaisin.
    .short = { $age }/{ $days } päivää
ruling-never-comes-back = { $text }: tuotteella ei ole palautusoikeutta ({ $window }).
    .short = Ei palautusoikeutta
ruling-none-left = { $text } on jo palautettu, siitä ei ole enää mitään jäljellä.
    .short = Ei jäljellä
ruling-nothing-of-it = { $text }: palautettavaa ei ole.
    .short = Ei jäljellä
ruling-can-still-come-back = { $text }: vielä voidaan palauttaa { $left }, ei { $asked }.
    .short = Jäljellä { $left }
ruling-item-never-bought = { $text }: jäsenen laskuilla ei ole tätä palautettavana.
ruling-quantity-nothing = Palautettavaa määrää ei ole vielä annettu. Sen on oltava enemmän kuin nolla.
ruling-no-goods-picked = Yhtään riviä ei ole vielä valittu. Valitse, mitä palautetaan.
ruling-nothing-left = Tällä laskulla ei ole enää palautettavaa.
ruling-changed-since-seen = { $text } muuttui sillä välin: nyt on palautettu { $now }, ei { $seen }. Katso uudelleen ennen kirjaamista.
    .short = Muuttunut

# Paljonko yksi henkilö voi myöntää itse. `amount` on kaikki, mikä lasketaan yhteen.
ruling-within-limit = { $amount } on summa, jonka voin myöntää itse.
ruling-above-limit = Koska summa on yhteensä { $amount } ja rajani on { $limit }, tarvitaan { $role-owner } hyväksyntä. Se vie vain hetken.
ruling-beyond-limit = { $amount } on enemmän kuin kukaan täällä voi myöntää.
ruling-goodwill-budget = Tämän jälkeen pahoitteluhyvityksiä on annettu tänään { $amount }.
ruling-goodwill-budget-over = Tämän jälkeen pahoitteluhyvityksiä olisi annettu tänään { $amount } ja rajani on { $limit }, joten tarvitaan { $role-owner } hyväksyntä.
ruling-goodwill-member = Tämän jälkeen hyvityksiä on saatu { $amount } kahdentoista kuukauden aikana.
ruling-goodwill-member-over = Tämän jälkeen hyvityksiä olisi saatu { $amount } kahdentoista kuukauden aikana ja tavallinen raja on { $limit }, joten tarvitaan { $role-owner } hyväksyntä.
ruling-goodwill-shop = Tämän jälkeen liike on antanut hyvityksiä { $amount } tässä kuussa.
ruling-goodwill-shop-over = Tämän jälkeen liike olisi antanut hyvityksiä { $amount } tässä kuussa ja raja on { $limit }, joten tarvitaan { $role-owner } hyväksyntä.

# Mihin raha menee.
ruling-tender-allowed = Se, mikä maksettiin { $from-by }, voidaan palauttaa { $to-to }.
ruling-tender-other = Sitä, mikä maksettiin { $from-by }, ei palauteta { $to-to } ilman { $role-owner } hyväksyntää.
ruling-paid-cap = Enempää ei palauteta kuin on maksettu: laskulla { $bill } se olisi { $over } liikaa.
ruling-more-than-bill = Tästä laskusta voidaan palauttaa enää enintään { $left }.
ruling-amount-nothing = Summaa ei ole vielä annettu. Sen pitää olla yli nollan.
ruling-choose-payment = Valitse, miten maksu maksetaan.
ruling-reference-needed = Ensin tarvitaan maksupäätteen viite.
ruling-payout-not-due = Tositteella { $number } ei ole odottavaa korttipalautusta.
ruling-credit-unknown = Tällä koodilla ei ole ostohyvitystä.
ruling-credit-too-small = Ostohyvitystä on { $balance }, mikä on vähemmän kuin { $amount }.
ruling-credit-after = Ostohyvitystä on { $balance }; siitä jää { $left }.

# Hinnat.
ruling-price-difference = { $text }: hinta oli liian korkea, joten palautetaan { $difference } ja tuotteen saa pitää.
    .short = { $difference } liikaa
ruling-not-dearer = { $text }: veloitettu hinta ei ollut korkeampi, joten palautettavaa ei ole.
    .short = Ei kalliimpi
ruling-corrected-before = { $text }: hinta on jo oikaistu, ja oikaisu tehdään kerran.
    .short = Jo oikaistu
ruling-price-below-nothing = { $text }: oikea hinta ei voi olla alle nollan.
    .short = Alle nollan
ruling-line-named-twice = { $text } on mainittu kahdesti. Mainitse kukin rivi kerran.
    .short = Kahdesti
ruling-no-line-picked = Yhtään riviä ei ole vielä valittu. Valitse se, jonka hinta oli väärä.

# Jäsenyys.
ruling-member-known = Tämä jäsen on jo liittynyt.
ruling-household-free = Kortti liitetään talouteen, eikä se maksa mitään.
ruling-household-full = { $free ->
    [0] Tällä tasolla ei ole perhekorttia. Liitä henkilö jäseneksi maksua vastaan.
    [one] Tällä jäsenyydellä on jo perhekortti. Liitä henkilö jäseneksi maksua vastaan.
   *[other] Tällä jäsenyydellä on jo { $free } perhekorttia. Liitä henkilö jäseneksi maksua vastaan.
}
ruling-household-expired = Talouden jäsenyys on päättynyt. Uusi se ensin ja lisää kortti sitten.
ruling-household-unknown = Kortilla { $card } ei ole jäsenyyttä.
ruling-standing = Jäsenyyttä ei voi uusia tällaisenaan: { $standing }.
ruling-plan-unknown = Tässä liikkeessä ei ole tasoa { $plan }.
ruling-for-life = Jäsenyys on elinikäinen, sitä ei tarvitse uusia.
ruling-term-life = Jäsenyys alkaa { $start } ja on elinikäinen.
ruling-term-first = Jäsenyys alkaa { $start }, ja viimeinen voimassaolopäivä on { $end }.
ruling-term-early = Yhtään päivää ei menetetä: uusi kausi alkaa { $start }, kun vanha on päättynyt, ja viimeinen voimassaolopäivä on { $end }.
ruling-term-continued = Uusi kausi jatkuu suoraan vanhasta { $start } alkaen, ja viimeinen voimassaolopäivä on { $end }.
ruling-term-lapsed = Vanha kausi päättyi liian kauan sitten jatkuakseen, joten uusi alkaa { $start }, ja viimeinen voimassaolopäivä on { $end }.

# Mitätöinnit.
ruling-void = { $number } perutaan niin kuin sitä ei olisi ollut.
ruling-void-approved = Se oli hyväksytty, joten myös peruminen vaatii { $role-owner } hyväksynnän.
ruling-void-of-another = Sen teki joku muu, joten peruminen vaatii { $role-owner } hyväksynnän.
ruling-void-never = { $number } on sellainen, jota ei voi mitätöidä.
ruling-void-again = { $number } on jo mitätöity.
ruling-void-other-desk = { $number } kirjattiin toisessa palvelupisteessä, ja sen voi mitätöidä vain siellä.
ruling-void-other-day = { $number } on toiselta päivältä; vain saman päivän oman tositteen voi mitätöidä.
ruling-void-credit-spent = Tositteen { $number } ostohyvitystä on jo käytetty, joten sitä ei voi mitätöidä.
ruling-void-later = Tositteen { $number } varaan on kirjattu myöhempi tosite. Mitätöi se ensin.

# Kuka saa tehdä mitä.
ruling-clerk-has-left = Talosta lähtenyt ei kirjaa mitään. Vähintään saman roolin esihenkilö voi palauttaa oikeuden.
ruling-clerk-may-not = Tässä roolissa ({ $role }) voi katsoa mutta ei kirjata.
ruling-manager-may = Tähän riittää oma rooli, vähintään { $role }.
ruling-manager-needed = Tähän tarvitaan { $role-owner } hyväksyntä.
ruling-above-own-role = Kenellekään ei voi antaa omaa roolia ({ $role }) korkeampaa roolia.
ruling-own-interest = Tämä koskee omaa tai oman talouden jäsenyyttä, joten siihen tarvitaan toisen henkilön lupa: { $role-owner } hyväksyntä.
ruling-staff-member = Siihen, kuka jäsen työntekijä on, tarvitaan { $role-owner } hyväksyntä.
ruling-own-member = Omaa jäsenyyttä ei voi täällä poistaa eikä vaihtaa itse. Pyydä toista pääkäyttäjää.
ruling-clock-ahead = Tämän koneen mukaan on { $today }, { $hours } tuntia viimeisen työn ({ $last }) jälkeen. Että päivä on oikein, vaatii kerran { $role-owner } hyväksynnän.
ruling-clock-manager = Tämän koneen mukaan on { $today }, { $hours } tuntia viimeisen työn ({ $last }) jälkeen. Kirjaa vain, jos se on oikein.
ruling-own-role = Omaa roolia tai omaa työsuhdetta ei voi muuttaa itse. Pyydä toista tekemään se.
ruling-shift-opens = Tällä pisteellä ei ole avointa vuoroa; uusi alkaa.
ruling-shift-open-already = Tällä pisteellä on vuoro auki tositteesta { $number } alkaen. Sulje se ensin.
ruling-shift-closes = Tositteen { $number } avaama vuoro päättyy, ja pisteen tositteet sinetöidään.
ruling-shift-none-open = Tällä pisteellä ei ole avointa vuoroa. Suljettavaa ei ole.
ruling-key-next = Avain { $no } allekirjoittaa tästä lähtien.
ruling-key-unsigned = Voimassa oleva avain ei ole allekirjoittanut uutta. Pyydä uudelleen.
ruling-anchor-holds = Kirjat ovat siinä, missä tämä kone muistaa niiden olleen, tai ne ovat väärin tavalla, jota palautus ei selitä. Vahvistettavaa ei ole.
ruling-language-unknown = ”{ $language }” ei ole kieli, jota täällä puhutaan. Valitse en tai fi.
ruling-policy-unreadable = Sääntöjä ei voida ottaa käyttöön: { $error }
ruling-answer-unlisted = ”{ $answer }” ei ole liikkeen luettelossa. Valitse jokin siitä.

# Henkilön poistaminen.
ruling-erased-before = Siitä, kuka tämä jäsen on, ei enää tiedetä mitään. Uusi liittyminen alkaa alusta.
ruling-erase-names = Syy jää kirjoihin, joten siinä ei saa mainita henkilöä. Kirjoita se ilman nimeä.
ruling-erase-due = { $count ->
    [one] Yksi maksu tämän jäsenen kortille odottaa vielä päätettä. Selvitä se ensin.
   *[other] { $count } maksua tämän jäsenen kortille odottaa vielä päätettä. Selvitä ne ensin.
}
ruling-erase-credit = Hyvitystä on jäljellä { $amount }. Anna jäsenen käyttää se ensin; muuten tarvitaan { $role-owner } hyväksyntä, ja hyvitys kelpaa sille, joka tuo sen koodin.
ruling-erase-credit-stays = Hyvitystä on jäljellä { $amount }, ja se kelpaa sille, joka tuo sen koodin.

# Lomakkeen kentät.
fault-missing = Tämä pitää täyttää.
fault-too-long = Tämä on liian pitkä.
fault-not-a-name = Nimessä on vain kirjaimia.
fault-impossible-day = Syntymäaika ei voi olla tämä päivä.
fault-not-an-address = Tämä ei ole sähköpostiosoite. Esimerkki: nimi@example.com.
fault-not-a-number = Tämä ei ole puhelinnumero.
fault-not-plain = Tässä on merkkejä, joita ei voi tulostaa. Kirjoita se uudelleen.
fault-card-number = Tässä on maksukortin numero, jota ei säilytetä missään. Jätä se pois.

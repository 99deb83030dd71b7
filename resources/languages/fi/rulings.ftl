# Mitä sääntö sanoo, sellaisin sanoin, jotka voi lukea asiakkaalle tiskillä.

ruling-window-open = { $category }: palautusaika on { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}. Tämä ostettiin { $age ->
    [0] tänään
    [one] { $age } päivä sitten
   *[other] { $age } päivää sitten
}, joten sen voi palauttaa { $until } asti.
ruling-window-over = { $category }: palautusaika on { $days ->
    [one] { $days } päivä
   *[other] { $days } päivää
}. Tämä ostettiin { $age ->
    [one] { $age } päivä sitten
   *[other] { $age } päivää sitten
}.
ruling-window-unlimited = { $category }: palauttaa voi milloin vain.
ruling-never = { $category }: palautusoikeutta ei ole.
ruling-nothing-left = { $item } on jo palautettu kokonaan.
ruling-quantity-left = { $left ->
    [one] Enää { $left } voidaan palauttaa
   *[other] Enää { $left } voidaan palauttaa
}, ei { $asked }.
ruling-approval-limit = Koska summa ylittää rajan { $limit }, tähän tarvitaan { $role-owner } hyväksyntä. Se vie vain hetken.
ruling-tender-original = Raha palautetaan samalla tavalla kuin se maksettiin: { $amount } { $tender-to }.
ruling-tender-cap = Enintään { $cap } voidaan palauttaa { $tender-to }, koska enempää ei maksettu sillä tavalla.
ruling-cash-rounding = Käteissumma pyöristetään: { $amount }, tarkka summa { $exact }.
ruling-return-block = Tämän jäsenen palautukset on estetty { $until } asti: { $reason }.
ruling-promotion = Tuote kuului tarjoukseen. Ilman sitä itselle jäävä osa maksaa { $kept }, joten palautetaan { $back }.

ruling-renew-continues = Jäsenyys jatkuu { $from } alkaen ja on sitten voimassa { $until } asti.
ruling-renew-from-today = Jäsenyys päättyi { $ended }, joten uusi kausi alkaa tänään ja on voimassa { $until } asti.
ruling-renew-early = Jo maksetut päivät säilyvät: uusi kausi alkaa { $from } ja on voimassa { $until } asti.
ruling-renew-lifetime = Jäsenyys on elinikäinen, sitä ei tarvitse uusia.
ruling-renew-barred = Jäsenyys on päätetty meidän toimestamme, eikä sitä voi uusia tässä. { $reason }

ruling-correction = Oikea hinta on { $right }, mutta veloitettiin { $charged }. Palautetaan { $back }, ja tuotteen saa pitää.
ruling-correction-not-lower = Veloitettiin { $charged }, mikä ei ylitä hintaa { $right }, joten palautettavaa ei ole.
ruling-correction-done = Tuotteen { $item } hinta on jo oikaistu tositteella { $document }.

ruling-goodwill-budget = Tämän päivän pahoitteluvarasta { $budget } on jäljellä { $left }.
ruling-goodwill-over-budget = { $amount } on enemmän kuin mitä tämän päivän varasta { $budget } on jäljellä ({ $left }), joten tarvitaan { $role-owner } hyväksyntä.
ruling-goodwill-cap = Maksettu { $tender-by } enintään { $cap }; loput voidaan antaa ostohyvityksenä.

ruling-credit-balance = Ostohyvitystä on { $balance }, ei { $asked }.
ruling-void-day = Vain saman päivän tositteen voi mitätöidä; { $document } on päivältä { $date }.
ruling-void-twice = { $document } on itse mitätöinti, eikä mitätöintiä voi perua.
ruling-void-done = { $document } on jo mitätöity, tekijä { $by }.

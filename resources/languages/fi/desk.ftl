# Mitä palvelupiste vastaa, kun jotain ei voida tehdä: mitä tapahtui, mitä se tarkoittaa rahalle, mitä tehdään seuraavaksi.

desk-quote-changed = Jokin muuttui työn aikana, joten mitään ei kirjattu. Katso uudet luvut ja kirjaa uudelleen.
desk-approval-used = Tämä hyväksyntä on jo käytetty. Mitään ei kirjattu; pyydä uusi.
desk-approval-expired = Hyväksynnän aika umpeutui. Mitään ei kirjattu; pyydä uusi.
desk-approval-self = Omaa työtään ei voi hyväksyä itse. Pyydä toinen henkilö.
desk-pin-wrong = PIN-koodi on väärä. { $left ->
    [one] Jäljellä on { $left } yritys.
   *[other] Jäljellä on { $left } yritystä.
}
desk-pin-locked = Liian monta väärää PIN-koodia: lukittu, kunnes kello on { $until }. Toinen esihenkilö voi avata lukituksen.

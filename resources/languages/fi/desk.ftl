# Mitä palvelupiste vastaa, kun jotain ei voida tehdä: mitä tapahtui, mitä se tarkoittaa rahalle, mitä tehdään seuraavaksi.

desk-quote-changed = Jokin muuttui työn aikana, joten mitään ei kirjattu. Katso uudet luvut ja kirjaa uudelleen.

desk-read-only = Tämä piste vain näyttää, koska sen kirjat eivät ole niin kuin pitää. Aja ”courtesy verify”.
desk-clock-back = Tämän koneen kello on siirtynyt taaksepäin: { $wall } { $hour }. Työ jatkuu ajassa { $known } { $since }, jota kukaan ei epäile. Korjaa kello; jos se on nyt oikein ja oli ennen väärin, esihenkilö vahvistaa sen: courtesy clock.
desk-clock-ahead = Tämä kone sanoo { $wall } { $hour }, ja täällä työskenneltiin viimeksi { $known }. Ensimmäiseen kirjaukseen tarvitaan esihenkilön sana siitä, että päivä on oikein. Jos se on väärin, korjaa kello.
desk-unremembered = Sitä, missä kirja on, ei voitu panna muistiin sen ulkopuolelle: { $error } Kirjattu pysyy kirjattuna.
desk-erasure-unfinished = Henkilö on poistettu, mutta hänen tietojaan voi vielä olla tiedostoissa: { $error }. Sitä yritetään uudelleen aina, kun nämä kirjat avataan: sulje muut niitä käyttävät ikkunat ja avaa tämä uudelleen.
desk-erasure-owner = Henkilö on poistettu kirjoista, mutta hänen tietojaan voi vielä olla siinä, mitä palvelin panee muistiin tauluistaan: se antaa vain tietokannan omistajan siivota tilastonsa. Pyydä palvelimen ylläpitäjää tekemään tämän ohjelman roolista tietokannan omistaja tai ajamaan VACUUM FULL pg_catalog.pg_statistic; poisto viedään loppuun, kun nämä kirjat avataan sen jälkeen.
desk-code-unseen = Ohjelma päättyi, ennen kuin kukaan varmasti näki tämän myymälän palautuskoodin, jolla esihenkilö pääsee sisään, kun kirjojen vieressä oleva kansio katoaa. Kirjattu pysyy kirjattuna. Pääkäyttäjä saa uuden koodin, joka korvaa vanhan: courtesy recover --new-code.

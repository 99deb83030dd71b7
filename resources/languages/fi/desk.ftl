# Mitä palvelupiste vastaa, kun jotain ei voida tehdä: mitä tapahtui, mitä se tarkoittaa rahalle, mitä tehdään seuraavaksi.

desk-quote-changed = Jokin muuttui työn aikana, joten mitään ei kirjattu. Katso uudet luvut ja kirjaa uudelleen.

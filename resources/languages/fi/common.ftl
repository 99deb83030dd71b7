# Nimet, joita kaikki huoneet käyttävät. Rooli, maksutapa ja tila ovat myös termejä: lause saa ne arvona määreineen.

role-clerk = asiakaspalvelija
    .owner = asiakaspalvelijan
role-lead = vuorovastaava
    .owner = vuorovastaavan
role-manager = esihenkilö
    .owner = esihenkilön
role-auditor = tarkastaja
    .owner = tarkastajan
role-administrator = pääkäyttäjä
    .owner = pääkäyttäjän

tender-cash = Käteinen
    .to = käteisenä
    .by = käteisellä
tender-card = Kortti
    .to = kortille
    .by = kortilla
tender-gift-card = Lahjakortti
    .to = lahjakortille
    .by = lahjakortilla
tender-store-credit = Ostohyvitys
    .to = ostohyvityksenä
    .by = ostohyvityksellä
tender-account = Tili
    .to = tilille
    .by = tililtä
tender-room = Huone
    .to = huoneen laskulle
    .by = huoneen laskulle

job-sign-up = Liittyminen
job-renew = Uusiminen
job-refund = Palautus
job-correct-price = Hinnan oikaisu
job-goodwill = Pahoitteluhyvitys
job-redeem-credit = Ostohyvityksen käyttö
job-void = Mitätöinti
job-record-payout = Korttimaksun kirjaus
job-set-staff = Henkilökunta
job-adopt-policy = Uudet säännöt
job-open-shift = Vuoron avaus
job-close-shift = Vuoron sulku
job-rotate-key = Uusi allekirjoitusavain
job-re-anchor = Palautetut kirjat vahvistettu
job-erase-person = Henkilö poistettu

status-new = Uusi
status-current = Voimassa
status-grace = Lisäajalla
status-expired = Päättynyt
status-none = Ei kautta vielä

standing-good = Kunnossa
standing-suspended = Keskeytetty
standing-barred = Estetty
standing-cancelled = Irtisanottu

outcome-allowed = Sallittu
outcome-ask = Vaatii hyväksynnän
outcome-overridable = Kielletty, ellei ohiteta
outcome-refused = Kielletty

payout-due = Maksamatta
payout-paid = Maksettu
payout-voided = Peruttu
payout-nothing = Mitään ei siirtynyt
payout-taken-back = Otettu takaisin
payout-failed = Epäonnistui

# Kuiteille tulostettavat sanat.

receipt-title-sign-up = Uusi jäsenyys
receipt-title-renew = Jäsenyyden uusiminen
receipt-title-refund = Palautus
receipt-title-price-correction = Hinnan oikaisu
receipt-title-goodwill = Pahoittelemme
receipt-title-redeem-credit = Ostohyvitys käytetty
receipt-title-void = Mitätöinti

receipt-desk = Palvelupiste { $desk }
receipt-bill = Lasku { $number }
receipt-member = Jäsen
receipt-net = Veroton
receipt-tax = { $name } { $rate }
receipt-total-back = Palautetaan
receipt-total-to-pay = Maksettavaa
receipt-rounding = Pyöristys
receipt-reason = Syy
receipt-served-by = Palvelija { $name }
receipt-approved-by = Hyväksyjä { $name }
receipt-own-approval = Oma hyväksyntä
receipt-copy = KOPIO { $number }
receipt-valid = Voimassa { $from } – { $until }
receipt-credit-before = Hyvitys ennen
receipt-credit-after = Hyvitys jälkeen
receipt-card-due = Maksetaan kortille
receipt-fee-guarantee = Jäsenmaksun saa takaisin kokonaan milloin tahansa.
receipt-thanks = Kiitos.
receipt-erased = poistettu

# Kalenteri. Kuukaudet siinä muodossa, jossa ne ovat päiväyksessä.
month-1 = tammikuuta
month-2 = helmikuuta
month-3 = maaliskuuta
month-4 = huhtikuuta
month-5 = toukokuuta
month-6 = kesäkuuta
month-7 = heinäkuuta
month-8 = elokuuta
month-9 = syyskuuta
month-10 = lokakuuta
month-11 = marraskuuta
month-12 = joulukuuta

weekday-1 = ma
weekday-2 = ti
weekday-3 = ke
weekday-4 = to
weekday-5 = pe
weekday-6 = la
weekday-7 = su

# Miten päiväys kirjoitetaan, kun kuukausi on sanana.
date-day-first = { $day }. { $month } { $year }
date-day-first-short = { $day }. { $month }
date-month-first = { $day }. { $month } { $year }
date-month-first-short = { $day }. { $month }

# Ahtaassa paikassa.
month-narrow-1 = 1
month-narrow-2 = 2
month-narrow-3 = 3
month-narrow-4 = 4
month-narrow-5 = 5
month-narrow-6 = 6
month-narrow-7 = 7
month-narrow-8 = 8
month-narrow-9 = 9
month-narrow-10 = 10
month-narrow-11 = 11
month-narrow-12 = 12
date-day-first-narrow = { $day }.{ $month }.{ $year }
date-month-first-narrow = { $day }.{ $month }.{ $year }

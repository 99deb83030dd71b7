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

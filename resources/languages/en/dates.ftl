# The calendar. Months as they stand in a date.
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

# How a date with a month's name is put together.
date-day-first = { $day } { $month } { $year }
date-day-first-short = { $day } { $month }
date-month-first = { $month } { $day }, { $year }
date-month-first-short = { $month } { $day }

# Where there is little room.
month-narrow-1 = Jan
month-narrow-2 = Feb
month-narrow-3 = Mar
month-narrow-4 = Apr
month-narrow-5 = May
month-narrow-6 = Jun
month-narrow-7 = Jul
month-narrow-8 = Aug
month-narrow-9 = Sep
month-narrow-10 = Oct
month-narrow-11 = Nov
month-narrow-12 = Dec
date-day-first-narrow = { $day } { $month } { $year }
date-month-first-narrow = { $month } { $day }, { $year }

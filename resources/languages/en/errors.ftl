# What to say when something cannot be taken: what it is, and what would do.

error-typed-nothing = Nothing was typed yet.
error-not-a-number = “{ $typed }” is not a number. Type it like 12.50.
error-number-unclear = “{ $typed }” can be read in two ways. Type it without marks between the thousands, like 1234.50.
error-number-negative = “{ $typed }” is below zero. Type it without the minus sign.
error-too-many-decimals = { $most ->
    [0] “{ $typed }” has decimals, but only whole numbers will do here.
    [one] “{ $typed }” has more than { $most } decimal.
   *[other] “{ $typed }” has more than { $most } decimals.
}
error-number-too-large = “{ $typed }” is too large. Was a code scanned into this field?
error-more-than-all = “{ $typed }” is more than 100 percent.
error-not-a-date = “{ $typed }” is not a date. Type it like 31.3.2027.
error-short-year = Type the year of “{ $typed }” with four digits, like 31.3.2027.
error-no-such-day = The calendar has no day “{ $typed }”.

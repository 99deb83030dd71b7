# Words printed on receipts.

receipt-title-sign-up = New membership
receipt-title-renew = Renewal
receipt-title-refund = Refund
receipt-title-price-correction = Price correction
receipt-title-goodwill = With our apologies
receipt-title-redeem-credit = Store credit used
receipt-title-void = Void

receipt-desk = Desk { $desk }
receipt-bill = Bill { $number }
receipt-member = Member
receipt-net = Net
receipt-tax = { $name } { $rate }
receipt-total-back = Back
receipt-total-to-pay = To pay
receipt-rounding = Rounding
receipt-reason = Reason
receipt-served-by = Served by { $name }
receipt-approved-by = Approved by { $name }
receipt-own-approval = Own approval
receipt-copy = COPY { $number }
receipt-valid = Valid { $from } – { $until }
receipt-credit-before = Credit before
receipt-credit-after = Credit after
receipt-card-due = To be paid to the card
receipt-fee-guarantee = The fee comes back in full whenever you ask.
receipt-thanks = Thank you.
receipt-erased = erased

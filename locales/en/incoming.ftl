# Texts that people send to our lines, and the answers. One part is 160 plain characters. Whatever is to be sent back stands alone on the
# last line.

# The words of such texts, in any order; those of both languages are understood.
incoming-words-status = status track tracking
incoming-words-withdraw = cancel withdraw
incoming-words-rate = rate rating
incoming-words-between = letter number no code of my the please

incoming-status =
    { $status }
    No: { $number }
    Registered: { $date }
incoming-status-answered =
    { $status }
    No: { $number }
    Registered: { $date }
    Answered: { $answered }
incoming-status-short =
    { $status }
    { $number }
incoming-unknown = No letter has this tracking number. Please look at it again.
incoming-not-yours = No letter with this tracking number was sent from this mobile.
incoming-confirm =
    To withdraw the letter, send this:
    CANCEL { $tracking } { $code }
incoming-wrong-code =
    The withdrawal code is wrong or too old. For a new one:
    CANCEL { $tracking }
incoming-withdrawn =
    Your letter is withdrawn.
    Tracking number: { $tracking }
incoming-cannot-withdraw = The letter can't be withdrawn as it stands now.
incoming-rated = Your rating is recorded. Thank you.
incoming-rated-before = You have rated this letter before.
incoming-cannot-rate = You can rate this letter once it is answered.
incoming-which = Which letter? Send the tracking number and the rating together.
incoming-help =
    Status: send the tracking number
    Withdraw: CANCEL and the number
    Rate an answer: 1 to 5
    { $host }
incoming-help-short =
    Status: send the tracking number
    Withdraw: CANCEL and the number
    Rate an answer: 1 to 5

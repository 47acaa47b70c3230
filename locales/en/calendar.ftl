# The working calendar: the words in which an office writes its lists, and what a sender is told of deadlines.

calendar-closed-whole = whole
calendar-closed-half = half

desk-letter-kind = Kind
draft-letter-kind = Kind of letter
draft-optional = (optional)
draft-no-letter-kind = Not chosen

promise = Usually checked by { $day }.

breach = The time for this step ended with { $day }. You can have a certificate now that no answer came in time.
breach-certificate = Certificate of non-response
history-late = The time for it ended with { $day }.

certificate-title = Certificate of non-response
certificate-back = Back to the letter
certificate-print = Print the certificate
certificate-not-reviewed = { $organisation } certifies that it received the letter below, that the time to review it ended with { $due }, and that no result had been told by { $now }.
certificate-not-answered = { $organisation } certifies that it received and registered the letter below, that the time to answer it ended with { $due }, and that no answer had been given by { $now }.
certificate-not-ruled = { $organisation } certifies that the objection to what was decided about the letter below was to be decided by the end of { $due }, and that no decision had been told by { $now }.
certificate-moment = { $date }, { $time }
certificate-due = End of the term
certificate-term = Term
certificate-basis = Under
certificate-now = Time of this certificate
certificate-address = Address of this certificate:
certificate-made-of = This certificate is made from the letter’s recorded events, and shows how it stood at the time above.

term-days = { $n ->
    [one] { $count } working day
   *[other] { $count } working days
}
term-hours = { $n ->
    [one] { $count } working hour
   *[other] { $count } working hours
}

tray-view-late = Late below
tray-list-late = Letters that are late in the units below mine
tray-empty-late = No letter is past its deadline.

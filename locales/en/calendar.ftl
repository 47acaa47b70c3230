# The working calendar: the words in which an office writes its lists, and what a sender is told of deadlines.

calendar-closed-whole = whole
calendar-closed-half = half

desk-letter-kind = Kind
draft-letter-kind = Kind of letter
draft-optional = (optional)
draft-no-letter-kind = Not chosen

promise = Usually checked by { $day }.
promise-answer = Usually answered by { $day }.

breach = The time for this step ended with { $day }. You can have a certificate now that no answer came in time.
breach-certificate = Certificate of non-response
history-late = The time for it ended with { $day }.

certificate-title = Certificate of non-response
certificate-back = Back to the letter
certificate-print = Print the certificate
certificate-not-reviewed = { $organisation } certifies that it received the letter below, that the time to review it ended with { $due }, and that no result had been told by { $now }.
certificate-not-answered = { $organisation } certifies that it received and registered the letter below, that the time to answer it ended with { $due }, and that no answer had been given by { $now }.
certificate-not-ruled = { $organisation } certifies that the objection to what was decided about the letter below was to be decided by the end of { $due }, and that no decision had been told by { $now }.
certificate-late-review = { $organisation } certifies that it received the letter below, that the time to review it ended with { $due }, and that no result had been told by then.
certificate-late-answer = { $organisation } certifies that it received and registered the letter below, that the time to answer it ended with { $due }, and that no answer had been given by then.
certificate-late-ruling = { $organisation } certifies that the objection to what was decided about the letter below was to be decided by the end of { $due }, and that no decision had been told by then.
certificate-returned = After that, on { $at }, it was returned to its sender for completion.
certificate-completed = On { $at } its sender completed it.
certificate-asked = After that, on { $at }, its sender was asked a question that needs a reply.
certificate-replied = On { $at } its sender replied to the question.
certificate-registered = It was registered on { $at }: { $after }.
certificate-rejected = It was rejected on { $at }: { $after }.
certificate-answered = It was answered on { $at }: { $after }.
certificate-upheld = The objection was refused on { $at }: { $after }.
certificate-reconsidered = The objection was accepted on { $at }: { $after }.
certificate-withdrawn = Its sender withdrew it on { $at }.
certificate-lapsed = It was closed on { $at }, since its sender did not complete it or did not reply.
certificate-days-after = { $n ->
    [0] after the deadline, before a working day had passed
    [one] { $count } working day after the deadline
   *[other] { $count } working days after the deadline
}
certificate-moment = { $date }, { $time }
certificate-due-review = End of the term to review it
certificate-due-answer = End of the term to answer it
certificate-due-ruling = End of the term to decide the objection
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

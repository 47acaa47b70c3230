# Messages by SMS. One part is 160 plain characters, 70 when a Persian one is among them.

sms-submitted =
    We have your letter. Receipt: { $receipt }
    { $organisation }
sms-submitted-short = We have your letter. Receipt: { $receipt }
sms-registered =
    Letter registered
    No: { $number }
    Track: { $tracking }
    Date: { $date }
sms-registered-short =
    Registered
    { $number }
    { $tracking }
    { $date }
sms-rejected =
    Letter rejected on { $date }: { $reason }
    { $host }
sms-rejected-bare = Letter rejected on { $date }: { $reason }
sms-answered =
    Letter { $number } is answered.
    { $host }
sms-answered-short = Letter { $number } is answered.
sms-asked =
    Letter { $number } awaits your reply by { $date }
    { $host }
sms-asked-short =
    Letter { $number } awaits your reply
    Due: { $date }
sms-informed =
    A message about letter { $number }
    { $host }
sms-informed-short = A message about letter { $number }
sms-returned =
    Your letter lacks: { $what }
    Until: { $date }
    { $host }
sms-returned-bare =
    Your letter lacks: { $what }
    Until: { $date }
sms-returned-between = {", "}
sms-warned =
    The time for letter { $letter } is ending.
    Until { $date }
    { $host }
sms-warned-short =
    Time for { $letter }
    until { $date }
sms-lapsed =
    The time for letter { $letter } is over. Send it again:
    { $host }
sms-lapsed-short = The time for letter { $letter } is over.
sms-overdue =
    The answer to letter { $letter } is late.
    Certificate of non-response: { $host }
sms-overdue-short =
    Letter { $letter } is late.
    Certificate in the portal
sms-answered-numbered =
    Letter { $number } is answered.
    Answer no: { $answer }
    { $host }
sms-answered-numbered-less =
    Letter { $number } is answered.
    Answer no: { $answer }
sms-answered-numbered-short =
    Answered
    { $number }
    { $answer }
sms-upheld =
    Your objection was decided: the decision stands.
    { $number }
    { $host }
sms-upheld-short =
    Objection decided: it stands
    { $number }
sms-reconsidered =
    Your objection was accepted; it is decided again.
    { $number }
    { $host }
sms-reconsidered-short =
    Objection accepted
    { $number }
sms-reopened =
    Letter { $number } is open again and is worked on.
    { $host }
sms-reopened-short = Letter { $number } is open again.

# A route is tried out; it says nothing to anybody.
sms-trial = This message is a trial.

# Reports, and the lists of letters behind their numbers.

reports-nav = Reports
reports-title = Reports
reports-range = Range
reports-week = 7 days
reports-month = 30 days
reports-quarter = 90 days
reports-year = This year
reports-all-units = All units
reports-my-units = My units
reports-csv = Get this table (CSV)
reports-behind = These numbers don't have the changes after { $time } yet.
reports-nothing-yet = No letter has come yet; the first report is ready tomorrow.
reports-none = –
reports-minutes = min
reports-hours = h
reports-days = days
reports-per-cent = { $number }%
reports-per-cent-word = %

# The numbers on top.

reports-waiting-now = Waiting for review
reports-late = { $n ->
    [one] One letter is late
   *[other] { $count } letters are late
}
reports-none-late = No letter is late
reports-median-decision = Median time to decision
reports-median-answer = Median time to answer
reports-faster = { $by } faster than in the time before
reports-slower = { $by } slower than in the time before
reports-as-before = As in the time before
reports-no-comparison = No letters to compare with the time before
reports-in-time = Answered in time
reports-no-answers = No answer was given in this range.
reports-answers-in-time = { $n ->
    [one] The one answer was in time
   *[other] All { $count } answers were in time
}
reports-answers-late = { $n ->
    [one] One answer was late
   *[other] { $count } answers were late
}
reports-messages = Messages about letters
reports-messages-lost = { $n ->
    [one] One message did not arrive or was put aside
   *[other] { $count } messages did not arrive or were put aside
}
reports-messages-by-time = Messages of each day or month
reports-all-sent = All messages were sent
reports-delivered-share = { $share } of the messages are known to have arrived
reports-sms-delivered = Arrived
reports-sms-underway = On the way, or nobody says
reports-sms-undelivered = Did not reach the phone (off, or out of reach)
reports-sms-failed = Not sent by the gateway or the operator
reports-sms-blocked = Its recipient takes no service messages
reports-sms-unsure = Nobody knows whether it was sent
reports-sms-parked = Put aside
reports-delivered-of-all = Share that arrived
reports-delivery-about = Gateways tell whether a message arrived, some of them days later; as long as they tell nothing it counts as on the way. The numbers are of messages: a letter that has several stands there once with each. Codes, and messages that are about no letter, are not among them.
reports-no-messages = There were no messages in this range

# The chart and the tables.

reports-arrivals = Letters that came
reports-accepted = Accepted
reports-rejected = Rejected
reports-waiting = Under review
reports-returned = To be completed
reports-ended = Withdrawn or lapsed
reports-all = All
reports-when = Day
reports-span = { $from } to { $to }
reports-as-table = See the same numbers in a table
reports-chart = Column chart of the letters that came: { $all } in all. The most: { $when }, { $most } letters.
reports-chart-nothing = No letter came in this range.
reports-open = Open letters by unit
reports-open-review = Waiting for review
reports-open-answer = Waiting for an answer
reports-open-ruling = Waiting for a ruling
reports-open-late = Late
reports-in-time-legend = In time
reports-nothing-open = No letter is open.
reports-attention = Need attention
reports-attention-all = All open letters by their deadline
reports-reasons = Reasons for rejection
reports-reason = Reason
reports-other-reason = Another reason
reports-times-rejected = Count
reports-no-rejections = No letter was rejected in this range.
reports-one-reason = { $share } of the rejections have this reason: “{ $reason }”. If senders know it before they write, fewer letters are rejected; say it beside the unit's name.
reports-other-reasons = Most rejections have a reason that is not on the list; add those that come often.
reports-many-reasons = The rejections have no main reason.
reports-times = Durations
reports-step = Step
reports-count = Letters
reports-median = Median
reports-ninety = Nine in ten within
reports-to-decision = From arrival to decision
reports-to-answer = From arrival to answer
reports-median-minutes = Median (minutes)
reports-ninety-minutes = Nine in ten within (minutes)
reports-in-time-words = { $share } of the answers were in time.
reports-times-exact = Durations are rounded; each is exact to 10 per cent.
reports-ratings = What senders thought
reports-rated = { $average } of 5 on average, in { $count } ratings
reports-no-ratings = Nobody rated a letter in this time.
reports-average = Average
reports-by-time = Ratings of each day or month
reports-about = Durations run from the arrival, with the days on which a letter was with its sender. Confidential letters are only in the numbers of those who may see them.

# The lists.

letters-title = Letters
letters-subject = Subject
letters-sender = Sender
letters-unit = Unit
letters-arrived = Arrived
letters-number = Letter number
letters-state = Status
letters-due = Due
letters-order = In order of
letters-by-arrived = arrival
letters-by-decided = decision
letters-by-answered = answer
letters-by-rated = Day of the rating
letters-by-message = message (once for each)
letters-by-due = deadline (open letters)
letters-outcome = Outcome
letters-open = Waiting for
letters-reason = Reason for rejection
letters-rating = Rating
letters-message = Message
letters-sms = What became of the message
letters-sms-lost = All that did not arrive or were put aside
letters-sms-at = Day of the message
letters-once-each = This list has a line for each message: a letter that has several stands here several times.
letters-any = All
letters-from = From day
letters-to = To day
letters-late = Late ones only
letters-show = Show
letters-bad-day = Write the Jalali day like 1405/09/01.
letters-none = There is no letter with these filters.
letters-all = Remove the filters

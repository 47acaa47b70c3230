# How messages fare, for administrators.

routes-nav = Messages
routes-title = Messages and routes
routes-messages = messages
routes-due = Waiting
routes-oldest = Oldest: { $time }
routes-later = For later
routes-later-note = On their way, or waiting for the next try
routes-sent = Sent
routes-delivered-note = Arrived: { $count }
routes-parked = Put aside
routes-pumping = Of { $sent } codes sent in the last hour, only { $typed } were typed. Somebody may be typing other people's numbers one after the other.
routes-ways = Routes
routes-ways-note = Figures of the last day and night. A message takes the first route that is well, or else the next.
routes-way = Route
routes-for = For
routes-for-codes = sign-in codes
routes-for-notices = notices
routes-for-both = all
routes-for-between = {" and "}
routes-state = State
routes-well = Well
routes-failing = Takes nothing; tried again at { $time }
routes-slow = Slow; tried again at { $time }
routes-delivered = Arrived
routes-lost = Lost
routes-median = Median time
routes-seconds = { $count } seconds
routes-credit = Credit
routes-rials = { $count } rials
routes-short = runs out
routes-settings = Gateway of the settings
routes-of-house = shared
routes-try = Try it out
routes-try-note = A real message is sent, and costs. You see the time of each step and what the gateway says.
routes-try-to = To the mobile number
routes-try-by = Send by
routes-trial-of = Trial of
routes-trials-over = That is enough of trials for this hour. Try again later.
routes-none = There are no routes. Whoever runs the server adds them by pishkhan route add.
routes-step = Step
routes-took = Time
routes-told = What was said
routes-millis = { $count } milliseconds
routes-step-open = Open
routes-step-credit = Credit
routes-step-send = Send
routes-step-ask = Ask whether it arrived
routes-says-nothing = The gateway doesn't say
routes-taken = Taken
routes-taken-as = Taken as { $id }
routes-none-parked = No message was put aside.
routes-what = Message
routes-to = To
routes-when = When
routes-why = Why, in the gateway's words
routes-retry = Send again
routes-retry-all =
    { $n ->
        [one] Send one message again
       *[other] Send { $count } messages again
    }
routes-retried = It is waiting to be sent again.
routes-not-retried = This message can't be sent any more.

delivery-queued = the gateway has it
delivery-sent = the operator has it
delivery-delivered = arrived
delivery-undelivered = did not arrive
delivery-failed = was not sent
delivery-blocked = its recipient takes no service messages
delivery-unknown = nobody knows

kind-sign-in-code = Sign-in code
kind-sign-in-call = Call with a sign-in code
kind-filing-code = Code at the counter
kind-letter-submitted = Receipt
kind-letter-registered = Registration
kind-letter-rejected = Rejection
kind-letter-returned = Request for papers
kind-sender-warned = Reminder of a deadline
kind-letter-lapsed = End of a deadline
kind-letter-answered = Answer
kind-question-asked = Question
kind-objection-decided = Decision on an objection
kind-letter-reopened = Reopening
kind-text-answered = Answer to a text
kind-other = Another message

delivery-taken = sent
delivery-parked = put aside
delivery-waiting = waiting
letter-sms-blocked = Our messages do not reach you: your operator did not take service messages for you. Ask the operator to open advertising and service messages. Until then, look at this page.
letter-sms-lost = The last message about this letter did not reach your phone. How the letter stands is what you see on this page.
desk-event-sms = Message: { $kind }
delivery-unsure = nobody knows whether it was sent
letter-sms-unsure = Nobody knows whether the last message about this letter reached you. How the letter stands is what you see on this page.

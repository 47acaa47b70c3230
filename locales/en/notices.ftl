# Which messages are sent, and in which words, for administrators.

notices-title = Wording of messages
notices-lead = Each message goes out in the language of the letter's sender. A route that has an approved template of its own sends that template's words. The words of codes stay as they are.
notices-kinds = Messages on this page
notices-kind-off = switched off
notices-kind-wrong = to be mended
notices-sent = Send it
notices-sent-too = Send an SMS, too
notices-always-number = Always sent: letter number and tracking number reach the sender by this message, as the receipt promises.
notices-always-outcome = Always sent: before a letter is sent we say that its outcome comes by SMS, and the days for an objection run from then on.
notices-always-warning = Always sent: no letter lapses without a warning.
notices-always-service = Always sent: the law wants an answer served, and the delivery of this message is the proof.
notices-always-account = Always sent: if it was somebody else, the holder of the account learns of it by this message.
notices-receipt = This one can be switched off, since the sender gets the receipt at once, on the screen or printed at the counter, and finds it on the letter's page.
notices-places = Places of this message:
notices-may-go = (may be left out)
notices-both-rulings = These words go out for both decisions, whether the objection was refused or accepted. Left empty, each has its own.
notices-without-number = Where the answer has no number, a line whose only place is the answer's number is left out.
notices-by-mail = This news always goes to the sender's confirmed e-mail address; in Pishkhan's own words it says more there. The SMS costs money, and where somebody else has got the SIM it reaches just them; so it goes only if you tick the box.
notices-persian = Persian wording
notices-english = English wording
notices-empty = Empty: Pishkhan's own words
notices-preview = Sample
notices-parts =
    { $n ->
        [one] Always one message.
       *[other] With the longest numbers and texts, { $count } messages.
    }
notices-keep = Save
notices-show = Show a sample
notices-kept = “{ $what }” is saved. The next messages go out like this.
notices-long = The wording is long. Make it shorter: { $most } characters at most.
notices-link = Messages have no links, since some operators refuse them. Write { "{host}" } instead, if this message has it.
notices-brace = A brace stands alone. Write the place in full, or remove the brace.
notices-unknown = This message has no { $place }. Write one of the places above.
notices-lacks = { $place } must stay in the wording. Write it.
notices-off-here = This organisation does not send this message; nothing goes out.

# What stands in the places of a sample.
notices-sample-number = 1405/N/101
notices-sample-answer = 1405/A/57
notices-sample-reason = Papers are missing
notices-sample-what = first page of the deed

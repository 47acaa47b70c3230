# Completing, withdrawing, writing again and undoing.

returning-act = Ask for papers
returning-act-more = from the sender
returning-title = What is missing?
returning-papers = Papers that this unit asks for
returning-missing = What is missing
returning-others = Something else that is missing
returning-others-hint = each on its own line
returning-until = The sender has time
returning-usual = The organisation’s usual term, until { $day }
returning-days = { $days } working days, until { $day }
returning-note = A word to the sender
returning-note-hint = optional
returning-preview = Show the SMS again
returning-go = Return for completion and text
returning-nothing = Tick or write at least one thing.
returning-too-many = No more than { $most } things can be asked for at once.
returning-long-item = Each thing must be { $most } characters or less.
returning-long-note = The word to the sender must be 1,000 characters or less.
course-asked = What the sender was asked for
course-until = Until the end of { $day }
course-done = Done:
course-open = Not here yet:
course-before = Goes on from this letter
course-after = Sent again as
undoing-button = { $n ->
        [one] Undo (1 second)
       *[other] Undo ({ $count } seconds)
    }
undoing-button-counting = Undo ({ $count } seconds)
undoing-done = The decision about “{ $subject }” was undone. No SMS went out, and the letter waits for review again.
undoing-done-here = The decision about “{ $subject }” was undone. No SMS went out, and the letter is what it was before.
undoing-done-message = The message to the sender about “{ $subject }” was taken back. No SMS went out, and the sender did not see it.
undoing-moved-on = Something else was done about the letter since. The decision stands.
undoing-seen = The sender has opened the letter and seen this. It stands.
undoing-too-late = { $n ->
        [one] A second has passed and the SMS has gone. The decision stands.
       *[other] { $count } seconds have passed and the SMS has gone. The decision stands.
    }
undoing-not-yours = { $n ->
        [one] Only who decided can undo it, within a second.
       *[other] Only who decided can undo it, within { $count } seconds.
    }
completion-title = { $n ->
        [one] One thing is missing
       *[other] { $count } things are missing
    }
completion-until = Send it here until the end of { $day }. The rest of the letter stays, and so do your receipt and first date.
completion-hint = For each, add a file or write a sentence. At most { $most } files in all, each up to { $size }
completion-file = Choose a file
completion-word = or a sentence
completion-word-hint = for example, why you don’t have this paper
completion-kept = Received
completion-send = Complete and send
completion-later = Keep this; I’ll send the rest later
completion-empty = Add a file for this, or write a sentence.
completion-long = This sentence must be { $most } characters or less.
completion-too-late = The time is over and the letter was closed. You can send all of it again.
completion-not-needed = Nothing is needed; the letter is under review again.
completion-over = This letter no longer waits for anything.
completion-other-items = Something else was asked for meanwhile. Please see the new list.
carried-items = To complete the earlier letter I wrote:
carried-item = { $item }: { $reply }
carried-objection = In the objection to what was decided about the earlier letter I wrote:
carried-thread = In the messages about the earlier letter I wrote:
carried-reply = In reply to “{ $question }”: { $text }
carried-and = {", "}
carried-left-out = These files are with the earlier letter; there was no room for them here: { $names }
carried-rest = The rest of what I wrote is with the earlier letter.
rewriting-title = Fix and send again
rewriting-what = All of this letter’s text and files, and what you sent after it, come in a new draft; mend it and send it.
rewriting-go = Fix and send again
rewriting-begun = The draft for sending it again is ready.
rewriting-go-on = Go on with the draft
rewriting-sent = You have sent this letter again.
rewriting-see = The new letter
rewriting-before = Goes on from:
rewriting-not-ended = This letter is still on its way; you can send it again when it was rejected or closed.
withdrawal-title = Withdraw the letter
withdrawal-what = After that the letter is closed and nobody reviews it. Your receipt stays.
withdrawal-reason = Why
withdrawal-reason-hint = optional
withdrawal-go = Withdraw
withdrawal-back = Back to the letter
withdrawal-stale = The letter changed meanwhile. If you still want to, confirm once more.
withdrawal-long = The reason must be { $most } characters or less.
withdrawal-not-open = This letter can’t be withdrawn now. See where it stands.
letter-typed = What you wrote
desk-event-withdrawn-because = The sender withdrew it: { $reason }
desk-event-undone-number = The registration was undone; the number { $number } stays in the book as void
desk-event-undone-answer = The answer was taken back; it is a draft again
desk-event-undone-answer-number = The answer was taken back; the number { $number } stays in the book as void
desk-event-undone-question = The question was taken back; the sender did not see it
desk-event-undone-message = The message to the sender was taken back; the sender did not see it
desk-event-undone-reopening = The reopening was taken back; the letter stays closed
desk-event-undone-ruling = The decision about the objection was taken back

# The tray: views, filters, several letters at once, assignment.

tray-list-near = Letters near their deadline
tray-empty-near = Nothing is near its deadline.
tray-view-near = Near deadline
tray-list-waiting = Letters that wait for their sender
tray-empty-waiting = Nobody's papers or reply are awaited.
tray-view-waiting = Awaiting sender
tray-list-referred = Letters referred to me
tray-empty-referred = No letter was referred to you.
tray-view-referred = Referred to me
tray-list-untaken = Letters that nobody has taken
tray-empty-untaken = No letter of your unit waits to be taken.
tray-view-untaken = Not taken
tray-hand = With { $name }
tray-no-hand = Nobody has taken it
tray-list-messages = Letters with something new
tray-empty-messages = There is nothing new.
tray-view-messages = News
tray-list-signature = Answers that wait for a signature
tray-empty-signature = No answer waits for your signature.
tray-view-signature = To sign
tray-list-objections = Objections
tray-empty-objections = No objection waits for you.
tray-view-objections = Objections
tray-nothing-found = No letter passes these filters.
tray-nothing-so-far = No letter passes these filters so far.
tray-gone-through = { $count } letters were gone through; those before them are on the next page.
tray-bad-date = The calendar does not have this date. Write it like 1405/09/01; month and day may be left out.
tray-kept = My views
tray-sieve = Filters and my views
tray-any = Any
tray-state = State
tray-sender = Sender's name
tray-from = From
tray-to = To
tray-date-hint = Date of sending, like 1405/09/01; 1405/09 or 1405 will do, too
tray-with-files = Only letters with files
tray-late = Only overdue letters
tray-sieve-go = Show
tray-sieve-off = Remove the filters
tray-sieve-drop = Remove the filter
tray-sieved = Filters of this list
tray-sieved-by = { $field }: { $value }
tray-keep = Keep this view as
tray-keep-go = Keep
tray-forget = Remove
tray-view-no-name = Give the view a name.
tray-view-long-name = A view's name has at most 40 characters.
tray-view-too-many = You keep twenty views. Remove one first.
tray-view-unread = The view was not kept. Mend the day first.
selection-pick = Select the letter
selection-with = With the selected:
selection-none = No letter is selected. Tick the letters in the list.
selection-unscanned = one of its files is still being checked for viruses
selection-changed = somebody was faster, or the letter changed
selection-needs-ground = it asks for information and is rejected by a legal ground only; reject it by itself
selection-not-to-give = This letter is not yours to give, or somebody has taken it meanwhile
selection-not-to-refer = This letter is not yours to refer, or somebody has taken it meanwhile
selection-register = Register several letters
selection-redirect = Redirect several letters
selection-refer = Refer several letters
selection-hand-over = Hand over several letters
selection-reject = Reject several letters
selection-see = See the letters
selection-void = number { $number } stays void in the book
selection-undoing = Undo several decisions
selection-preview = Show the SMS
selection-look = Look at the SMS with this reason, then reject.
assignment-title = Assign the review
assignment-choose = Who should review it?
assignment-anybody = Whoever comes first
assignment-go = Assign the review
assignment-reviewer = Reviewer
assignment-nobody = This person reviews no more. Choose somebody else.
assignment-not-cleared = This person may not see letters of this classification.
late-prompt = Remind
late-prompt-more = by a note
handover-title = Hand the letter over
handover-act = Hand over
handover-act-more = to an officer
handover-lead = The letter is in the hands of { $name } now; after this it is no longer theirs.
handover-lead-new = Nobody has the letter in hand yet; after this it is in the hands of whom you choose.
handover-choose = Who gets the letter?
handover-unit = The unit: whoever comes first
handover-text = A word with it (optional)
handover-go = Hand it over
handover-no-hand = Choose one of the unit’s officers.
handover-no-hands = There is no officer to whom all these letters can be handed. Select letters of one unit together.
handover-nobody = This person is no officer of the unit, or has the letter already. Choose somebody else.
selection-done =
    { $n ->
        [one] One letter was done.
       *[other] { $count } letters were done.
    }
selection-undone =
    { $n ->
        [one] One decision was undone. No SMS went out, and the letter waits for review again.
       *[other] { $count } decisions were undone. No SMS went out, and the letters wait for review again.
    }
selection-stay =
    { $n ->
        [one] One decision stands:
       *[other] { $count } decisions stand:
    }
selection-failed =
    { $n ->
        [one] One letter was not done:
       *[other] { $count } letters were not done:
    }
selection-messages =
    { $n ->
        [one] One text message will go out.
       *[other] { $count } text messages will go out; this is the first of them.
    }
selection-register-go =
    { $n ->
        [one] Register one letter and text
       *[other] Register { $count } letters and text
    }
selection-redirect-go =
    { $n ->
        [one] Redirect one letter
       *[other] Redirect { $count } letters
    }
selection-reject-go =
    { $n ->
        [one] Reject one letter and text
       *[other] Reject { $count } letters and text
    }
selection-refer-go =
    { $n ->
        [one] Refer one letter
       *[other] Refer { $count } letters
    }
selection-hand-over-go =
    { $n ->
        [one] Hand over one letter
       *[other] Hand over { $count } letters
    }
handover-load =
    { $n ->
        [one] one letter in hand
       *[other] { $count } letters in hand
    }

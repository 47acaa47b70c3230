# Writing a letter down at the counter for somebody who came.
layout-filing = Counter
sms-filing-code-named = { $code } confirms your letter to { $organisation }. Tell it to the clerk
sms-filing-code = { $code } confirms your letter at the counter. Tell it to the clerk
filing-title = Letter for a visitor
filing-lead = Write down what the visitor says or has brought on paper. The letter is theirs, and they get a printed receipt.
filing-open =
    { $n ->
        [one] You have one unfinished letter
       *[other] You have { $count } unfinished letters
    }
filing-left =
    { $n ->
        [0] Nothing is left of colleagues who no longer review
        [one] One unfinished letter of a colleague who no longer reviews
       *[other] { $count } unfinished letters of colleagues who no longer review
    }
filing-left-hint = What you take over is yours, and you ask for the mobile number again. What nobody takes within 30 days is discarded.
filing-take-over = Take over
filing-taken = A colleague took this letter over before you
filing-mobile = Visitor’s mobile number
filing-mobile-hint = The code to confirm goes to this number, and the letter is seen in its account.
filing-mobile-empty = Enter the mobile number, or say that the visitor has none
filing-mobile-both = There is a number, and “has no mobile” is ticked; take one of them away
filing-no-mobile = The visitor has no mobile
filing-without-mobile = None
filing-name = Name of the visitor or company
filing-check = Continue
filing-discard = Discard this letter
filing-too-many = You have too many unfinished letters. Finish or discard some first.
filing-check-title = Read it with the visitor
filing-check-lead = Nothing is handed in yet. Read the letter to the visitor.
filing-confirm-title = The visitor confirms
filing-send-before = A six-digit code goes to
filing-send-after = . The visitor tells it to you.
filing-send = Send the code
filing-call = Call the visitor with the code
filing-sent-before = The code went to
filing-sent-after = . Ask the visitor for it.
filing-code = Code
filing-code-empty = Enter the code
filing-code-none = No code was sent for this letter. Press “Send the code”.
filing-code-wrong =
    { $n ->
        [one] The code is not right. One more try.
       *[other] The code is not right. { $count } more tries.
    }
filing-code-dead = This code was mistyped too often and no longer works. Press “Send the code again”.
filing-code-expired = This code has run out. Press “Send the code again”.
filing-too-many-codes = Too many codes went to this number or from your desk. Next one { $time }.
filing-file = Hand in and print the receipt
filing-paper-title = Confirmed on paper
filing-paper-lead = Without a mobile, the visitor signs the printed receipt. No message is sent, and they fetch the answer in person.
filed-at-counter = Written at the counter
filed-by = Counter clerk
filed-confirmed = The sender confirmed this letter by a code sent to their mobile.
filed-unconfirmed = The sender has no mobile. This letter is confirmed by the signature below, and its answer is given in person.
filed-signature = Name and signature of the sender
desk-receipt-heading = Receipt of a letter
desk-receipt-back = Back to the letter
desk-receipt-track = Ask for the state of your letter here, or at this counter:
desk-receipt-print = Printed receipt
desk-no-mobile = No mobile
receipt-how = How it came
desk-no-sms = The sender has no mobile; no message is sent.
visit-title = The sender came by
visit-lead = This sender gets no messages. Record here what they brought or said; your name stays beside it.
visit-word = What the sender said
visit-files = Files that they brought
visit-go = Record
visit-not-whole = What they brought is kept, but something is still missing. Each item needs a file or a word.
visit-too-many = Many messages about this letter have been recorded today. You can record more from { $time }; the text is still here.
filing-again = Write it again for the sender
filing-again-not-ended = This letter is still on its way; it can be written again when it was rejected or closed.
visit-open = Record a visit
spoken-withdrawal-open = Record that the sender withdraws
spoken-withdrawal-title = The sender withdraws
spoken-withdrawal-lead = The sender has no mobile and withdraws the letter in person. Once recorded, the letter is closed and nobody reviews it.
spoken-withdrawal-text = Why they withdraw (optional)
spoken-withdrawal-go = Record the withdrawal
spoken-objection-open = Record an objection of the sender
spoken-objection-title = The sender objects
spoken-objection-lead = The sender has no mobile and objects in person. There is time until { $time }; it is decided one level up.
spoken-objection-go = Record the objection
spoken-objection-pending = The sender’s objection is recorded and is being decided.
spoken-objection-second = The sender’s objection was decided and the decision stands; it can’t be objected to again.
spoken-signed = Your name stays beside it, and the sender signs the printed slip.
spoken-files = Paper that they brought
spoken-papers = What the sender brought in person
slip-open = Slip to sign
slip-title = Request made in person
slip-print = Print the slip
slip-by = Recorded by
slip-withdrawal = Withdrawal of the letter
slip-objection = Objection to the decision
slip-signed = This request was recorded at the counter as the sender said it, and is confirmed by the signature below.

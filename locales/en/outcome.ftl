# Answers, their signature and the proof of their service; objections, ratings, reopening.

# Writing an answer.

answer-number = Answer number
answer-number-hint = If another answer is issued at the same time, this one takes the next number.
answer-outcome = Outcome
answer-final = Final answer
answer-outward = Outside this organisation
answer-outward-hint = the matter belongs to another organisation; with this answer it ends here
answer-authority = Name of the other organisation
answer-authority-hint = Only for a matter that belongs outside. The sender reads this name; say in the text what to do there.
answer-authority-nothing = Say to which organisation the matter belongs
answer-authority-long = The name of the other organisation must have at most { $most } characters
answer-elsewhere = The matter belongs to “{ $authority }”.
answer-in-hand = Still being worked on? What you have written stays as a draft.
answer-in-hand-go = Write to the sender
ground-label = Legal ground
ground-hint = This letter asks for information. Say by which article it is not given, such as “Article 14 of the Publication and Free Access to Information Act”. The sender reads this.
ground-nothing = Write the legal ground: which article of which law
ground-long = The legal ground must have at most 120 characters
ground-said = Legal ground: { $ground }
ground-not-asked = This letter no longer counts as a request for information; choose another outcome
answer-partial = A part of the information is given
answer-refused = The information is not given
answer-partial-said = A part of the information is given. Legal ground: { $ground }
answer-refused-said = The information is not given. Legal ground: { $ground }
rejected-by-ground = { $reason } (legal ground: { $ground })
answer-places = You can put these into the text; they fill themselves in:
answer-kept = Draft kept, { $when }
answer-save = Keep the draft
answer-remove = Remove
answer-propose = Send for signature
answer-signature-hint = Answers of this unit need a second signature; once signed it is issued and the sender gets an SMS.
answer-needs-signature = Answers of this unit need a second signature now; send it for signature.
answer-nobody-signs = There is nobody in this unit who can sign this answer. Your draft is kept; ask your administrator to give the unit a signer.
answer-unknown-place = The placeholder { $name } is not known; correct it or take it out.
answer-clock = The server's clock is behind the last number of the outgoing register; no answer is issued until it is right. Your draft is kept. Tell the administrator.
answer-proposed = Proposed answer
answer-former = Earlier answer, { $day }
answer-preview = Preview as the sender sees it
answer-preview-title = Preview of the answer
answer-preview-lead = This is what the sender will see. Nothing has been sent yet.
answer-preview-back = Back to the answer
placeholder-name = name
placeholder-number = number
placeholder-date = date
placeholder-subject = subject
placeholder-unit = unit
placeholder-tracking = tracking
placeholder-today = today

# The signer.

act-issue = Issue
act-issue-more = the answer
act-send-back = Send back
act-send-back-more = with a remark
act-retract = Take back
act-retract-more = the proposed answer
act-rule = Decide
act-rule-more = the objection
act-reopen = Open
act-reopen-more = the letter again
desk-key-issue = Issue the answer
desk-key-send-back = Send the draft back with a remark
desk-key-retract = Take the proposed answer back
desk-key-rule = Decide the objection
desk-key-reopen = Open the letter again
issue-title = Issue the answer
issue-go = Issue the answer
issue-own-proposal = You proposed this answer yourself; the second signature is given by another signer of the unit. Until then you can send it back and mend it.
remark-title = Send the draft back
remark-text = What should be put right?
remark-hint = The officer reads this, and the draft goes back untouched. The sender sees nothing.
remark-go = Send back
remark-of = Remark of the signer:
retraction-title = Take the proposed answer back
retraction-lead = The answer waits for no signature any more, and its draft comes back to you as it is. The sender sees nothing.
retraction-go = Take back
said-nothing = Write a few words
said-long = Write at most { $most } characters

# Proof of service.

served-title = Service of the answer
served-issued = Issued
served-sms-waiting = SMS waits to be sent
served-sms-sent = SMS sent; the gateway has not reported that it arrived
served-sms-delivered = SMS delivered to the phone
served-sms-lost = SMS sent, but it did not reach the phone
served-sms-failed = SMS could not be sent
served-sms-unsure = Nobody knows whether the SMS was sent
served-opened = Opened by the sender
served-opened-by-you = You opened the answer
served-not-opened = Not opened by the sender yet
served-received = Received by the sender
served-not-received = Not received by the sender yet
service-open = Hand the answer to the sender
service-title = Answer to the letter
service-print = Print the answer
service-lead = The sender has no mobile. Print the answer and hand it over; their signature and your name keep that they have received it.
service-go = I have handed the answer over
service-signed = I have received this answer.

# Objections.

objection-title = Objection
objection-until = You can object until { $time }; it is decided one level up.
objection-once = Each decision can be objected to once.
objection-write = Write an objection
objection-text = Your objection
objection-hint = Write what you do not agree with, and why.
objection-files = If you have papers for it, send them with the objection.
objection-go = Send the objection
objection-back = Back to the letter
objection-to-answer = The answer you object to
objection-to-rejection = The reason for rejection you object to
objection-nothing = Write your objection
objection-typed = What you had written
objection-stale = The letter changed after the page was opened. Your text is kept; look and send it again.
objection-not-decided = Nothing has been decided about this letter yet that you could object to.
objection-pending = We have your objection and it is being decided.
objection-second = Your objection was decided and the decision stands; it can't be objected to again.
objection-too-late = The time to object is over.
objection-yours = Your objection
objection-of-sender = The sender's objection
ruling-title = Decide the objection
ruling-choose = Your decision
ruling-uphold = Turn the objection down
ruling-uphold-hint = The decision stands, and nobody objects to it again.
ruling-reconsider = Accept the objection
ruling-reconsider-hint = The letter is decided again.
ruling-text = Explanation for the sender
ruling-text-hint = The sender reads this text.
ruling-none = Choose whether the objection is turned down or accepted
ruling-go = Record the decision and text

# Ratings.

rating-title = The sender's rating
rating-ask = How was your letter handled?
rating-legend = Your rating
rating-step-1 = 1 very bad
rating-step-2 = 2 bad
rating-step-3 = 3 fair
rating-step-4 = 4 good
rating-step-5 = 5 very good
rating-sentence = A sentence about it
rating-go = Send the rating
rating-no-step = Choose one of the five steps
rating-twice = You have rated this answer; each answer is rated once.
rating-not-yet = You can rate it once it is answered.
rating-yours = Your rating
rating-given = { $steps } of 5

# Reopening.

reopening-title = Open the letter again
reopening-lead = The letter goes back to its unit with a new deadline; the earlier answer stays in its history.
reopening-text = Reason
reopening-hint = The sender reads the reason.
reopening-go = Open it and text
reopening-done = The letter is open again and back with its unit.
reopening-done-before = A colleague opened this letter again before you; it is back with its unit. The reason that you wrote was not recorded.

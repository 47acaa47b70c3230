# The desk: the pages of staff.

# The way in.

desk-sign-in-title = Staff sign-in
desk-sign-in-lead = Sign in with your work e-mail to review and answer letters.
desk-email = E-mail
desk-password = Password
desk-sign-in-go = Continue
desk-sign-in-help = No password yet, or forgotten? Ask the administrator of the desk for a new invitation.
desk-sign-in-no-email = Enter your e-mail
desk-sign-in-no-password = Enter your password
desk-sign-in-wrong = E-mail or password is not right. Try again.
desk-sign-in-too-many = Too many tries. Try again after { $time }.
desk-code = Code
desk-second-factor-title = Confirmation code
desk-second-factor-hint = The 6-digit code of your authenticator app, or one of your recovery codes.
desk-second-factor-go = Sign in
desk-second-factor-back = Back to sign-in
desk-second-factor-empty = Enter the code
desk-second-factor-wrong = { $n ->
    [one] The code is not right. You have one more try.
   *[other] The code is not right. You have { $count } more tries.
}
desk-second-factor-expired = The time or the tries of this sign-in ran out. Sign in again.
desk-confirmation-title = Confirmation code for a file
desk-confirmation-why = This file takes what stands in letters out of the desk, so we ask for the code once more.
desk-confirmation-go = Confirm code
desk-confirmation-wrong = That code is not right, or was used before. Enter the next one that your app shows.
desk-confirmation-done = The code was right. The file is ready.
desk-confirmation-take = Get the file
desk-confirmation-back = Back

# The invitation.

desk-invitation-title = Set up your account
desk-invitation-lead = { $name }, choose a password and connect an authenticator app to sign in to the desk.
desk-new-password = New password
desk-password-rules = At least 8 characters. A few words that don’t belong together are easy to remember and hard to guess.
desk-password-short = The password must have at least 8 characters
desk-password-long = The password must have at most 128 characters
desk-password-common = This password is easy to guess; choose a longer, more unusual one
desk-app-title = Authenticator app
desk-app-hint = Scan this with the authenticator app on your phone. Any app that makes 6-digit codes will do.
desk-app-qr = QR code for the authenticator app
desk-app-secret = Or type this key into the app:
desk-app-copy = Copy the key
desk-app-open = Open the authenticator app on this device
desk-invitation-code-hint = The 6-digit code that the app shows now.
desk-invitation-wrong-code = The code is not right. Check the clock of your phone and enter the current code.
desk-invitation-go = Set up account
desk-invitation-gone = This invitation is not open
desk-invitation-gone-text = An invitation works once, within 48 hours. Ask the administrator of the desk for a new one.
desk-recovery-title = Recovery codes
desk-recovery-done = Your account is ready.
desk-recovery-lead = When your phone is not with you, each of these codes works once in place of the app’s. Print them or write them down somewhere safe; they are not shown again.
desk-recovery-print = Print
desk-recovery-go = I kept them, sign in

# The tray.

desk-tray-title = Letters
desk-waiting = { $n ->
    [one] { $count } letter waits for you
   *[other] { $count } letters wait for you
}
desk-views = Views
desk-view-review = Waiting
desk-view-unit = My unit
desk-view-units = Units
desk-view-mine = With me
desk-view-done = Done
desk-list-review = Letters waiting for review
desk-list-unit = Open letters of the unit
desk-list-mine = Letters with me
desk-list-done = Letters that are done
desk-empty-review = All letters are done. Well done!
desk-empty-unit = Your unit has no open letter.
desk-empty-mine = No letter is with you.
desk-empty-done = No letter is done yet.
desk-pages = Pages of the list
desk-first-page = First letters
desk-next-page = Next letters
desk-previous-page = Previous letters
desk-yesterday = Yesterday
desk-choose-title = Letter
desk-choose = Choose a letter from the list.
desk-no-letters = No letters for you
desk-no-letters-text = Letters are read by reviewers, officers and auditors. Your account has none of these roles.
desk-due-days = { $n ->
    [one] { $count } day left
   *[other] { $count } days left
}
desk-due-hours = { $n ->
    [one] { $count } hour left
   *[other] { $count } hours left
}
desk-due-soon = less than an hour left
desk-due-late = { $n ->
    [one] { $count } day late
   *[other] { $count } days late
}
desk-due-late-hours = { $n ->
    [one] { $count } hour late
   *[other] { $count } hours late
}
desk-due-just-late = less than an hour late

# Keys.

desk-keys-title = Shortcuts
desk-key-move = Next and previous letter
desk-key-open = Open
desk-key-back = Back to the list
desk-key-register = Accept and register
desk-key-redirect = Send to another unit
desk-key-reject = Reject with a reason
desk-key-take = Take the letter
desk-key-prompt = Remind of a late letter by a note
desk-key-hand-over = Hand the letter to an officer
desk-key-answer = Write the answer
desk-key-choose = Choose a reason, a unit or a ready text, outside a text field
desk-key-send = Send the form

# A letter.

desk-state-submitted = Under review
desk-state-registered = Accepted
desk-state-in-progress = With an officer
desk-state-untaken = Not taken yet
desk-state-at-work = In progress
desk-state-answered = Answered
desk-state-rejected = Rejected
desk-state-closed = Closed
desk-back-to-tray = Back to the list
desk-position = { $place } of { $total }
desk-previous-letter = Previous letter
desk-next-letter = Next letter
desk-document = Parts of the letter
desk-document-text = Text and files of the letter
viewer-title = Size and rotation of the pages’ pictures
viewer-zoom = Size:
viewer-fit = Fit
viewer-percent = { $percent }%
viewer-turn = Rotate the pictures of the pages to the left
desk-letter-text = Text
desk-to = To:
desk-date = Date:
desk-no-text = This letter has no typed text; see its files.
desk-letter-files = Files of the letter
desk-file-quarantined = Being checked for viruses… until that is done, nobody can open this file.
desk-file-infected = This file is infected and cannot be opened. Ask the sender for a clean copy.
desk-file-beware = Before you get this file, know that:
desk-files-follow = The sender said that files will follow; they have until { $time }.
desk-pictures-none = There is no preview of this kind of file here; get the file.
desk-pictures-waiting = Pictures of the pages are being made; refresh the page a little later.
desk-pictures-broken = No picture of this file could be made. Get it with care, or ask the sender for another copy.
desk-pictures-more = Pictures of { $made } of { $all } pages; get the file for the others.
desk-file-get = Get the file
desk-file-hash = Fingerprint (SHA-256)
desk-answer-title = The unit’s answer
desk-decision = Decision on the letter
desk-about-letter = Review
desk-sender = Sender
desk-sender-person = person
desk-sender-company = company or organisation
desk-mobile = Mobile
desk-unit = Recipient
desk-holder = Now with
desk-receipt = Provisional receipt
desk-submitted = Received
desk-due = Due
desk-number = Letter number
desk-tracking = Tracking number
desk-date-word = Date
desk-rejected-because = Reason:
desk-history = History
desk-event-submitted = Letter received
desk-event-files-added = { $n ->
    [one] The sender added a file
   *[other] The sender added { $count } files
 }
desk-event-redirected = Sent to { $unit }
desk-event-registered = Registered with number { $number }
desk-event-rejected = Rejected: { $reason }
desk-event-taken = Taken by an officer
desk-event-answered = Answered
desk-event-answered-elsewhere = Answered: the matter belongs to “{ $authority }”
desk-event-answered-so = Answered: { $said }
desk-event-closed = Closed

# Decisions.

desk-act-register = Accept
desk-act-register-more = and register
desk-act-redirect = Refer
desk-act-redirect-more = to another unit
desk-act-reject = Reject
desk-act-reject-more = with a reason
desk-act-take = Take
desk-act-take-more = the letter
desk-act-answer = Answer
desk-act-answer-more = the letter
desk-back = Back
desk-close-dialog = Close the dialog
desk-sms-title = The SMS that will be sent
desk-sms-template = A route has an approved template of its own for this SMS; by that route the template's words are sent.
desk-sms-size = { $characters } characters, parts: { $parts }
desk-unscanned = A file of this letter is still being checked for viruses; the letter is not registered until that is done. It usually takes some moments.
desk-unscanned-long = A file of this letter has waited for its virus check for more than an hour. The letter can be registered; nobody can open the file until it is checked.
desk-unscanned-again = Look again
desk-registration-title = Accept and register
desk-registration-hint = If another letter is registered at the same moment, this one gets the next number.
desk-registration-more = Sender's own number and date, classification and priority
desk-registration-go = Accept and register
desk-registration-clock = The server’s clock is behind the last registered letter; nothing is registered until it is right. Tell the administrator of the desk.
desk-rejection-title = Reject the letter
desk-rejection-reason = Reason
desk-rejection-choose = Choose the reason
desk-rejection-other = Another reason
desk-rejection-note = Note to the sender
desk-rejection-note-hint = (what would make it acceptable?)
desk-rejection-no-reason = Choose the reason
desk-rejection-no-note = Write a note for “Another reason”
desk-rejection-long-note = The note must be at most 1,000 characters
desk-rejection-go = Reject and text
desk-redirection-title = Refer to another unit
desk-redirection-lead = The letter keeps its date and its deadline and stays under review; the sender sees the new unit.
desk-redirection-choose = New recipient
desk-redirection-nowhere = There is no other unit.
desk-redirection-no-unit = Choose the new recipient
desk-redirection-same-unit = The letter is with this unit already; choose another one
desk-redirection-go = Refer
desk-taking-title = Take the letter
desk-taking-lead = The letter comes into your hands, and its answer is yours to write.
desk-taking-go = Take the letter
desk-answer-dialog-title = Answer the letter
desk-answer-text = Text of the answer
desk-answer-hint = The sender reads exactly this. Text, files or both.
desk-answer-files = Files of the answer
desk-answer-nothing = Write the answer or select its file
desk-answer-long = The answer must be at most { $most } characters
desk-answer-go = Send answer
desk-files-hint = PDF, Word, JPG, PNG or TIFF; up to { $most } files, each up to { $size }.
desk-files-again = Select the files again; your text is still here
desk-files-many = { $n ->
    [one] You can select up to { $count } file
   *[other] You can select up to { $count } files
}
desk-form-cut = The form did not arrive whole. Check your connection and try again.

# What was done.

desk-done-see = See the letter
desk-done-registered = The letter was registered with number { $number }.
desk-done-rejected = The letter “{ $subject }” was rejected.
desk-done-redirected = The letter was sent to { $unit } and waits for review.
desk-done-taken-by-you = The letter “{ $subject }” is in your hands.
desk-done-taken = The letter “{ $subject }” is with an officer.
desk-done-answered = The letter “{ $subject }” was answered.
desk-done-closed = The letter “{ $subject }” was closed.

# Somebody else was first.

desk-conflict-changed = This letter was changed after you opened the page. Your decision was not recorded.
desk-conflict-files-added = The sender added files after you opened the page. Look at them, then decide.
desk-conflict-registered = { $name } registered this letter { $when }. Your decision was not recorded.
desk-conflict-rejected = { $name } rejected this letter { $when }. Your decision was not recorded.
desk-conflict-redirected = { $name } sent this letter to another unit { $when }. Your decision was not recorded.
desk-conflict-taken = { $name } took this letter { $when }. Your decision was not recorded.
desk-conflict-answered = { $name } answered this letter { $when }. Your decision was not recorded.
desk-conflict-chosen = What you had chosen
desk-conflict-days = { $days } working days
desk-conflict-typed = What you had written
desk-just-now = just now
desk-minutes-ago = { $n ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
desk-at-time = ({ $time })

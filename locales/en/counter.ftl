# What visitors and senders read.

files-count =
    { $n ->
        [one] { $count } file
       *[other] { $count } files
    }

status-draft = Draft
status-submitted = Under review
status-registered = Accepted
status-in-progress = In progress
status-answered = Answered
status-rejected = Rejected
status-closed = Closed

steps = Steps
step-write = Write
step-check = Check
step-done = Done

registry-number = Letter number
registry-date = Letter date
registry-tracking = Tracking number
registry-attachment = Attached
registry-without = Nothing
registry-copy = Copy tracking number

# The way in.

sign-in-title = Sign in
sign-in-heading = Sign in to the desk
sign-in-lead = Enter your mobile number and we will text you a sign-in code. You do not need a password.
sign-in-mobile = Mobile number
sign-in-mobile-hint-before = For example
sign-in-mobile-hint-after = . We also text this number when your letter moves.
sign-in-mobile-empty = Enter your mobile number
sign-in-mobile-malformed = The number must have 11 digits and start with 09
sign-in-send = Send code
sign-in-too-many = Several codes were sent in a row. Try again: { $time }.
sign-in-a-minute = We don't send codes to one number right after each other. You can ask for one at { $time }.
sign-in-only-track = Only want to follow a letter?
sign-in-track = Search with a tracking number
sign-in-signed-out = You have signed out of the desk.

challenge-other-ways = Automatic check not working?
challenge-use-image = Go on with an image code
challenge-other-image = Show another picture
challenge-wait-text = Or wait { $seconds } seconds, without any test, and go on.
challenge-use-wait = I will wait
challenge-image-label = Security code
challenge-image-hint = Type the five digits that you see in the picture, in Persian or English digits.
challenge-image-alt = A picture of five Persian digits. If you can't read it, choose the other way below on this page.
challenge-missing = The automatic check was not done. Type the security code from the picture, or choose the way without a test below.
challenge-wrong-image = That security code is not right. Type the code of the new picture.
challenge-failed = The security check was not accepted, or its time is over. Type the code of the picture.
challenge-too-early = It is not time yet. Wait a little more.
challenge-waiting = Please wait. This page goes on by itself in { $seconds } seconds.
challenge-waited = Thank you for waiting. You can go on now.

code-title = Sign-in code
code-change-number = Change number
code-heading = Check your phone
code-lead-before = We sent a 6-digit code to
code-lead-after = . It usually takes less than a minute and is good for { $minutes } minutes.
code-label = Sign-in code
code-hint = Type it in Persian or English digits, or copy it from the message.
code-own-device = This is my own device
code-own-device-days = (stay signed in { $days } days)
code-confirm = Confirm code
code-resend-at = You can ask for another code from { $time }.
code-resend = Send again
code-sent-again = We have sent a new code. The earlier one no longer works.
code-sent-before = The code that you asked for in this browser still works. Type that one.
code-none = No code?
code-none-text = Check the number. Wait a few minutes, then press “Send again”. If you have blocked advertising messages, ours may not reach you either; unblock them or call the secretariat.
code-fate-blocked = Your operator did not take service messages for you. Ask the operator to open advertising and service messages, or call the secretariat.
code-fate-blocked-call = Your operator did not take service messages for you. Press “Call me with the code” to hear it, or ask the operator to open advertising and service messages.
code-fate-undelivered = The code did not reach your phone. Keep it on and where there is reception, then ask for another code.
code-fate-failed = The code was not sent. Ask for another code; it comes by another way.
code-fate-failed-again = The code was not sent. Ask for another code in a little while.
code-fate-sent = Your operator has the code, but nobody has said yet that it arrived. If it does not come within some minutes, ask for another code; it comes by another way.
code-fate-sent-again = Your operator has the code, but nobody has said yet that it arrived. If it does not come within some minutes, ask for another code.
code-fate-waiting = Your code is still waiting to be sent. Wait a little; there is no need to type your number again.
code-fate-unsure = Nobody knows whether the code was sent. If it does not come within a minute, ask for another code; it comes by another way.
code-fate-unsure-again = Nobody knows whether the code was sent. If it does not come within a minute, ask for another code.
code-fate-look = See where the message is
code-call = Call me with the code
code-safety = Tell nobody this code. Our staff will never ask you for it.
code-empty = Enter the sign-in code
code-wrong =
    { $n ->
        [one] That code is not right. Check it again; you can try once more.
       *[other] That code is not right. Check it again; you can try { $count } more times.
    }
code-dead = This code was typed wrong too often and no longer works. Press “Send again”.
code-expired = This code has expired. Press “Send again”.
code-too-many = For your safety, wait until { $time }.
code-too-early = The earlier code is still on its way. You can ask for another one at { $time }.

# Tracking.

tracking-title = Follow a letter
tracking-heading = Follow a letter
tracking-lead = Enter the tracking number to see how the letter stands. Without signing in only status, number and dates are shown.
tracking-hint = It is in the registration message; 12 digits.
tracking-search = Search
tracking-empty = Enter the tracking number
tracking-malformed = A tracking number has 12 digits. Check it against the message.
tracking-not-found = There is no letter with this number. Check it against the message. Letters under review have no tracking number yet.
tracking-too-many = There were too many searches. Try again at { $time }.
tracking-found = We found the letter
tracking-submitted = Sent
tracking-answered = Answered
tracking-sign-in-for-more = To see the letter and the answer, sign in with the mobile number that sent it.
tracking-another = Search another number

# My letters.

history-welcome = Welcome
history-empty = You have not sent a letter yet
history-empty-text = Write your letter or send a photo of it. It takes about three minutes, and you can finish it later whenever you like.
history-new = New letter
history-by-hand = Handed a letter in person?
history-search = Find a letter
history-hello = Hello
history-hello-name = Hello, { $name }
history-news =
    { $n ->
        [one] You have one letter under review. We will text you the result.
       *[other] You have { $count } letters under review. We will text you the results.
    }
history-no-news = You have no letter under review.
history-letters = Your letters
history-filters = Show by status
history-all = All
history-none-here = You have no letter with this status.
history-show-all = See all letters
history-newest = Newest letters
history-older = Older letters
history-no-subject = No subject
history-changed = Last changed: { $when }
history-sent = Sent: { $when }
history-continue = Continue
history-discard = Discard
history-due = Will be checked by the end of { $day }.
history-registered = Registered and with the unit.
history-in-progress = { $unit } is working on it.
history-answered = The answer is ready, since { $day }
history-see-answer = See the answer
history-why = Why was it rejected?
history-rejected = Your letter was rejected on { $date }: { $reason }.

# Writing a letter.

draft-title = New letter
draft-kind = Whose letter is it?
draft-person = A person's
draft-company = A company's or organisation's
draft-name = Sender's name
draft-name-hint = First and last name, or the company's name if you write for one.
draft-unit = Recipient
draft-unit-hint = Choose the unit that the letter is for. If it is not the right one, we will pass it on.
draft-choose-unit = Choose
draft-subject = Subject
draft-subject-hint = Say in one sentence what you want.
draft-body = Text
draft-body-optional = (optional if you have the letter as a file)
draft-files = Letter and documents
draft-files-hint = A clear photo, or a PDF, Word, JPG, PNG or TIFF file; up to { $most } files of { $size } each.
draft-add-file = Add a file or take a photo
draft-attach = Add to the letter
draft-remove = Remove
draft-check = Continue to check
draft-later = Save and finish later
draft-no-name = Enter the sender's name
draft-long-name = The sender's name must be shorter than 120 characters
draft-no-unit = Choose the recipient
draft-no-subject = Enter the subject
draft-long-subject = The subject must be shorter than { $most } characters; write the rest in the text
draft-long-body = The text must be shorter than { $most } characters; you can send it as a file
draft-no-letter = Write the text or add it as a file
draft-too-many = You have too many drafts. Send or discard one first.
draft-up = Up
draft-down = Down
draft-files-follow = I will send the file later (within { $hours } hours after sending the letter)
bind-button = Make one PDF of the photos, in the order above
bind-hint = The photos stay where they are.
bind-file-name = Photos of the letter.pdf
bind-dropped = The earlier PDF was taken out, since it no longer showed the photos of the letter. The photos are still there and will be sent themselves.
bind-too-few = A PDF needs at least two photos, JPG or PNG. Add them and press the button again.
bind-waiting = The file { $name } is still being checked for viruses. Press the PDF button again a little later.
bind-infected = The file { $name } is infected and is not put into a PDF. Remove it and send a clean copy.
bind-broken = The file { $name } could not be opened, and no PDF was made. Remove it and take the photo again.
bind-broken-somewhere = One of the photos could not be opened, and no PDF was made. Take them again, or send the photos as they are.
bind-too-large = The photos together are too large for one PDF. Take smaller photos, or send them as they are.
bind-too-slow = Making the PDF took too long. Take smaller photos, or send them as they are.
bind-too-many = You have made many PDFs today. You can make another from { $time }; the photos are also taken as they are.
bind-unsteady = The photos were changed in another page at the same time. Look at the list and press the PDF button again.
bind-ours = We cannot make a PDF now. Try again a little later, or send the photos as they are.

# A file in a list.

paper-bound = Made from your photos
paper-quarantined = Being checked for viruses… until that is done, nobody can open this file.
paper-infected = This file is infected and cannot be opened.
paper-picture = Page { $page } of the file { $name }
paper-pages =
    { $n ->
        [one] See { $count } page
       *[other] See { $count } pages
    }
paper-pictures-waiting = Pictures of the pages are being made.
paper-pictures-broken = No picture of this file could be made. Get the file and see whether it opens.
paper-pictures-more = Pictures of { $made } of { $all } pages; get the file for the others.

# Files that follow a letter.

addition-title = Add files to this letter
addition-until = You can add the files of this letter under the same receipt until { $time }.
addition-send = Add the files
addition-none = Select a file
addition-over = The time for adding files was over { $time }.
addition-too-late = The time for adding files is over, and these were not added. You can send them with a new letter.
addition-decided = This letter was decided, and it takes no more files. You can send them with a new letter.
addition-not-promised = This letter is complete as it was sent, and it takes no more files. You can send them with a new letter.

check-title = Check your letter before you send it
check-not-sent = Not sent yet.
check-back = Back to the letter
check-stale = The draft was changed on another page. This is how it stands now; check it once more.
check-sender = Sender
check-unit = Recipient
check-files = Files
check-change = Change
check-no-body = None; the text is in a file
check-no-files = No files
check-files-follow = You will send the file within { $hours } hours after sending the letter.
check-sms-before = We will text the result to
check-sms-after = .
check-send = Send letter

receipt-title = Receipt
receipt-heading = We have your letter
receipt-code = Your receipt
receipt-full-code = Full receipt code:
receipt-what = What we received
receipt-at = Date and time
receipt-due = Checked by the end of
receipt-added-files = Files that were added later
receipt-added-at = Added: { $time }
receipt-next = What happens next?
receipt-next-sms-before = Once accepted, the letter number and tracking number are texted to
receipt-next-sms-after = .
receipt-see-letter = See the letter
receipt-print = Print receipt
receipt-address = Address of this receipt:

# One letter.

letter-to = To: { $unit }
letter-from = From: { $name }
letter-status = Latest status
letter-refresh = Get latest status
letter-refreshed = Last updated: { $time }
letter-get-answer = Get
letter-way = The letter's way
letter-own = Your letter and documents
letter-receipt = Receipt
letter-print = Print this page
letter-submitted = The secretariat is checking the letter, by the end of { $day }.
letter-registered = The letter is registered and with { $unit }. Answer due: { $day }.
letter-in-progress = { $unit } is working on the letter. Answer due: { $day }.
letter-submitted-late = The secretariat is checking the letter.
letter-registered-late = The letter is registered and with { $unit }.
letter-in-progress-late = { $unit } is working on the letter.
letter-answered = { $unit } has answered.
letter-rejected = Your letter was rejected on { $date }: { $reason }.

timeline-submitted = Letter sent
timeline-submitted-note = Receipt: { $receipt }
timeline-files-added = You added files
timeline-redirected = Passed on to another unit
timeline-registered = Accepted and registered
timeline-registered-note = Letter number { $number } and the tracking number were texted to you.
timeline-rejected = Rejected
timeline-taken = The unit has started work
timeline-answered = Answered
timeline-answered-elsewhere = { $unit }: the matter belongs to “{ $authority }”
timeline-answered-so = { $unit }: { $said }
timeline-closed = Closed
timeline-next-register = The secretariat checks it and gives a number
timeline-next-answer = The unit answers

# The sender's own page.

account-who = You
account-name-hint = The next letter begins with this name.
account-save = Save
account-devices = Devices
account-unknown-device = Unknown device
account-this-device = This device
account-seen = Last seen: { $when }
account-end-device = Sign out this device
account-end-all = Sign out all devices
account-display = Language and theme

# Help.

help-title = Help
help-code-question = The sign-in code did not come. What can I do?
help-code-answer = Check the number and wait a few minutes. Then press “Send again”. If you have blocked advertising messages, service messages may not come either; ask your operator to unblock them or call the secretariat.
help-script-question = The automatic check does not work, or I can't read the picture.
help-script-answer = Open “Automatic check not working?” on the sign-in page. You can type an image code, or wait a little without any test.
help-files-question = Which files can I send?
help-files-answer = Photos as JPG or PNG, PDF files, Word files and TIFF images. We tell a file's type by its content, not by its name.
help-when-question = When will my letter be checked?
help-when-answer = The receipt and the letter's page say by the end of which day. We will text you the result.
help-rejected-question = My letter was rejected. What can I do?
help-rejected-answer = The letter's page says why. Mend it and send a new letter.
help-tracking-question = What is the difference between receipt and tracking number?
help-tracking-answer = You get the receipt at the moment we have your letter. We text the tracking number when the secretariat registers it.
help-shared-question = I use somebody else's computer. Is it safe?
help-shared-answer = Leave “This is my own device” unticked, and sign out at the end. No text of your letter stays on the device.
help-privacy-question = Who sees my letter?
help-privacy-answer = The secretariat and the unit it is for. A tracking number alone shows status, number and dates.

# The demo.

demo-title = Demo messages
demo-lead = These are the messages that a real installation would have sent.
demo-none = No message has been sent yet.
demo-to = To

# Numbers that may be somebody else's by now.

earlier-note = Letters were sent by this number before. If they are yours, enter the receipt code or tracking number of one.
earlier-title = Earlier letters of this number
earlier-lead = This number was not used for a while, and numbers are sometimes given to somebody else. Show by the code of one letter that they are yours; all of them come back.
earlier-code = Receipt code or tracking number
earlier-hint = The receipt code has 26 signs and is on the letter's receipt; the tracking number has 12 digits and is in the registration message.
earlier-go = Bring my letters back
earlier-counter = No code? Come to the organisation's counter with a paper of identity.
earlier-empty = Enter the receipt code or tracking number of a letter
earlier-malformed = A receipt code has 26 signs, a tracking number 12 digits. Check it again.
earlier-wrong = No letter of this number has this code. Check the code again. An account that the organisation closed comes back by a receipt code, not by a tracking number.
earlier-too-many = Several wrong codes were entered. Try again { $time }, or come to the organisation's counter with a paper of identity.
numbers-nav = Numbers
numbers-title = A number that is somebody else's now
numbers-lead = The account of this number falls asleep at once: nobody signs in to it, and no messages go out about its letters. Whoever signs in by this number has an empty account. The earlier sender gets the letters back by a receipt code or at the counter.
numbers-reason = Reason
numbers-reason-hint = It stays in the course of this account's letters.
numbers-go = Close the account of this number
numbers-closed = The account of this number sleeps now.
numbers-no-account = There is no open account of this number. Check the number again.
numbers-asleep = This account sleeps since { $day }; the number may be somebody else's.
numbers-idle-no-sms = Nobody was here by the sender's number for long, and it may be somebody else's by now; no SMS is sent.
numbers-no-sms = The sender's account sleeps; no message is sent.
awakening-title = Give the sender's account back
awakening-lead = This sender's number was not used for long, or is somebody else's now. Look at their paper of identity, and send a code to the number that they have now; all letters of this account go to the account of that number.
awakening-mobile = The sender's mobile now
awakening-mobile-hint = It may be another number than before.
awakening-paper = I have seen a paper of identity of this letter's sender
awakening-no-paper = Look at a paper of identity, and tick this
awakening-other-number = The code went to another number. Ask for a new one for this number.
awakening-go = Give the account back
awakening-open = Give the sender's account back
desk-event-asleep = The sender's account fell asleep; its number was not used for long
desk-event-asleep-because = The sender's account fell asleep: { $reason }
desk-event-woken = The sender's account came back
timeline-woken = The letter came back to your account

# Changing a number.
sms-old-number-code-named = { $code } changes your number at { $organisation } to one ending in { $ending }
sms-old-number-code = { $code } is your code to change your number to the one ending in { $ending }
sms-new-number-code-named = { $code } is the code of { $organisation } for this new number
sms-new-number-code = { $code } is your code for this new number
sms-counter-number-code-named = { $code } changes your number at { $organisation }. Tell it to the clerk
sms-counter-number-code = { $code } changes your number at the counter. Tell it to the clerk
sms-number-changed =
    Your account has another number now. Was it not you? Come to the counter
    { $host }
sms-number-changed-short = Your account has another number now. Was it not you? Come to the organisation's counter
number-change = Change number
number-changed = Your number is changed. Your letters are where they were; sign in by the new number from now on. Your other devices are signed out.
number-title = Change your mobile number
number-lead = We send a code to the number of now and one to the new number. When both are right, your account and letters stay with the new number.
number-before = Number of now
number-new = New number
number-send = Send a code to both numbers
number-lost = You no longer have the number of now? Come to the organisation's counter with a paper of identity; it is changed there.
number-later = Your account has known this device since { $since }. You can change your number here from { $until } on. The time between is there so that you hear of it first if somebody else came in by your SMS.
number-later-elsewhere = On a device that you have been using for longer you can do it now.
number-later-counter = You don't want to wait? Come to the organisation's counter with a paper of identity; it is changed there at once.
number-empty = Enter the new number
number-same = This is your number already. Enter the new one.
number-taken = This number has an account of its own here, with letters. Enter another number, or come to the organisation's counter with a paper of identity.
number-other = Another new number
number-codes-lead = Each code is good for { $minutes } minutes. A code that was right holds as long.
number-old-code = Code of the number of now
number-new-code = Code of the new number
number-sent-to = Sent to
number-unsent-to = Nothing sent yet to
number-code-right = it was right
number-code-none = No code is on its way, or it has run out. Ask for a new one.
number-code-empty = Enter the code that came to this number
number-send-code = Send a code
number-go = Change the number
number-safety = Tell nobody these codes. Our staff will never ask you for them on the phone.
number-here-open = Change the sender's number
number-here-title = Change the sender's number
number-here-lead = For a sender who no longer has the number of before. Look at their paper of identity, and send a code to the new number. Their account and all their letters stay with the new number, and the number of before is told. An e-mail address that was proved is taken away, since whoever has the old phone may have put it there.
number-here-why = Which paper did you see, and what became of the number of before?
number-here-why-hint = It stays in the course of this account's letters. Leave the paper's number out.
number-here-go = Change the number
number-same-here = This is the sender's number already. Enter the new one.
number-taken-here = This number has an account of its own here, with letters. If that was somebody else's, an administrator closes it at “Numbers”; then try again.
desk-event-number-changed = The sender's number was changed with the codes of both: { $from } → { $to }
desk-event-number-changed-here = The sender's number was changed at the counter: { $from } → { $to }; { $paper }
timeline-number-changed = Your mobile number was changed

# Letters of long ago, on a device that the account has got to know lately.
withheld-note =
    { $n ->
        [one] One letter of long ago does not open on this device yet.
       *[other] { $count } letters of long ago do not open on this device yet.
    }
withheld-open = Open letters of long ago
withheld-title = Letters of long ago
withheld-lead = Your account has known this device for a short time only. Whoever gets your SMS for some hours must not read the letters of years; so show by the code of one of them that they are yours. All of them open on this device.
withheld-go = Open
withheld-until = From { $time } on they open without a code, and on a device that you have been using for longer they are open now.
withheld-wrong = This is the code of none of this account's letters of long ago. Look at it once more.
withheld-too-many = Several wrong codes were typed. Try again { $time }.

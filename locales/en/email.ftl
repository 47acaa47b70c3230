# E-mail, the second way of messages.

# The text is that of the SMS, but for news of a new device; its first line becomes the subject.
mail-frame =
    { $text }

    Counter of { $organisation }
    Please don't answer this e-mail; nobody would read it. You can change the address, or take it away, on the page of your account.
mail-code =
    Your e-mail code: { $code }
    Enter it on the page of your account at the counter; it is good for an hour. If you did not ask for it there is nothing to do: without the code nothing comes to this address.
sms-email-changed =
    Your account has another e-mail address now. Was it not you? Sign in and remove it
    { $host }
sms-email-changed-short = Your account has another e-mail address now. Was it not you? Sign in and remove it
email-label = E-mail
email-give = Add an e-mail address
email-change = Change
email-title = E-mail
email-lead = What is sent to you by SMS comes to this address, too, in the same words. The SMS come as always. If somebody signs in to your account on a new device, the news of it comes here, too.
email-now = Confirmed address
email-remove = Remove this address
email-waits = The code was sent to
email-code = Code from the e-mail
email-code-hint = Wait some minutes, and look into the spam folder. It is good for an hour.
email-code-empty = Enter the code from the e-mail
email-go = Confirm the address
email-drop = Never mind
email-address = E-mail address
email-other = Another address
email-hint = We send a code to it. Until you have entered that, nothing else goes there.
email-send = Send a code
email-sent = The code was sent to your address.
email-kept = Your address is confirmed. Messages come there, too, from now on.
email-removed = The address is removed. From now on messages come by SMS only.
email-empty = Enter the e-mail address
email-malformed = An e-mail address is like name@example.ir. Check it again.
email-too-many = Several codes for e-mail were sent today. Try again { $time }.
code-mail = Send the code by e-mail
code-mail-hint = If no SMS arrives, and you confirmed an e-mail address in your account some days ago.
code-sent-mail = If this number has a confirmed e-mail address, a new code went to it. The earlier one no longer works.

# The sign-in code by SMS; one part, and never a link.
sms-code = { $code } is your Pishkhan sign-in code
sms-code-named = { $code } is your Pishkhan sign-in code for { $organisation }

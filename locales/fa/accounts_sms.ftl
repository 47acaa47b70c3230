# پیامک کد ورود؛ یک پیامک، بی هیچ پیوندی.
sms-code = { $code } کد ورود پیشخوان
sms-code-named = { $code } کد ورود پیشخوان { $organisation }

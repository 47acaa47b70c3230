# Devices that an account doesn't know.

sms-device-added =
    Sign-in on a new device, { $date }. Was it not you? Sign in and sign it out
    { $host }
sms-device-added-short = Sign-in on a new device, { $date }. Was it not you? Sign in and sign it out
# The first line becomes the subject.
mail-device-added =
    Sign-in to your account on a new device
    Somebody signed in to your account on { $date } at { $time }, with { $device }.
    If it was you there is nothing to do.
    If it was not, sign that device out on the page of your account. If your SIM has stopped working, or you can't sign in, tell your operator and come to the organisation's counter.
    { $host }
newcomers-title =
    { $n ->
        [one] Somebody signed in to your account on a new device:
       *[other] Somebody signed in to your account on { $count } new devices:
    }
newcomers-text = If it was you there is nothing to do. If it was not, sign it out; and if your SIM has stopped working, tell your operator and come to the organisation's counter.
newcomers-devices = List of devices
newcomers-own = It was me
newcomers-not-own = It was not me, sign it out
account-last-sign-in = Last other sign-in: { $when }

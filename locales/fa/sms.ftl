# Messages by SMS. One part is 70 characters. Each value stands at the end of its own line, in ASCII digits.

sms-submitted =
    نامه شما رسید. رسید موقت: { $receipt }
    { $organisation }
sms-submitted-short = نامه شما رسید. رسید موقت: { $receipt }
sms-registered =
    نامه ثبت شد
    شماره: { $number }
    پیگیری: { $tracking }
    تاریخ: { $date }
sms-registered-short =
    ثبت شد
    { $number }
    { $tracking }
    { $date }
sms-rejected =
    نامه شما در { $date } رد شد: { $reason }
    { $host }
sms-rejected-bare = نامه شما در { $date } رد شد: { $reason }
sms-answered =
    پاسخ نامه { $number } آماده است.
    { $host }
sms-answered-short = پاسخ نامه { $number } آماده است.
sms-asked =
    نامه { $number } منتظر پاسخ شماست. مهلت: { $date }
    { $host }
sms-asked-short =
    نامه { $number } منتظر پاسخ شماست
    مهلت: { $date }

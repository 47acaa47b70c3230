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
sms-returned =
    نامه شما مدرک لازم دارد: { $what }
    مهلت: { $date }
    { $host }
sms-returned-bare =
    نامه شما مدرک لازم دارد: { $what }
    مهلت: { $date }
sms-returned-between = {"، "}
sms-warned =
    مهلت نامه { $letter } رو به پایان است.
    تا { $date }
    { $host }
sms-warned-short =
    مهلت نامه { $letter }
    تا { $date }
sms-lapsed =
    مهلت نامه { $letter } تمام شد. دوباره بفرستید:
    { $host }
sms-lapsed-short = مهلت نامه { $letter } تمام شد.

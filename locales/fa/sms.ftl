# Messages by SMS. One part is 70 characters. Each value stands at the end of its own line, in ASCII digits. A receipt has a line for itself:
# behind Persian letters phones would show what stands behind its hyphen first.

sms-submitted =
    نامه شما رسید. رسید موقت:
    { $receipt }
    { $organisation }
sms-submitted-short =
    نامه شما رسید. رسید موقت:
    { $receipt }
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
sms-informed =
    برای نامه { $number } پیامی دارید.
    { $host }
sms-informed-short = برای نامه { $number } پیامی دارید.
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
sms-overdue =
    پاسخ نامه { $letter } دیر شد.
    گواهی بی‌پاسخ ماندن: { $host }
sms-overdue-short =
    پاسخ { $letter } دیر شد.
    گواهی بی‌پاسخ ماندن بگیرید
sms-answered-numbered =
    پاسخ نامه { $number } آماده است.
    شماره پاسخ: { $answer }
    { $host }
sms-answered-numbered-less =
    پاسخ نامه { $number } آماده است.
    شماره پاسخ: { $answer }
sms-answered-numbered-short =
    پاسخ
    { $number }
    { $answer }
sms-upheld =
    به اعتراض شما رسیدگی شد؛ تصمیم تغییر نکرد.
    { $number }
    { $host }
sms-upheld-short =
    اعتراض بررسی شد؛ تصمیم ماند
    { $number }
sms-reconsidered =
    اعتراض شما پذیرفته شد؛ دوباره بررسی می‌شود.
    { $number }
    { $host }
sms-reconsidered-short =
    اعتراض شما پذیرفته شد
    { $number }
sms-reopened =
    نامه { $number } دوباره باز شد و به آن رسیدگی می‌شود.
    { $host }
sms-reopened-short = نامه { $number } دوباره باز شد.

# A route is tried out; it says nothing to anybody.
sms-trial = این پیامک برای آزمایش است.

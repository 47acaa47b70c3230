# Texts that people send to our lines, and the answers. One part is 70 characters; each value stands at the end of its own line, in ASCII
# digits. Whatever is to be sent back stands alone on the last line.

# The words of such texts, in any order; those of both languages are understood.
incoming-words-status = وضعیت پیگیری رهگیری
incoming-words-withdraw = لغو انصراف
incoming-words-rate = امتیاز
incoming-words-between = نامه درخواست شماره کد از من لطفا

incoming-status =
    { $status }
    شماره: { $number }
    ثبت: { $date }
incoming-status-answered =
    { $status }
    شماره: { $number }
    ثبت: { $date }
    پاسخ: { $answered }
incoming-status-short =
    { $status }
    { $number }
incoming-unknown = نامه‌ای با این شماره پیگیری پیدا نشد. دوباره نگاه کنید.
incoming-not-yours = نامه‌ای با این شماره پیگیری از این تلفن همراه پیدا نشد.
incoming-confirm =
    برای انصراف از نامه، این را بفرستید:
    لغو { $tracking } { $code }
incoming-wrong-code =
    کد انصراف درست یا تازه نیست. برای کد تازه:
    لغو { $tracking }
incoming-withdrawn =
    انصراف شما ثبت شد.
    شماره پیگیری: { $tracking }
incoming-cannot-withdraw = در وضعیت کنونی، انصراف از این نامه ممکن نیست.
incoming-rated = امتیاز شما ثبت شد. سپاسگزاریم.
incoming-rated-before = به این نامه پیش‌تر امتیاز داده‌اید.
incoming-cannot-rate = پس از پاسخ می‌توانید به این نامه امتیاز بدهید.
incoming-which = کدام نامه؟ شماره پیگیری و امتیاز را با هم بفرستید.
incoming-help =
    وضعیت: شماره پیگیری
    انصراف: لغو و شماره
    امتیاز: ۱ تا ۵
    { $host }
incoming-help-short =
    وضعیت: شماره پیگیری
    انصراف: لغو و شماره
    امتیاز: ۱ تا ۵

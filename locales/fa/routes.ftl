# How messages fare, for administrators.

routes-nav = پیامک‌ها
routes-title = پیامک‌ها و مسیرها
routes-messages = پیامک
routes-due = در صف
routes-oldest = قدیمی‌ترین: { $time }
routes-later = برای بعد
routes-later-note = در راه یا در انتظار تلاش بعدی
routes-sent = فرستاده
routes-delivered-note = رسیده به گوشی: { $count }
routes-parked = کنار گذاشته
routes-pumping = از { $sent } کدی که در یک ساعت گذشته فرستاده شد، فقط { $typed } کد وارد شد. شاید کسی شماره‌های دیگران را پشت سر هم می‌نویسد.
routes-ways = مسیرها
routes-ways-note = آمار یک شبانه‌روز گذشته است. پیامک از نخستین مسیر سالم می‌رود و اگر نرفت، از بعدی.
routes-way = مسیر
routes-for = برای
routes-for-codes = کد ورود
routes-for-notices = خبر
routes-for-both = همه
routes-for-between = {" و "}
routes-state = وضعیت
routes-well = سالم
routes-failing = نمی‌پذیرد؛ تلاش دوباره { $time }
routes-slow = کند است؛ تلاش دوباره { $time }
routes-delivered = رسیده
routes-lost = نرسیده
routes-median = میانه رسیدن
routes-seconds = { $count } ثانیه
routes-credit = اعتبار
routes-rials = { $count } ریال
routes-short = رو به پایان
routes-settings = درگاه تنظیمات
routes-of-house = مشترک
routes-try = آزمایش
routes-try-note = یک پیامک واقعی می‌رود و هزینه دارد. زمان هر مرحله و پاسخ درگاه نشان داده می‌شود.
routes-try-to = به شماره موبایل
routes-try-by = فرستادن از
routes-trial-of = آزمایش
routes-trials-over = در این ساعت به اندازه کافی آزمایش شد. بعداً دوباره امتحان کنید.
routes-none = مسیری تعریف نشده است. راهبر پیشخوان می‌تواند با فرمان pishkhan route add مسیر بسازد.
routes-step = مرحله
routes-took = زمان
routes-told = پاسخ
routes-millis = { $count } هزارم ثانیه
routes-step-open = باز کردن
routes-step-credit = اعتبار
routes-step-send = فرستادن
routes-step-ask = پرسش از رسیدن
routes-says-nothing = درگاه چیزی نمی‌گوید
routes-taken = پذیرفت
routes-taken-as = پذیرفت، با شناسه { $id }
routes-none-parked = پیامکی کنار گذاشته نشده است.
routes-what = پیامک
routes-to = به
routes-when = زمان
routes-why = علت، به زبان درگاه
routes-retry = دوباره بفرست
routes-retry-all =
    { $n ->
        [one] فرستادن دوباره یک پیامک
       *[other] فرستادن دوباره { $count } پیامک
    }
routes-retried = دوباره در صف است.
routes-not-retried = این پیامک دیگر فرستادنی نیست.

delivery-queued = نزد درگاه است
delivery-sent = نزد اپراتور است
delivery-delivered = به گوشی رسید
delivery-undelivered = به گوشی نرسید
delivery-failed = فرستاده نشد
delivery-blocked = گیرنده پیامک خدماتی را بسته است
delivery-unknown = معلوم نیست

kind-sign-in-code = کد ورود
kind-sign-in-call = تماس صوتی با کد ورود
kind-filing-code = کد تأیید در باجه
kind-letter-submitted = رسید نامه
kind-letter-registered = ثبت نامه
kind-letter-rejected = رد نامه
kind-letter-returned = درخواست مدرک
kind-sender-warned = یادآوری مهلت
kind-letter-lapsed = پایان مهلت
kind-letter-answered = پاسخ نامه
kind-question-asked = پرسش از فرستنده
kind-objection-decided = رأی درباره اعتراض
kind-letter-reopened = بازگشایی نامه
kind-text-answered = پاسخ به پیامک
kind-other = پیامک دیگر

delivery-taken = فرستاده شد
delivery-parked = کنار گذاشته شد
delivery-waiting = در صف است
letter-sms-blocked = پیامک‌های ما به شما نمی‌رسد: اپراتور شما پیامک‌های خدماتی را نگرفته است. از اپراتور خود بخواهید دریافت پیامک‌های تبلیغاتی و خدماتی را باز کند. تا آن وقت به همین صفحه سر بزنید.
letter-sms-lost = پیامک آخر درباره این نامه به گوشی شما نرسید. وضعیت نامه همین است که در این صفحه می‌بینید.
desk-event-sms = پیامک: { $kind }
delivery-unsure = معلوم نیست فرستاده شد یا نه
letter-sms-unsure = معلوم نیست پیامک آخر درباره این نامه به شما رسیده باشد. وضعیت نامه همین است که در این صفحه می‌بینید.

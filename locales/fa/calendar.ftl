# The working calendar: the words in which an office writes its lists, and what a sender is told of deadlines.

calendar-closed-whole = تعطیل
calendar-closed-half = نیم‌روز

desk-letter-kind = نوع
draft-letter-kind = نوع نامه
draft-optional = (اختیاری)
draft-no-letter-kind = انتخاب نشده

promise = معمولاً تا { $day } بررسی می‌شود.
promise-answer = معمولاً تا { $day } پاسخ داده می‌شود.

breach = مهلت این مرحله در پایان { $day } گذشته است. می‌توانید همین حالا گواهی بگیرید که در مهلت پاسخی نیامده است.
breach-certificate = گواهی بی‌پاسخ ماندن
history-late = مهلت در پایان { $day } گذشت.

certificate-title = گواهی بی‌پاسخ ماندن نامه
certificate-back = بازگشت به نامه
certificate-print = چاپ گواهی
certificate-not-reviewed = { $organisation } گواهی می‌کند که نامه زیر به آن رسیده است، مهلت بررسی آن در پایان { $due } گذشته، و تا { $now } نتیجه‌ای درباره آن اعلام نشده است.
certificate-not-answered = { $organisation } گواهی می‌کند که نامه زیر به آن رسیده و ثبت شده است، مهلت پاسخ آن در پایان { $due } گذشته، و تا { $now } پاسخی به آن داده نشده است.
certificate-not-ruled = { $organisation } گواهی می‌کند که به اعتراض به نتیجه نامه زیر تا پایان { $due } باید رسیدگی می‌شد، و تا { $now } تصمیمی درباره آن اعلام نشده است.
certificate-late-review = { $organisation } گواهی می‌کند که نامه زیر به آن رسیده است، مهلت بررسی آن در پایان { $due } گذشته، و تا آن زمان نتیجه‌ای درباره آن اعلام نشده بود.
certificate-late-answer = { $organisation } گواهی می‌کند که نامه زیر به آن رسیده و ثبت شده است، مهلت پاسخ آن در پایان { $due } گذشته، و تا آن زمان پاسخی به آن داده نشده بود.
certificate-late-ruling = { $organisation } گواهی می‌کند که به اعتراض به نتیجه نامه زیر تا پایان { $due } باید رسیدگی می‌شد، و تا آن زمان تصمیمی درباره آن اعلام نشده بود.
certificate-returned = پس از آن، در { $at }، برای تکمیل به فرستنده برگردانده شد.
certificate-completed = در { $at } فرستنده آن را تکمیل کرد.
certificate-asked = پس از آن، در { $at }، از فرستنده پرسیده شد و پاسخ او لازم است.
certificate-replied = در { $at } فرستنده به سؤال پاسخ داد.
certificate-registered = در { $at } ثبت شد: { $after }.
certificate-rejected = در { $at } رد شد: { $after }.
certificate-answered = در { $at } پاسخ داده شد: { $after }.
certificate-upheld = در { $at } اعتراض رد شد: { $after }.
certificate-reconsidered = در { $at } اعتراض پذیرفته شد: { $after }.
certificate-withdrawn = در { $at } فرستنده از آن انصراف داد.
certificate-lapsed = در { $at } بسته شد، چون فرستنده آن را کامل نکرد یا پاسخی نداد.
certificate-days-after = { $n ->
    [0] پس از مهلت و پیش از گذشتن یک روز کاری
   *[other] { $count } روز کاری پس از مهلت
}
certificate-moment = { $date }، ساعت { $time }
certificate-due-review = پایان مهلت بررسی
certificate-due-answer = پایان مهلت پاسخ
certificate-due-ruling = پایان مهلت رسیدگی به اعتراض
certificate-term = مهلت
certificate-basis = بر اساس
certificate-now = زمان این گواهی
certificate-address = نشانی این گواهی:
certificate-made-of = این گواهی از روی رویدادهای ثبت‌شده نامه ساخته شده و وضع آن را در زمان بالا نشان می‌دهد.

term-days = { $count } روز کاری
term-hours = { $count } ساعت کاری

tray-view-late = دیرشده‌ها
tray-list-late = نامه‌های دیرشده در واحدهای زیر نظر من
tray-empty-late = نامه‌ای از مهلتش نگذشته است.

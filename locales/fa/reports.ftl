# Reports, and the lists of letters behind their numbers.

reports-nav = گزارش
reports-title = گزارش
reports-range = بازه
reports-week = ۷ روز
reports-month = ۳۰ روز
reports-quarter = ۹۰ روز
reports-year = امسال
reports-all-units = همه واحدها
reports-my-units = واحدهای من
reports-csv = دریافت جدول (CSV)
reports-behind = این عددها هنوز تغییرهای پس از { $time } را ندارند.
reports-nothing-yet = هنوز نامه‌ای نرسیده؛ اولین گزارش فردا آماده است.
reports-none = –
reports-minutes = دقیقه
reports-hours = ساعت
reports-days = روز
reports-per-cent = { $number } درصد
reports-per-cent-word = درصد

# The numbers on top.

reports-waiting-now = در انتظار بررسی
reports-late = { $count } نامه دیر شده است
reports-none-late = هیچ نامه‌ای دیر نشده است
reports-median-decision = میانه زمان تا تصمیم
reports-median-answer = میانه زمان تا پاسخ
reports-faster = { $by } سریع‌تر از دوره پیش
reports-slower = { $by } کندتر از دوره پیش
reports-as-before = مانند دوره پیش
reports-no-comparison = برای سنجش با دوره پیش نامه‌ای نیست
reports-in-time = پاسخ در مهلت
reports-no-answers = در این بازه پاسخی داده نشده است.
reports-answers-in-time = هر { $count } پاسخ در مهلت بود
reports-answers-late = { $count } پاسخ دیر داده شد
reports-messages = پیامک‌های فرستاده‌شده
reports-all-sent = همه پیامک‌ها فرستاده شد
reports-delivered-share = رسیدن { $share } پیامک‌ها تأیید شده است
reports-sent-share = { $share } فرستاده شد؛ { $parked } پیامک نرفت
reports-no-messages = در این بازه پیامکی نبود

# The chart and the tables.

reports-arrivals = نامه‌های رسیده
reports-accepted = تأیید شده
reports-rejected = رد شده
reports-waiting = در حال بررسی
reports-returned = منتظر تکمیل
reports-ended = انصراف یا بسته‌شده
reports-all = همه
reports-when = روز
reports-span = { $from } تا { $to }
reports-as-table = دیدن همین اعداد در جدول
reports-chart = نمودار ستونی نامه‌های رسیده: در همه { $all } نامه. بیشترین: { $when } با { $most } نامه.
reports-chart-nothing = در این بازه نامه‌ای نرسیده است.
reports-open = نامه‌های باز هر واحد
reports-open-review = در انتظار بررسی
reports-open-answer = در انتظار پاسخ
reports-open-ruling = در انتظار رأی اعتراض
reports-open-late = دیر شده
reports-in-time-legend = در مهلت
reports-nothing-open = نامه بازی نیست.
reports-attention = نیاز به توجه
reports-attention-all = همه نامه‌های باز، به ترتیب مهلت
reports-reasons = دلیل‌های رد
reports-reason = دلیل
reports-other-reason = دلیل دیگر
reports-times-rejected = شمار
reports-no-rejections = در این بازه نامه‌ای رد نشده است.
reports-one-reason = { $share } ردها به این دلیل است: «{ $reason }». اگر فرستنده آن را پیش از نوشتن بداند، نامه کمتری رد می‌شود؛ کنار نام واحد بنویسید.
reports-other-reasons = بیشتر ردها دلیلی بیرون از فهرست دارد؛ دلیل‌های پرتکرار را به فهرست اضافه کنید.
reports-many-reasons = ردها یک دلیل اصلی ندارد.
reports-times = زمان‌ها
reports-step = گام
reports-count = شمار نامه
reports-median = میانه
reports-ninety = نود درصد تا
reports-to-decision = از رسیدن تا تصمیم
reports-to-answer = از رسیدن تا پاسخ
reports-median-minutes = میانه (دقیقه)
reports-ninety-minutes = نود درصد تا (دقیقه)
reports-in-time-words = { $share } پاسخ‌ها در مهلت بود.
reports-times-exact = زمان‌ها گرد شده‌اند و هر کدام حداکثر ۱۰ درصد کم و بیش دارد.
reports-about = زمان‌ها از رسیدن نامه است، با روزهایی که نامه نزد فرستنده بود. نامه‌های محرمانه در عددها هستند و در فهرست‌ها فقط برای کسی که اجازه دیدن دارد.

# The lists.

letters-title = نامه‌ها
letters-subject = موضوع
letters-sender = فرستنده
letters-unit = واحد
letters-arrived = رسیده
letters-number = شماره نامه
letters-state = وضعیت
letters-due = مهلت
letters-order = به ترتیب
letters-by-arrived = روز رسیدن
letters-by-decided = روز تصمیم
letters-by-answered = روز پاسخ
letters-by-due = مهلت (نامه‌های باز)
letters-outcome = نتیجه
letters-open = در انتظار
letters-reason = دلیل رد
letters-any = همه
letters-from = از روز
letters-to = تا روز
letters-late = فقط دیرشده‌ها
letters-show = نشان بده
letters-bad-day = روز را مانند ۱۴۰۵/۰۹/۰۱ بنویسید.
letters-none = نامه‌ای با این فیلترها نیست.
letters-all = برداشتن فیلترها

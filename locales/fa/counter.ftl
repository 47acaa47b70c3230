# What visitors and senders read.

files-count = { $count } فایل

status-draft = پیش‌نویس
status-submitted = در حال بررسی
status-registered = تأیید شده
status-in-progress = در دست اقدام
status-answered = پاسخ داده شد
status-rejected = رد شده
status-closed = مختومه

steps = مرحله‌ها
step-write = نوشتن نامه
step-check = بازبینی
step-done = ثبت شد

registry-number = شماره نامه
registry-date = تاریخ نامه
registry-tracking = شماره پیگیری
registry-attachment = پیوست
registry-without = ندارد
registry-copy = کپی شماره پیگیری

# The way in.

sign-in-title = ورود
sign-in-heading = ورود به پیشخوان
sign-in-lead = شماره موبایل‌تان را بنویسید تا کد ورود را پیامک کنیم. رمز عبور لازم نیست.
sign-in-mobile = شماره موبایل
sign-in-mobile-hint-before = مثلاً
sign-in-mobile-hint-after = . وضعیت نامه هم به همین شماره پیامک می‌شود.
sign-in-mobile-empty = شماره موبایل را بنویسید
sign-in-mobile-malformed = شماره باید ۱۱ رقم باشد و با ۰۹ شروع شود
sign-in-send = ارسال کد
sign-in-too-many = چند کد پشت سر هم فرستاده شده است. { $time } دوباره امتحان کنید.
sign-in-a-minute = به یک شماره پشت سر هم کد نمی‌فرستیم. ساعت { $time } می‌توانید کد بخواهید.
sign-in-only-track = فقط می‌خواهید نامه‌ای را پیگیری کنید؟
sign-in-track = جست‌وجو با شماره پیگیری
sign-in-signed-out = از پیشخوان خارج شدید.

challenge-other-ways = بررسی خودکار کار نمی‌کند؟
challenge-use-image = با کد تصویری ادامه می‌دهم
challenge-other-image = تصویری دیگر نشان بده
challenge-wait-text = یا بدون هیچ آزمونی { $seconds } ثانیه صبر کنید و ادامه دهید.
challenge-use-wait = صبر می‌کنم
challenge-image-label = کد امنیتی
challenge-image-hint = پنج رقمی را که در تصویر می‌بینید بنویسید، با ارقام فارسی یا انگلیسی.
challenge-image-alt = تصویری با پنج رقم فارسی. اگر نمی‌توانید آن را بخوانید، راه دیگر را که پایین همین صفحه است انتخاب کنید.
challenge-missing = بررسی خودکار انجام نشد. کد امنیتی را از روی تصویر بنویسید، یا راه بدون آزمون را که پایین صفحه است انتخاب کنید.
challenge-wrong-image = کد امنیتی درست نیست. کد تصویر تازه را بنویسید.
challenge-failed = بررسی امنیتی پذیرفته نشد یا زمان آن گذشته است. کد تصویر را بنویسید.
challenge-too-early = هنوز زمانش نرسیده است. کمی دیگر صبر کنید.
challenge-waiting = کمی صبر کنید. این صفحه تا { $seconds } ثانیه دیگر خودش ادامه می‌دهد.
challenge-waited = متشکریم که صبر کردید. حالا می‌توانید ادامه دهید.

code-title = کد ورود
code-change-number = تغییر شماره
code-heading = پیامک‌تان را ببینید
code-lead-before = یک کد ۶ رقمی به
code-lead-after = فرستادیم. معمولاً کمتر از یک دقیقه می‌رسد و تا { $minutes } دقیقه اعتبار دارد.
code-label = کد ورود
code-hint = با ارقام فارسی یا انگلیسی بنویسید، یا از پیامک کپی کنید.
code-own-device = این دستگاه مال خودم است
code-own-device-days = (تا { $days } روز وارد بمانم)
code-confirm = تأیید کد
code-resend-at = ارسال دوباره از ساعت { $time } ممکن است.
code-resend = ارسال دوباره کد
code-sent-again = کد تازه‌ای فرستادیم. کد قبلی دیگر کار نمی‌کند.
code-sent-before = کدی که با همین مرورگر خواسته بودید هنوز کار می‌کند. همان را بنویسید.
code-none = کد نرسید؟
code-none-text = شماره را دوباره نگاه کنید. چند دقیقه صبر کنید و بعد «ارسال دوباره کد» را بزنید. اگر دریافت پیامک‌های تبلیغاتی را بسته‌اید، شاید پیامک ما هم نرسد؛ آن را باز کنید یا با دبیرخانه تماس بگیرید.
code-fate-blocked = اپراتور شما پیامک‌های خدماتی را نگرفته است. از اپراتور خود بخواهید دریافت پیامک‌های تبلیغاتی و خدماتی را باز کند، یا با دبیرخانه تماس بگیرید.
code-fate-blocked-call = اپراتور شما پیامک‌های خدماتی را نگرفته است. «کد را تلفنی بگویید» را بزنید تا کد را از پشت خط بشنوید، یا از اپراتور خود بخواهید دریافت پیامک‌های تبلیغاتی و خدماتی را باز کند.
code-fate-undelivered = کد به گوشی شما نرسید. گوشی را روشن و در جای آنتن‌دار نگه دارید و «ارسال دوباره کد» را بزنید.
code-fate-failed = کد فرستاده نشد. «ارسال دوباره کد» را بزنید؛ کد تازه از راه دیگری می‌آید.
code-fate-failed-again = کد فرستاده نشد. کمی بعد «ارسال دوباره کد» را بزنید.
code-fate-sent = کد را به اپراتور شما سپرده‌ایم، ولی هنوز خبر رسیدنش نیامده است. اگر تا چند دقیقه نیامد، «ارسال دوباره کد» را بزنید؛ کد تازه از راه دیگری می‌آید.
code-fate-sent-again = کد را به اپراتور شما سپرده‌ایم، ولی هنوز خبر رسیدنش نیامده است. اگر تا چند دقیقه نیامد، «ارسال دوباره کد» را بزنید.
code-fate-waiting = کد شما هنوز در صف فرستادن است. کمی صبر کنید؛ لازم نیست شماره را دوباره بنویسید.
code-fate-unsure = معلوم نیست کد فرستاده شد یا نه. اگر تا یک دقیقه نیامد، «ارسال دوباره کد» را بزنید؛ کد تازه از راه دیگری می‌آید.
code-fate-unsure-again = معلوم نیست کد فرستاده شد یا نه. اگر تا یک دقیقه نیامد، «ارسال دوباره کد» را بزنید.
code-fate-look = ببینید پیامک کجاست
code-call = کد را تلفنی بگویید
code-safety = این کد را به هیچ‌کس نگویید. کارمندان ما هرگز آن را از شما نمی‌پرسند.
code-empty = کد ورود را بنویسید
code-wrong =
    { $n ->
        [one] کد درست نیست. آن را دوباره نگاه کنید؛ یک بار دیگر می‌توانید امتحان کنید.
       *[other] کد درست نیست. آن را دوباره نگاه کنید؛ { $count } بار دیگر می‌توانید امتحان کنید.
    }
code-dead = این کد چند بار اشتباه نوشته شد و دیگر کار نمی‌کند. «ارسال دوباره کد» را بزنید.
code-expired = زمان این کد تمام شد. «ارسال دوباره کد» را بزنید.
code-too-many = برای امنیت شما تا ساعت { $time } صبر کنید.
code-too-early = کد قبلی هنوز در راه است. ساعت { $time } می‌توانید کد دیگری بخواهید.

# Tracking.

tracking-title = پیگیری نامه
tracking-heading = پیگیری نامه
tracking-lead = شماره پیگیری را بنویسید تا وضعیت نامه را ببینید. بدون ورود فقط وضعیت، شماره و تاریخ‌ها نشان داده می‌شود.
tracking-hint = در پیامک ثبت نامه آمده است؛ ۱۲ رقم.
tracking-search = جست‌وجو
tracking-empty = شماره پیگیری را بنویسید
tracking-malformed = شماره پیگیری ۱۲ رقم است. آن را از پیامک دوباره نگاه کنید.
tracking-not-found = نامه‌ای با این شماره پیدا نشد. شماره را از پیامک دوباره نگاه کنید. نامه‌های در حال بررسی هنوز شماره پیگیری ندارند.
tracking-too-many = جست‌وجوهای زیادی انجام شد. ساعت { $time } دوباره امتحان کنید.
tracking-found = نامه پیدا شد
tracking-submitted = ارسال
tracking-answered = پاسخ
tracking-sign-in-for-more = برای دیدن نامه و پاسخ، با شماره موبایلی که نامه را فرستاده وارد شوید.
tracking-another = جست‌وجوی شماره دیگر

# My letters.

history-welcome = خوش آمدید
history-empty = هنوز نامه‌ای نفرستاده‌اید
history-empty-text = نامه‌تان را بنویسید یا عکس آن را بفرستید. حدود سه دقیقه وقت می‌گیرد و هر وقت بخواهید می‌توانید بقیه‌اش را بعداً پر کنید.
history-new = ثبت نامه جدید
history-by-hand = نامه‌ای را حضوری داده‌اید؟
history-search = جست‌وجوی نامه
history-hello = سلام
history-hello-name = سلام، { $name }
history-news =
    { $n ->
        [one] یک نامه در حال بررسی دارید. نتیجه را پیامک می‌کنیم.
       *[other] { $count } نامه در حال بررسی دارید. نتیجه را پیامک می‌کنیم.
    }
history-no-news = نامه‌ای در حال بررسی ندارید.
history-letters = نامه‌های شما
history-filters = نمایش بر اساس وضعیت
history-all = همه
history-none-here = نامه‌ای با این وضعیت ندارید.
history-show-all = همه نامه‌ها را ببینید
history-newest = تازه‌ترین نامه‌ها
history-older = نامه‌های قدیمی‌تر
history-no-subject = بدون موضوع
history-changed = آخرین تغییر: { $when }
history-sent = ارسال: { $when }
history-continue = ادامه نوشتن
history-discard = دور انداختن
history-due = تا پایان { $day } بررسی می‌شود.
history-registered = ثبت شد و به واحد رسید.
history-in-progress = { $unit } روی آن کار می‌کند.
history-answered = پاسخ آماده است، از { $day }
history-see-answer = دیدن پاسخ
history-why = چرا رد شد؟
history-rejected = نامه شما به دلیل «{ $reason }» در تاریخ { $date } رد شد.

# Writing a letter.

draft-title = ثبت نامه جدید
draft-kind = نامه از طرف کیست؟
draft-person = شخص
draft-company = شرکت یا سازمان
draft-name = نام فرستنده
draft-name-hint = نام و نام خانوادگی، یا اگر از طرف شرکت می‌نویسید نام شرکت.
draft-unit = گیرنده نامه
draft-unit-hint = واحدی را که نامه برای آن است انتخاب کنید. اگر درست نباشد، ما نامه را به واحد درست می‌رسانیم.
draft-choose-unit = انتخاب کنید
draft-subject = موضوع نامه
draft-subject-hint = در یک جمله بگویید چه می‌خواهید.
draft-body = متن نامه
draft-body-optional = (اختیاری، اگر فایل نامه را دارید)
draft-files = فایل نامه و مدارک
draft-files-hint = عکس واضح یا فایل PDF، Word، JPG، PNG یا TIFF؛ تا { $most } فایل، هر کدام تا { $size }.
draft-add-file = افزودن فایل یا گرفتن عکس
draft-attach = افزودن به نامه
draft-remove = حذف
draft-check = ادامه و بازبینی
draft-later = فعلاً نه، بعداً ادامه می‌دهم
draft-no-name = نام فرستنده را بنویسید
draft-long-name = نام فرستنده باید کوتاه‌تر از ۱۲۰ نویسه باشد
draft-no-unit = گیرنده نامه را انتخاب کنید
draft-no-subject = موضوع نامه را بنویسید
draft-long-subject = موضوع نامه باید کوتاه‌تر از { $most } نویسه باشد؛ بقیه را در متن نامه بنویسید
draft-long-body = متن نامه باید کوتاه‌تر از { $most } نویسه باشد؛ می‌توانید آن را به صورت فایل بفرستید
draft-no-letter = متن نامه را بنویسید یا فایل آن را اضافه کنید
draft-too-many = پیش‌نویس‌های زیادی دارید. اول یکی را بفرستید یا دور بیندازید.
draft-up = بالاتر
draft-down = پایین‌تر
draft-files-follow = فایل را بعداً می‌فرستم (تا { $hours } ساعت پس از ارسال نامه)
bind-button = عکس‌ها را به ترتیب بالا یک PDF کن
bind-hint = عکس‌ها سر جایشان می‌مانند.
bind-file-name = عکس‌های نامه.pdf
bind-dropped = PDF قبلی برداشته شد، چون دیگر با عکس‌های نامه یکی نبود. عکس‌ها سر جایشان هستند و خودشان فرستاده می‌شوند.
bind-too-few = برای ساختن PDF دست‌کم دو عکس JPG یا PNG لازم است. عکس‌ها را اضافه کنید و دوباره دکمه را بزنید.
bind-waiting = فایل { $name } هنوز در حال بررسی امنیتی است. کمی بعد دوباره دکمه PDF را بزنید.
bind-infected = فایل { $name } آلوده است و در PDF گذاشته نمی‌شود. آن را حذف کنید و نسخه سالم بفرستید.
bind-broken = فایل { $name } باز نشد و PDF ساخته نشد. آن را حذف کنید و دوباره عکس بگیرید.
bind-broken-somewhere = یکی از عکس‌ها باز نشد و PDF ساخته نشد. دوباره عکس بگیرید، یا عکس‌ها را همین‌طور بفرستید.
bind-too-large = عکس‌ها با هم برای یک PDF بیش از اندازه بزرگ‌اند. عکس‌های کوچک‌تری بگیرید، یا همین‌طور بفرستید.
bind-too-slow = ساختن PDF بیش از اندازه طول کشید. عکس‌های کوچک‌تری بگیرید، یا همین‌طور بفرستید.
bind-too-many = امروز بارها PDF ساخته‌اید. از { $time } دوباره می‌توانید بسازید؛ عکس‌ها همین‌طور هم پذیرفته می‌شوند.
bind-unsteady = عکس‌ها هم‌زمان در صفحه دیگری تغییر کردند. فهرست را ببینید و دوباره دکمه PDF را بزنید.
bind-ours = اکنون نمی‌توانیم PDF بسازیم. کمی بعد دوباره امتحان کنید، یا عکس‌ها را همین‌طور بفرستید.

# A file in a list.

paper-bound = از عکس‌های شما ساخته شد
paper-quarantined = در حال بررسی امنیتی… تا پایان آن کسی نمی‌تواند این فایل را باز کند.
paper-infected = این فایل آلوده است و باز نمی‌شود.
paper-picture = صفحه { $page } از فایل { $name }
paper-pages = دیدن { $count } صفحه
paper-pictures-waiting = تصویر صفحه‌ها در حال آماده شدن است.
paper-pictures-broken = تصویری از این فایل ساخته نشد. فایل را دریافت کنید و ببینید که باز می‌شود.
paper-pictures-more = تصویر { $made } صفحه از { $all } صفحه؛ برای بقیه، فایل را دریافت کنید.

# Files that follow a letter.

addition-title = افزودن فایل به این نامه
addition-until = فایل‌های نامه را تا { $time } می‌توانید زیر همین رسید اضافه کنید.
addition-send = افزودن فایل‌ها
addition-none = فایل را انتخاب کنید
addition-over = مهلت افزودن فایل { $time } تمام شد.
addition-too-late = مهلت افزودن فایل تمام شده است و این فایل‌ها اضافه نشد. می‌توانید آن‌ها را با نامه تازه‌ای بفرستید.
addition-decided = درباره این نامه تصمیم گرفته شده است و دیگر فایل نمی‌گیرد. می‌توانید فایل‌ها را با نامه تازه‌ای بفرستید.
addition-not-promised = این نامه همان‌طور که فرستاده شد کامل است و فایل نمی‌گیرد. می‌توانید فایل‌ها را با نامه تازه‌ای بفرستید.

check-title = پیش از ارسال، یک بار نگاه کنید
check-not-sent = نامه هنوز ارسال نشده است.
check-back = برگشت به نامه
check-stale = پیش‌نویس در صفحه دیگری تغییر کرده بود. این آخرین شکل آن است؛ یک بار دیگر نگاه کنید.
check-sender = فرستنده
check-unit = گیرنده
check-files = فایل‌ها
check-change = تغییر
check-no-body = نوشته نشده؛ متن در فایل است
check-no-files = فایلی ندارد
check-files-follow = فایل را تا { $hours } ساعت پس از ارسال نامه می‌فرستید.
check-sms-before = نتیجه به
check-sms-after = پیامک می‌شود.
check-send = ارسال نامه

receipt-title = رسید نامه
receipt-heading = نامه‌تان به دست ما رسید
receipt-code = رسید شما
receipt-full-code = کد کامل رسید:
receipt-what = چه چیزی رسید
receipt-at = تاریخ و ساعت
receipt-due = بررسی تا پایان
receipt-added-files = فایل‌هایی که بعد اضافه شد
receipt-added-at = اضافه شد: { $time }
receipt-next = بعد چه می‌شود؟
receipt-next-sms-before = شماره نامه و شماره پیگیری بعد از تأیید به
receipt-next-sms-after = پیامک می‌شود.
receipt-see-letter = دیدن نامه
receipt-print = چاپ رسید
receipt-address = نشانی این رسید:

# One letter.

letter-to = به: { $unit }
letter-from = از: { $name }
letter-status = آخرین وضعیت
letter-refresh = گرفتن آخرین وضعیت
letter-refreshed = آخرین به‌روزرسانی: ساعت { $time }
letter-get-answer = دریافت
letter-way = مسیر نامه
letter-own = نامه و مدارک شما
letter-receipt = رسید نامه
letter-print = چاپ این صفحه
letter-submitted = دبیرخانه نامه را بررسی می‌کند، تا پایان { $day }.
letter-registered = نامه ثبت شد و به { $unit } رسید. مهلت پاسخ: { $day }.
letter-in-progress = { $unit } روی نامه کار می‌کند. مهلت پاسخ: { $day }.
letter-submitted-late = دبیرخانه نامه را بررسی می‌کند.
letter-registered-late = نامه ثبت شد و به { $unit } رسید.
letter-in-progress-late = { $unit } روی نامه کار می‌کند.
letter-answered = { $unit } پاسخ داد.
letter-rejected = نامه شما به دلیل «{ $reason }» در تاریخ { $date } رد شد.

timeline-submitted = نامه ارسال شد
timeline-submitted-note = رسید: { $receipt }
timeline-files-added = فایل اضافه کردید
timeline-redirected = به واحد دیگری فرستاده شد
timeline-registered = تأیید و ثبت شد
timeline-registered-note = شماره نامه { $number } و شماره پیگیری به شما پیامک شد.
timeline-rejected = رد شد
timeline-taken = واحد کار را شروع کرد
timeline-answered = پاسخ داده شد
timeline-answered-elsewhere = { $unit }: موضوع در صلاحیت «{ $authority }» است
timeline-answered-so = { $unit }: { $said }
timeline-closed = مختومه شد
timeline-next-register = دبیرخانه بررسی می‌کند و شماره می‌دهد
timeline-next-answer = واحد پاسخ می‌دهد

# The sender's own page.

account-who = شما
account-name-hint = این نام در نامه بعدی از پیش نوشته می‌شود.
account-save = ذخیره
account-devices = دستگاه‌ها
account-unknown-device = دستگاه ناشناس
account-this-device = همین دستگاه
account-seen = آخرین بار: { $when }
account-end-device = خروج از این دستگاه
account-end-all = خروج از همه دستگاه‌ها
account-display = زبان و نما

# Help.

help-title = راهنما
help-code-question = کد ورود نرسید. چه کار کنم؟
help-code-answer = شماره را دوباره نگاه کنید و چند دقیقه صبر کنید. بعد «ارسال دوباره کد» را بزنید. اگر پیامک‌های تبلیغاتی را بسته‌اید، شاید پیامک‌های خدماتی هم نرسد؛ از اپراتور بخواهید آن را باز کند یا با دبیرخانه تماس بگیرید.
help-script-question = بررسی خودکار انجام نمی‌شود یا تصویر را نمی‌توانم بخوانم.
help-script-answer = در صفحه ورود «بررسی خودکار کار نمی‌کند؟» را باز کنید. می‌توانید کد تصویری بنویسید، یا بدون هیچ آزمونی کمی صبر کنید.
help-files-question = چه فایلی می‌توانم بفرستم؟
help-files-answer = عکس JPG یا PNG، فایل PDF، فایل Word و تصویر TIFF. نوع فایل را از محتوای آن می‌فهمیم، نه از نامش.
help-when-question = نامه‌ام کی بررسی می‌شود؟
help-when-answer = روی رسید و صفحه نامه نوشته‌ایم تا پایان کدام روز بررسی می‌شود. نتیجه را پیامک می‌کنیم.
help-rejected-question = نامه‌ام رد شد. چه کار کنم؟
help-rejected-answer = دلیل رد در صفحه نامه نوشته شده است. آن را برطرف کنید و نامه تازه‌ای بفرستید.
help-tracking-question = رسید و شماره پیگیری چه فرقی دارند؟
help-tracking-answer = رسید را همان لحظه‌ای می‌گیرید که نامه به ما می‌رسد. شماره پیگیری را وقتی پیامک می‌کنیم که دبیرخانه نامه را ثبت کند.
help-shared-question = از رایانه دیگران استفاده می‌کنم. امن است؟
help-shared-answer = گزینه «این دستگاه مال خودم است» را نزنید و در پایان «خروج از سامانه» را بزنید. متن نامه روی دستگاه نمی‌ماند.
help-privacy-question = چه کسی نامه‌ام را می‌بیند؟
help-privacy-answer = دبیرخانه و واحدی که نامه برای آن است. با شماره پیگیری تنها وضعیت، شماره و تاریخ‌ها دیده می‌شود.

# The demo.

demo-title = پیامک‌های نمایشی
demo-lead = این‌ها پیامک‌هایی است که در نصب واقعی فرستاده می‌شد.
demo-none = هنوز پیامکی فرستاده نشده است.
demo-to = به

# The desk: the pages of staff.

# The way in.

desk-sign-in-title = ورود کارکنان
desk-sign-in-lead = برای بررسی و پاسخ نامه‌ها با ایمیل سازمانی وارد شوید.
desk-email = ایمیل
desk-password = گذرواژه
desk-sign-in-go = ادامه
desk-sign-in-help = هنوز گذرواژه ندارید یا فراموش کرده‌اید؟ از مدیر پیشخوان دعوت‌نامه تازه بخواهید.
desk-sign-in-no-email = ایمیل خود را بنویسید
desk-sign-in-no-password = گذرواژه خود را بنویسید
desk-sign-in-wrong = ایمیل یا گذرواژه درست نیست. دوباره امتحان کنید.
desk-sign-in-too-many = تعداد تلاش‌ها زیاد شد. از ساعت { $time } دوباره امتحان کنید.
desk-code = کد
desk-second-factor-title = کد تأیید
desk-second-factor-hint = کد ۶ رقمی برنامه تأیید، یا یکی از کدهای بازیابی.
desk-second-factor-go = ورود
desk-second-factor-back = برگشت به ورود
desk-second-factor-empty = کد را بنویسید
desk-second-factor-wrong = کد درست نیست. { $count } بار دیگر می‌توانید امتحان کنید.
desk-second-factor-expired = زمان یا تعداد تلاش‌های این ورود تمام شد. دوباره وارد شوید.
desk-confirmation-title = کد تأیید برای گرفتن فایل
desk-confirmation-why = این فایل اطلاعات نامه‌ها را از پیشخوان بیرون می‌برد؛ برای همین یک بار دیگر کد را می‌پرسیم.
desk-confirmation-go = تأیید کد
desk-confirmation-wrong = کد درست نیست یا یک بار به کار رفته است. کد بعدی برنامه را بنویسید.
desk-confirmation-done = کد درست بود. فایل آماده است.
desk-confirmation-take = گرفتن فایل
desk-confirmation-back = برگشت

# The invitation.

desk-invitation-title = ساختن حساب
desk-invitation-lead = { $name }، برای ورود به پیشخوان گذرواژه بسازید و برنامه تأیید را وصل کنید.
desk-new-password = گذرواژه تازه
desk-password-rules = دست‌کم ۸ نویسه. چند کلمه نامربوط کنار هم، هم به یاد می‌ماند و هم حدس زدنش سخت است.
desk-password-short = گذرواژه باید دست‌کم ۸ نویسه باشد
desk-password-long = گذرواژه باید حداکثر ۱۲۸ نویسه باشد
desk-password-common = این گذرواژه را زود حدس می‌زنند؛ بلندتر و کم‌نظیرتر بنویسید
desk-app-title = برنامه تأیید
desk-app-hint = این نشان را با برنامه تأیید گوشی خود بخوانید. هر برنامه‌ای که کد ۶ رقمی می‌سازد مناسب است.
desk-app-qr = نشان QR برای برنامه تأیید
desk-app-secret = یا این کلید را در برنامه بنویسید:
desk-app-copy = کپی کلید
desk-app-open = باز کردن برنامه تأیید روی همین دستگاه
desk-invitation-code-hint = کد ۶ رقمی که برنامه الان نشان می‌دهد.
desk-invitation-wrong-code = کد درست نیست. ساعت گوشی را ببینید و کد تازه را بنویسید.
desk-invitation-go = ساختن حساب
desk-invitation-gone = این دعوت‌نامه باز نیست
desk-invitation-gone-text = دعوت‌نامه فقط یک بار و تا ۴۸ ساعت کار می‌کند. از مدیر پیشخوان دعوت‌نامه تازه بخواهید.
desk-recovery-title = کدهای بازیابی
desk-recovery-done = حساب شما آماده است.
desk-recovery-lead = اگر گوشی همراهتان نبود، هر کدام از این کدها یک بار به جای کد برنامه کار می‌کند. آن‌ها را چاپ کنید یا جای امنی بنویسید؛ دیگر نشان داده نمی‌شوند.
desk-recovery-print = چاپ
desk-recovery-go = نگه داشتم، ورود

# The tray.

desk-tray-title = صندوق نامه‌ها
desk-waiting = { $count } نامه در انتظار شماست
desk-views = نماها
desk-view-review = در انتظار
desk-view-unit = واحد من
desk-view-units = واحدها
desk-view-mine = در دست من
desk-view-done = انجام‌شده
desk-list-review = نامه‌های در انتظار بررسی
desk-list-unit = نامه‌های باز واحد
desk-list-mine = نامه‌های در دست من
desk-list-done = نامه‌های انجام‌شده
desk-empty-review = همه نامه‌ها بررسی شد. آفرین!
desk-empty-unit = واحد شما نامه بازی ندارد.
desk-empty-mine = نامه‌ای در دست شما نیست.
desk-empty-done = هنوز نامه‌ای انجام نشده است.
desk-pages = صفحه‌های فهرست
desk-first-page = نخستین نامه‌ها
desk-next-page = نامه‌های بعدی
desk-previous-page = نامه‌های قبلی
desk-yesterday = دیروز
desk-choose-title = نامه
desk-choose = نامه‌ای را از فهرست انتخاب کنید.
desk-no-letters = نامه‌ای برای شما نیست
desk-no-letters-text = خواندن نامه‌ها کار بررسی‌کننده، کارشناس و ناظر است. حساب شما این نقش‌ها را ندارد.
desk-due-days = { $count } روز مهلت
desk-due-hours = { $count } ساعت مهلت
desk-due-soon = کمتر از یک ساعت مهلت
desk-due-late = { $count } روز دیر شده
desk-due-late-hours = { $count } ساعت دیر شده
desk-due-just-late = کمتر از یک ساعت دیر شده

# Keys.

desk-keys-title = میان‌برها
desk-key-move = نامه بعدی و قبلی
desk-key-open = باز کردن
desk-key-back = برگشت به صندوق
desk-key-register = تأیید و ثبت
desk-key-redirect = ارجاع به واحد دیگر
desk-key-reject = رد با ذکر دلیل
desk-key-take = برداشتن نامه
desk-key-prompt = یادآوری نامه دیرشده با یادداشت
desk-key-hand-over = سپردن نامه به کارشناس
desk-key-answer = نوشتن پاسخ
desk-key-choose = انتخاب دلیل، واحد یا متن آماده، بیرون از کادر نوشتن
desk-key-send = فرستادن فرم

# A letter.

desk-state-submitted = در حال بررسی
desk-state-registered = تأیید شده
desk-state-in-progress = در دست کارشناس
desk-state-untaken = منتظر برداشتن
desk-state-at-work = در دست اقدام
desk-state-answered = پاسخ داده شد
desk-state-rejected = رد شده
desk-state-closed = بسته شده
desk-back-to-tray = برگشت به صندوق
desk-position = { $place } از { $total }
desk-previous-letter = نامه قبلی
desk-next-letter = نامه بعدی
desk-document = بخش‌های نامه
desk-document-text = متن و فایل‌های نامه
viewer-title = بزرگی و چرخش تصویر صفحه‌ها
viewer-zoom = بزرگی:
viewer-fit = هم‌پهنا
viewer-percent = { $percent }٪
viewer-turn = چرخاندن تصویر صفحه‌ها به چپ
desk-letter-text = متن نامه
desk-to = به:
desk-date = تاریخ:
desk-no-text = این نامه متن تایپ‌شده ندارد؛ فایل‌ها را ببینید.
desk-letter-files = فایل‌های نامه
desk-file-quarantined = در حال بررسی امنیتی… تا پایان آن کسی نمی‌تواند این فایل را باز کند.
desk-file-infected = این فایل آلوده است و باز نمی‌شود. از فرستنده نسخه سالم بخواهید.
desk-file-beware = پیش از دریافت این فایل بدانید:
desk-files-follow = فرستنده گفته است فایل‌های نامه را بعداً می‌فرستد؛ تا { $time } فرصت دارد.
desk-pictures-none = این نوع فایل اینجا پیش‌نمایش ندارد؛ آن را دریافت کنید.
desk-pictures-waiting = تصویر صفحه‌ها در حال آماده شدن است؛ کمی بعد صفحه را تازه کنید.
desk-pictures-broken = تصویری از این فایل ساخته نشد. با احتیاط دریافت کنید یا از فرستنده نسخه دیگری بخواهید.
desk-pictures-more = تصویر { $made } صفحه از { $all } صفحه؛ برای بقیه، فایل را دریافت کنید.
desk-file-get = دریافت فایل
desk-file-hash = اثر انگشت فایل (SHA-256)
desk-answer-title = پاسخ واحد
desk-decision = تصمیم درباره نامه
desk-about-letter = بررسی نامه
desk-sender = فرستنده
desk-sender-person = شخص
desk-sender-company = شرکت یا سازمان
desk-mobile = موبایل
desk-unit = گیرنده
desk-holder = اکنون نزد
desk-receipt = رسید موقت
desk-submitted = رسیده
desk-due = مهلت
desk-number = شماره نامه
desk-tracking = شماره پیگیری
desk-date-word = تاریخ
desk-rejected-because = دلیل رد:
desk-history = تاریخچه
desk-event-submitted = نامه رسید
desk-event-files-added = فرستنده { $count } فایل اضافه کرد
desk-event-redirected = ارجاع به { $unit }
desk-event-registered = ثبت با شماره { $number }
desk-event-rejected = رد شد: { $reason }
desk-event-taken = کارشناس نامه را برداشت
desk-event-answered = پاسخ داده شد
desk-event-answered-elsewhere = پاسخ داده شد: موضوع در صلاحیت «{ $authority }» است
desk-event-answered-so = پاسخ داده شد: { $said }
desk-event-closed = بسته شد

# Decisions.

desk-act-register = تأیید
desk-act-register-more = و ثبت
desk-act-redirect = ارجاع
desk-act-redirect-more = به واحد دیگر
desk-act-reject = رد
desk-act-reject-more = با ذکر دلیل
desk-act-take = برداشتن
desk-act-take-more = نامه
desk-act-answer = پاسخ
desk-act-answer-more = به نامه
desk-back = برگشت
desk-close-dialog = بستن پنجره
desk-sms-title = پیامکی که فرستاده می‌شود
desk-sms-template = یکی از مسیرها برای این پیامک قالب تأییدشده دارد؛ اگر پیامک از آن مسیر برود، متن همان قالب فرستاده می‌شود.
desk-sms-size = { $characters } نویسه، { $parts } بخش
desk-unscanned = فایلی از این نامه هنوز در حال بررسی امنیتی است؛ تا پایان آن نامه ثبت نمی‌شود. معمولاً چند لحظه طول می‌کشد.
desk-unscanned-long = فایلی از این نامه بیش از یک ساعت منتظر بررسی امنیتی مانده است. نامه را می‌توان ثبت کرد؛ فایل تا پایان بررسی باز نمی‌شود.
desk-unscanned-again = دوباره دیدن
desk-registration-title = تأیید و ثبت نامه
desk-registration-hint = اگر هم‌زمان نامه دیگری ثبت شود، این نامه شماره بعدی را می‌گیرد.
desk-registration-more = شماره و تاریخ نامه فرستنده، طبقه‌بندی و فوریت
desk-registration-go = تأیید و ثبت
desk-registration-clock = ساعت سرور از آخرین نامه ثبت‌شده عقب‌تر است؛ تا درست شدن آن نامه‌ای ثبت نمی‌شود. به مدیر پیشخوان خبر دهید.
desk-rejection-title = رد نامه
desk-rejection-reason = دلیل رد
desk-rejection-choose = دلیل رد را انتخاب کنید
desk-rejection-other = دلیل دیگر
desk-rejection-note = توضیح برای فرستنده
desk-rejection-note-hint = (چه کار کند تا پذیرفته شود؟)
desk-rejection-no-reason = دلیل رد را انتخاب کنید
desk-rejection-no-note = برای «دلیل دیگر» توضیح بنویسید
desk-rejection-long-note = توضیح باید حداکثر ۱۰۰۰ نویسه باشد
desk-rejection-go = رد نامه و ارسال پیامک
desk-redirection-title = ارجاع به واحد دیگر
desk-redirection-lead = نامه با همان تاریخ و مهلت در انتظار بررسی می‌ماند و فرستنده واحد تازه را می‌بیند.
desk-redirection-choose = گیرنده تازه
desk-redirection-nowhere = واحد دیگری تعریف نشده است.
desk-redirection-no-unit = گیرنده تازه را انتخاب کنید
desk-redirection-same-unit = نامه همین حالا هم برای این واحد است؛ واحد دیگری انتخاب کنید
desk-redirection-go = ارجاع
desk-taking-title = برداشتن نامه
desk-taking-lead = نامه در دست شما می‌آید و پاسخ آن با شماست.
desk-taking-go = برداشتن نامه
desk-answer-dialog-title = پاسخ به نامه
desk-answer-text = متن پاسخ
desk-answer-hint = فرستنده همین متن را می‌خواند. متن، فایل یا هر دو.
desk-answer-files = فایل‌های پاسخ
desk-answer-nothing = متن پاسخ را بنویسید یا فایل آن را انتخاب کنید
desk-answer-long = متن پاسخ باید حداکثر { $most } نویسه باشد
desk-answer-go = ارسال پاسخ
desk-files-hint = PDF، Word، JPG، PNG یا TIFF؛ حداکثر { $most } فایل، هر کدام تا { $size }.
desk-files-again = فایل‌ها را دوباره انتخاب کنید؛ متن شما سر جایش است
desk-files-many = حداکثر { $count } فایل می‌توانید بفرستید
desk-form-cut = فرم کامل نرسید. اینترنت را ببینید و دوباره امتحان کنید.

# What was done.

desk-done-see = دیدن نامه
desk-done-registered = نامه با شماره { $number } ثبت شد.
desk-done-rejected = نامه «{ $subject }» رد شد.
desk-done-redirected = نامه به { $unit } ارجاع شد و در انتظار بررسی است.
desk-done-taken-by-you = نامه «{ $subject }» در دست شماست.
desk-done-taken = نامه «{ $subject }» در دست کارشناس است.
desk-done-answered = پاسخ نامه «{ $subject }» ثبت شد.
desk-done-closed = نامه «{ $subject }» بسته شد.

# Somebody else was first.

desk-conflict-changed = این نامه پس از باز شدن صفحه شما تغییر کرد. تصمیم شما ثبت نشد.
desk-conflict-files-added = پس از باز شدن صفحه، فرستنده فایل اضافه کرد. آن را ببینید و بعد تصمیم بگیرید.
desk-conflict-registered = این نامه را { $name } { $when } ثبت کرد. تصمیم شما ثبت نشد.
desk-conflict-rejected = این نامه را { $name } { $when } رد کرد. تصمیم شما ثبت نشد.
desk-conflict-redirected = این نامه را { $name } { $when } به واحد دیگری ارجاع داد. تصمیم شما ثبت نشد.
desk-conflict-taken = این نامه را { $name } { $when } برداشت. تصمیم شما ثبت نشد.
desk-conflict-answered = این نامه را { $name } { $when } پاسخ داد. تصمیم شما ثبت نشد.
desk-conflict-chosen = آنچه انتخاب کرده بودید
desk-conflict-days = { $days } روز کاری
desk-conflict-typed = آنچه نوشته بودید
desk-just-now = همین حالا
desk-minutes-ago = { $count } دقیقه پیش
desk-at-time = ({ $time })

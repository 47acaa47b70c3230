# Answers, their signature and the proof of their service; objections, ratings, reopening.

# Writing an answer.

answer-number = شماره پاسخ
answer-number-hint = اگر هم‌زمان پاسخ دیگری صادر شود، این پاسخ شماره بعدی را می‌گیرد.
answer-outcome = نتیجه رسیدگی
answer-final = پاسخ نهایی
answer-outward = ارجاع به بیرون
answer-outward-hint = موضوع در صلاحیت سازمان دیگری است؛ اینجا با همین پاسخ تمام می‌شود
answer-authority = نام سازمان یا مرجع دیگر
answer-authority-hint = تنها برای ارجاع به بیرون. فرستنده این نام را می‌خواند؛ در متن پاسخ بنویسید آنجا چه کار کند.
answer-authority-nothing = بنویسید موضوع در صلاحیت کدام سازمان یا مرجع است
answer-authority-long = نام سازمان یا مرجع دیگر باید حداکثر { $most } نویسه باشد
answer-elsewhere = موضوع در صلاحیت «{ $authority }» است.
answer-in-hand = هنوز در دست اقدام است؟ آنچه نوشته‌اید پیش‌نویس می‌ماند.
answer-in-hand-go = پیام به فرستنده
ground-label = مستند قانونی
ground-hint = این نامه اطلاعات می‌خواهد. بنویسید بر پایه کدام ماده داده نمی‌شود، مانند «ماده ۱۴ قانون انتشار و دسترسی آزاد به اطلاعات». فرستنده آن را می‌خواند.
ground-nothing = مستند قانونی را بنویسید: کدام ماده از کدام قانون
ground-long = مستند قانونی باید حداکثر ۱۲۰ نویسه باشد
ground-said = مستند قانونی: { $ground }
ground-not-asked = این نامه دیگر درخواست اطلاعات به شمار نمی‌آید؛ نتیجه دیگری انتخاب کنید
answer-partial = بخشی از اطلاعات داده می‌شود
answer-refused = اطلاعات داده نمی‌شود
answer-partial-said = بخشی از اطلاعات داده می‌شود. مستند قانونی: { $ground }
answer-refused-said = اطلاعات داده نمی‌شود. مستند قانونی: { $ground }
rejected-by-ground = { $reason } (مستند قانونی: { $ground })
answer-places = در متن می‌توانید این‌ها را بگذارید تا خودشان پر شوند:
answer-kept = پیش‌نویس نگه داشته شد، { $when }
answer-save = نگه داشتن پیش‌نویس
answer-remove = برداشتن
answer-propose = فرستادن برای امضا
answer-signature-hint = پاسخ این واحد امضای دوم می‌خواهد؛ پس از امضا صادر و برای فرستنده پیامک می‌شود.
answer-needs-signature = پاسخ این واحد حالا امضای دوم می‌خواهد؛ آن را برای امضا بفرستید.
answer-nobody-signs = در این واحد کسی نیست که این پاسخ را امضا کند. پیش‌نویس نگه داشته شد؛ از مدیر سازمان بخواهید امضاکننده‌ای برای واحد بگذارد.
answer-unknown-place = جای خالی { $name } شناخته نشد؛ آن را درست کنید یا بردارید.
answer-clock = ساعت سرور از آخرین شماره دفتر صادره عقب‌تر است؛ تا درست شدن آن پاسخی صادر نمی‌شود. پیش‌نویس سر جایش است. به مدیر پیشخوان خبر دهید.
answer-proposed = پاسخ پیشنهادی
answer-former = پاسخ پیشین، { $day }
answer-preview = پیش‌نمایش برای فرستنده
answer-preview-title = پیش‌نمایش پاسخ
answer-preview-lead = فرستنده پاسخ را این‌طور می‌بیند. هنوز چیزی فرستاده نشده است.
answer-preview-back = برگشت به پاسخ
placeholder-name = نام
placeholder-number = شماره
placeholder-date = تاریخ
placeholder-subject = موضوع
placeholder-unit = واحد
placeholder-tracking = پیگیری
placeholder-today = امروز

# The signer.

act-issue = صدور
act-issue-more = پاسخ
act-send-back = برگرداندن
act-send-back-more = با یادداشت
act-retract = پس گرفتن
act-retract-more = پاسخ پیشنهادی
act-rule = رسیدگی
act-rule-more = به اعتراض
act-reopen = باز کردن
act-reopen-more = دوباره نامه
desk-key-issue = صدور پاسخ
desk-key-send-back = برگرداندن پیش‌نویس با یادداشت
desk-key-retract = پس گرفتن پاسخ پیشنهادی
desk-key-rule = رسیدگی به اعتراض
desk-key-reopen = باز کردن دوباره نامه
issue-title = صدور پاسخ
issue-go = صدور پاسخ
issue-own-proposal = این پاسخ را خودتان پیشنهاد داده‌اید؛ امضای دوم را امضاکننده دیگری از این واحد می‌دهد. تا آن وقت می‌توانید آن را برگردانید و درست کنید.
remark-title = برگرداندن پیش‌نویس
remark-text = چه چیزی باید درست شود؟
remark-hint = کارشناس این را می‌بیند و پیش‌نویس دست‌نخورده به او برمی‌گردد. فرستنده چیزی نمی‌بیند.
remark-go = برگرداندن
remark-of = یادداشت امضاکننده:
retraction-title = پس گرفتن پاسخ پیشنهادی
retraction-lead = پاسخ دیگر منتظر امضا نیست و پیش‌نویس آن دست‌نخورده به دست شما برمی‌گردد. فرستنده چیزی نمی‌بیند.
retraction-go = پس گرفتن
said-nothing = چند کلمه بنویسید
said-long = حداکثر { $most } نویسه بنویسید

# Proof of service.

served-title = ابلاغ پاسخ
served-issued = صادر شد
served-sms-waiting = پیامک در نوبت فرستادن است
served-sms-sent = پیامک فرستاده شد؛ درگاه از رسیدن آن خبری نداده است
served-sms-delivered = پیامک به گوشی رسید
served-sms-lost = پیامک فرستاده شد، ولی به گوشی نرسید
served-sms-failed = پیامک فرستاده نشد
served-sms-unsure = معلوم نیست پیامک فرستاده شد یا نه
served-opened = فرستنده پاسخ را باز کرد
served-opened-by-you = پاسخ را باز کردید
served-not-opened = فرستنده هنوز پاسخ را باز نکرده است
served-received = فرستنده پاسخ را گرفت
served-not-received = فرستنده هنوز پاسخ را نگرفته است
service-open = تحویل پاسخ به فرستنده
service-title = پاسخ نامه
service-print = چاپ پاسخ
service-lead = فرستنده موبایل ندارد. پاسخ را چاپ کنید و به دست او بدهید؛ با امضای او و نام شما معلوم می‌ماند که آن را گرفته است.
service-go = پاسخ را به فرستنده دادم
service-signed = این پاسخ را گرفتم.

# Objections.

objection-title = اعتراض
objection-until = تا { $time } می‌توانید اعتراض کنید؛ یک سطح بالاتر به آن رسیدگی می‌کند.
objection-once = به هر تصمیم یک بار می‌شود اعتراض کرد.
objection-write = نوشتن اعتراض
objection-text = متن اعتراض
objection-hint = بنویسید با چه چیزی موافق نیستید و چرا.
objection-files = اگر مدرکی دارید، همراه اعتراض بفرستید.
objection-go = ثبت اعتراض
objection-back = برگشت به نامه
objection-to-answer = پاسخی که به آن اعتراض دارید
objection-to-rejection = دلیل رد که به آن اعتراض دارید
objection-nothing = متن اعتراض را بنویسید
objection-typed = آنچه نوشته بودید
objection-stale = نامه پس از باز شدن صفحه تغییر کرد. متن شما سر جایش است؛ نگاه کنید و دوباره بفرستید.
objection-not-decided = درباره این نامه هنوز تصمیمی گرفته نشده است که بشود به آن اعتراض کرد.
objection-pending = اعتراض شما رسیده است و به آن رسیدگی می‌شود.
objection-second = به اعتراض شما رسیدگی شده و تصمیم مانده است؛ دوباره نمی‌شود به آن اعتراض کرد.
objection-too-late = مهلت اعتراض تمام شده است.
objection-yours = اعتراض شما
objection-of-sender = اعتراض فرستنده
ruling-title = رسیدگی به اعتراض
ruling-choose = تصمیم شما
ruling-uphold = رد اعتراض
ruling-uphold-hint = تصمیم می‌ماند و دوباره اعتراضی به آن نمی‌شود.
ruling-reconsider = پذیرش اعتراض
ruling-reconsider-hint = نامه دوباره بررسی می‌شود.
ruling-text = توضیح برای فرستنده
ruling-text-hint = فرستنده همین متن را می‌خواند.
ruling-none = رد یا پذیرش اعتراض را انتخاب کنید
ruling-go = ثبت تصمیم و ارسال پیامک

# Ratings.

rating-title = امتیاز فرستنده
rating-ask = رسیدگی به نامه چطور بود؟
rating-legend = امتیاز شما
rating-step-1 = ۱ خیلی بد
rating-step-2 = ۲ بد
rating-step-3 = ۳ متوسط
rating-step-4 = ۴ خوب
rating-step-5 = ۵ خیلی خوب
rating-sentence = یک جمله درباره آن
rating-go = ثبت امتیاز
rating-no-step = یکی از پنج امتیاز را انتخاب کنید
rating-twice = به این پاسخ امتیاز داده‌اید؛ هر پاسخ یک بار امتیاز می‌گیرد.
rating-not-yet = پس از رسیدن پاسخ می‌توانید امتیاز بدهید.
rating-yours = امتیاز شما
rating-given = { $steps } از ۵

# Reopening.

reopening-title = باز کردن دوباره نامه
reopening-lead = نامه با مهلت تازه به واحد برمی‌گردد؛ پاسخ پیشین در سابقه می‌ماند.
reopening-text = دلیل
reopening-hint = فرستنده دلیل را می‌خواند.
reopening-go = باز کردن و ارسال پیامک
reopening-done = نامه دوباره باز شد و به واحد برگشت.
reopening-done-before = همکارتان پیش از شما این نامه را دوباره باز کرد و به واحد برگرداند. دلیلی که شما نوشتید ثبت نشد.

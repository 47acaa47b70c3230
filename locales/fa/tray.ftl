# The tray: views, filters, several letters at once, assignment.

tray-list-near = نامه‌های نزدیک مهلت
tray-empty-near = چیزی نزدیک مهلت نیست.
tray-view-near = نزدیک مهلت
tray-list-waiting = نامه‌های منتظر فرستنده
tray-empty-waiting = منتظر مدرک یا پاسخ کسی نیستیم.
tray-view-waiting = منتظر مدرک
tray-list-referred = نامه‌های ارجاع‌شده به من
tray-empty-referred = نامه‌ای به شما ارجاع نشده است.
tray-view-referred = ارجاع‌شده به من
tray-list-untaken = نامه‌هایی که کسی برنداشته است
tray-empty-untaken = نامه‌ای از واحد شما منتظر برداشتن نیست.
tray-view-untaken = منتظر برداشتن
tray-hand = در دست { $name }
tray-no-hand = هنوز کسی برنداشته است
tray-list-messages = نامه‌هایی که خبر تازه دارند
tray-empty-messages = خبر تازه‌ای نیست.
tray-view-messages = خبر تازه
tray-list-signature = پاسخ‌های منتظر امضا
tray-empty-signature = پاسخی منتظر امضای شما نیست.
tray-view-signature = منتظر امضا
tray-list-objections = اعتراض‌ها
tray-empty-objections = اعتراضی منتظر رسیدگی شما نیست.
tray-view-objections = اعتراض‌ها
tray-nothing-found = نامه‌ای با این فیلترها نیست.
tray-nothing-so-far = تا اینجا نامه‌ای با این فیلترها نیست.
tray-gone-through = { $count } نامه بررسی شد؛ نامه‌های پیش از آن‌ها در صفحه بعد است.
tray-bad-date = این تاریخ در تقویم نیست. آن را مثل ۱۴۰۵/۰۹/۰۱ بنویسید؛ ماه و روز را می‌توانید ننویسید.
tray-kept = نماهای من
tray-sieve = فیلترها و نماهای من
tray-any = همه
tray-state = وضعیت
tray-sender = نام فرستنده
tray-from = از تاریخ
tray-to = تا تاریخ
tray-date-hint = تاریخ ارسال، مثل ۱۴۰۵/۰۹/۰۱؛ ۱۴۰۵/۰۹ یا ۱۴۰۵ هم می‌شود
tray-with-files = فقط نامه‌های دارای فایل
tray-late = فقط گذشته از مهلت
tray-sieve-go = نشان بده
tray-sieve-off = برداشتن فیلترها
tray-sieve-drop = برداشتن فیلتر
tray-sieved = فیلترهای این فهرست
tray-sieved-by = { $field }: { $value }
tray-keep = نگه داشتن این نما با نامِ
tray-keep-go = نگه دار
tray-forget = برداشتن
tray-view-no-name = برای نما نامی بنویسید.
tray-view-long-name = نام نما حداکثر ۴۰ نویسه است.
tray-view-too-many = بیست نما نگه داشته‌اید. اول یکی را بردارید.
tray-view-unread = این نما نگه داشته نشد. اول تاریخ را درست کنید.
selection-pick = انتخاب نامه
selection-with = با انتخاب‌شده‌ها:
selection-none = نامه‌ای انتخاب نشده است. کنار نامه‌ها را علامت بزنید.
selection-unscanned = فایلی از آن هنوز در حال بررسی امنیتی است
selection-changed = کسی زودتر تصمیم گرفت یا نامه تغییر کرد
selection-needs-ground = اطلاعات می‌خواهد و تنها با مستند قانونی رد می‌شود؛ آن را جداگانه رد کنید
selection-not-to-give = سپردن این نامه با شما نیست، یا در این میان کسی آن را برداشته است
selection-not-to-refer = ارجاع این نامه با شما نیست، یا در این میان کسی آن را برداشته است
selection-register = ثبت چند نامه
selection-redirect = ارجاع چند نامه
selection-refer = ارجاع چند نامه
selection-hand-over = سپردن چند نامه
selection-reject = رد چند نامه
selection-see = دیدن نامه‌ها
selection-void = شماره { $number } در دفتر باطل ماند
selection-undoing = پس گرفتن چند تصمیم
selection-preview = دیدن پیامک
selection-look = پیامک را با این دلیل ببینید و بعد رد کنید.
assignment-title = سپردن بررسی
assignment-choose = چه کسی بررسی کند؟
assignment-anybody = هر کس زودتر رسید
assignment-go = سپردن بررسی
assignment-reviewer = بررسی با
assignment-nobody = این شخص دیگر بررسی‌کننده نیست. یکی دیگر را انتخاب کنید.
assignment-not-cleared = این شخص اجازه دیدن نامه‌ای با این طبقه‌بندی را ندارد.
late-prompt = یادآوری
late-prompt-more = با یادداشت
handover-title = سپردن نامه به همکار
handover-act = سپردن
handover-act-more = به کارشناس
handover-lead = نامه اکنون در دست { $name } است؛ پس از این در دست او نیست.
handover-lead-new = نامه هنوز در دست کسی نیست؛ از این پس در دست کسی است که انتخاب می‌کنید.
handover-choose = نامه به چه کسی سپرده شود؟
handover-unit = واحد، هر کس زودتر رسید
handover-text = یادداشت (اختیاری)
handover-go = سپردن نامه
handover-no-hand = یکی از کارشناسان واحد را انتخاب کنید.
handover-no-hands = کارشناسی نیست که همه این نامه‌ها را بتوان به او سپرد. نامه‌های یک واحد را با هم انتخاب کنید؛ نامه‌ای را که کمتر کسی اجازه دیدنش را دارد، جدا بسپارید.
handover-nobody = این شخص کارشناس این واحد نیست یا نامه در دست خود اوست؛ یکی دیگر را انتخاب کنید.
selection-done =
    { $n ->
       *[other] { $count } نامه انجام شد.
    }
selection-undone =
    { $n ->
       *[other] { $count } تصمیم پس گرفته شد. پیامکی فرستاده نشد و نامه‌ها دوباره منتظر بررسی‌اند.
    }
selection-stay =
    { $n ->
       *[other] { $count } تصمیم سر جای خود ماند:
    }
selection-failed =
    { $n ->
       *[other] { $count } نامه انجام نشد؛ بقیه سر جای خود است:
    }
selection-messages =
    { $n ->
        [one] { $count } پیامک فرستاده می‌شود.
       *[other] { $count } پیامک فرستاده می‌شود؛ این نخستینِ آن‌هاست.
    }
selection-register-go =
    { $n ->
       *[other] ثبت { $count } نامه و ارسال پیامک
    }
selection-redirect-go =
    { $n ->
       *[other] ارجاع { $count } نامه
    }
selection-reject-go =
    { $n ->
       *[other] رد { $count } نامه و ارسال پیامک
    }
selection-refer-go =
    { $n ->
       *[other] ارجاع { $count } نامه
    }
selection-hand-over-go =
    { $n ->
       *[other] سپردن { $count } نامه
    }
handover-load =
    { $n ->
       *[other] { $count } نامه در دست
    }

# نوشتن نامه در پیشخوان، برای کسی که خودش آمده است.
layout-filing = پذیرش
sms-filing-code-named = { $code } کد تأیید نامه‌تان در { $organisation }. به متصدی بگویید
sms-filing-code = { $code } کد تأیید نامه‌تان در پیشخوان. به متصدی بگویید
filing-title = نامه برای مراجعه‌کننده
filing-lead = آنچه مراجعه‌کننده می‌گوید یا روی کاغذ آورده بنویسید. نامه به نام خودش ثبت می‌شود و رسید چاپی می‌گیرد.
filing-open =
    { $n ->
        [one] یک نامه ناتمام دارید
       *[other] { $count } نامه ناتمام دارید
    }
filing-mobile = شماره موبایل مراجعه‌کننده
filing-mobile-hint = کد تأیید به همین شماره می‌رود و نامه در حساب همین شماره دیده می‌شود.
filing-mobile-empty = شماره موبایل را بنویسید، یا بگویید که مراجعه‌کننده موبایل ندارد
filing-mobile-both = شماره نوشته‌اید و «موبایل ندارد» هم علامت خورده است؛ یکی را بردارید
filing-no-mobile = مراجعه‌کننده موبایل ندارد
filing-without-mobile = ندارد
filing-name = نام مراجعه‌کننده یا شرکت
filing-check = ادامه
filing-discard = کنار گذاشتن این نامه
filing-too-many = نامه‌های ناتمام شما زیاد شده است. اول چندتا را تمام کنید یا کنار بگذارید.
filing-check-title = با مراجعه‌کننده مرور کنید
filing-check-lead = هنوز چیزی ثبت نشده است. نامه را برای مراجعه‌کننده بخوانید.
filing-confirm-title = تأیید مراجعه‌کننده
filing-send-before = یک کد ۶ رقمی به
filing-send-after = می‌رود. مراجعه‌کننده کد را به شما می‌گوید.
filing-send = ارسال کد تأیید
filing-call = تماس با مراجعه‌کننده و گفتن کد
filing-sent-before = کد به
filing-sent-after = فرستاده شد. آن را از مراجعه‌کننده بپرسید.
filing-code = کد تأیید
filing-code-empty = کد تأیید را بنویسید
filing-code-none = برای این نامه کدی فرستاده نشده است. «ارسال کد تأیید» را بزنید.
filing-code-wrong =
    { $n ->
        [one] کد درست نیست. یک بار دیگر می‌شود نوشت.
       *[other] کد درست نیست. { $count } بار دیگر می‌شود نوشت.
    }
filing-code-dead = این کد چند بار نادرست نوشته شد و دیگر کار نمی‌کند. «ارسال دوباره کد» را بزنید.
filing-code-expired = زمان این کد تمام شد. «ارسال دوباره کد» را بزنید.
filing-too-many-codes = به این شماره یا از میز شما کدهای زیادی رفته است. { $time } دوباره می‌شود فرستاد.
filing-file = ثبت نامه و رسید
filing-paper-title = تأیید روی کاغذ
filing-paper-lead = بی موبایل، مراجعه‌کننده رسید چاپی را امضا می‌کند. پیامکی فرستاده نمی‌شود و پاسخ را حضوری می‌گیرد.
filed-at-counter = در پیشخوان نوشته شد
filed-by = متصدی پیشخوان
filed-confirmed = فرستنده این نامه را با کدی که به موبایلش رفت تأیید کرد.
filed-unconfirmed = فرستنده موبایل ندارد. این نامه با امضای زیر تأیید می‌شود و پاسخ آن حضوری داده می‌شود.
filed-signature = نام و امضای فرستنده
desk-receipt-heading = رسید نامه
desk-receipt-back = برگشت به نامه
desk-receipt-track = وضعیت نامه را در این نشانی یا در همین پیشخوان بپرسید:
desk-receipt-print = رسید چاپی
desk-no-mobile = موبایل ندارد
receipt-how = چگونگی
desk-no-sms = فرستنده موبایل ندارد؛ پیامکی فرستاده نمی‌شود.
visit-title = مراجعه حضوری فرستنده
visit-lead = به این فرستنده پیامک نمی‌رسد. آنچه حضوری آورده یا گفته است همین‌جا ثبت کنید؛ نام شما کنار آن می‌ماند.
visit-word = آنچه فرستنده گفت
visit-files = فایل‌هایی که آورد
visit-go = ثبت
visit-not-whole = آنچه آورده بود ثبت شد، ولی هنوز همه موارد کامل نیست. برای هر مورد فایل یا توضیحی لازم است.
filing-again = نوشتن دوباره برای فرستنده
filing-again-not-ended = این نامه هنوز در جریان است؛ وقتی رد یا بسته شد می‌شود آن را دوباره نوشت.
visit-open = ثبت مراجعه حضوری
spoken-withdrawal-open = ثبت انصراف فرستنده
spoken-withdrawal-title = انصراف فرستنده
spoken-withdrawal-lead = فرستنده موبایل ندارد و حضوری از نامه انصراف می‌دهد. پس از ثبت، نامه بسته می‌شود و کسی آن را بررسی نمی‌کند.
spoken-withdrawal-text = دلیل انصراف (اختیاری)
spoken-withdrawal-go = ثبت انصراف
spoken-objection-open = ثبت اعتراض فرستنده
spoken-objection-title = اعتراض فرستنده
spoken-objection-lead = فرستنده موبایل ندارد و حضوری اعتراض می‌کند. تا { $time } فرصت هست؛ یک سطح بالاتر به آن رسیدگی می‌کند.
spoken-objection-go = ثبت اعتراض
spoken-objection-pending = اعتراض فرستنده ثبت شده است و به آن رسیدگی می‌شود.
spoken-objection-second = به اعتراض فرستنده رسیدگی شده و تصمیم مانده است؛ دوباره نمی‌شود به آن اعتراض کرد.
spoken-signed = نام شما کنار آن می‌ماند و فرستنده برگه چاپی را امضا می‌کند.
spoken-files = برگه یا مدرکی که آورد
spoken-papers = آنچه فرستنده حضوری آورد
slip-open = برگه امضا
slip-title = برگه درخواست حضوری
slip-print = چاپ برگه
slip-by = ثبت به دست
slip-withdrawal = انصراف از نامه
slip-objection = اعتراض به تصمیم
slip-signed = این درخواست به گفته فرستنده در پیشخوان ثبت شد و با امضای زیر تأیید می‌شود.

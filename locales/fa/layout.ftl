# What frames every page: header, menu, footer.

layout-skip = رفتن به محتوای اصلی
layout-desk = پیشخوان نامه‌ها
layout-desk-of = پیشخوان
layout-registry-of = دبیرخانه
layout-main-nav = اصلی
layout-my-letters = نامه‌های من
layout-new-letter = نوشتن نامه
layout-help = راهنما
layout-help-contact = راهنما و تماس
layout-account = حساب من
layout-account-menu = فهرست حساب
layout-profile = مشخصات و دستگاه‌ها
layout-other-language = English
layout-night = نمای شب
layout-day = نمای روز
layout-sign-in = ورود
layout-sign-out = خروج از سامانه

# What pieces on many pages say.

layout-error = خطا:
form-fault-of = { $field }: { $fault }
form-mend =
    { $n ->
        [one] یک مورد را اصلاح کنید
       *[other] { $count } مورد را اصلاح کنید
    }
layout-status = وضعیت:
layout-copied = کپی شد

# The way in, and the sample letter beside it.

layout-gate-about = معرفی پیشخوان
layout-gate-promise = نامه‌تان را از خانه بفرستید و قدم‌به‌قدم دنبال کنید
layout-gate-send = نامه و مدرک را می‌فرستید
layout-gate-check = دبیرخانه بررسی می‌کند و شماره می‌دهد
layout-gate-answer = پاسخ را همین‌جا و با پیامک می‌گیرید
layout-sample-status = تأیید شده
layout-sample-subject = درخواست پرونده ۴۵۸
layout-sample-unit = به واحد شهرسازی
layout-sample-number-label = شماره نامه
layout-sample-number = نمونه/۱۰۱
layout-sample-tracking-label = پیگیری
layout-sample-tracking = ۱۳۳۶-۰۷۱۲-۰۴۵۹

# What scripts show; they have no words of their own.

layout-proof-working = بررسی خودکار، چند ثانیه…
layout-proof-done = بررسی خودکار انجام شد. لازم نیست کدی از روی تصویر بخوانید.
layout-proof-failed = بررسی خودکار انجام نشد. یکی از راه‌های دیگر را انتخاب کنید.
layout-draft-saved = پیش‌نویس ذخیره شد
layout-draft-offline = اینترنت قطع است؛ دوباره تلاش می‌کنیم
layout-draft-refused = ذخیره نمی‌شود. متن را جایی نگه دارید و صفحه را دوباره باز کنید.

# The desk's rail.

layout-desk-nav = بخش‌ها
layout-tray = صندوق

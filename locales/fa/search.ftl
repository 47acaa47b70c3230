# The desk's search.

layout-search = جست‌وجو
search-title = جست‌وجوی نامه‌ها
search-field = شماره، کد، نام یا کلمه
search-hint = شماره نامه، شماره پیگیری، کد رسید، موبایل یا چهار رقم آخر آن، نام فرستنده، موضوع، متن، گفت‌وگو یا نام فایل
search-go = جست‌وجو
search-narrow = محدود کردن جست‌وجو
search-state = وضعیت
search-sender = فرستنده
search-any-unit = همه واحدها
search-any-state = همه وضعیت‌ها
search-any-kind = همه نوع‌ها
search-any-sender = همه فرستنده‌ها
search-any-year = همه سال‌ها
search-year = سال
search-has-file = فقط نامه‌های فایل‌دار
search-drop-filter = برداشتن فیلترها
search-dates-crossed = «تا تاریخ» پیش از «از تاریخ» است. یکی از آن‌ها را عوض کنید.

# Before anything is asked.

search-tips-title = چه چیزی را می‌توانید بنویسید؟
search-tip-number = شماره نامه، با همه بخش‌هایش یا بخشی از آن
search-tip-codes = شماره پیگیری یا کد رسید، با هر رقمی و با فاصله یا خط تیره
search-tip-mobile = موبایل فرستنده، یا چهار رقم آخر آن
search-tip-words = نام، موضوع، کلمه‌های متن، پاسخ، گفت‌وگو یا اعتراض، و نام فایل؛ نیم‌فاصله و شکل حرف‌ها فرقی ندارد و کلمه آخر می‌تواند ناتمام باشد

# What was found.

search-found = نامه‌های پیدا شده
search-by-code = این نامه‌ها از روی شماره یا کد پیدا شدند.
search-as-words = جست‌وجوی همین در نام، موضوع و متن
search-cut = { $n ->
   *[other] فقط { $count } کلمه اول جست‌وجو شد.
}
search-why = در { $fields }
search-and = {" "}و{" "}
search-in-number = شماره نامه
search-in-own-number = شماره نامه فرستنده
search-in-voided-number = شماره باطل‌شده
search-in-tracking = شماره پیگیری
search-in-receipt = رسید
search-in-mobile = موبایل
search-in-name = نام فرستنده
search-in-representative = نام وکیل یا نماینده
search-in-subject = موضوع
search-in-text = متن
search-in-answer = پاسخ
search-in-answer-number = شماره پاسخ
search-in-earlier-answer = پاسخ پیشین
search-in-thread = گفت‌وگو
search-in-completion = آنچه برای تکمیل آمد
search-in-objection = اعتراض
search-in-file-name = نام فایل
search-newest = تازه‌ترین نامه‌ها
search-older = نامه‌های قدیمی‌تر
search-facets = محدود کردن یافته‌ها
search-csv = دریافت این نامه‌ها (CSV)
search-csv-why = یافته در
search-csv-cut = در این جدول فقط { $most } نامه تازه‌تر هست. برای گرفتن بقیه، جست‌وجو را محدودتر کنید.

# Nothing was found.

search-nothing = نامه‌ای پیدا نشد
search-nothing-yet = هنوز نامه‌ای پیدا نشد
search-nothing-older = نامه قدیمی‌تری پیدا نشد
search-nothing-older-yet = هنوز نامه قدیمی‌تری پیدا نشد
search-reached = نامه‌های پیش از { $day } هنوز جست‌وجو نشده‌اند.
search-far = جست‌وجو در همه نامه‌های قدیمی‌تر
search-unreadable = در این نوشته حرف یا رقمی نیست. شماره، نام یا یک کلمه بنویسید.
search-wrong-digit = این شماره پیگیری یک رقم نادرست دارد. رقم‌ها را دوباره ببینید.
search-shorter = با کلمه‌های کمتر نامه‌هایی هست:
search-without-filter = جست‌وجو در همه نامه‌ها
search-try = رقم‌ها و نوشته را دوباره ببینید، یا با کلمه کمتر و بخشی از شماره جست‌وجو کنید.

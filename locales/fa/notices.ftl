# Which messages are sent, and in which words, for administrators.

notices-title = متن پیامک‌ها
notices-lead = هر پیامک به زبان فرستنده نامه می‌رود. مسیری که قالب تأییدشده خودش را دارد، متن همان قالب را می‌فرستد. متن کدها عوض نمی‌شود.
notices-kinds = پیامک‌های این صفحه
notices-kind-off = خاموش
notices-kind-wrong = اصلاح شود
notices-sent = فرستاده شود
notices-sent-too = پیامک هم بشود
notices-promised = این پیامک همیشه فرستاده می‌شود، چون به فرستنده قول داده شده است.
notices-places = جاهای این پیامک:
notices-may-go = (می‌تواند نباشد)
notices-both-rulings = این متن برای هر دو تصمیم می‌رود: رد اعتراض و پذیرش آن. اگر خالی باشد، هر کدام متن خود را دارد.
notices-without-number = اگر پاسخ شماره ندارد، خطی که فقط جای شماره پاسخ را دارد فرستاده نمی‌شود.
notices-by-mail = این خبر به ایمیل تأییدشده فرستنده نامه همیشه می‌رود؛ اگر متنی ننویسید، با توضیح بیشتر. پیامک آن هزینه دارد، و اگر سیم‌کارت به دست کس دیگری افتاده باشد به همان کس می‌رسد؛ پس فقط اگر نشان بزنید می‌رود.
notices-persian = متن فارسی
notices-english = متن انگلیسی
notices-empty = خالی: متن پیشخوان
notices-preview = نمونه
notices-parts =
    { $n ->
        [one] همیشه یک پیامک می‌شود.
       *[other] با بلندترین شماره‌ها و متن‌ها { $count } پیامک می‌شود.
    }
notices-keep = ذخیره
notices-show = نمایش نمونه
notices-kept = «{ $what }» ذخیره شد. پیامک‌های بعدی این‌طور می‌روند.
notices-long = متن بلند است. کوتاه‌ترش کنید: حداکثر { $most } نویسه.
notices-link = پیامک پیوند ندارد، چون بعضی اپراتورها آن را نمی‌پذیرند. به جای پیوند { "{host}" } را بنویسید، اگر این پیامک آن را دارد.
notices-brace = یک آکولاد جفت ندارد. هر جا را کامل بنویسید یا آکولاد را بردارید.
notices-unknown = این پیامک { $place } ندارد. یکی از جاهای بالا را بنویسید.
notices-lacks = { $place } باید در متن بماند. آن را بنویسید.
notices-off-here = این پیامک در این سازمان خاموش است؛ چیزی فرستاده نمی‌شود.

# What stands in the places of a sample.
notices-sample-number = 1405/نمونه/101
notices-sample-answer = 1405/ص/57
notices-sample-reason = مدارک کامل نیست
notices-sample-what = صفحه اول سند

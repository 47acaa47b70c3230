# What is live at the desk: new letters, who is looking, keys.

live-new-one = یک نامه تازه رسید، نشان بده
live-new-many = { $count } نامه تازه رسید، نشان بده
live-others = نامه‌های این صفحه دیگر در فهرست نیستند، بقیه را نشان بده
live-looking = { $name } دارد می‌بیند
live-looking-more = { $name } و { $count } نفر دیگر دارند می‌بینند
desk-key-select = انتخاب برای کار گروهی
desk-key-together = تأیید، رد یا ارجاع انتخاب‌شده‌ها در صندوق
desk-key-return = خواستن مدرک
desk-key-undo = پس گرفتن، تا ده ثانیه
desk-key-pages = صفحه قبل و بعد فایل‌ها
desk-key-zoom = تصویر صفحه‌ها بزرگ‌تر و کوچک‌تر
desk-key-turn = چرخاندن تصویر صفحه‌ها به چپ
desk-key-search = جست‌وجو
desk-key-go-tray = صندوق
desk-key-go-reports = گزارش‌ها
desk-key-go-search = صفحه جست‌وجو
desk-key-sheet = همه میان‌برها
desk-keys-setting = تنظیم میان‌برها
desk-keys-close = بستن
desk-keys-lead = جای کلید مهم است، نه حرف روی آن؛ پس با چیدمان فارسی هم کار می‌کند. هر کاری با دکمه و پیوند هم انجام می‌شود.
desk-keys-are-on = میان‌برهای تک‌کلیدی روشن است. اگر با گفتار یا صفحه‌خوان کار می‌کنید، می‌توانید خاموششان کنید.
desk-keys-are-off = میان‌برهای تک‌کلیدی خاموش است. کلیدهای مرورگر مثل همیشه کار می‌کند.
desk-keys-switch-off = خاموش کردن میان‌برها
desk-keys-switch-on = روشن کردن میان‌برها

# Beside a letter: its classification, what it is related to, what looks alike.

classification-title = طبقه‌بندی
classification-normal = عادی
classification-confidential = محرمانه
classification-very-confidential = خیلی محرمانه
classification-change = تغییر
classification-change-title = تغییر طبقه‌بندی
classification-lead = نامه را فقط کسانی می‌بینند که اجازه این طبقه‌بندی را دارند.
classification-above = این طبقه‌بندی از اجازه خود شما بالاتر است؛ با آن دیگر نامه را نمی‌دیدید.
classification-not-cleared = نامه با { $name } است که به نامه محرمانه دسترسی ندارد؛ اول آن را به کس دیگری بسپارید.
classification-go = ثبت طبقه‌بندی
mobile-show = نمایش شماره کامل (ثبت می‌شود)
relation-title = نامه‌های مرتبط
relation-how = این نامه نسبت به نامه دیگر
relation-duplicate = تکراری است
relation-follows = پیرو است
relation-followed = پیرو این نامه است
relation-replies = عطف است
relation-replied = عطف به این نامه است
relation-go = ثبت پیوند
relation-remove = برداشتن پیوند
alike-title = نامه‌های شبیه
alike-compare = مقایسه دو نامه
alike-file = فایل یکسان
alike-text = متن یکسان
alike-subject = همین فرستنده و موضوع

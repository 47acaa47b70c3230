# Paper: what is printed, and what is said about it.

paper-page-of = صفحه { $page } از { $pages }

# The indicator book, printed.

register-pdf = دریافت همه سال (PDF)
register-pdf-part = ردیف { $from } تا { $to } (PDF)
paper-book-year = دفتر اندیکاتور سال { $year }
paper-book-part = ردیف { $from } تا { $to }
paper-book-printed = چاپ: { $date }، { $time }، { $name }
paper-book-file = { $register } { $year } از ردیف { $from }

# The stamp of entry, and the copy that it stands on.

desk-stamped = رونوشت با مهر ورود (PDF)
paper-stamped-title = رونوشت با مهر ورود، نامه { $number }
paper-stamped-file = مهر ورود { $number }
paper-stamped-notice = این برگ رونوشت نامه با مهر ورود است. اصل نامه، همان‌طور که رسید، در پیشخوان است.
paper-stamped-about = تصویر صفحه اول نامه
paper-stamp = ورود به دبیرخانه
paper-stamp-number = شماره
paper-stamp-date = تاریخ
paper-stamp-time = ساعت
paper-stamp-attachments = پیوست
paper-stamp-qr = پیگیری نامه
paper-attachments-none = ندارد
paper-attachments-sheets = دارد ({ $count } برگ)
paper-attachments-files = دارد ({ $count } فایل)
paper-from = از
paper-to = به
paper-subject = موضوع
paper-sent = تاریخ ارسال
paper-no-picture = نامه در این فایل است. تصویر صفحه اول آن آماده نیست:

problem-not-printed = این برگ الان چاپ نشد
problem-not-printed-text = چاپ چند لحظه طول می‌کشد و الان نوبت نرسید. نامه و فایل‌هایش دست نخورده‌اند؛ کمی بعد دوباره امتحان کنید.

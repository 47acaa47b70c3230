# When something goes wrong: what happened, and what to do.

problem-not-found = این صفحه را پیدا نکردیم
problem-not-found-text = شاید نشانی ناقص کپی شده، یا این نامه مال حساب دیگری است. اگر شماره دیگری دارید، با همان وارد شوید.
problem-not-found-desk-text = شاید نشانی ناقص کپی شده، یا این نامه پیش واحد دیگری است.
problem-bad-request = این درخواست را نفهمیدیم
problem-bad-request-text = فرم ناقص یا دوباره رسید. به صفحه قبل برگردید و دوباره بفرستید؛ آنچه نوشته‌اید همان‌جاست.
problem-form-expired = این فرم کهنه شده است
problem-form-expired-text = چیزی از طرف شما ثبت نشد. به صفحه قبل برگردید؛ آنچه نوشته‌اید همان‌جاست. آن را کپی کنید، صفحه را تازه کنید و دوباره بفرستید.
problem-session-ended = زمان ورود شما تمام شد
problem-session-ended-text = در برگه دیگری وارد شوید، بعد به این صفحه برگردید، یک قدم عقب بروید و دوباره بفرستید؛ آنچه نوشته‌اید همان‌جاست.
problem-too-large = آنچه فرستادید بیش از اندازه بزرگ است
problem-too-large-text = به صفحه قبل برگردید و متن یا فایل کوچک‌تری بفرستید.
problem-too-many = کمی صبر کنید
problem-too-many-text = { $time } دوباره امتحان کنید. چیزی که نوشته‌اید سر جایش است.
problem-conflict = کس دیگری زودتر تصمیم گرفت
problem-conflict-text = نامه پس از باز شدن این صفحه تغییر کرد. آخرین وضعیت آن را ببینید؛ تصمیم شما ثبت نشد.
problem-unavailable = پیشخوان الان چیزی نمی‌پذیرد
problem-unavailable-text = ذخیره‌سازی جواب نمی‌دهد. نامه‌های قبلی محفوظ‌اند؛ کمی بعد دوباره امتحان کنید.
problem-internal = کار انجام نشد و تقصیر شما نیست
problem-internal-text = چیزی از طرف شما ثبت نشد. کمی بعد دوباره امتحان کنید؛ اگر تکرار شد به دبیرخانه خبر دهید.
problem-bad-host = نشانی این درخواست درست نیست.
problem-unknown-host = هیچ سازمانی با این نشانی در این پیشخوان نیست.
problem-to-letters = نامه‌های من
problem-to-desk = صندوق نامه‌ها
problem-to-tracking = جست‌وجو با شماره پیگیری
problem-see-letter = دیدن نامه

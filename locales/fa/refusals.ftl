# Short pages for requests that are turned away before anybody looks at them. Shown in both languages at once.

refusal-malformed = این درخواست خوانده نشد. نشانی را دوباره در مرورگر باز کنید.
refusal-slow = خط بیش از اندازه مکث کرد و چیزی دریافت نشد. به صفحهٔ قبل برگردید و دوباره بفرستید.
refusal-long-address = نشانی این درخواست بیش از اندازه بلند است.
refusal-large-head = مرورگر همراه درخواست چیزهای زیادی فرستاد. کوکی‌های این سایت را پاک کنید و دوباره امتحان کنید.
refusal-busy = پیشخوان الان خیلی شلوغ است. کمی بعد دوباره امتحان کنید؛ آنچه ثبت شده محفوظ است.

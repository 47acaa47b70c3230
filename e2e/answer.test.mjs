// The end of a letter: drafted, previewed, sent back, signed, numbered, told, opened, objected to, upheld and rated; on a wide screen
// with script, on a phone without.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fitsNarrowScreen, look } from './look.mjs';
import { pdf } from './pdf.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const UNIT = 'درآمد و نوسازی';
const FILE = { name: 'ریز محاسبه.pdf', mimeType: 'application/pdf', buffer: pdf('Answer') };
const WAYS = [
  { screen: DESKTOP, script: true, subject: 'اعتراض به مبلغ عوارض نوسازی', mobile: '09191110006' },
  { screen: PHONE, script: false, subject: 'درخواست تقسیط عوارض پسماند', mobile: '09121110001' },
];

// Nothing is taken back here, so what was decided is told soon.
const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2', PISHKHAN_LETTERS__UNDO_SECONDS: '1' };

stage('the end of a letter', { settings: SETTINGS }, it => {
  for (const way of WAYS) {
    it(`at ${way.screen.width} px ${way.script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[1];
      const come = async (role, unit) => {
        const page = await visitor(browser, organisation, way);
        await deskSignIn(page, staffOf(demo, organisation, role, unit));
        return page;
      };
      const signer = await come('signer', UNIT);
      const officer = await come('officer', UNIT);
      const address = way.script ? await writes(officer, way) : await getsBack(signer, officer, way);
      await issues(signer, address, way);
      const sender = await visitor(browser, organisation, way);
      await signIn(sender, demo, way.mobile, way);
      await objects(sender, way);
      await rules(await come('signer', null), way);
      await rates(sender, way);
      await officer.goto(address);
      await officer.getByText('فرستنده پاسخ را باز کرد').first().waitFor();
      await officer.getByText(/۴\u2069? از ۵/).first().waitFor();
      await look(officer, 'desk-letter-after-all');
    });
  }
});

// Takes it, writes with our script keeping the draft, previews it, and sends it for signature.
async function writes(page, { subject }) {
  await page.goto('/desk?show=untaken');
  await page.getByRole('link', { name: new RegExp(subject) }).click();
  await page.waitForURL(/\/desk\/letters\/[a-z2-7]{26}/);
  const address = page.url();
  await page.keyboard.press('KeyT');
  await page.getByRole('button', { name: 'برداشتن نامه' }).click();
  await page.waitForURL(/done=/);
  await page.keyboard.press('KeyW');
  await page.waitForURL(/\/answer(\?|$)/);
  await page.getByLabel('متن پاسخ').fill('{نام} گرامی\nمحاسبه عوارض شما با شماره {شماره} بازبینی شد و {مبلغ} کم شد.\n{واحد}، {امروز}');
  await page.getByText('پیش‌نویس ذخیره شد').waitFor();
  await page.reload();
  assert.match(await page.getByLabel('متن پاسخ').inputValue(), /بازبینی شد/);
  await page.getByRole('button', { name: 'فرستادن برای امضا' }).click();
  await page.getByText('شناخته نشد').first().waitFor();
  await look(page, 'answer-faulty');
  const text = await page.getByLabel('متن پاسخ').inputValue();
  await page.getByLabel('متن پاسخ').fill(text.replace('{مبلغ}', 'نیمی از آن'));
  await page.locator('#files').setInputFiles(FILE);
  await page.getByRole('button', { name: 'پیش‌نمایش برای فرستنده' }).click();
  await page.waitForURL(/\/preview(\?|$)/);
  await page.getByText('نیمی از آن کم شد').waitFor();
  await look(page, 'answer-preview');
  await fitsNarrowScreen(page, 'answer-preview');
  await page.getByRole('link', { name: 'برگشت به پاسخ' }).click();
  await look(page, 'answer-composer');
  await fitsNarrowScreen(page, 'answer-composer');
  await page.getByRole('button', { name: 'فرستادن برای امضا' }).click();
  await page.waitForURL(/done=/);
  await looksAtRetraction(page, address.replace(/\?.*$/, ''));
  return address.replace(/\?.*$/, '');
}

// Until it is signed its officer could take it back.
async function looksAtRetraction(page, address) {
  await page.goto(`${address}/retraction`);
  await page.locator('dialog[open]').waitFor();
  await look(page, 'answer-retraction');
  await fitsNarrowScreen(page, 'answer-retraction');
}

// The demo's proposal comes back with a remark; nothing of it is lost.
async function getsBack(signer, officer, { subject }) {
  await signer.goto('/desk?show=signature');
  await signer.getByRole('link', { name: new RegExp(subject) }).click();
  const address = signer.url();
  await look(signer, 'answer-proposed');
  await looksAtRetraction(officer, address.replace(/\?.*$/, ''));
  await signer.getByRole('link', { name: /برگرداندن/ }).click();
  await signer.getByLabel('چه چیزی باید درست شود؟').fill('شماره حساب را هم بنویسید.');
  await look(signer, 'answer-remark');
  await signer.getByRole('button', { name: 'برگرداندن' }).click();
  await officer.goto(`${address.replace(/\?.*$/, '')}/answer`);
  await officer.getByText('شماره حساب را هم بنویسید.').first().waitFor();
  await officer.getByText('جدول قسط‌ها.pdf').first().waitFor();
  const text = await officer.getByLabel('متن پاسخ').inputValue();
  await officer.getByLabel('متن پاسخ').fill(`${text}\nشماره حساب: ۱۲۳`);
  await look(officer, 'answer-composer');
  await officer.getByRole('button', { name: 'نگه داشتن پیش‌نویس' }).last().click();
  await officer.getByText('پیش‌نویس نگه داشته شد').waitFor();
  await officer.getByRole('button', { name: 'فرستادن برای امضا' }).click();
  await officer.waitForURL(/done=/);
  return address.replace(/\?.*$/, '');
}

async function issues(page, address, { script }) {
  await page.goto(address);
  await look(page, 'desk-letter-proposed');
  if (script) await page.keyboard.press('KeyI');
  else await page.locator('.decide a').first().click();
  await page.waitForURL(/\/issue(\?|$)/);
  await look(page, 'answer-issue');
  await fitsNarrowScreen(page, 'answer-issue');
  if (script) {
    await page.getByRole('button', { name: 'صدور پاسخ' }).focus();
    await page.keyboard.press('Control+Enter');
  } else await page.getByRole('button', { name: 'صدور پاسخ' }).click();
  await page.waitForURL(/done=/);
  await page.goto(address);
  await page.getByText('هنوز پاسخ را باز نکرده است').waitFor();
}

async function objects(page, { subject }) {
  await page.goto('/letters');
  await page.getByRole('link', { name: new RegExp(subject) }).first().click();
  // It leaves once nobody can take the answer back any more.
  const told = page.getByText('پیامک فرستاده شد').first();
  for (let second = 0; second < 40 && await told.count() === 0; second += 1) {
    await page.waitForTimeout(1000);
    await page.reload();
  }
  await told.waitFor();
  await look(page, 'letter-answered');
  await fitsNarrowScreen(page, 'letter-answered');
  await page.getByRole('link', { name: 'نوشتن اعتراض' }).click();
  await page.getByRole('button', { name: 'ثبت اعتراض' }).click();
  await page.getByText('متن اعتراض را بنویسید').first().waitFor();
  await page.getByLabel('متن اعتراض').fill('محاسبه هنوز درست نیست؛ زیربنا تغییری نکرده است.');
  await look(page, 'objection');
  await fitsNarrowScreen(page, 'objection');
  await page.getByRole('button', { name: 'ثبت اعتراض' }).click();
  await page.getByText('اعتراض ثبت شد').first().waitFor();
  await look(page, 'letter-objected');
}

async function rules(page, { subject }) {
  await page.goto('/desk?show=objections');
  await page.getByRole('link', { name: new RegExp(subject) }).click();
  await look(page, 'desk-letter-objected');
  await page.getByRole('link', { name: /رسیدگی/ }).click();
  await page.getByRole('radio', { name: /رد اعتراض/ }).check();
  await page.getByLabel('توضیح برای فرستنده').fill('محاسبه دوباره بررسی شد و درست است.');
  await look(page, 'ruling');
  await fitsNarrowScreen(page, 'ruling');
  await page.getByRole('button', { name: 'ثبت تصمیم و ارسال پیامک' }).click();
  await page.waitForURL(/done=/);
}

async function rates(page) {
  await page.reload();
  await page.getByText('محاسبه دوباره بررسی شد و درست است.').waitFor();
  assert.equal(await page.getByRole('link', { name: 'نوشتن اعتراض' }).count(), 0);
  await page.getByRole('button', { name: 'ثبت امتیاز' }).click();
  await page.getByText('یکی از پنج امتیاز را انتخاب کنید').first().waitFor();
  await look(page, 'rating-faulty');
  await page.getByRole('radio', { name: /۴ خوب/ }).check();
  await page.getByLabel('یک جمله درباره آن').fill('زود پاسخ دادید.');
  await page.getByRole('button', { name: 'ثبت امتیاز' }).click();
  await page.getByText(/۴\u2069? از ۵/).waitFor();
  await look(page, 'letter-rated');
}

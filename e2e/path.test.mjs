// The long way of a letter, whole: returned, completed, registered, referred, asked about, replied to, answered, issued under a
// signature, objected to, upheld and rated. With script on a desktop, without on a phone, on both databases.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { look } from './look.mjs';
import { pdf } from './pdf.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const PAPER = { name: 'صورتحساب.pdf', mimeType: 'application/pdf', buffer: pdf('Bill') };
const SHEET = { name: 'پاسخ امضاشده.pdf', mimeType: 'application/pdf', buffer: pdf('Signed') };
// Nothing is taken back here, so what was decided is told soon.
const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2', PISHKHAN_LETTERS__UNDO_SECONDS: '1' };
const SUBJECT = 'درخواست بازپرداخت مبلغ اضافه';

for (const [database, script, place] of [['sqlite', true, 0], ['sqlite', false, 1], ['postgres', false, 0]]) {
  stage(`the long way on ${database} ${script ? 'with' : 'without'} script`, { database, settings: SETTINGS }, it => {
    it('from the counter to the rating', async ({ demo, browser }) => {
      const organisation = demo.organisations[place];
      const way = { screen: script ? DESKTOP : PHONE, script };
      const mobile = '09135550200';
      const name = `path${script ? '' : '-without-script'}`;
      // The pages of both databases are the same; those of one are looked at.
      const seen = async (page, step) => database === 'sqlite' && look(page, `${name}-${step}`);
      const told = template => demo.message(mobile, message => message.template === template);
      // The unit that signs its answers, and another one that the letter is written to.
      const signed = staffOf(demo, organisation, 'signer', staffOf(demo, organisation, 'signer').unit);
      const first = staffOf(demo, organisation, 'officer');
      const staff = async account => {
        const page = await visitor(browser, organisation, way);
        await deskSignIn(page, account);
        return page;
      };

      const sender = await visitor(browser, organisation, way);
      await signIn(sender, demo, mobile, way);
      const letter = await sends(sender, first.unit);
      const atDesk = letter.replace('/letters/', '/desk/letters/');

      const reviewer = await staff(staffOf(demo, organisation, 'reviewer'));
      await reviewer.goto(`${atDesk}/return`);
      await reviewer.locator('[name=others]').fill('تصویر صورتحساب');
      await seen(reviewer, '1-return');
      await decides(reviewer);
      await told('letter_returned');

      await sender.goto(letter);
      await seen(sender, '2-to-do');
      await sender.locator('#todo input[type=file]').setInputFiles(PAPER);
      await sender.locator('#todo form .btn').first().click();
      await sender.waitForURL(/#status$/);

      await reviewer.goto(`${atDesk}/registration`);
      await decides(reviewer);
      const registered = await told('letter_registered');
      assert.match(registered.text, /شماره: /);
      await reviewer.context().close();

      const officer = await staff(first);
      await officer.goto(`${atDesk}/referrals`);
      await officer.locator('#to').selectOption({ label: await officer.locator('#to option', { hasText: signed.unit }).first().innerText() });
      await officer.locator('[name=purpose]').first().check();
      await officer.locator('#text').fill('لطفاً اقدام و پاسخ');
      await seen(officer, '3-referral');
      await decides(officer);
      await officer.context().close();

      const worker = await staff(staffOf(demo, organisation, 'officer', signed.unit));
      await worker.goto(`${atDesk}/taking`);
      await decides(worker);
      await worker.goto(`${atDesk}/questions`);
      await worker.locator('#text').fill('مبلغ را در چه روزی پرداخته‌اید؟');
      await seen(worker, '4-question');
      await decides(worker);
      await told('question_asked');

      await sender.goto(letter);
      await sender.locator('#thread').getByText('مبلغ را در چه روزی پرداخته‌اید؟').waitFor();
      await seen(sender, '5-asked');
      await sender.locator('#thread-text').fill('روز سه‌شنبه دهم آبان.');
      await sender.locator('#thread form .btn').click();
      await sender.locator('#thread').getByText('روز سه‌شنبه دهم آبان.').waitFor();

      await worker.goto(`${atDesk}/answer`);
      await worker.locator('#text').fill('با سلام\nمبلغ اضافه تا پایان هفته بازگردانده می‌شود.');
      await worker.locator('#files').setInputFiles(SHEET);
      await worker.locator('[name=next][value=propose]').click();
      await worker.waitForURL(/done=/);
      await worker.context().close();

      const signer = await staff(signed);
      await signer.goto(`${atDesk}/issue`);
      await seen(signer, '6-issue');
      await decides(signer);
      await signer.context().close();
      await told('letter_answered');

      await sender.goto(letter);
      await sender.locator('#status').getByText('مبلغ اضافه تا پایان هفته').waitFor();
      await sender.locator('#served').waitFor();
      await seen(sender, '7-answered');
      await sender.goto(`${letter}/objection`);
      await sender.locator('#text').fill('مبلغ کامل بازگردانده نشده است.');
      await sender.locator('form .btn').first().click();
      await sender.waitForURL(url => url.pathname === new URL(letter).pathname);

      const above = await staff(staffOf(demo, organisation, 'signer', null));
      await above.goto(`${atDesk}/ruling`);
      await above.locator('#ruling-1').check();
      await above.locator('#text').fill('محاسبه بررسی شد و درست است.');
      await seen(above, '8-ruling');
      await decides(above);
      await above.context().close();

      await sender.goto(letter);
      await sender.getByText('محاسبه بررسی شد و درست است.').first().waitFor();
      await sender.locator('#steps-4').check();
      await sender.locator('#sentence').fill('زود جواب دادند.');
      await sender.locator('#rating .btn').click();
      await sender.locator('#rating').getByText('زود جواب دادند.').waitFor();
      await seen(sender, '9-rated');
    });
  });
}

async function sends(page, unit) {
  await page.goto('/letters/new');
  await page.locator('[name=sender_name]').fill('سمانه رستمی');
  await page.locator('label', { hasText: unit }).locator('[name=unit]').check();
  await page.locator('[name=subject]').fill(SUBJECT);
  await page.locator('[name=body]').fill('مبلغی بیش از صورتحساب پرداخته‌ام.');
  await page.locator('[name=next][value=check]').click();
  await page.locator('form[action$="/submission"] button.btn').first().click();
  await page.waitForURL(/\/receipt$/);
  return page.url().replace(/\/receipt$/, '');
}

// Presses the button of the dialog, and sees that it leads on.
async function decides(page) {
  const dialog = page.url();
  await page.locator('dialog footer .btn').first().click();
  await page.waitForURL(url => url.href !== dialog);
}

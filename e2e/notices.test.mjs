// An administrator words a notice in both languages and switches another one off; senders get what was shown.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fileLetters } from './letters.mjs';
import { look, lookOnBoth } from './look.mjs';
import { bare, deskSignIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';
import { walk } from './tabs.mjs';

const PERSIAN = 'به دبیرخانه خوش آمدید\nنامه {number}\nکد {tracking} از {date}';
const ENGLISH = 'Welcome to the secretariat\nYour letter {number} of {date}\nCode {tracking}';
const LONG = `${PERSIAN}\n${'لطفاً این شماره را نگه دارید. '.repeat(3)}`;

// Nothing is taken back here, so what was decided is told soon.
stage('the notices', { settings: { PISHKHAN_LETTERS__UNDO_SECONDS: '1' } }, it => {
  for (const [place, script, screen] of [[0, true, DESKTOP], [1, false, PHONE]]) {
    it(`are worded and switched off, ${script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[place];
      const page = await visitor(browser, organisation, { screen, script });
      await deskSignIn(page, staffOf(demo, organisation, 'administrator'));
      await page.goto('/desk/routes');
      await page.getByRole('link', { name: 'متن پیامک‌ها' }).click();
      await page.waitForURL('**/desk/notices');
      await page.locator('nav[aria-labelledby=kinds]').getByRole('link', { name: 'ثبت نامه' }).click();
      assert.match(page.url(), /#letter_registered$/);
      const [persian, english] = [page.locator('#letter_registered_persian'), page.locator('#letter_registered_english')];
      const kind = page.locator('#letter_registered');
      const press = name => kind.getByRole('button', { name }).click();
      assert.equal(await kind.getByRole('checkbox').count(), 0, 'what is promised has no switch');

      await persian.fill('نامه {number} ثبت شد، {date}');
      await english.fill(ENGLISH);
      await press('ذخیره');
      await page.getByRole('alert').getByText('باید در متن بماند').waitFor();
      assert.match(await page.title(), /^خطا/);
      assert.equal(await persian.inputValue(), 'نامه {number} ثبت شد، {date}');
      assert.equal(await english.inputValue(), ENGLISH);
      assert.match(bare(await kind.locator('.bad .err').innerText()), /\{tracking\} باید در متن بماند/);
      await lookOnBoth(page, 'notices-error');
      await page.getByRole('alert').getByRole('link').click();
      assert.match(page.url(), /#letter_registered_persian$/);

      await persian.fill(LONG);
      await press('نمایش نمونه');
      await page.waitForURL(/\/desk\/notices\/letter_registered#letter_registered$/);
      const sample = kind.locator('.sms[lang=fa]');
      assert.match(await sample.innerText(), /^به دبیرخانه خوش آمدید\nنامه 1405\/نمونه\/101\nکد \d{12} از 14\d\d\/\d\d\/\d\d\n/);
      assert.match(bare(await kind.locator('.field').first().innerText()), /با بلندترین شماره‌ها و متن‌ها ۳ پیامک می‌شود/);
      assert.match(await kind.locator('.sms[lang=en]').innerText(), /^Welcome to the secretariat\nYour letter /);
      await lookOnBoth(page, 'notices-sample');
      await page.goto('/desk/notices');
      assert.equal(await persian.inputValue(), '', 'a sample keeps nothing');

      await persian.fill(PERSIAN);
      await english.fill(ENGLISH);
      await press('ذخیره');
      await page.getByRole('status').getByText('ثبت نامه').waitFor();
      assert.equal(await persian.inputValue(), PERSIAN);
      const receipt = page.locator('#letter_submitted');
      await receipt.getByRole('checkbox').uncheck();
      await receipt.getByRole('button', { name: 'ذخیره' }).click();
      await page.getByRole('status').getByText('رسید نامه').waitFor();
      assert.equal(await receipt.getByRole('checkbox').isChecked(), false);
      await lookOnBoth(page, 'notices-kept');
      if (script) {
        const beyond = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        assert.equal(beyond, 0, 'the page scrolls beside the rail, and nothing hidden lengthens the window');
      }
      if (script) await walk(page, ['پیامک‌ها و مسیرها', 'فرستاده شود', 'متن فارسی', 'متن انگلیسی', 'ذخیره رسید نامه', 'نمایش نمونه رسید نامه', 'متن فارسی', 'ذخیره ثبت نامه']);

      await sent(browser, demo, organisation, script ? '09121110071' : '09121110072');
    });
  }
});

// A letter comes in without a word, the dialog shows the new words, and they arrive.
async function sent(browser, demo, organisation, mobile) {
  await fileLetters(browser, demo, organisation, mobile, ['برای متن تازه']);
  const reviewer = await visitor(browser, organisation, { screen: DESKTOP });
  await deskSignIn(reviewer, staffOf(demo, organisation, 'reviewer'));
  await reviewer.goto('/desk?show=review');
  await reviewer.getByRole('link', { name: 'برای متن تازه' }).click();
  await reviewer.locator('[data-key=KeyA]').click();
  const shown = await reviewer.locator('dialog .sms').innerText();
  assert.match(shown, /^به دبیرخانه خوش آمدید\nنامه .+\nکد •+ از /);
  await look(reviewer, 'notices-in-dialog');
  await reviewer.locator('dialog footer button').click();
  const { text } = await demo.message(mobile, ({ template }) => template === 'letter_registered');
  const [first, number, code] = text.split('\n');
  assert.equal([first, number, code.replace(/\d{12}/, '•'.repeat(12))].join('\n'), shown);
  const all = (await demo.messages()).filter(({ to, template }) => to.endsWith(mobile.slice(1)) && template === 'letter_submitted');
  assert.deepEqual(all, [], 'no receipt was sent');
}

// What staff take back, and what they do to several letters at once: an answer that was issued a moment ago, an opinion that another unit was
// asked for, two letters that are rejected together. With the keyboard, and without script.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fitsNarrowScreen, lookOnBoth } from './look.mjs';
import { bare, deskSignIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';
import { tabTo } from './tabs.mjs';

// Long enough for pages to be looked at as long as something can be taken back, on a machine that is busy.
const UNDO = 20;
const SETTINGS = { PISHKHAN_LETTERS__UNDO_SECONDS: String(UNDO) };
const PROPOSED = 'درخواست تقسیط عوارض پسماند';
const ITS_SENDER = '9121110001';
const IN_HAND = 'شکایت از تأخیر در اعزام کارشناس';
const LETTER = /\/desk\/letters\/[a-z2-7]{26}/;
// One more sign than a word about a referral may have.
const TOO_LONG = 'ب'.repeat(1001);

stage('taking back', { settings: SETTINGS }, it => {
  it('an answer that was issued is a draft again, its number void, and no SMS goes', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const told = async () => (await demo.messages())
      .filter(({ to, template }) => to.endsWith(ITS_SENDER) && template === 'letter_answered').length;
    const before = await told();
    const signer = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(signer, staffOf(demo, organisation, 'signer', 'درآمد و نوسازی'));
    await signer.goto('/desk?show=signature');
    await signer.getByRole('link', { name: PROPOSED }).click();
    await signer.waitForURL(LETTER);
    const letter = new URL(signer.url()).pathname;

    const first = await issues(signer, letter, page => page.keyboard.press('Control+Enter'));
    const issued = Date.now();
    await tabTo(signer, 'پس گرفتن');
    await lookOnBoth(signer, 'answer-issued');
    await signer.keyboard.press('Enter');
    await isTakenBack(signer, first);
    await lookOnBoth(signer, 'answer-taken-back');

    const phone = await withoutScript(browser, organisation, signer);
    const second = await issues(phone, letter, page => page.getByRole('button', { name: 'صدور پاسخ' }).click());
    assert.notEqual(second, first, 'no number is given twice');
    await lookOnBoth(phone, 'answer-issued');
    await phone.locator('[data-undo]').click();
    await isTakenBack(phone, second);

    // What was proposed is there again, with its file, and waits for a signature.
    await phone.goto('/desk?show=signature');
    await phone.getByRole('link', { name: PROPOSED }).click();
    const draft = phone.locator(':has(> #letter-proposal)');
    await draft.getByText('عوارض پسماند در چهار قسط ماهانه').waitFor();
    await draft.getByText('جدول قسط‌ها.pdf').first().waitFor();
    await phone.getByRole('link', { name: /صدور/ }).waitFor();
    await standsVoid(demo, browser, organisation, [first, second]);

    await pause(Math.max(0, issued + (UNDO + 2) * 1000 - Date.now()));
    assert.equal(await told(), before);
  });

  it('an opinion that was asked for is asked for no more, with script and without', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const officer = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(officer, staffOf(demo, organisation, 'officer', 'پشتیبانی و شکایات'));
    await officer.goto('/desk?show=mine');
    await officer.getByRole('link', { name: IN_HAND }).click();
    await officer.waitForURL(LETTER);
    const letter = new URL(officer.url()).pathname;
    const other = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(other, staffOf(demo, organisation, 'officer', 'قراردادها'));

    for (const page of [officer, await withoutScript(browser, organisation, officer)]) {
      const reason = page.hasScript ? 'پاسخش در پرونده بود.' : 'از واحد دیگری پرسیدیم.';
      await asks(page, letter);
      await typesAnOpinion(other, letter);
      await recalls(page, letter, reason);
      await isNotAskedAnyMore(other, letter, reason);
    }
  });

  it('two letters are rejected together by keyboard, after a look at the SMS', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
    await page.goto('/desk?show=review');
    // From here on no mouse.
    for (const key of ['KeyJ', 'KeyJ', 'KeyX', 'KeyJ', 'KeyX']) await page.keyboard.press(key);
    const chosen = page.locator('.rows li:has(.pick :checked) > a');
    const letters = await chosen.evaluateAll(all => all.map(link => link.getAttribute('href').split('?')[0]));
    assert.equal(letters.length, 2);
    await page.keyboard.press('KeyR');
    await page.waitForURL(/\/desk\/selection\?/);
    const [one, another] = await page.locator('.opts label bdi').allInnerTexts();
    await page.keyboard.press('Digit1');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('پیامک را با این دلیل ببینید').waitFor();
    await page.locator('.sms', { hasText: one }).waitFor();
    await lookOnBoth(page, 'selection-message');

    // With another reason it is another message, which nobody has seen yet.
    await page.keyboard.press('Digit2');
    await tabTo(page, 'رد ۲ نامه');
    await page.keyboard.press('Enter');
    await page.locator('.sms', { hasText: another }).waitFor();
    for (const letter of letters) assert.match(await page.evaluate(path => fetch(path).then(answer => answer.text()), letter), /\/rejection"/, 'it waits still');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/desk\?/);
    await page.getByRole('status').getByText(/۲\u2069? نامه انجام شد/).waitFor();
    await lookOnBoth(page, 'selection-rejected');
    for (const letter of letters) {
      await page.goto(letter);
      await page.getByText(another).first().waitFor();
      assert.equal(await page.locator('a[href$="/rejection"]').count(), 0, 'nothing is left to be decided');
    }
  });
});

// The same person on a phone whose browser runs no scripts: a session is a cookie.
async function withoutScript(browser, organisation, page) {
  const phone = await visitor(browser, organisation, { screen: PHONE, script: false });
  await phone.context().addCookies(await page.context().cookies());
  return phone;
}

// Issues the answer that was proposed: the number that it got.
async function issues(page, letter, send) {
  await page.goto(`${letter}/issue`);
  const number = bare(await page.locator('dialog dl.reg dd').first().innerText());
  await send(page);
  await page.waitForURL(/done=/);
  await page.locator('.told [data-undo]').waitFor();
  return number;
}

async function isTakenBack(page, number) {
  const note = page.getByRole('status').filter({ hasText: 'پس گرفته شد' }).first();
  await note.getByText('پیامکی فرستاده نشد').waitFor();
  assert.equal(await page.locator('[data-undo]').count(), 0);
  const happened = bare((await page.getByText('صدور پاسخ پس گرفته شد؛ شماره').allTextContents()).join('\n'));
  assert.ok(happened.includes(number), `${happened} names ${number}`);
}

// In the book of what goes out the numbers are struck, and can be read.
async function standsVoid(demo, browser, organisation, numbers) {
  const page = await visitor(browser, organisation, { screen: DESKTOP });
  await deskSignIn(page, staffOf(demo, organisation, 'auditor'));
  await page.goto('/desk/register');
  await page.locator('[name=register]').selectOption({ label: 'دفتر صادره' });
  await page.locator('form:has([name=register]) button').click();
  for (const number of numbers) {
    const line = page.locator('.book tr.void').filter({ has: page.locator('s', { hasText: number }) });
    await line.getByText('صدور پاسخ پس گرفته شد').waitFor();
  }
  await lookOnBoth(page, 'register-answers-void');
}

async function asks(page, letter) {
  await page.goto(letter);
  await page.locator('[data-key=KeyF]').click();
  const unit = page.locator('#to option', { hasText: 'قراردادها' }).first();
  await page.locator('#to').selectOption(await unit.getAttribute('value'));
  await page.locator('[name=purpose][value=answer]').check();
  await page.locator('#text').fill('در قرارداد چند ساعت نوشته‌ایم؟');
  await page.locator('dialog footer .btn').first().click();
  await page.waitForURL(/done=/);
}

async function typesAnOpinion(page, letter) {
  await page.goto('/desk?show=referred');
  await page.getByRole('link', { name: IN_HAND }).click();
  await page.waitForURL(LETTER);
  await page.locator('#circulation a[href*="/completion"]').last().click();
  await page.locator('dialog #text').fill('در بند ۴ آمده است: ۴۸ ساعت.');
}

async function recalls(page, letter, reason) {
  await page.goto(letter);
  await page.locator('#circulation').getByRole('link', { name: /^پس گرفتن.*قراردادها/ }).click();
  await page.locator('dialog[open]').waitFor();
  await lookOnBoth(page, 'recall');
  const word = page.getByLabel('دلیل');
  await word.fill(TOO_LONG);
  await sends(page);
  await page.locator('.errs').waitFor();
  assert.equal(await word.inputValue(), TOO_LONG, 'what was typed stays');
  await lookOnBoth(page, 'recall-error');
  await word.fill(reason);
  await sends(page);
  await page.waitForURL(/#circulation$/);
  const line = page.locator('#circulation li').filter({ hasText: reason });
  assert.match(bare(await line.innerText()), /پس گرفت: /);
  assert.equal(await page.locator('#circulation').getByRole('link', { name: /^پس گرفتن/ }).count(), 0);
  await fitsNarrowScreen(page, 'recalled');
}

async function sends(page) {
  if (page.hasScript) await page.keyboard.press('Control+Enter');
  else await page.locator('dialog footer .btn').first().click();
}

// What was typed meanwhile comes back to be copied; the letter stays in sight, and in nobody's way.
async function isNotAskedAnyMore(page, letter, reason) {
  await page.locator('dialog footer .btn').first().click();
  await page.getByRole('alert').getByText('ارجاعی را پس گرفت').waitFor();
  assert.equal(await page.getByLabel('آنچه نوشته بودید').inputValue(), 'در بند ۴ آمده است: ۴۸ ساعت.');
  await lookOnBoth(page, 'recalled-meanwhile');
  await page.goto('/desk?show=referred');
  assert.equal(await page.getByRole('link', { name: IN_HAND }).count(), 0);
  await page.goto(letter);
  await page.locator('#circulation').getByText(reason).waitFor();
}

// Return, completion, undo and writing again, as people meet them: with script and without, on a phone and at a desk.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { look, lookOnBoth } from './look.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

// Until a message that was not taken back would have left: letters.undo_seconds, and a little.
const HELD = 12_000;
// Long enough to be seen, and no longer.
const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2' };

stage('what is missing', { settings: SETTINGS }, it => {
  for (const script of [true, false]) {
    const how = script ? 'with script' : 'without script';
    it(`a letter is returned, completed and taken back by its reviewer, ${how}`, async ({ demo, browser }) => {
      const organisation = demo.organisations[0];
      const sender = await visitor(browser, organisation, { screen: PHONE, script });
      await signIn(sender, demo, script ? '09121110021' : '09121110022', { script });
      const subject = `پرونده ناقص ${how}`;
      const letter = await writes(sender, subject);

      const desk = await visitor(browser, organisation, { screen: DESKTOP, script });
      await deskSignIn(desk, staffOf(demo, organisation, 'reviewer'));
      const atDesk = letter.replace('/letters/', '/desk/letters/');
      await desk.goto(`${atDesk}/return`);
      await desk.locator('[name=others]').fill('صفحه اول سند\nقبض دوره پیش');
      await desk.locator('[name=next][value=preview]').click();
      await lookOnBoth(desk, 'returning');
      await desk.locator('dialog footer .btn').first().click();
      const undo = desk.locator('[data-undo]');
      await undo.waitFor();
      await look(desk, `undo-${script ? 'js' : 'nojs'}`);
      await undo.click();
      await desk.getByText('پس گرفته شد').first().waitFor();

      await desk.goto(`${atDesk}/return`);
      await desk.locator('[name=others]').fill('صفحه اول سند\nقبض دوره پیش');
      await desk.locator('dialog footer .btn').first().click();
      await desk.locator('[data-undo]').waitFor();

      await sender.goto(letter);
      assert.deepEqual(await sender.locator('#todo legend b').allInnerTexts(), ['صفحه اول سند', 'قبض دوره پیش']);
      await lookOnBoth(sender, 'todo');
      await sender.locator('#todo textarea').first().fill('سند نزد بانک است.');
      await sender.locator('#todo form .btn').first().click();
      await sender.locator('#item-2.bad').waitFor();
      await lookOnBoth(sender, 'todo-half');
      await sender.locator('#todo textarea').nth(1).fill('قبض به دستم نرسید.');
      await sender.locator('#todo form .btn').first().click();
      await sender.waitForURL(/#status$/);
      assert.equal(await sender.locator('#todo').count(), 0);

      await desk.goto(atDesk);
      await desk.getByText('سند نزد بانک است.').waitFor();
      await lookOnBoth(desk, 'completed');
      await desk.goto(`${atDesk}/rejection`);
      await desk.locator('#reason-1').check();
      await desk.locator('dialog footer .btn').first().click();
      await desk.locator('[data-undo]').waitFor();

      await sender.goto(letter);
      await lookOnBoth(sender, 'again');
      await sender.locator('#again .btn').click();
      await sender.waitForURL(/\/letters\/new\?draft=/);
      assert.equal(await sender.locator('[name=subject]').inputValue(), subject);
      await sender.locator('[name=next][value=check]').click();
      await sender.locator('form[action$="/submission"] button.btn').first().click();
      await sender.waitForURL(/\/receipt$/);
      await sender.goto(sender.url().replace(/receipt$/, 'withdrawal'));
      await lookOnBoth(sender, 'withdrawal');
      await sender.locator('.btn.no').click();
      await sender.waitForURL(/\/letters\/[a-z2-7]{26}$/);
      await sender.getByText('انصراف دادید').first().waitFor();
    });
  }

  it('the button that takes back counts down and then goes', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const desk = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(desk, staffOf(demo, organisation, 'reviewer'));
    await desk.locator('.rows a').first().click();
    await desk.waitForURL(/\/desk\/letters\/[a-z2-7]{26}(\?|$)/);
    await desk.keyboard.press('KeyA');
    await desk.waitForURL(/\/registration(\?|$)/);
    await desk.locator('dialog footer .btn').first().click();
    const undo = desk.locator('[data-undo]');
    await undo.waitFor();
    await desk.getByText(/\([۶-۸] ثانیه\)/).waitFor();
    await desk.keyboard.press('KeyZ');
    await desk.getByText('پس گرفته شد').first().waitFor();
    assert.equal(await undo.count(), 0);
  });

  it('a registration that is taken back leaves its number struck in the book, and no SMS goes', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const sender = await visitor(browser, organisation, { screen: PHONE });
    await signIn(sender, demo, '09121110023');
    const subject = 'ثبتی که پس گرفته شد';
    const letter = await writes(sender, subject);
    const atDesk = letter.replace('/letters/', '/desk/letters/');
    const desk = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(desk, staffOf(demo, organisation, 'reviewer'));
    await desk.goto(`${atDesk}/registration`);
    await desk.locator('dialog footer .btn').first().click();
    await desk.locator('[data-undo]').click();
    const undone = Date.now();
    await desk.getByText('پس گرفته شد').first().waitFor();

    await desk.goto('/desk/register');
    await desk.locator('[name=register]').selectOption({ label: 'دفتر وارده' });
    await desk.locator('form:has([name=register]) button').click();
    const line = desk.locator('.book tr.void', { hasText: subject });
    await line.getByText('باطل شد').waitFor();
    const struck = line.locator('s');
    assert.match(await struck.innerText(), /[۰-۹]/, 'the number is still to be read');
    assert.match(await struck.evaluate(number => getComputedStyle(number).textDecorationLine), /line-through/);
    await look(desk, 'register-void');

    await pause(Math.max(0, undone + HELD - Date.now()));
    const told = (await demo.messages()).filter(({ to }) => to.endsWith('9121110023')).map(({ template }) => template);
    assert.deepEqual(told.filter(template => template.startsWith('letter_')), ['letter_submitted']);
    await desk.goto(atDesk);
    assert.equal(await desk.locator('[data-undo]').count(), 0);
    await desk.locator('a[href$="/registration"]').first().waitFor();
  });
});

// Writes and sends a letter; the answer is its page.
async function writes(page, subject) {
  await page.goto('/letters/new');
  await page.locator('[name=sender_name]').fill('مریم احمدی');
  await page.locator('#unit').check();
  await page.locator('[name=subject]').fill(subject);
  await page.locator('[name=body]').fill('لطفاً به پرونده من رسیدگی کنید.');
  await page.locator('[name=next][value=check]').click();
  await page.locator('form[action$="/submission"] button.btn').first().click();
  await page.waitForURL(/\/receipt$/);
  return page.url().replace(/\/receipt$/, '');
}

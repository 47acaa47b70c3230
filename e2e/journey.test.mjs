// The reference journey, which must work for ever: a letter goes to an organisation, is registered there and
// answered, and its sender takes the answer home, byte for byte. On phone and desktop, with and without script.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { look } from './look.mjs';
import { pdf, sha256 } from './pdf.mjs';
import {
  askForCode, deskSignIn, enterCode, inLatin, inPersian, signIn, signOut, staffOf, waitInsteadOfProof,
} from './people.mjs';
import { WITH_PICTURES } from './server.mjs';
import { stage } from './stage.mjs';

const LETTER = { name: 'نامهٔ درخواست ۱.pdf', mimeType: 'application/pdf', buffer: pdf('Letter') };
const ANSWER = { name: 'پاسخ نهایی.pdf', mimeType: 'application/pdf', buffer: pdf('Answer') };
const TEXT = 'با سلام و احترام\nخواهشمند است به این درخواست رسیدگی شود.';
const REPLY = 'با سلام\nبا درخواست شما موافقت شد؛ نامه رسمی به پیوست است.';

// One after the other, so that each finds its staff without waiting for another code of their app.
const ON_SQLITE = [
  { screen: PHONE, script: true, place: 0 },
  { screen: DESKTOP, script: true, place: 1 },
  { screen: PHONE, script: false, place: 0 },
  { screen: DESKTOP, script: false, place: 1 },
];
const ON_POSTGRES = [ON_SQLITE[0], ON_SQLITE[3]];

// Nothing is taken back here, so what was decided is told soon.
const SETTINGS = { ...WITH_PICTURES, PISHKHAN_SIGN_IN__WAIT_SECONDS: '2', PISHKHAN_LETTERS__UNDO_SECONDS: '1' };

for (const [database, runs] of [['sqlite', ON_SQLITE], ['postgres', ON_POSTGRES]]) {
  stage(`the reference journey on ${database}`, { database, settings: SETTINGS }, it => {
    runs.forEach((way, index) => {
      const { screen, script } = way;
      const name = `journey${script ? '' : '-without-script'}`;
      // The pages of both databases are the same; those of one are looked at.
      const seen = async (page, step) => database === 'sqlite' && look(page, `${name}-${step}`);
      it(`at ${screen.width} px ${script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
        const organisation = demo.organisations[way.place];
        const mobile = `0913555010${index}`;
        const journey = { demo, browser, organisation, way, seen, mobile };
        const sender = await visitor(browser, organisation, way);
        await comeIn(sender, journey);
        const accepted = await send(sender, journey, 'درخواست رسیدگی به پرونده', LETTER);
        const refused = await send(sender, journey, 'درخواست بدون مدرک');
        await bothWait(sender, [accepted, refused]);
        await leaveForGood(sender, journey);

        const registered = await decide(journey, accepted, refused);
        await signIn(sender, demo, mobile, way);
        await seeDecisions(sender, journey, accepted, refused, registered);
        await answerWhileSenderWatches(sender, journey, accepted);
        await takeAnswerHome(sender);
        await findByTrackingCode(sender, accepted, registered);
        await signOut(sender);
        await lookUpAsStranger(sender, journey, accepted, registered);
      });
    });
  });
}

// 1 to 5: the organisation's page, number and challenge, the code, and a first look around.
async function comeIn(page, { demo, mobile, way, seen, organisation }) {
  await page.goto('/');
  await page.getByRole('link', { name: organisation.name }).waitFor();
  await seen(page, '1-sign-in');
  await askForCode(page, mobile, way);
  await seen(page, '2-code');
  await enterCode(page, demo, mobile);
  await page.getByText('هنوز نامه‌ای نفرستاده‌اید').waitFor();
  await page.getByLabel('نامه‌ای را حضوری داده‌اید؟').waitFor();
  await seen(page, '3-first-time');
}

// 6 to 10: name, addressee, subject, text and file, a look before sending, and the receipt.
async function send(page, { seen }, subject, file) {
  await page.goto('/letters');
  await page.getByRole('main').getByRole('link', { name: 'ثبت نامه جدید' }).click();
  await page.getByLabel('شرکت یا سازمان').check();
  await page.getByLabel('نام فرستنده').fill('شرکت مهتاب كوير');
  const unit = page.locator('[name=unit]').first();
  await unit.check();
  const unitName = await page.locator('label:has([name=unit]:checked)').innerText();
  await page.getByLabel('موضوع نامه').fill(subject);
  await page.getByLabel('متن نامه').fill(TEXT);
  if (file) await page.getByLabel('افزودن فایل یا گرفتن عکس').setInputFiles(file);
  if (file) await seen(page, '4-new-letter');
  await page.getByRole('button', { name: 'ادامه و بازبینی' }).click();

  await page.getByText('نامه هنوز ارسال نشده است.').waitFor();
  await page.getByText(subject).waitFor();
  await page.getByText(unitName).waitFor();
  if (file) await page.getByRole('link', { name: file.name }).waitFor();
  if (file) await seen(page, '5-check');
  await page.getByRole('button', { name: 'ارسال نامه' }).click();

  await page.getByRole('heading', { name: 'نامه‌تان به دست ما رسید' }).waitFor();
  if (file) await page.getByText(`SHA-256 ${sha256(file.buffer)}`).waitFor();
  if (file) await seen(page, '6-receipt');
  const receipt = inLatin(await page.locator('.big').innerText());
  return { subject, unitName, receipt, path: new URL(page.url()).pathname.replace('/receipt', '') };
}

async function bothWait(page, letters) {
  await page.goto('/letters');
  for (const { subject } of letters) {
    await card(page, subject, 'review').getByText('در حال بررسی').waitFor();
  }
}

// The card of a letter, in the colour of its state.
function card(page, subject, kind) {
  return page.locator(`.letter.${kind}`).filter({ has: page.getByRole('link', { name: subject, exact: true }) });
}

// 17: signing out ends the session on the server, not only in this browser.
async function leaveForGood(page, { browser, organisation }) {
  const cookies = await page.context().cookies();
  assert.ok(cookies.some(cookie => cookie.name === 'session'), 'a session is a cookie');
  await signOut(page);
  const thief = await visitor(browser, organisation);
  await thief.context().addCookies(cookies);
  await thief.goto('/letters');
  assert.equal(new URL(thief.url()).pathname, '/', 'the old cookie opens nothing');
  await thief.context().close();
}

// 11 and 12: a reviewer registers one letter and rejects the other; both decisions go out by SMS.
async function decide({ demo, browser, organisation, way, seen, mobile }, accepted, refused) {
  const page = await visitor(browser, organisation, way);
  await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
  await seen(page, '7-tray');
  await openAtDesk(page, accepted);
  await seen(page, '8-letter-at-desk');
  const file = page.waitForEvent('download');
  // Beside it stands the picture of its page, which is a link of its own.
  await page.locator('a.file', { hasText: LETTER.name }).click();
  await assertSame(await file, LETTER);
  await page.locator('[data-key=KeyA]').click();
  await page.getByRole('dialog').getByRole('heading', { name: 'تأیید و ثبت نامه' }).waitFor();
  await seen(page, '9-registration');
  await page.getByRole('dialog').getByRole('button', { name: 'تأیید و ثبت' }).click();
  await page.getByRole('status').getByText(/ثبت شد\./).waitFor();

  await openAtDesk(page, refused);
  await page.locator('[data-key=KeyR]').click();
  await page.getByRole('dialog').getByLabel('مدارک کامل نیست').check();
  await page.getByLabel('توضیح برای فرستنده').fill('تصویر کارت ملی را بفرستید.');
  await seen(page, '10-rejection');
  await page.getByRole('button', { name: 'رد نامه و ارسال پیامک' }).click();
  await page.getByRole('status').getByText(/رد شد\./).waitFor();
  await page.context().close();

  const rejection = await demo.message(mobile, ({ template }) => template === 'letter_rejected');
  assert.match(rejection.text, /رد شد: مدارک کامل نیست/);
  assert.match(rejection.text, /14\d\d\/\d\d?\/\d\d?/, 'the SMS of a rejection tells its date');
  const { text } = await demo.message(mobile, ({ template }) => template === 'letter_registered');
  const [, number, tracking, date] = /شماره: (.*)\nپیگیری: (.*)\nتاریخ: (.*)/.exec(text);
  return { number, tracking: tracking.replace(/\D/g, ''), date };
}

async function openAtDesk(page, { subject, path }) {
  await page.goto('/desk');
  await page.locator(`.rows a[href$="${path}"]`).click();
  await page.getByRole('heading', { name: subject }).first().waitFor();
}

// 13 and 14: the history in colours: why and when one was rejected, how the other is registered.
async function seeDecisions(page, { seen }, accepted, refused, { number, tracking }) {
  const red = card(page, refused.subject, 'no');
  await red.getByText('مدارک کامل نیست').waitFor();
  await red.getByText('تصویر کارت ملی را بفرستید.').waitFor();
  const green = card(page, accepted.subject, 'ok');
  await green.getByText('تأیید شده').waitFor();
  const block = inLatin(await green.locator('.reg').innerText());
  assert.ok(block.includes(inLatin(number)), `${number} stands in ${block}`);
  assert.ok(block.replace(/\D/g, '').includes(tracking), `${tracking} stands in ${block}`);
  await seen(page, '11-history');
  await green.getByRole('link', { name: accepted.subject }).click();
  await page.waitForURL(url => url.pathname === accepted.path);
  await seen(page, '12-letter');
}

// 15: «گرفتن آخرین وضعیت», before and after an officer has taken the letter and answered it.
async function answerWhileSenderWatches(sender, { demo, browser, organisation, way, seen, mobile }, letter) {
  const page = await visitor(browser, organisation, way);
  await deskSignIn(page, officerOf(demo, organisation, letter.unitName));
  await page.goto('/desk?show=untaken');
  await page.locator(`.rows a[href*="${letter.path}"]`).click();
  await page.locator('[data-key=KeyT]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'برداشتن نامه' }).click();
  await page.locator('.note[role=status]').waitFor();

  const status = sender.locator('#status');
  const refresh = sender.getByRole('button', { name: 'گرفتن آخرین وضعیت' });
  await refresh.click();
  await status.getByText('روی نامه کار می‌کند').waitFor();

  await page.goto(`/desk${letter.path}`);
  await page.locator('[data-key=KeyW]').click();
  await page.getByLabel('متن پاسخ').fill(REPLY);
  await page.getByLabel('فایل‌های پاسخ').setInputFiles(ANSWER);
  await seen(page, '13-answer');
  await page.getByRole('button', { name: 'ارسال پاسخ' }).click();
  await page.getByRole('status').getByText('ثبت شد.').waitFor();
  await page.context().close();

  await refresh.click();
  await status.getByText('با درخواست شما موافقت شد').waitFor();
  await seen(sender, '14-answered');
  await demo.message(mobile, ({ template }) => template === 'letter_answered');
}

const officerOf = (demo, organisation, unitName) => staffOf(demo, organisation, 'officer', unitName);

async function takeAnswerHome(page) {
  const answer = page.waitForEvent('download');
  await page.locator('#status').getByRole('link', { name: ANSWER.name }).click();
  await assertSame(await answer, ANSWER);
  const own = page.waitForEvent('download');
  await page.getByRole('link', { name: LETTER.name }).click();
  await assertSame(await own, LETTER);
}

async function assertSame(download, { name, buffer }) {
  assert.equal(download.suggestedFilename(), name);
  assert.equal(sha256(await readFile(await download.path())), sha256(buffer), `${name} has the bytes that were sent`);
}

const asPeopleWriteIt = tracking => inPersian(tracking.replace(/(....)(?=.)/g, '$1 '));

// 16: a sender finds a letter by its tracking code.
async function findByTrackingCode(page, { path }, { tracking }) {
  await page.goto('/letters');
  await page.getByLabel('جست‌وجوی نامه').fill(asPeopleWriteIt(tracking));
  await page.getByRole('button', { name: 'جست‌وجو' }).click();
  await page.waitForURL(url => url.pathname === path);
}

// Whoever has the code sees status, number and dates, and neither subject nor answer.
async function lookUpAsStranger(page, { way, seen }, { subject, receipt }, { number, tracking }) {
  await page.goto('/tracking');
  if (!way.script) await waitInsteadOfProof(page, 'جست‌وجو');
  await page.getByLabel('شماره پیگیری').fill(asPeopleWriteIt(tracking));
  await page.getByRole('button', { name: 'جست‌وجو' }).click();
  await page.getByRole('heading', { name: 'نامه پیدا شد' }).waitFor();
  const shown = inLatin(await page.getByRole('main').innerText());
  assert.ok(shown.includes(inLatin(number)), shown);
  for (const secret of [subject, receipt, 'مهتاب', 'موافقت شد', '.pdf']) assert.ok(!shown.includes(secret), secret);
  await seen(page, '15-found');
}

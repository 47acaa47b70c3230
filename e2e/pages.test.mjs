// Every page, in both languages, on phone and desktop, by day and by night: for everyone who may see it, in every
// state that a letter can be in, and when something was typed wrongly.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, speak, visitor } from './browser.mjs';
import { fitsNarrowScreen, look } from './look.mjs';
import { pdf } from './pdf.mjs';
import { askForCode, deskSignIn, inLatin, signIn, staffOf } from './people.mjs';
import { waitForPictures, writeWithPhotos } from './photos.mjs';
import { WITH_PICTURES } from './server.mjs';
import { stage } from './stage.mjs';

// Pages are opened by their address, or by what somebody does; words differ between the languages, so ids are pressed.
const at = path => page => page.goto(path);
const press = (page, selector) => page.locator(selector).first().click();

async function follow(page, from, text) {
  await page.goto(from);
  await page.getByRole('link', { name: text }).first().click();
  await page.waitForURL(url => !from.startsWith(url.pathname));
}

const letter = subject => page => follow(page, '/letters', subject);
const receipt = subject => async page => {
  await follow(page, '/letters', subject);
  await press(page, 'a[href$="/receipt"]');
  await page.locator('.seal').waitFor();
};

// A page with everything open that can be opened.
const open = path => async page => {
  await page.goto(path);
  await page.locator('.grid details.more').evaluateAll(all => { for (const details of all) details.open = true; });
};

// An empty form, and the errors that it meets.
const empty = (path, field) => async page => {
  await page.goto(path);
  await press(page, `form:has(${field}) button.btn:visible`);
  await page.locator('.errs, .err').first().waitFor();
};

const atDesk = (tray, subject) => page => follow(page, `/desk?show=${tray}`, subject);
const dialog = (tray, subject, key) => async page => {
  await atDesk(tray, subject)(page);
  await press(page, `[data-key=Key${key}]`);
  await page.locator('dialog[open]').waitFor();
};
const emptyDialog = (tray, subject, key) => async page => {
  await dialog(tray, subject, key)(page);
  await press(page, 'dialog footer button');
  await page.locator('dialog .errs').waitFor();
};

const ON_THE_WAY_IN = [
  ['sign-in', at('/')],
  ['sign-in-image', at('/?challenge=image')],
  ['sign-in-error', empty('/', '#mobile')],
  ['sign-in-wait', async page => {
    await page.goto('/?challenge=image');
    await press(page, 'details.more .btn');
    await page.waitForURL(/wait=/);
  }],
  ['tracking', at('/tracking')],
  ['tracking-error', empty('/tracking', '#code')],
  ['help', at('/help')],
  ['not-found', at('/nowhere')],
  ['demo-messages', at('/demo/messages')],
  ['desk-sign-in', at('/desk/sign-in')],
  ['desk-sign-in-error', empty('/desk/sign-in', '#email')],
  ['desk-sign-in-wrong', async page => {
    await page.goto('/desk/sign-in');
    await page.locator('#email').fill('nobody@example.ir');
    await page.locator('#password').fill('wrong horse battery');
    await press(page, 'form:has(#email) .btn');
    await page.getByRole('alert').waitFor();
  }],
  ['desk-invitation-gone', at('/desk/invitations/0123456789abcdef0123456789abcdef')],
];

const ZAHRA = [
  ['history', at('/letters')],
  ['history-menu', async page => {
    await page.goto('/letters');
    await press(page, 'details.menu summary');
  }],
  ['history-rejected-none', at('/letters?show=rejected')],
  ['letter-submitted', letter('درخواست بازپرداخت وجه اضافه')],
  ['letter-in-progress', letter('شکایت از تأخیر در اعزام کارشناس')],
  ['letter-answered', letter('قطع شدن برنامه هنگام چاپ نامه')],
  ['receipt', receipt('درخواست بازپرداخت وجه اضافه')],
  ['new-letter', at('/letters/new')],
  ['new-letter-error', empty('/letters/new', '#subject')],
  ['check', async page => {
    await follow(page, '/letters?show=drafts', 'اعلام آمادگی برای همکاری');
    await press(page, 'button[value=check]');
    await page.locator('dl.ans').waitFor();
  }],
  ['account', at('/account')],
  ['account-error', async page => {
    await page.goto('/account');
    await page.locator('#sender_name').fill('');
    await press(page, 'form:has(#sender_name) .btn');
    await page.locator('.errs').waitFor();
  }],
  // Their letters are older than this device.
  ['account-number-later', at('/account/number')],
];

// Begun once, since each beginning sends two messages; then looked at in both languages.
const CHANGING = [
  ['account-number', at('/account/number')],
  ['account-number-error', empty('/account/number', '#mobile')],
  ['account-number-codes', at('/account/number/codes')],
  ['account-number-codes-error', empty('/account/number/codes', '#old_code')],
];

const COMPANY = [
  ['letter-closed', letter('درخواست تمدید قرارداد پشتیبانی')],
  ['draft-with-file', async page => {
    await page.goto('/letters?show=drafts');
    await press(page, '.letter.draft h3 a');
    await page.locator('#subject').waitFor();
  }],
];

// Made once, then looked at in both languages.
const made = {};
const FOLLOWING = [
  ['draft-photos', page => page.goto(made.photos)],
  ['draft-photos-bound', page => waitForPictures(page, made.bound, 4)],
  ['draft-photos-error', async page => {
    await page.goto(made.photos);
    await page.locator('#subject').fill('');
    await press(page, 'button[value=check]');
    await page.locator('.errs').waitFor();
  }],
  ['check-photos', page => waitForPictures(page, made.check, 4)],
  ['receipt-files-follow', page => page.goto(`${made.letter}/receipt`)],
  ['receipt-files-error', async page => {
    await page.goto(`${made.letter}/receipt`);
    await press(page, '#addition .btn');
    await page.locator('.errs').waitFor();
  }],
  ['letter-files-follow', async page => {
    await waitForPictures(page, made.letter, 3);
    await press(page, '#letter-files details.more summary');
  }],
];

const REZA = [
  ['letter-rejected', letter('درخواست ثبت‌نام در دوره کاربران تازه')],
  ['letter-registered', letter('درخواست گواهی سابقه کار (با مدارک)')],
  ['history-rejected', at('/letters?show=rejected')],
];

const WAITING = 'درخواست بازپرداخت وجه اضافه';
const REVIEWER = [
  ['tray', at('/desk')],
  ['tray-done', at('/desk?show=done')],
  ['desk-letter', atDesk('review', WAITING)],
  ['desk-letter-closed', atDesk('done', 'درخواست تمدید قرارداد پشتیبانی')],
  ['desk-letter-rejected', atDesk('done', 'درخواست ثبت‌نام در دوره')],
  ['desk-registration', dialog('review', WAITING, 'A')],
  ['desk-redirection', dialog('review', WAITING, 'F')],
  ['desk-redirection-error', emptyDialog('review', WAITING, 'F')],
  ['desk-rejection', dialog('review', WAITING, 'R')],
  ['desk-rejection-error', emptyDialog('review', WAITING, 'R')],
  ['desk-number', async page => {
    await atDesk('review', WAITING)(page);
    await press(page, 'a[href$="/number"]');
    await page.locator('dialog #mobile').waitFor();
  }],
  ['desk-number-error', async page => {
    await atDesk('review', WAITING)(page);
    await press(page, 'a[href$="/number"]');
    await press(page, 'dialog [value=send]');
    await page.locator('.errs').waitFor();
  }],
  ['desk-conflict', async page => {
    await dialog('review', WAITING, 'R')(page);
    await press(page, 'dialog [type=radio]');
    await page.locator('#note').fill('تصویر رسیدها خوانا نیست.');
    await page.locator('dialog [name=version]').evaluate(field => { field.value = Number(field.value) - 1; });
    await press(page, 'dialog footer button');
    await page.getByRole('alert').waitFor();
  }],
  ['desk-not-found', at('/desk/letters/nowhere')],
  ['desk-register', at('/desk/register')],
  ['desk-register-unknown', at('/desk/register?from=9999')],
  ['desk-reports', open('/desk/reports')],
  ['desk-reports-quarter', open('/desk/reports?range=90')],
  ['desk-reports-year', open('/desk/reports?range=year')],
  ['desk-letters', at('/desk/letters?by=due')],
  ['desk-letters-none', at('/desk/letters?late=yes&outcome=rejected&from=x')],
];

const OFFICER = [
  ['tray-unit', at('/desk?show=unit')],
  ['tray-mine', at('/desk?show=mine')],
  ['desk-taking', dialog('unit', 'درخواست دسترسی برای کاربر تازه', 'T')],
  ['desk-answer', dialog('mine', 'شکایت از تأخیر در اعزام کارشناس', 'W')],
  ['desk-answer-error', emptyDialog('mine', 'شکایت از تأخیر در اعزام کارشناس', 'W')],
];

// Asked for once, since a browser has one sign-in under way; then looked at in both languages.
const CODE = [
  ['code', at('/sign-in/code')],
  ['code-error', empty('/sign-in/code', '#code')],
  ['code-wrong', async page => {
    await page.goto('/sign-in/code');
    await page.locator('#code').fill('۰۰۰۰۰۰');
    await press(page, 'form:has(#code) .btn');
    await page.locator('.errs').waitFor();
  }],
];

const SECOND_FACTOR = [
  ['desk-second-factor', at('/desk/sign-in/second-factor')],
  ['desk-second-factor-error', empty('/desk/sign-in/second-factor', '#code')],
];

const asSender = mobile => (page, demo) => signIn(page, demo, mobile);
const asStaff = (role, unit) => (page, demo, organisation) => deskSignIn(page, staffOf(demo, organisation, role, unit));

const WHO = {
  'a visitor': [ON_THE_WAY_IN, () => {}],
  'who awaits a code': [CODE, async page => {
    await page.goto('/');
    await askForCode(page, '09135550300');
  }],
  'a new sender': [[['history-empty', at('/letters')]], asSender('09135550301')],
  'a person with letters': [ZAHRA, asSender('09121110001')],
  'a person whose files follow': [FOLLOWING, async (page, demo) => {
    await signIn(page, demo, '09135550302');
    made.photos = await writeWithPhotos(page, 'شکایت از قبض برق', ['برگ اول', 'برگ دوم', 'برگ سوم']);
    made.bound = await writeWithPhotos(page, 'مدارک بیمه', ['کارت ملی', 'شناسنامه', 'نسخه']);
    await press(page, '[name=bind]');
    await page.locator('#bound').waitFor();
    await page.locator('#files_follow').check();
    await press(page, 'button[value=check]');
    await page.locator('dl.ans').waitFor();
    made.check = page.url();
    await writeWithPhotos(page, 'اعتراض به جریمه', ['قبض جریمه', 'عکس خیابان']);
    await page.locator('#files_follow').check();
    await press(page, 'button[value=check]');
    await press(page, 'form[action$="/submission"] .btn');
    await page.locator('.seal').waitFor();
    made.letter = page.url().replace('/receipt', '');
    await page.locator('#added').setInputFiles({ name: 'سند.pdf', mimeType: 'application/pdf', buffer: pdf('later') });
    await press(page, '#addition .btn');
    await page.locator('#letter-files .file').waitFor();
  }],
  'a person whose number changes': [CHANGING, async (page, demo) => {
    await signIn(page, demo, '09135550303');
    await page.goto('/account/number');
    await page.locator('#mobile').fill('09135550304');
    await press(page, 'form:has(#mobile) .btn');
    await page.waitForURL('**/account/number/codes');
  }],
  'a company with letters': [COMPANY, asSender('09121110002')],
  'a person whose letter was rejected': [REZA, asSender('09121110003')],
  'staff at the second factor': [SECOND_FACTOR, async (page, demo, organisation) => {
    const { email, password } = staffOf(demo, organisation, 'reviewer');
    await page.goto('/desk/sign-in');
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(password);
    await press(page, 'form:has(#email) .btn');
    await page.waitForURL('**/second-factor');
  }],
  'a reviewer': [REVIEWER, asStaff('reviewer')],
  'an officer': [OFFICER, asStaff('officer', 'پشتیبانی و شکایات')],
  'an administrator': [[['desk-no-letters', at('/desk')], ['desk-reports-administrator', open('/desk/reports')], ['desk-routes', open('/desk/routes')], ['desk-notices', open('/desk/notices')], ['desk-numbers', open('/desk/numbers')]], asStaff('administrator')],
  'an auditor': [[['tray-auditor', at('/desk')]], asStaff('auditor')],
};

stage('every page', { settings: WITH_PICTURES }, it => {
  for (const [who, [pages, comeIn]] of Object.entries(WHO)) {
    it(`of ${who}`, async ({ demo, browser }) => {
      const organisation = demo.organisations[0];
      const page = await visitor(browser, organisation);
      await comeIn(page, demo, organisation);
      await lookAtAll(page, organisation, pages);
    });
  }

  it('of somebody who found a letter by its code', async ({ demo, browser }) => {
    const registered = (await demo.messages()).find(({ organisation, template, text }) =>
      organisation === 'chargoon' && template === 'letter_registered' && text.includes('پیگیری'));
    const code = /پیگیری: ([\d ]+)/.exec(inLatin(registered.text))[1];
    const search = async page => {
      await page.goto('/tracking');
      await page.locator('#code').fill(code);
      await press(page, 'form:has(#code) button.btn');
      await page.locator('dl.reg').waitFor();
    };
    const page = await visitor(browser, demo.organisations[0]);
    await lookAtAll(page, demo.organisations[0], [['tracking-found', search]]);
  });

  it('of a host that is nobody\'s', async ({ demo, browser }) => {
    const { port } = new URL(demo.organisations[0].url);
    const nobody = { url: `http://nobody.localhost:${port}` };
    const page = await visitor(browser, nobody);
    const answer = await page.goto('/');
    assert.equal(answer.status(), 421);
    await lookAtAll(page, nobody, [['stranger', at('/')]]);
  });
});

// English has other words and another direction, and the same colours.
const THEMES = { fa: ['light', 'dark'], en: ['light'] };

// Looks at all, and only then tells what was wrong: one fault shall not hide the others.
async function lookAtAll(page, organisation, pages) {
  const faults = [];
  for (const language of ['fa', 'en']) {
    await speak(page.context(), organisation, language);
    for (const [name, open] of pages) {
      try {
        await page.setViewportSize(PHONE);
        await open(page);
        await look(page, name, THEMES[language]);
        await fitsNarrowScreen(page, name);
        await page.setViewportSize(DESKTOP);
        await look(page, name, THEMES[language]);
      } catch (error) {
        faults.push(`${name} (${language}): ${error.message}`);
        page.faults.length = 0;
      }
    }
  }
  assert.deepEqual(faults, []);
}

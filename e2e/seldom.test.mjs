// Pages that no journey passes: the search in all its answers, the sieve, several letters at once, two letters side by side, the dialogs
// that are seldom opened, an invitation. In Persian, on phone and desktop, by day and by night; what they do is tested elsewhere.
import assert from 'node:assert/strict';
import { DESKTOP, visitor } from './browser.mjs';
import { lookOnBoth } from './look.mjs';
import { deskSignIn, signIn, staffOf, totp } from './people.mjs';
import { stage } from './stage.mjs';

const WAITING = 'درخواست بازپرداخت وجه اضافه';
const REJECTED = 'درخواست گواهی سابقه کار';
const IN_HAND = 'شکایت از تأخیر در اعزام کارشناس';
const OPEN = 'درخواست دسترسی برای کاربر تازه';
const CLOSED = 'درخواست تمدید قرارداد پشتیبانی';
const KIND = 'درخواست مدرک';

const at = path => page => page.goto(path);
const search = query => page => page.goto(`/desk/search?${new URLSearchParams(query)}`);

// Opens a letter that this person finds by the words of its subject; at one of its addresses, if that is said.
const letter = (subject, end = '') => async page => {
  await search({ q: subject })(page);
  await page.goto(await page.locator('.found a').last().getAttribute('href') + end);
};

// Presses the button that decides, and waits for what tells that it didn't.
const refused = async page => {
  await page.locator('main form footer .btn, main form .row.above .btn').first().click();
  await page.locator('.errs').waitFor();
};

// Ticks the first letters of a tray and says what shall be done with them.
const together = (tray, button, count = 2) => async page => {
  await page.goto(`/desk?show=${tray}`);
  const ticks = page.locator('.rows .pick input');
  for (let tick = 0; tick < count; tick += 1) await ticks.nth(tick).check();
  await page.locator(`#selection-form ${button}`).click();
  await page.waitForURL('**/desk/selection**');
};

const after = (open, next) => async page => {
  await open(page);
  await next(page);
};

const SEARCH = [
  ['search', at('/desk/search')],
  ['search-words', search({ q: 'گواهی سابقه', state: 'rejected', from: '1400', to: '1450' })],
  ['search-code', search({ q: '09121110002' })],
  ['search-kind', async page => {
    await search({ q: 'گواهی' })(page);
    await page.locator('search summary').click();
    await page.locator('#kind').selectOption({ label: KIND });
    await page.locator('search .btn').click();
    await page.locator('#nothing-title').waitFor();
  }],
  ['search-shorter', search({ q: 'گواهی سابقه زرافه' })],
  ['search-error', search({ q: 'گواهی', from: '1405/13', to: '5' })],
];

const SIEVE = [
  ['sieve-error', async page => {
    await page.goto('/desk?show=review&from=1405/13/01&to=x');
    for (const field of ['from', 'to']) await page.locator(`#${field}[aria-invalid=true]`).waitFor();
  }],
  ['sieve-nothing', at('/desk?show=review&sender=x&files=1')],
  ['view-error', async page => {
    await page.goto('/desk?show=review&files=1');
    await page.locator('.sieve > summary').click();
    await page.locator('form:has(#view-name) .btn').click();
    await page.locator('.errs').waitFor();
  }],
  ['view-kept', async page => {
    await page.goto('/desk?show=review&files=1');
    await page.locator('.sieve > summary').click();
    await page.locator('#view-name').fill('نامه‌های فایل‌دار این هفته');
    await page.locator('form:has(#view-name) .btn').click();
    await page.locator('.views').nth(1).waitFor();
  }],
];

const REVIEW = [
  ['assignment', letter(WAITING, '/assignment')],
  ['classification', letter(WAITING, '/classification')],
  ['handover', letter(IN_HAND, '/handover')],
  ['number-error', async page => {
    await letter(WAITING, '/number')(page);
    await page.locator('#mobile').fill('09135550701');
    await page.locator('dialog [value=send]').click();
    await page.locator('dialog #code').waitFor();
    await page.locator('dialog [value=change]').click();
    await page.locator('.errs').waitFor();
  }],
  ['relation-error', async page => {
    await letter(WAITING, '/relations')(page);
    await page.locator('#number').fill('۱۲۳۴۵');
    await refused(page);
  }],
  ['comparison', async page => {
    await search({ q: REJECTED })(page);
    const [first, second] = await page.locator('.found a').evaluateAll(all => all.map(link => link.getAttribute('href')));
    await page.goto(`${first}/comparison/${second.split('/').at(-1)}`);
  }],
  ['related', async page => {
    await page.locator('form.panel .btn').click();
    await page.waitForURL(/\/desk\/letters\/[a-z2-7]{26}(\?|$)/);
  }],
];

const TOGETHER = [
  ['selection-none', together('review', '[value=register]', 0)],
  ['selection-reject', after(together('review', '[value=reject]'), refused)],
  ['selection-register', together('review', '[value=register]')],
  // One of them as it was before somebody touched it.
  ['selection-failed', async page => {
    await page.locator('#selection input').first().evaluate(tick => { tick.value = Number(tick.value) - 1; });
    await page.locator('main form .row.above .btn').first().click();
    await page.getByRole('alert').waitFor();
  }],
  ['selection-undone', async page => {
    await together('review', '[value=register]', 1)(page);
    await page.locator('main form .row.above .btn').first().click();
    await page.locator('form.undo button').click();
    await page.locator('.told details[open]').waitFor();
  }],
  ['selection-done', async page => {
    await together('review', '[value=register]', 1)(page);
    await page.locator('main form .row.above .btn').first().click();
    await page.waitForURL(/\/desk\?/);
  }],
];

const REFERRAL = [
  ['selection-refer', after(together('untaken', '.btn', 1), refused)],
  ['selection-referred', async page => {
    const other = await page.locator('#to option', { hasText: 'قراردادها' }).first().getAttribute('value');
    await page.locator('#to').selectOption(other);
    await page.locator('[name=purpose][value=action]').check();
    await page.locator('main form .row.above .btn').first().click();
    await page.waitForURL(/\/desk\?/);
  }],
];

const REFERRED = [
  ['tray-referred', async page => {
    await page.goto('/desk?show=referred');
    const hidden = await page.locator('.views').last().evaluate(strip => {
      const room = strip.getBoundingClientRect();
      const isInSight = view => {
        const here = view.getBoundingClientRect();
        return here.left >= room.left - 1 && here.right <= room.right + 1 && here.bottom <= room.bottom + 1;
      };
      return [...strip.children].filter(view => !isInSight(view)).map(view => view.textContent);
    });
    assert.deepEqual(hidden, [], 'every view is whole in sight');
  }],
  ['referral-done', async page => {
    await letter(OPEN)(page);
    await page.locator('#circulation a[href*="/completion"]').click();
    await page.locator('dialog[open]').waitFor();
  }],
  ['referral-back-error', async page => {
    await letter(OPEN)(page);
    await page.locator('#circulation a[href*="/return"]').click();
    await refused(page);
  }],
  ['referral-back', async page => {
    await page.locator('#text').fill('این نامه با پشتیبانی است.');
    await page.locator('dialog footer .btn').first().click();
    await page.getByText('برگردانده شد').first().waitFor();
  }],
];

// What the head of a unit shares out, and a message to a sender in between.
const HEAD = [
  ['tray-untaken', at('/desk?show=untaken')],
  ['tray-unit', at('/desk?show=unit')],
  ['tray-messages', at('/desk?show=messages')],
  ['selection-handover', after(together('untaken', '[formaction$="/handover"]', 1), refused)],
  ['handover-new', letter(WAITING, '/handover')],
  ['interim-error', after(letter(WAITING, '/interim'), refused)],
];

const ADMINISTRATION = [
  ['reopening-error', after(letter(CLOSED, '/reopening'), refused)],
];

const certificate = async page => {
  await page.goto('/letters');
  await page.getByRole('link', { name: `${REJECTED} (با مدارک)` }).click();
  await page.locator('a[href$="/certificate"]').click();
  await page.locator('[data-print]').waitFor();
};

// Whoever came in longer ago than a minute shows the second factor once more before letters leave in a file.
const CONFIRMATION = [
  ['confirmation', async page => {
    const code = page.locator('#code');
    for (let second = 0; second < 70 && await code.count() === 0; second += 1) {
      if (second) await page.waitForTimeout(1000);
      await page.goto('/desk/confirmation?next=/desk/letters.csv');
    }
    await code.waitFor();
  }],
  ['confirmation-error', async page => {
    await page.locator('form:has(#code) .btn').click();
    await page.locator('.errs').waitFor();
  }],
  ['confirmation-done', async page => {
    await page.locator('#code').fill(totp(page.account.totp_secret, Math.floor(Date.now() / 30_000)));
    await page.locator('form:has(#code) .btn').click();
    await page.locator('a.btn[href^="/desk/letters.csv"]').waitFor();
  }],
];

const INVITATION = [
  ['invitation-error', async page => {
    await page.locator('#password').fill('1234');
    await page.locator('form:has(#code) .btn.full').click();
    await page.locator('.errs').waitFor();
  }],
  ['recovery-codes', async page => {
    const secret = await page.locator('main bdi.hash').innerText();
    await page.locator('#password').fill('شب آرام دریا ۷');
    await page.locator('#code').fill(totp(secret.replaceAll(' ', ''), Math.floor(Date.now() / 30_000)));
    await page.locator('form:has(#code) .btn.full').click();
    await page.locator('[data-print]').waitFor();
  }],
];

// Letters that nobody has answered are late, whatever the date; and whoever came in has soon come in long ago.
const SETTINGS = { PISHKHAN_LETTERS__ANSWER_DAYS: '1', PISHKHAN_SESSIONS__STAFF_CONFIRMED_MINUTES: '1' };

stage('a page that is seldom seen', { settings: SETTINGS }, it => {
  const of = (who, pages, comeIn) => it(`of ${who}`, async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await comeIn(page, demo, organisation);
    await lookAtAll(page, pages);
  });
  const asStaff = (role, unit) => (page, demo, organisation) => deskSignIn(page, staffOf(demo, organisation, role, unit));

  of('a reviewer', [...SEARCH, ...SIEVE, ...REVIEW, ...TOGETHER], async (page, demo, organisation) => {
    await demo.command('kind', 'add', '--org', 'chargoon', '--name', KIND);
    await asStaff('reviewer')(page, demo, organisation);
  });
  of('an officer who refers', REFERRAL, asStaff('officer', 'پشتیبانی و شکایات'));
  of('whom a letter was referred to', REFERRED, asStaff('officer', 'قراردادها'));
  of('the head of a unit', HEAD, async (page, demo, organisation) => {
    const reviewer = await visitor(page.context().browser(), organisation, { screen: DESKTOP });
    await asStaff('reviewer')(reviewer, demo, organisation);
    await letter(WAITING)(reviewer);
    // Whoever looked at the reviewer's pages may have registered it.
    if (await reviewer.locator('.decide a[href$="/registration"]').count()) {
      await letter(WAITING, '/registration')(reviewer);
      await reviewer.locator('dialog footer .btn').first().click();
      await reviewer.waitForURL(url => !url.pathname.endsWith('/registration'));
    }
    await asStaff('signer', 'امور مالی')(page, demo, organisation);
  });
  of('an administrator', ADMINISTRATION, asStaff('administrator'));
  of('who takes letters along', CONFIRMATION, async (page, demo, organisation) => {
    page.account = staffOf(demo, organisation, 'reviewer');
    await deskSignIn(page, page.account);
  });
  of('a sender who waits', [['certificate', certificate]], (page, demo) => signIn(page, demo, '09121110003'));
  of('who was invited', INVITATION, async (page, demo) => {
    const told = await demo.command('staff', 'invite', '--org', 'chargoon', '--email', 'new@chargoon.example', '--name', 'نیلوفر امینی', '--role', 'auditor');
    await page.goto(new URL(/https?:\S+/.exec(told)[0]).pathname);
  });
});

// Looks at all, and only then tells what was wrong: one fault shall not hide the others.
async function lookAtAll(page, pages) {
  const faults = [];
  for (const [name, open] of pages) {
    try {
      await open(page);
      await lookOnBoth(page, name);
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
      page.faults.length = 0;
    }
  }
  assert.deepEqual(faults, []);
}

// What senders and staff do again and again, with the words that they read on the Persian pages.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export const inPersian = text => String(text).replace(/\d/g, digit => String.fromCharCode(0x6f0 + Number(digit)));
export const inLatin = text => String(text).replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x6f0));
// Sentences hold their numbers and names apart with signs that nobody sees.
export const bare = text => text.replace(/[\u2068\u2069]/g, '');

// Signs a sender in, from the organisation's address to the history.
export async function signIn(page, demo, mobile, { script = true } = {}) {
  await page.goto('/');
  await askForCode(page, mobile, { script });
  await enterCode(page, demo, mobile);
}

// Without script there is no silent proof of work, and only a human reads the image: so they wait.
export async function askForCode(page, mobile, { script = true } = {}) {
  if (!script) await waitInsteadOfProof(page, 'ارسال کد');
  await page.getByLabel('شماره موبایل').fill(inPersian(mobile));
  await page.getByRole('button', { name: 'ارسال کد' }).click();
  await page.waitForURL('**/sign-in/code');
}

// The page refreshes itself by a header, until the form is there with that button.
export async function waitInsteadOfProof(page, button) {
  const otherWays = page.locator('details.more');
  if (!await otherWays.evaluate(details => details.open)) await otherWays.locator('summary').click();
  await page.getByRole('button', { name: 'صبر می‌کنم' }).click();
  await page.getByText('متشکریم که صبر کردید').waitFor();
  await page.getByRole('button', { name: button }).waitFor();
}

export async function enterCode(page, demo, mobile) {
  const { text } = await demo.message(mobile, isUnusedCode);
  const code = /\d{6}/.exec(inLatin(text))[0];
  used.add(code + mobile);
  await page.getByLabel('کد ورود').fill(inPersian(code));
  await page.getByRole('button', { name: 'تأیید کد' }).click();
  await page.waitForURL('**/letters');
}

const used = new Set();
function isUnusedCode({ template, text, to }) {
  const code = /\d{6}/.exec(inLatin(text))?.[0];
  return template === 'sign_in_code' && code !== undefined && !used.has(`${code}0${to.slice(-10)}`);
}

export async function signOut(page) {
  await page.getByRole('navigation').locator('summary').click();
  await page.getByRole('button', { name: 'خروج از سامانه' }).click();
  await page.waitForURL(/\/(\?.*)?$/);
}

// The first of that role, or whoever stands at that place among several, counted from 0.
export function staffOf(demo, organisation, role, unit, place = 0) {
  const account = demo.staff.filter(one => one.organisation === organisation.name && one.roles.includes(role)
    && (unit === undefined || one.unit === unit))[place];
  assert.ok(account, `the demo has somebody who is ${role}, at place ${place}`);
  return account;
}

// Signs a member of staff in with password and authenticator app; the words are found by their ids, in any language.
// Once with script and once without: after that the session goes on, since a code is good once and the next one is half a minute away.
export async function deskSignIn(page, account) {
  const kept = sessions.get(account) ?? {};
  const how = page.hasScript ? 'script' : 'none';
  if (kept[how]) {
    await page.context().addCookies(kept[how]);
    await page.goto('/desk');
    if (new URL(page.url()).pathname === '/desk') return;
  }
  await page.goto('/desk/sign-in');
  await page.locator('#email').fill(account.email);
  await page.locator('#password').fill(account.password);
  await page.locator('form:has(#email) .btn').click();
  await page.locator('#code').fill(await nextCode(account));
  await page.locator('form:has(#code) .btn').click();
  await page.waitForURL(/\/desk(\?.*)?$/);
  kept[how] = (await page.context().cookies()).filter(({ name }) => name === 'desk');
  sessions.set(account, kept);
}

const sessions = new WeakMap();

// A code is good once. The server takes the step before and after the present one too, so two sign-ins in
// a row need no pause.
const lastSteps = new Map();
async function nextCode({ email, totp_secret: secret }) {
  const step = Math.max(presentStep(), (lastSteps.get(email + secret) ?? 0) + 1);
  while (step > presentStep() + 1) await pause(200);
  lastSteps.set(email + secret, step);
  return totp(secret, step);
}

const presentStep = () => Math.floor(Date.now() / 30_000);

// RFC 6238 with SHA-1 and six digits.
export function totp(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', base32(secret)).update(counter).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

function base32(text) {
  const bits = [...text].map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
}

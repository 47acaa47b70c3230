// Files that come in pieces over lines that break: by our own page, by tus-js-client, and by tuspy. Each resumes, none doubles a
// file, and what comes back is what was sent, byte for byte.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { visitor } from './browser.mjs';
import { pdf, sha256 } from './pdf.mjs';
import { signIn } from './people.mjs';
import { stage } from './stage.mjs';
import { dead, wire } from './wire.mjs';

const run = promisify(execFile);
const SCAN = { name: 'اسکن نامه.pdf', mimeType: 'application/pdf', buffer: pdf('Scan', 600) };
const FIVE_MEGABYTES = pdf('Five megabytes', 1330);

stage('files in pieces', {}, it => {
  it('by our page: photos are made smaller, and every break is survived', async ({ demo, browser }) => {
    // 400 kbps and 400 ms; the first pieces have every kind of bad luck.
    const fates = { 2: 'cut', 4: 'lose', 5: 'cut', 7: 'lose', 9: 'lose' };
    const line = await wire(demo.organisations[0].url, { fate: patch => fates[patch] ?? 'carry' });
    try {
      const page = await visitor(browser, line);
      await signIn(page, demo, '09355550301');
      const photo = { name: 'عکس.JPG', mimeType: 'image/jpeg', buffer: turned(await largePhoto(page)) };
      assert.ok(photo.buffer.length > 3_000_000, `${photo.buffer.length} bytes are no large photo`);
      await begin(page, 'نامه با عکس');
      Object.assign(line, { rate: 50_000, delay: 200, patches: 0, bytes: 0 });
      await choose(page, [photo, SCAN]);
      await page.getByRole('status').filter({ hasText: 'کوچک‌تر کردیم' }).waitFor({ timeout: 120_000 });
      await page.locator('#file-list b').getByText(SCAN.name).waitFor({ timeout: 120_000 });
      Object.assign(line, { rate: Infinity, delay: 0 });
      assert.deepEqual(await listed(page), ['عکس.jpg', SCAN.name]);
      assert.ok(line.bytes < photo.buffer.length + SCAN.buffer.length, 'the photo went over the line in small');

      await page.getByRole('button', { name: 'ادامه و بازبینی' }).click();
      await page.getByRole('button', { name: 'ارسال نامه' }).click();
      await page.getByRole('heading', { name: 'نامه‌تان به دست ما رسید' }).waitFor();
      await page.getByText(`SHA-256 ${sha256(SCAN.buffer)}`).waitFor();
      await page.goto(new URL(page.url()).pathname.replace('/receipt', ''));
      assert.equal(await page.getByRole('link', { name: SCAN.name }).count(), 1);
      assert.equal(sha256(await got(page, SCAN.name)), sha256(SCAN.buffer));
      const small = await got(page, 'عکس.jpg');
      assert.deepEqual(await sides(page, small), [1650, 2200], 'it is upright, and 2,200 at most');
      assert.ok(small.length < photo.buffer.length / 2);
      assert.deepEqual(page.faults.filter(fault => !fault.includes('Failed to load resource')), []);
    } finally {
      line.close();
    }
  });

  it('by our page: another visit goes on with what the first one left', async ({ demo, browser }) => {
    const line = await wire(demo.organisations[0].url);
    try {
      const page = await visitor(browser, line);
      await signIn(page, demo, '09355550302');
      await begin(page, 'نامه نیمه‌کاره');
      line.fate = patch => (patch <= 3 ? 'carry' : 'dead');
      await choose(page, [SCAN]);
      await page.getByText('اینترنت قطع است').first().waitFor();
      line.fate = dead;
      await page.goto('about:blank');
      line.fate = () => 'carry';
      await page.goto('/letters');
      await page.getByRole('link', { name: 'نامه نیمه‌کاره' }).click();
      await page.getByText('برای ادامه، همین فایل را دوباره انتخاب کنید').waitFor();
      assert.deepEqual(await listed(page), []);
      line.bytes = 0;
      await choose(page, [SCAN]);
      await page.locator('#file-list b').getByText(SCAN.name).waitFor();
      assert.ok(line.bytes < SCAN.buffer.length - 3 * 256 * 1024 + 50_000, `${line.bytes} bytes for the rest`);
      assert.deepEqual(await listed(page), [SCAN.name]);
      assert.equal(await page.getByText('برای ادامه، همین فایل را دوباره انتخاب کنید').count(), 0);
    } finally {
      line.close();
    }
  });

  it('by our page: what was refused, and what is no longer wanted, leaves nothing', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[0]);
    await signIn(page, demo, '09355550303');
    await begin(page, 'نامه با فایل بد');
    await choose(page, [{ name: 'نامه.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\x90\0 no letter at all') }]);
    await page.getByRole('status').filter({ hasText: 'یک برنامه است' }).waitFor();
    await page.route('**/uploads/*', route => (route.request().method() === 'PATCH' ? undefined : route.continue()));
    await choose(page, [SCAN]);
    const row = page.locator('#uploads .file').filter({ hasText: SCAN.name });
    await row.getByText('در حال ارسال').waitFor();
    await row.getByRole('button', { name: 'لغو ارسال' }).click();
    await row.waitFor({ state: 'detached' });
    await page.unroute('**/uploads/*');
    // The page doesn't wait for the server to have removed it.
    const left = page.locator('#uploads [data-upload]');
    for (let second = 0; second < 20; second += 1) {
      await page.reload();
      if (await left.count() === 0) break;
      await page.waitForTimeout(1000);
    }
    assert.deepEqual(await listed(page), []);
    assert.equal(await left.count(), 0);
  });

  it('by tus-js-client: five megabytes with aborts, cuts and a reload', async ({ demo, browser }) => {
    const fates = { 3: 'cut', 6: 'lose', 12: 'cut', 13: 'lose' };
    const line = await wire(demo.organisations[0].url, { fate: patch => fates[patch] ?? 'carry' });
    try {
      const page = await visitor(browser, line);
      await signIn(page, demo, '09355550304');
      const uploads = await begin(page, 'نامه از برنامه‌ای دیگر');
      const client = await readFile('e2e/node_modules/tus-js-client/dist/tus.min.js', 'utf8');
      const bytes = FIVE_MEGABYTES.toString('base64');
      await page.evaluate(client);
      const left = await page.evaluate(sendByTus, { uploads, bytes, aborts: [0.2, 0.4, 0.5], leaveAt: 0.6 });
      assert.ok(left >= 0.6 && left < 1, `the page was left at ${left}`);
      await page.reload();
      await page.evaluate(client);
      line.bytes = 0;
      assert.equal(await page.evaluate(sendByTus, { uploads, bytes, aborts: [0.8] }), 1);
      assert.ok(line.bytes < FIVE_MEGABYTES.length * 0.8, `${line.bytes} bytes for the rest`);
      await page.reload();
      assert.deepEqual(await listed(page), ['five.pdf']);
      assert.equal(await storedSum(page), sha256(FIVE_MEGABYTES));
    } finally {
      line.close();
    }
  });

  it('by tuspy: killed in the middle, it goes on', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const page = await visitor(browser, organisation);
    await signIn(page, demo, '09355550305');
    const uploads = new URL(await begin(page, 'نامه از پایتون'), page.url()).href;
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const folder = await mkdtemp(join(tmpdir(), 'pishkhan-tuspy-'));
    try {
      const file = join(folder, 'five.pdf');
      await writeFile(file, FIVE_MEGABYTES);
      const args = ['e2e/tuspy.py', uploads, cookie, file, join(folder, 'storage.json')];
      const first = await offsets(args, 5);
      assert.equal(first[0], 0);
      const second = await offsets(args);
      assert.ok(second[0] >= first.at(-1), `it goes on at ${second[0]}, after ${first.at(-1)}`);
      assert.equal(second.at(-1), FIVE_MEGABYTES.length);
      await page.reload();
      assert.deepEqual(await listed(page), ['از پایتون.pdf']);
      assert.equal(await storedSum(page), sha256(FIVE_MEGABYTES));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

// A new letter that is saved and open again; answers where its files go.
async function begin(page, subject) {
  await page.goto('/letters/new');
  await page.getByLabel('نام و نام خانوادگی').or(page.locator('[name=sender_name]')).first().fill('مریم احمدی');
  await page.locator('[name=unit]').first().check();
  await page.getByLabel('موضوع نامه').fill(subject);
  await page.getByText('پیش‌نویس ذخیره شد').waitFor();
  await page.goto('/letters');
  await page.getByRole('link', { name: subject, exact: true }).click();
  return page.locator('form[data-uploads]').getAttribute('data-uploads');
}

const choose = (page, files) => page.getByLabel('افزودن فایل یا گرفتن عکس').setInputFiles(files);
const listed = page => page.locator('#file-list .file b').allInnerTexts();

async function got(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).first().click();
  return readFile(await (await download).path());
}

// The sum of the letter's only file, from its receipt.
async function storedSum(page) {
  await page.getByRole('button', { name: 'ادامه و بازبینی' }).click();
  await page.getByRole('button', { name: 'ارسال نامه' }).click();
  await page.getByRole('heading', { name: 'نامه‌تان به دست ما رسید' }).waitFor();
  return /SHA-256 ([0-9a-f]{64})/.exec(await page.locator('main').innerText())[1];
}

// Twelve megapixels of something.
async function largePhoto(page) {
  const bytes = await page.evaluate(async () => {
    const [rough, fine] = [[600, 450], [4000, 3000]].map(([width, height]) => new OffscreenCanvas(width, height));
    const noise = new ImageData(rough.width, rough.height);
    for (let at = 0; at < noise.data.length; at += 1) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    rough.getContext('2d').putImageData(noise, 0, 0);
    fine.getContext('2d').drawImage(rough, 0, 0, fine.width, fine.height);
    const photo = await fine.convertToBlob({ type: 'image/jpeg', quality: 0.97 });
    const reader = new FileReader();
    return new Promise(done => {
      reader.onload = () => done(reader.result.split(',')[1]);
      reader.readAsDataURL(photo);
    });
  });
  return Buffer.from(bytes, 'base64');
}

// The photo as a phone held upright writes it: lying, with a note (EXIF) to turn it.
function turned(photo) {
  const tiff = Buffer.from('49492a00080000000100120103000100000006000000' + '00000000', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([photo.subarray(0, 2), head, body, photo.subarray(2)]);
}

function sides(page, photo) {
  return page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    return [picture.width, picture.height];
  }, photo.toString('base64'));
}

// Runs in the page. Goes on with what this page's storage knows of, aborts at some parts and starts again, and answers how far it
// got: to `leaveAt`, or to the end.
async function sendByTus({ uploads, bytes, aborts, leaveAt = 2 }) {
  const file = new File([Uint8Array.from(atob(bytes), sign => sign.charCodeAt(0))], 'five.pdf', { lastModified: 0 });
  return new Promise((done, failed) => {
    const upload = new tus.Upload(file, {
      endpoint: uploads,
      chunkSize: 256 * 1024,
      retryDelays: [0, 300, 600, 1000],
      metadata: { filename: file.name, filetype: 'application/pdf' },
      onError: failed,
      onSuccess: () => done(1),
      onChunkComplete: async (_, arrived, size) => {
        const part = arrived / size;
        if (part >= leaveAt) {
          await upload.abort();
          done(part);
        } else if (part >= aborts[0]) {
          aborts.shift();
          await upload.abort();
          setTimeout(() => upload.start(), 100);
        }
      },
    });
    upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  });
}

// The offsets that tuspy tells; it is killed after `most` of them.
async function offsets(args, most = Infinity) {
  const client = spawn(await python(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(client, 'exit');
  const told = [];
  for await (const line of createInterface({ input: client.stdout })) {
    told.push(Number(line));
    if (told.length === most) client.kill('SIGKILL');
  }
  const [code] = await ended;
  assert.equal(code, most === Infinity ? 0 : null);
  return told;
}

// Python with what e2e/requirements.txt names, in a folder of its own.
async function python() {
  const folder = 'target/e2e-python';
  const stamp = join(folder, 'installed.txt');
  const wanted = await readFile('e2e/requirements.txt', 'utf8');
  if (await readFile(stamp, 'utf8').catch(() => '') !== wanted) {
    await mkdir(folder, { recursive: true });
    await run('python3', ['-m', 'venv', '--clear', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', 'e2e/requirements.txt'];
    await run(join(folder, 'bin/python'), pip);
    await writeFile(stamp, wanted);
  }
  await stat(join(folder, 'bin/python'));
  return join(folder, 'bin/python');
}

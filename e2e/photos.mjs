// Photos for tests: sheets with large words, drawn by the browser, and a letter that brings them.

// A JPEG as a phone takes one, named after its words.
export async function photo(page, words) {
  const url = await page.evaluate(text => {
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [1000, 1400];
    const pen = sheet.getContext('2d');
    pen.fillStyle = '#f6f1e4';
    pen.fillRect(0, 0, 1000, 1400);
    pen.fillStyle = '#223';
    pen.font = '700 120px sans-serif';
    pen.textAlign = 'center';
    pen.fillText(text, 500, 260);
    for (let line = 0; line < 14; line++) pen.fillRect(120, 400 + line * 60, 760 - (line % 4) * 90, 14);
    return sheet.toDataURL('image/jpeg', 0.7);
  }, words);
  return { name: `${words}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1], 'base64') };
}

// Writes a draft with photos, and answers where it is edited.
export async function writeWithPhotos(page, subject, words) {
  await page.goto('/letters/new');
  const photos = [];
  for (const text of words) photos.push(await photo(page, text));
  await page.locator('#sender_name').fill('زهرا کمالی');
  if (await page.locator('select#unit').count()) await page.locator('#unit').selectOption({ index: 1 });
  else await page.locator('#unit').check();
  await page.locator('#subject').fill(subject);
  await page.locator('#files').setInputFiles(photos);
  await page.locator('#file-list .file').nth(words.length - 1).waitFor();
  const uploads = await page.locator('form[data-uploads]').getAttribute('data-uploads');
  const draft = `/letters/new?draft=${uploads.split('/')[2]}`;
  await page.goto(draft);
  return draft;
}

// How often the page is asked again whether its pictures are there. They are made one after the other, and on a machine that is
// busy with three browsers some wait long: this ends a wait that would have no end, and says nothing of how long it may last.
const MOST_LOOKS = 200;

// Waits until the pictures of that many files are there; the page at `path` is then shown.
export async function waitForPictures(page, path, count, pictures = '.thumb img') {
  for (let i = 0; i < MOST_LOOKS; i++) {
    await page.goto(path);
    if (await page.locator(pictures).count() >= count) return;
    await page.waitForTimeout(1000);
  }
  throw new Error(`${path} never had ${count} pictures`);
}

// A true PDF of a few hundred kilobytes: one page with a line of text and a picture of noise.
import { createHash } from 'node:crypto';

const SIDE = 320;

// `side` is that of the picture; three bytes for each of its points are the weight of the file. `more` are entries of the catalog.
export function pdf(title, side = SIDE, more = '') {
  const content = `BT /F1 18 Tf 60 760 Td (${title}) Tj ET\nq 480 0 0 480 60 240 cm /Im1 Do Q\n`;
  const objects = [
    Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${more}>>`),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R '
      + '/Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> >>'),
    stream('', Buffer.from(content)),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    stream(`/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8`,
      noise(title, side * side * 3)),
  ];

  const parts = [Buffer.from('%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  let length = parts[0].length;
  const offsets = objects.map((object, index) => {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    const offset = length;
    parts.push(part);
    length += part.length;
    return offset;
  });
  const entries = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`
    + `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

export const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

function stream(entries, bytes) {
  return Buffer.concat([Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
}

// The same title gives the same bytes.
function noise(seed, length) {
  const blocks = [];
  for (let count = 0; count * 32 < length; count += 1) blocks.push(createHash('sha256').update(seed + count).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

// Makes large photos smaller before they are sent: at most 2,200 pixels on the longer side, as JPEG. Whatever this browser can't
// read, whatever is small already, and whatever would not become smaller, is sent as it is.
const LONGEST = 2200;
const QUALITY = 0.82;
const SMALL = 900_000;

export async function shrink(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < SMALL) return file;
  try {
    // Upright, as the camera noted it.
    const photo = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST / Math.max(photo.width, photo.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(photo.width * scale);
    canvas.height = Math.round(photo.height * scale);
    const paper = canvas.getContext('2d');
    // What is transparent would be black.
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(photo, 0, 0, canvas.width, canvas.height);
    photo.close();
    const small = await new Promise(done => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!small || small.size >= file.size) return file;
    return new File([small], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: small.type });
  } catch {
    return file;
  }
}

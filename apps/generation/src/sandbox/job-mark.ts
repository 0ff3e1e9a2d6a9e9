import sharp from 'sharp';

/** Hexadecimal digits, three pixels wide and five high, a row per octal digit. Drawn here because a server may have no font at all. */
const GLYPHS: Record<string, string> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71717',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71111',
  '8': '75757',
  '9': '75717',
  a: '75755',
  b: '65756',
  c: '74447',
  d: '65556',
  e: '74647',
  f: '74744',
};
const GLYPH_HEIGHT = 5;
const ADVANCE = 4;

/**
 * A small dark plate with the job's id on it, about a third as wide as the picture.
 *
 * @param pictureWidth px
 * @returns PNG, never wider than the picture
 */
export async function jobMark(imageId: string, pictureWidth: number): Promise<Buffer> {
  const width = imageId.length * ADVANCE + 1;
  const height = GLYPH_HEIGHT + 2;
  const pixels = Buffer.alloc(width * height, 20);
  [...imageId].forEach((digit, index) => {
    [...(GLYPHS[digit] ?? '')].forEach((row, y) => {
      for (let x = 0; x < 3; x += 1) {
        if (Number(row) & (4 >> x)) {
          pixels[(y + 1) * width + index * ADVANCE + 1 + x] = 235;
        }
      }
    });
  });
  const scale = Math.max(1, Math.round(pictureWidth / 3 / width));
  const plate = sharp(pixels, { raw: { width, height, channels: 1 } });
  return width > pictureWidth
    ? plate.resize(pictureWidth, 1).png().toBuffer()
    : plate
        .resize(width * scale, height * scale, { kernel: 'nearest' })
        .png()
        .toBuffer();
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FacetError } from '@facet/platform';
import sharp from 'sharp';
import { makeSafe } from './safe-picture';

const MAX_PIXELS = 40_000_000;

/** Tag 0x8825 of EXIF, little-endian and of type LONG: where the GPS data of a photo are. */
const GPS_TAG = Buffer.from([0x25, 0x88, 0x04, 0x00]);

/** A telephone's photo: lies on its side (EXIF orientation 6), and its EXIF holds a GPS position. */
const photo = readFileSync(join(__dirname, '../../../../test/photos/04-drop-earrings-marble.jpg'));

const red = (channels: 3 | 4 = 3, width = 40, height = 30) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } });

const errorOf = async (upload: Buffer): Promise<FacetError> => {
  const error: unknown = await makeSafe(upload, MAX_PIXELS).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FacetError);
  return error as FacetError;
};

describe('a photo with EXIF', () => {
  it('is turned upright, and its size is told as it is then', async () => {
    const before = await sharp(photo).metadata();
    expect(before).toMatchObject({ orientation: 6, width: 1600, height: 1200 });
    const safe = await makeSafe(photo, MAX_PIXELS);
    const after = await sharp(safe.bytes).metadata();
    expect(safe).toMatchObject({ mime: 'image/jpeg', width: 1200, height: 1600 });
    expect([after.width, after.height]).toEqual([1200, 1600]);
  });

  it('loses every kind of metadata, the place where it was taken included', async () => {
    const tagged = await sharp(photo)
      .keepMetadata()
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><owner>Anna Meier</owner></x:xmpmeta>')
      .withIccProfile('srgb')
      .toBuffer();
    const before = await sharp(tagged).metadata();
    expect([before.exif?.includes(GPS_TAG), Boolean(before.xmp), Boolean(before.icc)]).toEqual([true, true, true]);
    const { bytes } = await makeSafe(tagged, MAX_PIXELS);
    const { exif, xmp, icc, iptc, orientation, comments } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, iptc, orientation, comments }).toEqual({
      exif: undefined,
      xmp: undefined,
      icc: undefined,
      iptc: undefined,
      orientation: undefined,
      comments: undefined,
    });
    for (const trace of ['Exif', 'Anna Meier', 'http://ns.adobe.com']) {
      expect(bytes.includes(trace)).toBe(false);
    }
  });
});

describe('formats', () => {
  it.each([
    ['image/jpeg', () => red().jpeg().toBuffer()],
    ['image/png', () => red().png().toBuffer()],
    ['image/webp', () => red().webp().toBuffer()],
  ])('%s stays what it is', async (mime, make) => {
    const safe = await makeSafe(await make(), MAX_PIXELS);
    expect(safe).toMatchObject({ mime, width: 40, height: 30 });
    expect(`image/${(await sharp(safe.bytes).metadata()).format}`).toBe(mime);
  });

  it.each([
    ['png', () => red(4).png().toBuffer()],
    ['webp', () => red(4).webp({ lossless: true }).toBuffer()],
  ])('%s keeps its transparency', async (_format, make) => {
    const { bytes } = await makeSafe(await make(), MAX_PIXELS);
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    expect((await sharp(bytes).raw().toBuffer())[3]).toBe(128);
  });

  it('an animated WebP becomes its first frame', async () => {
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animated = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animated).metadata()).pages).toBe(2);
    const { bytes, height } = await makeSafe(animated, MAX_PIXELS);
    expect([height, (await sharp(bytes).metadata()).pages]).toEqual([8, undefined]);
  });

  it('CMYK becomes RGB, which every model and browser can read', async () => {
    const cmyk = await red().toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { bytes } = await makeSafe(cmyk, MAX_PIXELS);
    expect((await sharp(bytes).metadata()).space).toBe('srgb');
  });
});

describe('what is no whole JPEG, PNG or WebP', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['SVG', () => Buffer.from(svg)],
    ['SVG with an XML head', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['GIF', () => red().gif().toBuffer()],
    ['TIFF', () => red().tiff().toBuffer()],
    ['AVIF', () => red().avif().toBuffer()],
    ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['PDF', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF')],
    ['random bytes', () => Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7_919 + 13) % 251))],
    ['nothing', () => Buffer.alloc(0)],
    ['a JPEG that was cut off', () => half(photo)],
    ['a JPEG without its last bytes', () => photo.subarray(0, photo.length - 64)],
    ['a PNG that was cut off', async () => half(await sharp(photo).png({ compressionLevel: 1 }).toBuffer())],
    ['a WebP that was cut off', async () => half(await sharp(photo).webp().toBuffer())],
    ['a JPEG head with a page behind it', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<html></html>')])],
  ])('%s is refused', async (_name, make) => {
    expect(await errorOf(await make())).toMatchObject({ code: 'unsupported_image', retryable: false });
  });
});

describe('a picture of too many pixels', () => {
  it('is refused before it is decoded, however few bytes it has', async () => {
    const bomb = await sharp({ create: { width: 8_000, height: 6_000, channels: 3, background: 'white' } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(100_000);
    const started = Date.now();
    const error = await errorOf(bomb);
    expect(error).toMatchObject({ code: 'upload_too_large', message: 'The picture has more than 40 megapixels.' });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  it('may have as many as the limit says, and not one more', async () => {
    const picture = await red(3, 100, 100).png().toBuffer();
    await expect(makeSafe(picture, 10_000)).resolves.toMatchObject({ width: 100 });
    await expect(makeSafe(picture, 9_999)).rejects.toMatchObject({ code: 'upload_too_large' });
  });
});

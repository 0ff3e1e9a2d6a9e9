import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { fitBytes } from './fit-bytes';

/** Noise, which no encoder makes small. */
const noise = (width: number, height: number): Promise<Buffer> =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();

describe('fitBytes', () => {
  it('leaves a picture that fits as it is', async () => {
    const picture = await noise(20, 20);
    expect(await fitBytes(picture, picture.length)).toBe(picture);
  });

  it('makes one that does not fit small enough, in its own size where that will do', async () => {
    const picture = await noise(600, 400);
    const fitted = await fitBytes(picture, picture.length - 1);
    expect(fitted.length).toBeLessThan(picture.length);
    expect(await sharp(fitted).metadata()).toMatchObject({ format: 'webp', width: 600, height: 400 });
  });
});

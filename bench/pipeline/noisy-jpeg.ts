import sharp from 'sharp';

/** A JPEG of about so many bytes: noise over grey, as strong as it takes. The same for the same arguments, but for the noise itself. */
export async function noisyJpeg(width: number, height: number, bytes: number): Promise<Buffer> {
  let [low, high] = [0, 128];
  let jpeg = Buffer.alloc(0);
  for (let step = 0; step < 8; step += 1) {
    const sigma = (low + high) / 2;
    jpeg = await sharp({ create: { width, height, channels: 3, background: '#888888', noise: { type: 'gaussian', mean: 128, sigma } } })
      .jpeg({ quality: 90 })
      .toBuffer();
    [low, high] = jpeg.length > bytes ? [low, sigma] : [sigma, high];
  }
  return jpeg;
}

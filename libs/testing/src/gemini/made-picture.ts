import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

export interface PictureOptions {
  /** default PNG */
  format?: 'png' | 'jpeg' | 'webp' | 'gif';
  /** px, default 64 */
  width?: number;
  /** px, default 48 */
  height?: number;
}

/** A few random colours that run into each other: each picture is another, and even a large one is soon made. */
export async function makePicture({ format = 'png', width = 64, height = 48 }: PictureOptions = {}): Promise<Buffer> {
  const [columns, rows] = [4, 3];
  return sharp(randomBytes(columns * rows * 3), { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toFormat(format)
    .toBuffer();
}

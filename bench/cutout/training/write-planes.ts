import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { forDecision, ruledDecision } from '../../../apps/generation/src/studio/cut-out/decide';
import { firstLook } from '../../../apps/generation/src/studio/cut-out/first-look';
import { planesOf } from '../../../apps/generation/src/studio/cut-out/piece-network';
import { loadOpenCv, type OpenCv } from '../../../apps/generation/src/studio/opencv';
import { decode } from '../../../apps/generation/src/studio/raster';

/**
 * `npx tsx bench/cutout/training/write-planes.ts SCENES PLANES`: what the network sees of every photo of SCENES that has a mask
 * (`x.png` or `x.jpg`, `x.mask.png`), for train.py. A file is its width and height (32 bits, little-endian), then for each pixel
 * the planes and the true coverage, 8 bits each. What is there already is left alone.
 */
async function main(scenes = '', planes = ''): Promise<void> {
  const cv = await loadOpenCv();
  await mkdir(planes, { recursive: true });
  const masks = (await readdir(scenes)).filter((file) => file.endsWith('.mask.png'));
  for (const mask of masks.sort()) {
    const name = mask.replace('.mask.png', '');
    const file = join(planes, `${name}.bin`);
    if (existsSync(file)) continue;
    await writeFile(`${file}.part`, await planesWithTruth(cv, join(scenes, name)));
    await rename(`${file}.part`, file);
  }
}

/** Qualities of JPEG from the least on, of which a scene's name (digits) chooses one. */
const LEAST_QUALITY = 80;
const QUALITIES = 16;

/** A photo as a camera would write it. */
const asJpeg = (photo: Buffer, name: string): Promise<Buffer> =>
  sharp(photo)
    .removeAlpha()
    .jpeg({ quality: LEAST_QUALITY + (Number.parseInt(name, 10) % QUALITIES) })
    .toBuffer();

const planesWithTruth = async (cv: OpenCv, path: string): Promise<Buffer> => {
  const bytes = existsSync(`${path}.jpg`) ? await readFile(`${path}.jpg`) : await asJpeg(await readFile(`${path}.png`), basename(path));
  const { small } = await forDecision(await decode(bytes));
  const { width, height } = small;
  const look = firstLook(cv, small);
  const all = planesOf(look, ruledDecision(look));
  const truth = await sharp(`${path}.mask.png`).removeAlpha().toColourspace('b-w').resize(width, height, { fit: 'fill' }).raw().toBuffer();
  const result = Buffer.alloc(8 + truth.length * (all.length + 1));
  result.writeUInt32LE(width, 0);
  result.writeUInt32LE(height, 4);
  let to = 8;
  for (const [at, coverage] of truth.entries()) {
    for (const plane of all) result[to++] = Math.round(127.5 * ((plane[at] ?? 0) + 1));
    result[to++] = coverage;
  }
  return result;
};

void main(...process.argv.slice(2));

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageOptions, ImageType, InputRole } from '@facet/contracts';
import { loadOpenCv, type OpenCv } from '../../apps/generation/src/studio/opencv';
import { makePicture } from '../../apps/generation/src/studio/make-picture';
import { shots } from './shots';

/** px and bytes of a picture of the gallery. */
const LONG_SIDE = 900;
const LARGEST = 60_000;

/**
 * Makes the pictures of docs/gallery.md with the local studio: `npx tsx bench/gallery/main.ts FOLDER [FOLDER …] [--only NAME]`.
 * A photo is taken from the first folder that has it; shots whose photos are nowhere are left out.
 */
async function main(folders: readonly string[], only: string | undefined): Promise<void> {
  const target = join(__dirname, '../../docs/gallery');
  mkdirSync(target, { recursive: true });
  let openCv: Promise<OpenCv> | null = null;
  const open = (): Promise<OpenCv> => (openCv ??= loadOpenCv());
  for (const { name, type, photos, instruction = '', options = {}, then = [] } of shots) {
    if (only && only !== name) continue;
    const found = photos.map(([role, file]) => [role, read(folders, file)] as const);
    const pictures = found.flatMap(([role, bytes]) => (bytes ? [{ role, bytes }] : []));
    if (pictures.length < photos.length) {
      console.log(`${name}: left out, its photos are not there`);
      continue;
    }
    let made = await makePicture({ type, instruction, options, pictures }, open);
    for (const words of then) made = await makePicture(regeneration(type, words, options, made.bytes), open);
    const bytes = await small(made.bytes);
    writeFileSync(join(target, `${name}.webp`), bytes);
    console.log(`${name}.webp ${bytes.length} bytes ${made.notes.join(' ')}`);
  }
  process.exit(0);
}

const regeneration = (type: ImageType, instruction: string, options: ImageOptions, bytes: Uint8Array) => ({
  ...{ type, instruction, options },
  pictures: [{ role: 'parent' as InputRole, bytes }],
});

function read(folders: readonly string[], file: string): Buffer | null {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return null;
}

/** As good as fits. */
async function small(bytes: Uint8Array): Promise<Buffer> {
  for (let quality = 86; ; quality -= 6) {
    const webp = await sharp(bytes)
      .resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort: 6 })
      .toBuffer();
    if (webp.length < LARGEST || quality < 30) return webp;
  }
}

const onlyAt = process.argv.indexOf('--only');
const folders = process.argv.slice(2, onlyAt < 0 ? undefined : onlyAt);
void main(folders, onlyAt < 0 ? undefined : process.argv[onlyAt + 1]);

import { execFile } from 'node:child_process';
import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { Random } from '../../../test/faults/support/random';

const WIDTH = 1600;
const HEIGHT = 1200;
/** px: no lens draws a harder edge. Photo and mask are softened alike. */
const LENS = 0.6;
/** The sensor's noise, standard deviation of 255. */
const NOISE = 2.2;
/** Share of the light that the corners lack. */
const VIGNETTE = 0.08;
const QUALITY = 90;

/**
 * `npx tsx bench/cutout/held-back/render.ts FOLDER [NAME]`: renders each scene here and its true mask into FOLDER/raw, unless they are
 * there, and develops them to FOLDER/x.jpg and FOLDER/x.mask.png. NAME (a pattern) picks scenes. Needs POV-Ray's `povray`.
 */
async function main(folder = 'held-back', name = ''): Promise<void> {
  sharp.concurrency(1);
  const raw = join(folder, 'raw');
  await mkdir(raw, { recursive: true });
  const scenes = (await readdir(__dirname)).filter((file) => file.endsWith('.pov') && new RegExp(name).test(file)).sort();
  for (const file of scenes) {
    const scene = file.replace('.pov', '');
    const photo = join(raw, `${scene}.png`);
    const mask = join(raw, `${scene}.mask.png`);
    await render(file, photo, ['+A0.4', '+AM1', '+R2']);
    await render(file, mask, ['+A0.02', '+AM2', '+R3', 'Declare=Mask=1', 'File_Gamma=1.0']);
    await develop(photo, join(folder, `${scene}.jpg`), Number.parseInt(scene, 10));
    await sharp(mask)
      .toColourspace('b-w')
      .blur(LENS)
      .png()
      .toFile(join(folder, `${scene}.mask.png`));
    console.log(scene);
  }
}

/** One thread, beside which others can work. A picture appears under its name when it is whole. */
const render = async (scene: string, picture: string, quality: readonly string[]): Promise<void> => {
  if (await exists(picture)) return;
  const part = picture.replace(/png$/, 'part.png');
  const size = [`+W${WIDTH}`, `+H${HEIGHT}`, '+WT1', '-D', '-J'];
  await promisify(execFile)('povray', [`+I${join(__dirname, scene)}`, `+L${__dirname}`, `+O${part}`, ...size, ...quality]);
  await rename(part, picture);
};

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** What lens, sensor and camera do to a picture. The same seed draws the same noise. */
const develop = async (picture: string, photo: string, seed: number): Promise<void> => {
  const { data, info } = await sharp(picture).removeAlpha().blur(LENS).raw().toBuffer({ resolveWithObject: true });
  const random = new Random(seed);
  const { width, height, channels } = info;
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / channels);
    const fromCentre = Math.hypot((pixel % width) / width - 0.5, Math.floor(pixel / width) / height - 0.5) / Math.SQRT1_2;
    // Twelve even numbers add up to a normal one; four come close enough to it.
    const noise = (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3) * NOISE;
    data[at] = Math.min(255, Math.max(0, Math.round((data[at] ?? 0) * (1 - VIGNETTE * fromCentre ** 2) + noise)));
  }
  await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: QUALITY }).toFile(photo);
};

void main(...process.argv.slice(2));

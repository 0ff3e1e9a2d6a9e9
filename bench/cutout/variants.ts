import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** A change of a photo that leaves its piece where it is, or moves the mask with it. */
type Change = (picture: Sharp, isMask: boolean) => Sharp;

const light =
  (change: (picture: Sharp) => Sharp): Change =>
  (picture, isMask) =>
    isMask ? picture : change(picture);

/** Photos as another camera, another light or another hand would have taken them; the first only written anew, as uploads are. */
const CHANGES: Record<string, Change> = {
  'as it is': (picture) => picture,
  mirrored: (picture) => picture.flop(),
  turned: (picture) => picture.rotate(90),
  darker: light((picture) => picture.linear(0.7, 0)),
  brighter: light((picture) => picture.linear(1.15, 10)),
  flat: light((picture) => picture.linear(0.75, 40)),
  contrasty: light((picture) => picture.linear(1.35, -45)),
  warm: light((picture) => picture.recomb([[1.12, 0, 0], [0, 1, 0], [0, 0, 0.82]])), // prettier-ignore
  cool: light((picture) => picture.recomb([[0.85, 0, 0], [0, 1, 0], [0, 0, 1.12]])), // prettier-ignore
  'almost grey': light((picture) => picture.modulate({ saturation: 0.15 })),
  soft: light((picture) => picture.blur(1.5)),
};

/** Margins around the piece, in parts of its longer side. */
const MARGINS = [0.02, 0.04, 0.07, 0.12];

/**
 * `npx tsx bench/cutout/variants.ts FOLDER TARGET`: makes variants of the photos with masks in FOLDER, each in a folder of its name
 * below TARGET, for `npm run bench:cutout -- TARGET/NAME`.
 */
async function main(folder: string, target: string): Promise<void> {
  const photos = (await readdir(folder)).filter((file) => file.endsWith('.mask.png')).map((file) => file.replace('.mask.png', ''));
  for (const photo of photos) {
    const [jpeg, mask] = [join(folder, `${photo}.jpg`), join(folder, `${photo}.mask.png`)];
    const write = async (name: string, change: Change): Promise<void> => {
      await mkdir(join(target, name), { recursive: true });
      await change(sharp(jpeg).autoOrient(), false)
        .jpeg({ quality: 92 })
        .toFile(join(target, name, `${photo}.jpg`));
      await change(sharp(mask), true)
        .png()
        .toFile(join(target, name, `${photo}.mask.png`));
    };
    for (const [name, change] of Object.entries(CHANGES)) await write(name, change);
    for (const margin of MARGINS) {
      const region = await around(mask, margin);
      await write(`margin of ${Math.round(100 * margin)} %`, (picture) => picture.extract(region));
    }
  }
}

/** The region of a piece with so much around it. */
async function around(mask: string, margin: number): Promise<{ left: number; top: number; width: number; height: number }> {
  const { data, info } = await sharp(mask).removeAlpha().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  let [left, top, right, bottom] = [info.width, info.height, 0, 0];
  for (let at = 0; at < data.length; at++) {
    if ((data[at] ?? 0) < 128) continue;
    const [x, y] = [at % info.width, Math.floor(at / info.width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  const room = Math.round(margin * Math.max(right - left, bottom - top));
  [left, top] = [Math.max(0, left - room), Math.max(0, top - room)];
  return { left, top, width: Math.min(info.width, right + room) - left, height: Math.min(info.height, bottom + room) - top };
}

const [folder = '../shared/fixtures', target = 'variants'] = process.argv.slice(2);
void main(folder, target);

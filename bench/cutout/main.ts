import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { composeOnGround } from '../../apps/generation/src/studio/compose-on-ground';
import { cutOutPhoto } from '../../apps/generation/src/studio/cut-out-photo';
import { loadOpenCv, type OpenCv } from '../../apps/generation/src/studio/opencv';
import { alphaOf, decode, encode, pipeline } from '../../apps/generation/src/studio/raster';
import { xmpOf } from '../../apps/generation/src/studio/remembered-piece';
import { inGoodLight } from '../../apps/generation/src/studio/studio-light';
import { machine } from '../machine';
import { drawErrors } from './draw-errors';
import { scoreAlpha, scoreWhite, type Plane } from './score';

interface Row {
  photo: string;
  iou: number;
  mae: number;
  boundaryF: number;
  white: number;
  pieceMae: number;
  /** CPU time of all threads, which others on the machine disturb less than the clock's */
  cutOutMs: number;
  /** the same, from decoding to the encoded picture on white */
  jobMs: number;
}

/**
 * `npm run bench:cutout -- [FOLDER] [PICTURES] [NAME]`: cuts out every photo of FOLDER that has a true mask beside it
 * (`x.jpg`, `x.mask.png`) and scores it. With PICTURES, the errors are drawn into that folder; NAME (a pattern) picks photos.
 */
async function main(folder = '../shared/fixtures', pictures = '', name = ''): Promise<void> {
  sharp.concurrency(1);
  const cv = await loadOpenCv();
  const masks = (await readdir(folder)).filter((file) => file.endsWith('.mask.png') && new RegExp(name).test(file)).sort();
  const rows: Row[] = [];
  if (pictures) await mkdir(pictures, { recursive: true });
  for (const file of masks) rows.push(await measure(cv, folder, file.replace('.mask.png', ''), pictures));
  console.log(`machine: ${machine()}; ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most, scoring included`);
  print(rows);
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const measure = async (cv: OpenCv, folder: string, photo: string, pictures: string): Promise<Row> => {
  const bytes = await readFile(join(folder, `${photo}.jpg`));
  const truth = await maskOf(join(folder, `${photo}.mask.png`));
  const began = cpuMs();
  const raster = await decode(bytes);
  const decoded = cpuMs();
  const ornament = await cutOutPhoto(cv, raster);
  const cut = cpuMs();
  const { picture, piece } = await composeOnGround(inGoodLight(raster, ornament), [255, 255, 255]);
  await encode(picture, piece ? await xmpOf(piece, picture.width, picture.height) : undefined);
  const ended = cpuMs();
  const alpha = alphaOf(ornament.cutOut);
  if (pictures)
    await pipeline(drawErrors(raster, alpha, truth))
      .png()
      .toFile(join(pictures, `${photo}.png`));
  return {
    photo,
    ...scoreAlpha(alpha, truth),
    ...scoreWhite(picture.data, raster.data, truth),
    cutOutMs: cut - decoded,
    jobMs: ended - began,
  };
};

const maskOf = async (file: string): Promise<Plane> => {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

const print = (rows: Row[]): void => {
  if (rows.length === 0) return;
  const mean = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const median = (of: (row: Row) => number): number => rows.map(of).sort((one, other) => one - other)[rows.length >> 1] ?? 0;
  const means: Row = {
    photo: 'mean (median of ms)',
    iou: mean(({ iou }) => iou),
    mae: mean(({ mae }) => mae),
    boundaryF: mean(({ boundaryF }) => boundaryF),
    white: mean(({ white }) => white),
    pieceMae: mean(({ pieceMae }) => pieceMae),
    cutOutMs: median(({ cutOutMs }) => cutOutMs),
    jobMs: median(({ jobMs }) => jobMs),
  };
  console.table(
    [...rows, means].map((row) => ({
      photo: row.photo,
      IoU: row.iou.toFixed(3),
      MAE: row.mae.toFixed(4),
      'boundary F': row.boundaryF.toFixed(3),
      white: row.white.toFixed(4),
      pieceMae: row.pieceMae.toFixed(2),
      'cut-out CPU ms': Math.round(row.cutOutMs),
      'job CPU ms': Math.round(row.jobMs),
    })),
  );
};

void main(...process.argv.slice(2));

import { niche, paletteOf, STONE, type Palette } from './backdrop';
import type { Ornament } from './cut-out-photo';
import { drawnOver } from './drawing';
import { fadedAtTop } from './fade';
import { kindByShape, kindNamedIn, type OrnamentKind } from './ornament-kind';
import { fitInto, layOn, SOFT_SHADOW, trimmed, type Place, type Shadow } from './placing';
import { resizeCover, type Raster } from './raster';
import { pairOf } from './single-pieces';
import { standFor, type Stand } from './stands';

/** px. 4:5, the upright format of magazines and feeds. */
const PLATE = { width: 1600, height: 2000 } as const;
/** Share of the plate's width that a pose picture takes. */
const POSE_SHARE = 0.42;
/** What stands on a plinth has its weight on it. */
const STANDING: readonly Shadow[] = [
  { darkness: 0.42, softness: 0.008, drop: 0.01 },
  { darkness: 0.2, softness: 0.035, drop: 0.02, aside: 0.03 },
];

/**
 * The piece on a stand in a painted niche: necklaces on a bust, earrings on a bar, others on a plinth. A pose picture gives
 * the plate its colours and stands beside it, as on a mood board.
 */
export const editorialPlate = async (ornament: Ornament, pose: Raster | null, words: readonly (string | undefined)[]): Promise<Raster> => {
  const palette = pose ? await paletteOf(pose) : STONE;
  const poseWidth = pose ? Math.round(PLATE.width * POSE_SHARE) : 0;
  const plate = await onStand(ornament, PLATE.width - poseWidth, PLATE.height, palette, words);
  return pose ? sideBySide(await resizeCover(pose, poseWidth, PLATE.height), plate) : plate;
};

/** A niche of `width` x `height` px with the piece on its stand; what was not cut out is a picture on the wall. */
export const onStand = async (
  ornament: Ornament,
  width: number,
  height: number,
  palette: Palette,
  words: readonly (string | undefined)[],
): Promise<Raster> => {
  const stage = await niche(width, height, palette);
  const piece = trimmed(ornament);
  if (!ornament.found) {
    const middle = {
      left: Math.round(width * 0.17),
      right: Math.round(width * 0.83),
      top: Math.round(height * 0.22),
      bottom: Math.round(height * 0.78),
    };
    return layOn(stage, piece, fitInto(piece, middle), []);
  }
  const kind: OrnamentKind | null = kindNamedIn(...words) ?? (await kindByShape(ornament));
  const stand = standFor(kind, width, height, palette);
  const shown = await drawnOver(stage, stand.shapes);
  if (kind === 'earrings') return hung(shown, stand, await pairOf(ornament));
  const shadows = stand.holds === 'bottom' ? STANDING : SOFT_SHADOW;
  return layOn(shown, fadedAtTop(piece, stand.fades), heldBy(stand, piece), shadows);
};

const heldBy = ({ place: box, holds }: Stand, piece: Raster): Place => {
  const place = fitInto(piece, box);
  return { ...place, top: holds === 'top' ? box.top : box.bottom - place.height };
};

/** Two pieces side by side, each in its half, from one height. */
const hung = async (stage: Raster, { place: box }: Stand, pair: readonly [Raster, Raster]): Promise<Raster> => {
  const middle = Math.round((box.left + box.right) / 2);
  const air = Math.round(0.12 * (middle - box.left));
  const halves = [
    { ...box, right: middle - air },
    { ...box, left: middle + air },
  ];
  let shown = stage;
  for (const [at, half] of halves.entries()) {
    const piece = pair[at] ?? pair[0];
    shown = await layOn(shown, piece, { ...fitInto(piece, half), top: half.top }, SOFT_SHADOW);
  }
  return shown;
};

/** Two rasters of one height and 3 channels, left and right. */
export const sideBySide = (left: Raster, right: Raster): Raster => {
  const width = left.width + right.width;
  const data = new Uint8Array(width * left.height * 3);
  for (let row = 0; row < left.height; row++) {
    data.set(left.data.subarray(row * left.width * 3, (row + 1) * left.width * 3), row * width * 3);
    data.set(right.data.subarray(row * right.width * 3, (row + 1) * right.width * 3), (row * width + left.width) * 3);
  }
  return { data, width, height: left.height, channels: 3 };
};

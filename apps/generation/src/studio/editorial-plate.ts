import { niche, paletteOf, STONE } from './backdrop';
import type { Ornament } from './cut-out-photo';
import { fitInto, layOn, SOFT_SHADOW, trimmed } from './placing';
import { resizeCover, type Raster } from './raster';

/** px. 4:5, the upright format of magazines and feeds. */
const PLATE = { width: 1600, height: 2000 } as const;
/** Share of the plate's width that a pose picture takes. */
const POSE_SHARE = 0.42;

/** The piece in a painted niche; a pose picture gives the plate its colours and stands beside it, as on a mood board. */
export const editorialPlate = async (ornament: Ornament, pose: Raster | null): Promise<Raster> => {
  const palette = pose ? await paletteOf(pose) : STONE;
  const poseWidth = pose ? Math.round(PLATE.width * POSE_SHARE) : 0;
  const stageWidth = PLATE.width - poseWidth;
  const stage = await niche(stageWidth, PLATE.height, palette);
  const piece = trimmed(ornament);
  const place = fitInto(piece, {
    left: Math.round(stageWidth * 0.17),
    right: Math.round(stageWidth * 0.83),
    top: Math.round(PLATE.height * 0.26),
    bottom: Math.round(PLATE.height * 0.8),
  });
  const plate = await layOn(stage, piece, place, ornament.found ? SOFT_SHADOW : []);
  return pose ? sideBySide(await resizeCover(pose, poseWidth, PLATE.height), plate) : plate;
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

import { crop, type Ornament } from './cut-out-photo';
import { regionsOf } from './regions';
import { alphaOf, finish, pipeline, resizeTo, type Raster } from './raster';
import { boxOfCoverage } from './reframe';

/** px. Long side at which parts are told apart. */
const SIDE = 400;
/** A part smaller than this share of the largest is not a piece of its own. */
const LEAST = 0.4;
/** A piece this much longer than wide hangs, so it is turned upright. */
const LONG = 1.4;

/** The separate parts of a cut-out (a pair of earrings), from left to right, each without the others; one alone as it is. */
const singlePieces = async ({ cutOut, box }: Ornament): Promise<Raster[]> => {
  const scale = Math.min(1, SIDE / Math.max(cutOut.width, cutOut.height));
  const [width, height] = [Math.max(1, Math.round(cutOut.width * scale)), Math.max(1, Math.round(cutOut.height * scale))];
  const small = await resizeTo(cutOut, width, height);
  const mask = Uint8Array.from({ length: width * height }, (_, at) => ((small.data[4 * at + 3] ?? 0) > 64 ? 1 : 0));
  const regions = regionsOf(mask, width, height, 1).sort((one, other) => other.area - one.area);
  const parts = regions
    .filter(({ area }) => area > LEAST * (regions[0]?.area ?? 0))
    .slice(0, 2)
    .sort((one, other) => one.left - other.left);
  if (parts.length < 2) return [crop(cutOut, box)];
  return parts.map((part) =>
    crop(cutOut, {
      left: Math.max(0, Math.floor(part.left / scale) - 2),
      top: Math.max(0, Math.floor(part.top / scale) - 2),
      right: Math.min(cutOut.width, Math.ceil((part.right + 1) / scale) + 2),
      bottom: Math.min(cutOut.height, Math.ceil((part.bottom + 1) / scale) + 2),
    }),
  );
};

/** The two of a pair, upright; of a single earring itself and its mirror image. */
export const pairOf = async (ornament: Ornament): Promise<readonly [Raster, Raster]> => {
  const [first, second] = await Promise.all((await singlePieces(ornament)).map(upright));
  const one = first ?? crop(ornament.cutOut, ornament.box);
  return [one, second ?? (await finish(pipeline(one).flop()))];
};

/** A long piece turned so that it hangs straight down; others as they are. */
const upright = async (piece: Raster): Promise<Raster> => {
  const axis = longAxis(piece);
  if (axis.ratio < LONG || Math.abs(axis.lean) < 2 || Math.abs(axis.lean) > 40) return piece;
  const turned = await finish(pipeline(piece).rotate(-axis.lean, { background: { r: 0, g: 0, b: 0, alpha: 0 } }));
  const box = boxOfCoverage(alphaOf(turned), turned.width, turned.height);
  return box ? crop(turned, box) : piece;
};

/** How far the long axis leans from the vertical, degrees clockwise, and how much longer it is than the short one. */
const longAxis = ({ data, width, height }: Raster): { lean: number; ratio: number } => {
  let [count, sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      if ((data[4 * (y * width + x) + 3] ?? 0) < 128) continue;
      count++;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
    }
  }
  if (count === 0) return { lean: 0, ratio: 1 };
  const [meanX, meanY] = [sumX / count, sumY / count];
  const [varX, varY, both] = [sumXX / count - meanX * meanX, sumYY / count - meanY * meanY, sumXY / count - meanX * meanY];
  const root = Math.sqrt(((varX - varY) / 2) ** 2 + both * both);
  const middle = (varX + varY) / 2;
  const angle = Math.atan2(2 * both, varX - varY) / 2;
  const lean = (angle * 180) / Math.PI - 90;
  return { lean: lean < -90 ? lean + 180 : lean, ratio: Math.sqrt((middle + root) / Math.max(1e-6, middle - root)) };
};

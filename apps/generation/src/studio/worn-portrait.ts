import { crop, type Ornament } from './cut-out-photo';
import { fadedAtTop } from './fade';
import { findFace, type Face } from './face-finder';
import { kindByShape, kindNamedIn, type OrnamentKind } from './ornament-kind';
import { layOn, trimmed, type Shadow } from './placing';
import { resizeTo, type Raster } from './raster';
import { pairOf } from './single-pieces';
import { earLobes, faceWidth, wornAt, wornBelow, type Worn } from './wear';

/** A portrait with the ornament on it, or why there is none. */
export type WornPortrait = { picture: Raster } | { reason: string };

const NO_FACE = 'I found no face on the portrait, so the ornament is shown beside it.';
const NO_KIND = 'I could not tell where the ornament is worn, so it is shown beside the portrait: the prompt may say what it is.';
const NO_ROOM = 'The portrait does not show where the ornament is worn, so it is shown beside it.';
const NOT_HERE: Partial<Record<OrnamentKind, string>> = {
  ring: 'A ring is worn on a hand, so it is shown beside the portrait.',
  bracelet: 'A bracelet is worn on a wrist, so it is shown beside the portrait.',
};

/** Share of a piece that must lie on the portrait. */
const SEEN = 0.8;

/** Lays the ornament on the portrait where it is worn; all other pixels stay as they are. `words`: its name, the prompt. */
export const wornPortrait = async (portrait: Raster, ornament: Ornament, words: readonly (string | undefined)[]): Promise<WornPortrait> => {
  if (!ornament.found) return { reason: NO_KIND };
  const kind = kindNamedIn(...words) ?? (await kindByShape(ornament));
  if (!kind) return { reason: NO_KIND };
  const elsewhere = NOT_HERE[kind];
  if (elsewhere) return { reason: elsewhere };
  const face = await findFace(portrait);
  if (!face) return { reason: NO_FACE };
  const placed = kind === 'earrings' ? await earringsOn(face, ornament) : pieceBelow(face, ornament, kind);
  if (placed.length === 0 || placed.some(({ worn, piece }) => !isSeen(worn, piece, portrait))) return { reason: NO_ROOM };
  const light = lightOn(portrait, face);
  let picture = portrait;
  for (const { worn, piece } of placed) picture = await put(picture, piece, worn, light);
  return { picture };
};

interface Placed {
  worn: Worn;
  piece: Raster;
}

const earringsOn = async (face: Face, ornament: Ornament): Promise<Placed[]> => {
  const [first, second] = await pairOf(ornament);
  const { left, right } = earLobes(face);
  return [
    ...(left ? [{ piece: first, worn: wornAt(left, face, first.height / first.width) }] : []),
    ...(right ? [{ piece: second, worn: wornAt(right, face, second.height / second.width) }] : []),
  ];
};

const pieceBelow = (face: Face, ornament: Ornament, kind: OrnamentKind): Placed[] => {
  const piece = trimmed(ornament);
  const { box, cutOut } = ornament;
  const hasChain = kind === 'necklace' || box.top <= 0.02 * cutOut.height || piece.width > 1.4 * piece.height;
  const worn = wornBelow(face, { kind, proportion: piece.height / piece.width, hasChain });
  if (!worn) return [];
  // what hangs lowest hangs below the middle of the neck, however unevenly the chain was laid out
  const aside = (0.5 - middleOfLowest(piece)) * worn.width;
  return [{ piece, worn: { ...worn, top: { x: worn.top.x + aside, y: worn.top.y } } }];
};

/** The middle of the lowest third of a piece, in parts of its width. */
const middleOfLowest = ({ data, width, height }: Raster): number => {
  let [sum, weight] = [0, 0];
  for (let y = Math.floor((2 / 3) * height); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alpha = data[4 * (y * width + x) + 3] ?? 0;
      sum += alpha * (x + 0.5);
      weight += alpha;
    }
  }
  return weight === 0 ? 0.5 : sum / weight / width;
};

const isSeen = ({ top, width, height }: Worn, piece: Raster, portrait: Raster): boolean => {
  const tall = height || (width * piece.height) / piece.width;
  const across = Math.min(portrait.width, top.x + width / 2) - Math.max(0, top.x - width / 2);
  const down = Math.min(portrait.height, top.y + tall) - Math.max(0, top.y);
  return across > SEEN * width && down > SEEN * tall;
};

/** Where the light comes from (-1 left … 1 right), and how bright the person is, 0..1. */
interface Light {
  from: number;
  level: number;
}

/** Judged by the cheeks: one is brighter than the other. */
const lightOn = (portrait: Raster, face: Face): Light => {
  const radius = Math.max(2, Math.round(0.08 * faceWidth(face)));
  const cheek = (jaw: number, eye: { x: number; y: number }): number => {
    const point = face.jaw[jaw] ?? eye;
    return meanLuma(portrait, (point.x + 2 * eye.x) / 3, (point.y + eye.y) / 2, radius);
  };
  const [left, right] = [cheek(3, face.leftEye), cheek(13, face.rightEye)];
  return { from: Math.max(-1, Math.min(1, (4 * (right - left)) / Math.max(1, right + left))), level: (left + right) / 510 };
};

const meanLuma = ({ data, width, height }: Raster, x: number, y: number, radius: number): number => {
  let [sum, count] = [0, 0];
  for (let row = Math.max(0, Math.round(y) - radius); row < Math.min(height, Math.round(y) + radius); row++) {
    for (let column = Math.max(0, Math.round(x) - radius); column < Math.min(width, Math.round(x) + radius); column++) {
      const at = 3 * (row * width + column);
      sum += 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
      count++;
    }
  }
  return count === 0 ? 128 : sum / count;
};

const put = async (portrait: Raster, piece: Raster, worn: Worn, { from, level }: Light): Promise<Raster> => {
  const width = Math.max(1, Math.round(worn.width));
  const height = Math.max(1, Math.round(worn.height || (worn.width * piece.height) / piece.width));
  const sized = inLight(fadedAtTop(await resizeTo(piece, width, height), worn.fades), level);
  const place = { left: Math.round(worn.top.x - width / 2), top: Math.round(worn.top.y), width, height };
  const inside = {
    left: Math.max(0, -place.left),
    top: Math.max(0, -place.top),
    right: Math.min(width, portrait.width - place.left),
    bottom: Math.min(height, portrait.height - place.top),
  };
  const part = crop(sized, inside);
  const at = { left: place.left + inside.left, top: place.top + inside.top, width: part.width, height: part.height };
  return layOn(portrait, part, at, shadowsOnSkin(from));
};

/** Close to the skin: a line of contact, and a soft shadow away from the light. */
const shadowsOnSkin = (from: number): readonly Shadow[] => [
  { darkness: 0.34, softness: 0.006, drop: 0.008, aside: -0.006 * from },
  { darkness: 0.26, softness: 0.022, drop: 0.026, aside: -0.024 * from },
];

/** A person in dim light wears a dimmer piece. */
const inLight = (piece: Raster, level: number): Raster => {
  const gain = Math.min(1, 0.72 + 0.5 * level);
  if (gain > 0.99) return piece;
  const data = new Uint8Array(piece.data);
  for (let at = 0; at < data.length; at++) if (at % 4 !== 3) data[at] = Math.round((data[at] ?? 0) * gain);
  return { ...piece, data };
};

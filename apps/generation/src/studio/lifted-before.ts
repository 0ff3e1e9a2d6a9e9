import { ownColours } from './cut-out/own-colours';
import type { Ornament } from './cut-out-photo';
import { boxOfCoverage } from './reframe';
import { joined, type WorkingCopy } from './working-copy';

/** A transparent picture is a piece already: it is not cut out a second time. */
export const liftedBefore = (copy: WorkingCopy): Ornament => {
  const cutOut = joined(copy);
  const box = boxOfCoverage(copy.alpha ?? new Uint8Array(), cutOut.width, cutOut.height);
  return { cutOut, box: box ?? { left: 0, top: 0, right: cutOut.width, bottom: cutOut.height }, found: box !== null, isSure: box !== null };
};

/** A piece that the studio laid there itself is not looked for again; its colours at the edge are told from what is around. Null where it is not remembered. */
export const liftedAsRemembered = ({ picture, piece }: WorkingCopy): Ornament | null => {
  if (!piece) return null;
  const coverage = new Float32Array(piece);
  for (let at = 0; at < coverage.length; at++) coverage[at] = (coverage[at] ?? 0) / 255;
  const ornament = liftedBefore({ picture: { ...picture, data: ownColours(picture, coverage) }, alpha: piece, piece: null });
  return ornament.found ? ornament : null;
};

/** Share of an upload that is transparent when its ground was taken away; rounded corners are less. */
const CLEARED = 0.1;
/** Share of its box that a piece fills at most; a photo in an empty frame, or cut to a disc, fills more. */
const FILLED = 0.75;
/** Opacity, 0..255. */
const [CLEAR, SOLID] = [8, 128];

/** The piece of an upload that came without its ground; null for one that has a ground. */
export const liftedByItsOwner = (upload: WorkingCopy): Ornament | null => {
  const { alpha } = upload;
  if (!alpha) return null;
  let [cleared, solid] = [0, 0];
  for (const level of alpha) {
    if (level < CLEAR) cleared++;
    else if (level >= SOLID) solid++;
  }
  if (cleared < CLEARED * alpha.length) return null;
  const ornament = liftedBefore(upload);
  const { left, top, right, bottom } = ornament.box;
  return ornament.found && solid > 0 && solid < FILLED * (right - left) * (bottom - top) ? ornament : null;
};

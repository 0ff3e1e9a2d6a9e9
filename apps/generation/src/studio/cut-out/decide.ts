import type { OpenCv } from '../opencv';
import type { Raster } from '../raster';
import { addInnerWall } from './band';
import { firstLook } from './first-look';
import { keepToRing } from './ring';
import { learn, type Decision } from './learn';

/** px. The piece is decided on this small; its edge is then found at full size. */
export const DECISION_SIDE = 512;

const ROUNDS = 3;

/**
 * Decides which pixels of a small raster (at most `DECISION_SIDE` px) are the piece. Starts from what is unlike the ground,
 * learns from that what piece and ground look like, decides anew, and so on. Null when nothing stands out.
 */
export const decide = (cv: OpenCv, small: Raster): Decision | null => {
  const look = firstLook(cv, small);
  let decision: Decision | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const next = learn(look, decision?.odds ?? look.odds, round === 0);
    if (!next) return null;
    decision = next;
  }
  if (decision) {
    addInnerWall(decision);
    keepToRing(decision, look);
  }
  return decision;
};

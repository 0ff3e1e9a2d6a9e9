import type { OpenCv } from '../opencv';
import { resizeTo, type Raster } from '../raster';
import { addInnerWall } from './band';
import { firstLook, type FirstLook } from './first-look';
import { fillGaps } from './gaps';
import { keepToRing } from './ring';
import { keepToSharp, learn, remask, settle, type Decision } from './learn';
import { secondOpinion } from './piece-network';
import { dropDust } from './tidy';

/** px. The piece is decided on this small; its edge is then found at full size. */
const DECISION_SIDE = 512;

/** Rounds in which the rules are alone. A third is taken together with the network. */
const ROUNDS = 2;

/** How often the network's opinion counts in what the third round learns from, where the rules' counts once. */
const TAUGHT_BY_NETWORK = 4;

/** A photo as small as it is decided on, and its px per px of the photo. */
export const forDecision = async (photo: Raster): Promise<{ small: Raster; scale: number }> => {
  const { width, height } = photo;
  const scale = Math.min(1, DECISION_SIDE / Math.max(width, height));
  if (scale === 1) return { small: photo, scale };
  return { small: await resizeTo(photo, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))), scale };
};

/**
 * Decides which pixels of a small raster (at most `DECISION_SIDE` px) are the piece. The mean of three votes decides, in log odds:
 * that of the rules; of a network that was trained on other pieces; and, counted twice, of what the rules learn from both, from the network above all. What is
 * told by a shape is not voted on. Null when nothing stands out.
 */
export const decide = (cv: OpenCv, small: Raster): Decision | null => {
  const look = firstLook(cv, small);
  const ruled = ruledDecision(look);
  const shaped = { ...ruled, odds: Float32Array.from(ruled.odds), lab: look.lab };
  addInnerWall(shaped);
  keepToRing(shaped, look);
  const unlessShaped = (odds: Float32Array): Float32Array =>
    odds.map((value, at) => (shaped.odds[at] === ruled.odds[at] ? value : (shaped.odds[at] ?? 0)));

  const opinion = secondOpinion(look, ruled);
  keepToSharp(opinion, look);
  const taught = opinion.map((value, at) => (TAUGHT_BY_NETWORK * value + (ruled.odds[at] ?? 0)) / (TAUGHT_BY_NETWORK + 1));
  const decision = learn(look, unlessShaped(taught), false);
  if (!decision) return null;
  const mean = decision.odds.map((learned, at) => (2 * learned + (opinion[at] ?? 0) + (ruled.odds[at] ?? 0)) / 4);
  settle(mean, look);
  const odds = unlessShaped(mean);
  // a shape cuts off what it does not explain, and may leave crumbs of it; what it leaves beside a ring would make bays of its inside
  remask(odds, (mask) => {
    dropDust(mask, look.lab);
    fillGaps(cv, mask, look, opinion);
  });
  return { ...decision, odds };
};

/** What the rules alone make of a look: they start from what is unlike the ground, learn from that what both look like, and so on. */
export const ruledDecision = (look: FirstLook): Pick<Decision, 'odds' | 'local'> => {
  let decision: Decision | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const next = learn(look, decision?.odds ?? look.odds, round === 0);
    if (!next) break;
    settle(next.odds, look);
    decision = next;
  }
  return decision ?? { odds: look.odds, local: look.lab };
};

import type { LabPlanes } from './colour-space';
import type { GroundModel } from './ground-model';
import { boxBlur } from './box-blur';

/** The deepest shadow that still counts as the ground's own: the cube root of its light, as L* sees it. */
const DEEPEST_SHADOW = 0.3;
/** How much of a darkening counts as evidence of a piece; most of it is shadow. */
const DARKNESS_SHARE = 0.35;
/** How much of a shadow's change of saturation counts as evidence of a piece. */
const SATURATION_SHARE = 0.35;
/** Chroma (L*a*b* units) below which a ground has no hue to speak of. */
const NEUTRAL_CHROMA = 8;

/**
 * How unlike the ground each pixel is, in spreads of the ground. A cast shadow keeps the ground's hue: its a and b
 * shrink with its light, so a darker pixel is compared with the ground under as much less light.
 */
export const colourEvidence = (lab: LabPlanes, { ground, spread }: GroundModel, focus: Float32Array, sharp: number): Float32Array => {
  const evidence = new Float32Array(lab.l.length);
  for (let at = 0; at < evidence.length; at++) {
    const light = lab.l[at] ?? 0;
    const groundLight = ground.l[at] ?? 0;
    const darker = light < groundLight;
    const shade = darker ? Math.max(DEEPEST_SHADOW, (light + 16) / (Math.max(0, groundLight) + 16)) : 1;
    const l = ((light - groundLight) * (darker ? DARKNESS_SHARE : 1)) / spread[0];
    let a = (lab.a[at] ?? 0) - (ground.a[at] ?? 0) * shade;
    let b = (lab.b[at] ?? 0) - (ground.b[at] ?? 0) * shade;
    if (darker) {
      const soft = Math.max(0, 1 - (focus[at] ?? 0) / sharp);
      // along the ground's own hue: light that went to and fro between piece and ground gained or lost saturation
      const groundChroma = Math.hypot(ground.a[at] ?? 0, ground.b[at] ?? 0);
      const hueA = (ground.a[at] ?? 0) / Math.max(NEUTRAL_CHROMA, groundChroma);
      const hueB = (ground.b[at] ?? 0) / Math.max(NEUTRAL_CHROMA, groundChroma);
      const saturation = (a * hueA + b * hueB) * (1 - SATURATION_SHARE) * soft;
      a -= saturation * hueA;
      b -= saturation * hueB;
    }
    a /= spread[1];
    b /= spread[2];
    evidence[at] = Math.sqrt(l * l + a * a + b * b);
  }
  return evidence;
};

/** How sharp the picture is at each pixel (second differences of L*, averaged over 5 x 5): a piece is in focus, its backdrop seldom. */
export const focusEvidence = ({ l, width, height }: LabPlanes): Float32Array => {
  const sharpness = new Float32Array(l.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const middle = l[at] ?? 0;
      const straight = (l[at - 1] ?? 0) + (l[at + 1] ?? 0) + (l[at - width] ?? 0) + (l[at + width] ?? 0);
      const slanted = (l[at - width - 1] ?? 0) + (l[at - width + 1] ?? 0) + (l[at + width - 1] ?? 0) + (l[at + width + 1] ?? 0);
      sharpness[at] = Math.abs(4 * middle - straight) + Math.abs(4 * middle - slanted);
    }
  }
  return boxBlur(sharpness, width, height, 2);
};

/** The value that `share` (0..1) of the marked pixels stay below. */
export const percentile = (values: Float32Array, marked: Uint8Array, share: number): number => {
  const chosen: number[] = [];
  for (let at = 0; at < values.length; at++) if (marked[at]) chosen.push(values[at] ?? 0);
  chosen.sort((one, other) => one - other);
  return chosen[Math.min(chosen.length - 1, Math.floor(share * chosen.length))] ?? 0;
};

import type { Face, Point } from './face-finder';
import type { OrnamentKind } from './ornament-kind';

/** Where one piece goes on a portrait. */
export interface Worn {
  /** px. The middle of the piece's upper edge */
  top: Point;
  /** px */
  width: number;
  /** px; 0: as the piece's proportions say */
  height: number;
  /** degrees clockwise */
  tilt: number;
  /** share of the piece's height that fades out at its top, where it goes behind neck or hair */
  fades: number;
}

const between = (one: Point, other: Point, share: number): Point => ({
  x: one.x + share * (other.x - one.x),
  y: one.y + share * (other.y - one.y),
});
const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** A face turned aside: the far ear is hidden when its side of the face is narrower than this share of the near one's. */
const HIDDEN_EAR = 0.5;

/** Sizes in parts of the face's width, which is some 14 cm: a drop earring of 4.5 cm, a neck of 13 cm, a brooch of 4.5 cm. */
const SIZE = { earring: 0.36, smallEarring: 0.2, neck: 1.0, brooch: 0.32, bare: 0.2 } as const;

const jawAt = (face: Face, number: number): Point => face.jaw[number] ?? face.leftEye;

/** Width of a face, px, from ear to ear. */
export const faceWidth = (face: Face): number => distance(jawAt(face, 0), jawAt(face, 16));

/** The head's tilt, degrees clockwise. */
export const headTilt = ({ leftEye, rightEye }: Face): number =>
  (Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x) * 180) / Math.PI;

/** The lobes that are seen: left and right of the viewer. Earrings hang straight down, however the head is tilted. */
export const earLobes = (face: Face): { left: Point | null; right: Point | null } => {
  const width = faceWidth(face);
  const [leftSide, rightSide] = [distance(face.leftEye, jawAt(face, 0)), distance(face.rightEye, jawAt(face, 16))];
  // the lobe lies a little outside of the jaw's line, where it leaves the ear
  const lobe = (ear: number, jaw: number, inner: number): Point => {
    const edge = between(jawAt(face, ear), jawAt(face, jaw), 0.55);
    const outward = between(edge, jawAt(face, inner), -0.045);
    return { x: outward.x, y: outward.y + 0.01 * width };
  };
  return {
    left: leftSide < HIDDEN_EAR * rightSide ? null : lobe(2, 3, 14),
    right: rightSide < HIDDEN_EAR * leftSide ? null : lobe(14, 13, 2),
  };
};

/** Proportions and kind of a piece: `height / width`, and whether its chain leaves the photo. */
export interface Piece {
  kind: OrnamentKind;
  proportion: number;
  hasChain: boolean;
}

/** Where pieces that are not earrings go; null for what is not worn near a face. */
export const wornBelow = (face: Face, piece: Piece): Worn | null => {
  const width = faceWidth(face);
  const chin = jawAt(face, 8);
  // the middle of the neck lies below the middle of the jaw, not below a chin that is turned aside
  const neck = between({ x: (jawAt(face, 4).x + jawAt(face, 12).x) / 2, y: chin.y }, chin, 0.5);
  switch (piece.kind) {
    case 'necklace':
    case 'pendant': {
      if (!piece.hasChain) return { top: { x: neck.x, y: chin.y + 0.62 * width }, width: SIZE.bare * width, height: 0, tilt: 0, fades: 0 };
      const broad = SIZE.neck * width;
      // a long chain is shown in its lower part: what is above goes behind the neck
      const height = Math.min(broad * piece.proportion, 1.35 * width);
      return { top: { x: neck.x, y: chin.y + 0.12 * width }, width: height / piece.proportion, height, tilt: 0, fades: 0.22 };
    }
    case 'brooch':
      return {
        top: { x: neck.x + 0.72 * width, y: chin.y + 0.95 * width },
        width: SIZE.brooch * width * Math.min(1, 1 / piece.proportion),
        height: 0,
        tilt: 0,
        fades: 0,
      };
    case 'earrings':
    case 'ring':
    case 'bracelet':
      return null;
  }
};

/** Size and place of an earring that hangs from a lobe; small round ones are studs and hoops, long ones drops. */
export const wornAt = (lobe: Point, face: Face, proportion: number): Worn => {
  const height = (proportion > 1.5 ? SIZE.earring : SIZE.smallEarring) * faceWidth(face);
  return { top: { x: lobe.x, y: lobe.y - 0.04 * height }, width: height / proportion, height, tilt: 0, fades: 0 };
};

import { labPlanes } from './colour-space';
import { foreignness, texture } from './cut-out/features';
import { focusEvidence } from './evidence';
import { bareBorder, borderMask, modelGround, type Border } from './ground-model';
import type { Raster } from './raster';

const WIDTH = 120;
const HEIGHT = 90;
const WIDE: Border = { mask: borderMask(WIDTH, HEIGHT), isFilled: false };

/** A grey sweep, darker towards the bottom, with whatever `paint` puts on it. */
const sweep = (paint: (x: number, y: number, grey: number) => readonly [number, number, number] | null): Raster => {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const grey = 225 - y * 0.6;
      data.set(paint(x, y, grey) ?? [grey, grey, grey], 3 * (y * WIDTH + x));
    }
  }
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
};

const inside = (x: number, y: number): boolean => Math.hypot(x - 60, y - 45) < 20;

const evidenceAt = (raster: Raster, x: number, y: number): number => {
  const lab = labPlanes(raster);
  const { ground, spread } = modelGround(lab, WIDE);
  return foreignness(lab, ground, texture(lab), spread)[y * WIDTH + x] ?? 0;
};

describe('modelGround', () => {
  it('sees through the piece: a gradient is ground everywhere', () => {
    const model = modelGround(labPlanes(sweep((x, y) => (inside(x, y) ? [200, 160, 40] : null))), WIDE);
    const expected = labPlanes(sweep(() => null));
    expect(model.explained).toBe(1);
    expect(model.ground.l[45 * WIDTH + 60]).toBeCloseTo(expected.l[45 * WIDTH + 60] ?? 0, -0.3);
  });

  it('explains little of a cluttered ground', () => {
    const things = [
      [220, 40, 60],
      [30, 90, 200],
      [240, 220, 60],
      [20, 20, 20],
    ] as const;
    const clutter = sweep((x, y) => (y < 45 ? (things[Math.floor(x / 15) % 4] ?? null) : [130, 90, 60]));
    expect(modelGround(labPlanes(clutter), WIDE).explained).toBeLessThan(0.85);
  });
});

describe('bareBorder', () => {
  /** A checked piece whose distance to the frame is `margin` px. */
  const checked = (margin: number): Raster =>
    sweep((x, y) =>
      x >= margin && y >= margin && x < WIDTH - margin && y < HEIGHT - margin
        ? ((x >> 1) + (y >> 1)) % 2
          ? [250, 220, 120]
          : [90, 60, 10]
        : null,
    );
  const borderOf = (photo: Raster): Border => bareBorder(focusEvidence(labPlanes(photo)), WIDTH, HEIGHT);

  it('is as wide as ever before a piece that keeps its distance, and one that leaves the picture', () => {
    expect(borderOf(checked(15))).toEqual(WIDE);
    expect(borderOf(checked(0))).toEqual(WIDE);
  });

  it('is narrow around a piece that nearly fills the picture', () => {
    const sum = (mask: Uint8Array): number => mask.reduce((total, value) => total + value, 0);
    const { mask, isFilled } = borderOf(checked(4));
    expect(isFilled).toBe(true);
    expect(sum(mask)).toBeLessThan(sum(WIDE.mask) / 2);
  });
});

describe('foreignness', () => {
  it('is high on the piece and low on the ground', () => {
    const photo = sweep((x, y) => (inside(x, y) ? [200, 160, 40] : null));
    expect(evidenceAt(photo, 60, 45)).toBeGreaterThan(10);
    expect(evidenceAt(photo, 10, 45)).toBeLessThan(1.5);
  });

  it('takes a shadow for ground, since a shadow keeps the hue', () => {
    const shadow = sweep((x, y, grey) => (inside(x, y) ? [grey * 0.8, grey * 0.8, grey * 0.8] : null));
    expect(evidenceAt(shadow, 60, 45)).toBeLessThan(2);
  });

  it("takes a deep, saturated shadow for ground: tone curves keep a shadow's colour, or take it", () => {
    for (const shade of [
      [0.5, 0.42, 0.4],
      [0.2, 0.18, 0.17],
    ] as const) {
      const pink = (share: readonly [number, number, number]) =>
        sweep((x, y) => (inside(x, y) ? [200 * share[0], 130 * share[1], 150 * share[2]] : [200, 130, 150]));
      expect(evidenceAt(pink(shade), 60, 45)).toBeLessThan(4);
    }
  });
});

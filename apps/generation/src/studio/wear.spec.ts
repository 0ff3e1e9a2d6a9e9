import type { Face } from './face-finder';
import { earLobes, faceWidth, wornAt, wornBelow } from './wear';

/** A face 200 px wide, looking at the camera, or turned by `turn` px to the viewer's left. */
const faceOf = (turn = 0): Face => ({
  jaw: Array.from({ length: 17 }, (_, at) => ({
    x: 300 - 100 * Math.cos((at / 16) * Math.PI),
    y: 200 + 150 * Math.sin((at / 16) * Math.PI),
  })),
  leftEye: { x: 260 - turn, y: 190 },
  rightEye: { x: 340 - turn, y: 190 },
  score: 0.9,
});

describe('where ornaments are worn', () => {
  it('finds a lobe on each side, below the eyes and outside of the jaw', () => {
    const { left, right } = earLobes(faceOf());
    expect(left?.x).toBeLessThan(225);
    expect(right?.x).toBeGreaterThan(375);
    expect(left?.y).toBeGreaterThan(230);
    expect(left?.y).toBeCloseTo(right?.y ?? 0, 0);
  });

  it('has no lobe where the head is turned away', () => {
    expect(earLobes(faceOf(40)).left).toBeNull();
    expect(earLobes(faceOf(40)).right).not.toBeNull();
    expect(earLobes(faceOf(-40)).right).toBeNull();
  });

  it('hangs an earring from the lobe, in proportion to the face', () => {
    const worn = wornAt({ x: 200, y: 240 }, faceOf(), 2);
    expect(worn.height).toBeLessThan(0.5 * faceWidth(faceOf()));
    expect(worn.width).toBeCloseTo(worn.height / 2);
    expect(worn.top.y).toBeLessThan(240);
  });

  it('lays a chain around the neck, fading out behind it, and a pendant below the chin', () => {
    const chain = wornBelow(faceOf(), { kind: 'necklace', proportion: 0.8, hasChain: true });
    expect(chain?.top.y).toBeGreaterThan(350);
    expect(chain?.fades).toBeGreaterThan(0);
    const bare = wornBelow(faceOf(), { kind: 'pendant', proportion: 1.3, hasChain: false });
    expect(bare?.width).toBeLessThan(chain?.width ?? 0);
    expect(bare?.top.y).toBeGreaterThan(chain?.top.y ?? 0);
  });

  it.each(['ring', 'bracelet'] as const)('has no place for a %s', (kind) => {
    expect(wornBelow(faceOf(), { kind, proportion: 1, hasChain: false })).toBeNull();
  });
});

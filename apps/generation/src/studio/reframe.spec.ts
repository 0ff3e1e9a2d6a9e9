import * as fc from 'fast-check';
import { boxOfCoverage, reframe, squareWindow, zoomWindow } from './reframe';
import type { WorkingCopy } from './working-copy';

const noisy = (width: number, height: number): WorkingCopy => ({
  picture: { data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 256), width, height, channels: 3 },
  alpha: null,
  piece: null,
});
const size = fc.integer({ min: 500, max: 2000 });

describe('reframe', () => {
  it('loses nothing: further away and back again is the same picture', async () => {
    const copy = noisy(60, 40);
    const wide = await reframe(copy, { left: -10, top: -5, right: 70, bottom: 45 }, [250, 240, 230]);
    expect([...wide.picture.data.subarray(0, 3)]).toEqual([250, 240, 230]);
    const back = await reframe(wide, { left: 10, top: 5, right: 70, bottom: 45 }, [250, 240, 230]);
    expect(back).toEqual(copy);
  });

  it('adds nothing that is seen to a transparent picture', async () => {
    const copy = { ...noisy(4, 4), alpha: new Uint8Array(16).fill(255) };
    const wide = await reframe(
      { ...copy, alpha: copy.alpha.map((alpha, at) => (at === 0 ? 0 : alpha)) },
      { left: -1, top: 0, right: 4, bottom: 4 },
      null,
    );
    expect(wide.alpha?.[0]).toBe(0);
    expect(wide.alpha?.[2]).toBe(255);
  });
});

describe('zoomWindow', () => {
  it('keeps the proportions, and the piece in it', () => {
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        (width, height, steps, start) => {
          const piece = {
            left: Math.round(start * width),
            top: Math.round(start * height),
            right: Math.round((start + 0.3) * width),
            bottom: Math.round((start + 0.3) * height),
          };
          const { left, top, right, bottom } = zoomWindow(width, height, steps, piece);
          expect(Math.abs((right - left) * height - (bottom - top) * width)).toBeLessThanOrEqual(width + height);
          expect(Math.min(left, top, width - right, height - bottom)).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(piece.left);
          expect(bottom).toBeGreaterThanOrEqual(piece.bottom);
        },
      ),
    );
  });

  it('goes beyond the picture on the way out', () => {
    expect(zoomWindow(1000, 500, -1, null)).toEqual({ left: -100, top: -50, right: 1100, bottom: 550 });
  });
});

describe('squareWindow', () => {
  it('has the piece in its middle, with even margins', () => {
    const window = squareWindow(1600, 1200, { left: 100, top: 200, right: 900, bottom: 400 });
    expect(window).toEqual({ left: 0, top: -200, right: 1000, bottom: 800 });
  });
});

describe('boxOfCoverage', () => {
  it('holds what is covered', () => {
    const coverage = new Uint8Array(100);
    coverage[23] = 255;
    coverage[57] = 200;
    expect(boxOfCoverage(coverage, 10, 10)).toEqual({ left: 3, top: 2, right: 8, bottom: 6 });
    expect(boxOfCoverage(new Uint8Array(100), 10, 10)).toBeNull();
  });
});

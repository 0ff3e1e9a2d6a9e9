import { localGround } from './local-ground';

const SIDE = 96;

describe('localGround', () => {
  it('follows a gradient under the piece, without looking at the piece', () => {
    const plane = (of: (x: number, y: number) => number): Float32Array =>
      Float32Array.from({ length: SIDE * SIDE }, (_, at) => of(at % SIDE, Math.floor(at / SIDE)));
    const inside = (x: number, y: number): boolean => Math.hypot(x - 48, y - 48) < 12;
    const lab = {
      l: plane((x, y) => (inside(x, y) ? 5 : 40 + x * 0.3)),
      a: plane((x, y) => (inside(x, y) ? 90 : 10)),
      b: plane(() => -4),
      width: SIDE,
      height: SIDE,
    };
    const ground = localGround(
      lab,
      Uint8Array.from(
        plane((x, y) => (inside(x, y) ? 0 : 1)),
        (value) => value,
      ),
    );
    const middle = 48 * SIDE + 48;
    expect(ground.l[middle]).toBeCloseTo(40 + 48 * 0.3, 0);
    expect(ground.a[middle]).toBeCloseTo(10, 1);
    expect(ground.l[48 * SIDE + 20]).toBeCloseTo(46, 0);
  });
});

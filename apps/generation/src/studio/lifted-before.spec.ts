import { liftedByItsOwner } from './lifted-before';
import type { WorkingCopy } from './working-copy';

/** 20 x 20 px, of which what `isSolid` says is opaque. */
const upload = (isSolid: (x: number, y: number) => boolean): WorkingCopy => ({
  picture: { data: new Uint8Array(1200).fill(90), width: 20, height: 20, channels: 3 },
  alpha: Uint8Array.from({ length: 400 }, (_, at) => (isSolid(at % 20, Math.floor(at / 20)) ? 255 : 0)),
  piece: null,
});

describe('an upload without its ground', () => {
  it('is the piece, where it stands', () => {
    const ring = liftedByItsOwner(upload((x, y) => Math.abs(Math.hypot(x - 9.5, y - 9.5) - 6) < 1.5));
    expect(ring).toMatchObject({ found: true, box: { left: 3, top: 3, right: 17, bottom: 17 } });
    expect([...(ring?.cutOut.data.subarray(4 * (9 * 20 + 9), 4 * (9 * 20 + 9) + 4) ?? [])]).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['has rounded corners', upload((x, y) => Math.hypot(x - 9.5, y - 9.5) < 13)],
    ['stands in an empty frame', upload((x, y) => x > 3 && x < 16 && y > 3 && y < 16)],
    ['is cut to a disc', upload((x, y) => Math.hypot(x - 9.5, y - 9.5) < 10)],
    ['shows nothing', upload(() => false)],
  ])('is a photo with a ground when it %s', (_, photo) => expect(liftedByItsOwner(photo)).toBeNull());

  it('is none when it is opaque', () => expect(liftedByItsOwner({ ...upload(() => true), alpha: null })).toBeNull());
});

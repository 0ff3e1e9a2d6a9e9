import type { ImageOptions, ImageType, InputRole } from '@facet/contracts';
import sharp from 'sharp';
import type { Rgb } from './colour-space';
import { makePicture } from './make-picture';

// other tests in the same process may have closed it, as media does
sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });

/** What comes without its ground needs no search for an outline. */
const noOpenCv = (): Promise<never> => Promise.reject(new Error('The piece was cut out.'));

const [WIDTH, HEIGHT] = [200, 160];

/** A ring of one colour on a ground of another, or on nothing. */
const ring = (ground: Rgb | null): Promise<Buffer> => {
  const gold = [0xd4, 0xaa, 0x50, 255];
  const beside = ground ? [...ground, 255] : [0, 0, 0, 0];
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const fromMiddle = Math.hypot((at % WIDTH) - WIDTH / 2, Math.floor(at / WIDTH) - HEIGHT / 2);
    return Math.abs(fromMiddle - 50) <= 6 ? gold : beside;
  });
  return sharp(Uint8Array.from(pixels.flat()), { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
    .png()
    .toBuffer();
};

const make = (type: ImageType, pictures: [InputRole, Buffer][], instruction = '', options: ImageOptions = {}) =>
  makePicture({ type, instruction, options, pictures: pictures.map(([role, bytes]) => ({ role, bytes })) }, noOpenCv);

const colourAt = async (bytes: Uint8Array, left: number, top: number): Promise<number[]> => [
  ...(await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

describe('makePicture', () => {
  it('takes an upload without a ground as the piece that it is', async () => {
    const made = await make('background_change', [['ornament', await ring(null)]], 'on navy');
    expect(made).toMatchObject({ width: 200, height: 160, fallback: false });
    expect(await colourAt(made.bytes, 100, 30)).toEqual([0xd4, 0xaa, 0x50]);
    expect(await colourAt(made.bytes, 5, 5)).toEqual([0, 0, 128]);
  });

  it('remembers where it laid a piece, so that it can lift it off a ground of its own colour', async () => {
    const onGold = await make('background_change', [['ornament', await ring(null)]], 'background #d4aa50');
    const upright = await make('background_change', [['parent', Buffer.from(onGold.bytes)]], 'rotate 90 degrees and mirror it');
    const onWhite = await make('background_change', [['parent', Buffer.from(upright.bytes)]], 'on white');
    expect(onWhite).toMatchObject({ width: 160, height: 200, notes: [] });
    expect(await colourAt(onWhite.bytes, 80, 50)).toEqual([0xd4, 0xaa, 0x50]);
    expect(await colourAt(onWhite.bytes, 30, 100)).toEqual([0xd4, 0xaa, 0x50]);
    expect(await colourAt(onWhite.bytes, 80, 100)).toEqual([255, 255, 255]);
    expect(await colourAt(onWhite.bytes, 5, 5)).toEqual([255, 255, 255]);
  });

  it('frames a piece that it remembers, though it has the colour of its ground', async () => {
    const onGold = await make('background_change', [['ornament', await ring(null)]], 'background #d4aa50');
    const framed = await make('background_change', [['parent', Buffer.from(onGold.bytes)]], 'square crop');
    // a ring of 113 px, and a margin of a tenth around it
    expect(framed).toMatchObject({ width: 141, height: 141, notes: [] });
    const onWhite = await make('background_change', [['parent', Buffer.from(framed.bytes)]], 'on white');
    expect(await colourAt(onWhite.bytes, 70, 20)).toEqual([0xd4, 0xaa, 0x50]);
    expect(await colourAt(onWhite.bytes, 70, 70)).toEqual([255, 255, 255]);
  });

  it('says which names and themes a campaign leaves out', async () => {
    const theme = await ring([0x40, 0x50, 0x60]);
    const options = { ornament_names: ['Solitaire', '指輪'] };
    const pieces: [InputRole, Buffer][] = [
      ['ornament', await ring(null)],
      ['ornament', await ring(null)],
    ];
    const { notes } = await make('campaign_shot_advanced', [...pieces, ['theme', theme], ['theme', theme]], '', options);
    expect(notes).toEqual([
      expect.stringContaining('no generative model'),
      'I have no letters for "指輪", so this name is left out.',
      expect.stringContaining('one theme'),
    ]);
    const plain = await make('campaign_shot_advanced', [...pieces, ['theme', theme]], '', { ornament_names: ['Solitaire'] });
    expect(plain.notes).toHaveLength(1);
  });

  it('leaves the ground of a composed picture alone, and says so', async () => {
    const parent = await ring([0x40, 0x50, 0x60]);
    const made = await make('real_model_with_ornament', [['parent', parent]], 'on a white background');
    expect(made.notes).toEqual([expect.stringContaining('so it stays')]);
    expect(await colourAt(made.bytes, 5, 5)).toEqual([0x40, 0x50, 0x60]);
  });

  it('leaves no colour in black and white, an even ground included', async () => {
    const made = await make('background_change', [['parent', await ring([0, 0, 128])]], 'black and white');
    for (const [x, y] of [
      [5, 5],
      [100, 30],
    ] as const) {
      const [red, green, blue] = await colourAt(made.bytes, x, y);
      expect([green, blue]).toEqual([red, red]);
    }
  });
});

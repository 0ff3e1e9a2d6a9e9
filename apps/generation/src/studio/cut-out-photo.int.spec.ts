import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { crop, NOT_SURE } from './cut-out-photo';
import { LocalStudio } from './local-studio';
import { decode, type Raster } from './raster';
import { boxOfCoverage } from './reframe';

// a test of another service that ran in this process before may have closed it
sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });

const PHOTOS = join(__dirname, '../../../../test/photos');
const EARRINGS = join(PHOTOS, '04-drop-earrings-marble.jpg');

const WIDTH = 400;
const HEIGHT = 300;

/** A photo of whatever is drawn, with a little sensor noise (always the same) so that nothing is cleaner than life. */
const photoOf = async (ground: string, piece: string): Promise<Raster> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><defs>
    <linearGradient id="sweep" x2="0" y2="1"><stop offset="0" stop-color="#e8e6e2"/><stop offset="1" stop-color="#b9b6b1"/></linearGradient>
    <linearGradient id="gold" x2="1" y2="1"><stop offset="0" stop-color="#f6dd92"/><stop offset="0.5" stop-color="#8a6414"/><stop offset="1" stop-color="#d9ac3e"/></linearGradient>
    <filter id="soft" x="-1" y="-1" width="3" height="3"><feGaussianBlur stdDeviation="7"/></filter></defs>${ground}${piece}</svg>`;
  const raster = await decode(await sharp(Buffer.from(svg)).png().toBuffer());
  for (let at = 0; at < raster.data.length; at++) {
    raster.data[at] = Math.max(0, Math.min(255, (raster.data[at] ?? 0) + ((at * 7919) % 5) - 2));
  }
  return raster;
};

const SWEEP = '<rect width="100%" height="100%" fill="url(#sweep)"/>';
const WEAVE =
  '<pattern id="weave" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#d8d2c4"/>' +
  '<rect width="3" height="3" fill="#8f897b"/><rect x="3" y="3" width="3" height="3" fill="#8f897b"/></pattern><rect width="100%" height="100%" fill="url(#weave)"/>';
const SHADOW = '<ellipse cx="215" cy="232" rx="75" ry="9" fill="#000" opacity="0.35" filter="url(#soft)"/>';
const RING = '<circle cx="200" cy="150" r="70" fill="none" stroke="url(#gold)" stroke-width="16"/>';

/** Two claws on a ring, open to the top; and a stone's facets between them. */
const CLAWS = '<path d="M189 30 V84 M211 30 V84" stroke="url(#gold)" stroke-width="6"/>';
const FACETS = ['#f9f8f7', '#77746f', '#dcdad5', '#4e4b46', '#e2e0db', '#fdfdfc', '#dad8d3', '#fafafa', '#5b5853']
  .map((colour, at) => `<rect x="${192 + 6 * (at % 3)}" y="${36 + 11 * Math.floor(at / 3)}" width="6" height="11" fill="${colour}"/>`)
  .join('');

/** A chain from the left edge of the picture beyond its right one, of links of this half height (px) that each hang at some height. */
const chainOf = (halfHeight: number, heightOf: (link: number) => number): string =>
  Array.from(
    { length: 14 },
    (_, link) =>
      `<ellipse cx="${link * 32}" cy="${heightOf(link)}" rx="19" ry="${halfHeight}" fill="none" stroke="url(#gold)" stroke-width="6"/>`,
  ).join('');

/** What the studio makes of a photo on white, in its worker: OpenCV does not load inside jest. */
const onWhite = async (studio: LocalStudio, photo: Raster, channels: 1 | 3 = 3) => {
  const { data, width, height } = photo;
  const picture = sharp(data, { raw: { width, height, channels: photo.channels } });
  const bytes = await (channels === 1 ? picture.greyscale() : picture).png().toBuffer();
  const made = await studio.generate(
    {
      imageId: '65f000000000000000000001',
      type: 'white_background',
      instruction: '',
      compiledPrompt: '',
      pictures: [{ role: 'ornament', label: 'ornament', mime: 'image/png', width, height, bytes }],
      options: { background_color: '#ffffff' },
      attempt: 1,
    },
    new AbortController().signal,
  );
  const result = await decode(made.bytes);
  return {
    found: made.notes.length === 0,
    notes: made.notes,
    result,
    at: (x: number, y: number) => [...result.data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)],
  };
};

const WHITE = [255, 255, 255];

describe('cutting out', () => {
  const studio = new LocalStudio();
  afterAll(() => studio.close());

  it('finds a ring: its inside and its shadow are ground', async () => {
    const { at, found } = await onWhite(studio, await photoOf(SWEEP, SHADOW + RING));
    expect(found).toBe(true);
    for (const [x, y] of [
      [200, 80],
      [200, 220],
      [130, 150],
      [270, 150],
    ] as const)
      expect(at(x, y)).not.toEqual(WHITE);
    for (const [x, y] of [
      [200, 150],
      [20, 20],
      [230, 245],
    ] as const)
      expect(at(x, y)).toEqual(WHITE);
  }, 60_000);

  it('finds a chain on a weave that is as sharp as it', async () => {
    const { at, found } = await onWhite(
      studio,
      await photoOf(
        WEAVE,
        chainOf(9, () => 150),
      ),
    );
    expect(found).toBe(true);
    expect([at(2 * 32, 141), at(12 * 32, 159)]).not.toContainEqual(WHITE);
    expect([at(30, 30), at(350, 270)]).toEqual([WHITE, WHITE]);
  }, 60_000);

  it('takes the old ground out of the edge', async () => {
    const { result } = await onWhite(studio, await photoOf('<rect width="100%" height="100%" fill="#1030c0"/>', RING));
    let blue = 0;
    for (let at = 0; at < result.data.length; at += 3) if ((result.data[at + 2] ?? 0) > (result.data[at] ?? 0) + 12) blue++;
    expect(blue).toBeLessThan(60);
  }, 60_000);

  it('keeps a chain that leaves the picture, and the ground between its links out', async () => {
    const { at, found } = await onWhite(
      studio,
      await photoOf(
        SWEEP,
        chainOf(11, (link) => 100 + link * 6),
      ),
    );
    expect(found).toBe(true);
    expect(at(2 * 32, 112 - 11)).not.toEqual(WHITE);
    expect(at(12 * 32, 172 - 11)).not.toEqual(WHITE);
    // shops ask for 250: the veil of the piece's own shadow lies here
    expect(Math.min(...at(6 * 32, 136))).toBeGreaterThanOrEqual(250);
  }, 60_000);

  it('takes a plain ground for one where rings leave the picture on two sides', async () => {
    const radii = [50, 75, 100, 125];
    const ringsAt = (x: number): string[] =>
      radii.map((radius) => `<circle cx="${x}" cy="150" r="${radius}" fill="none" stroke="url(#gold)" stroke-width="10"/>`);
    const { at, found } = await onWhite(studio, await photoOf(SWEEP, [0, WIDTH].flatMap(ringsAt).join('')));
    expect(found).toBe(true);
    expect(radii.flatMap((radius) => [at(radius, 150), at(WIDTH - radius, 150), at(2, 150 - radius)])).not.toContainEqual(WHITE);
    expect(at(200, 150)).toEqual(WHITE);
  }, 60_000);

  it('keeps a clear stone that has the colours of its ground, and leaves a gap of the same form open', async () => {
    const { at, found } = await onWhite(studio, await photoOf(SWEEP, RING + CLAWS + FACETS));
    expect(found).toBe(true);
    // facets as light as the ground
    expect(Math.max(...at(207, 42), ...at(201, 52), ...at(195, 63))).toBeLessThan(245);
    const empty = await onWhite(studio, await photoOf(SWEEP, RING + CLAWS));
    expect(Math.min(...empty.at(200, 50), ...empty.at(200, 60))).toBeGreaterThanOrEqual(250);
  }, 60_000);

  it.each([
    ['a picture of nothing', SWEEP, ''],
    ['one colour', '<rect width="100%" height="100%" fill="#777"/>', ''],
    ['a speck', SWEEP, '<circle cx="200" cy="150" r="2" fill="#a07010"/>'],
  ])(
    'keeps %s whole and says that nothing was found',
    async (_, ground, piece) => {
      const { at, found } = await onWhite(studio, await photoOf(ground, piece));
      expect(found).toBe(false);
      expect(at(5, 5)).not.toEqual(WHITE);
    },
    60_000,
  );

  it('finds a piece that nearly fills its photo', async () => {
    const photo = await decode(await sharp(readFileSync(EARRINGS)).resize(800, 600).png().toBuffer());
    const { result: whole } = await onWhite(studio, photo);
    const pieceOf = ({ data }: Raster) =>
      Uint8Array.from({ length: data.length / 3 }, (_, at) => ((data[3 * at + 2] ?? 255) < 245 ? 255 : 0));
    const box = boxOfCoverage(pieceOf(whole), photo.width, photo.height) ?? { left: 0, top: 0, right: 0, bottom: 0 };
    // a fiftieth of the piece is left around it
    const room = Math.round(0.02 * (box.right - box.left));
    const tight = { left: box.left - room, top: box.top - room, right: box.right + room, bottom: box.bottom + room };
    const inTight = pieceOf((await onWhite(studio, crop(photo, tight))).result);
    const wanted = pieceOf(crop(whole, tight));
    const count = (plane: Uint8Array): number => plane.filter((level) => level > 0).length;
    expect(count(wanted.map((level, at) => level & (inTight[at] ?? 0))) / count(wanted)).toBeGreaterThan(0.95);
  }, 60_000);

  it('says when it is not sure: of a photo that lost its colours, and of one without a piece', async () => {
    const photo = (name: string) => sharp(readFileSync(join(PHOTOS, name))).resize(800, 600);
    const earrings = photo('04-drop-earrings-marble.jpg');
    const notesOf = async (picture: sharp.Sharp) => (await onWhite(studio, await decode(await picture.png().toBuffer()))).notes;
    expect(await notesOf(earrings.clone())).toEqual([]);
    expect(await notesOf(earrings.clone().modulate({ saturation: 0.15 }))).toEqual([NOT_SURE]);
    expect(await notesOf(photo('model-portrait.jpg'))).toEqual([NOT_SURE]);
  }, 60_000);

  it('takes a grey photo', async () => {
    const { result } = await onWhite(studio, await photoOf(SWEEP, SHADOW + RING), 1);
    expect([result.width, result.height]).toEqual([WIDTH, HEIGHT]);
  }, 60_000);

  it('takes the smallest of pictures', async () => {
    const dot: Raster = { data: new Uint8Array([9, 9, 9]), width: 1, height: 1, channels: 3 };
    expect((await onWhite(studio, dot)).found).toBe(false);
  }, 60_000);
});

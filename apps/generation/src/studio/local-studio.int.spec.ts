import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageOptions, ImageType, InputRole } from '@facet/contracts';
import sharp from 'sharp';
import type { GeneratedPicture, Picture } from '../model/image-model';
import { itKeepsTheModelContract } from '../model/image-model.contract';
import { LocalStudio } from './local-studio';

const PHOTOS = join(__dirname, '../../../../test/photos');
const RING = '01-solitaire-ring-studio-sweep.jpg';
const EARRINGS = '04-drop-earrings-marble.jpg';
const BROOCH = '08-flower-brooch-white.jpg';

/** px. Long side of photos in tests that do not ask for the size: what is decided is the same from 512 px on. */
const SMALL = 800;

/** A picture as the pipeline hands it over: upright and without metadata. */
const picture = async (role: InputRole, file: string, longSide = 1600): Promise<Picture> => {
  const { data, info } = await sharp(readFileSync(join(PHOTOS, file)))
    .autoOrient()
    .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer({ resolveWithObject: true });
  return { role, label: role, mime: 'image/jpeg', width: info.width, height: info.height, bytes: data };
};

const pixelsOf = async (bytes: Buffer) => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return {
    data,
    width: info.width,
    at: (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
    ],
  };
};

type Pixels = Awaited<ReturnType<typeof pixelsOf>>;

/** How much of the details of a picture on white (second differences) another has, and the signal-to-noise ratio of the piece, dB. */
const wearBetween = (before: Pixels | undefined, after: Pixels | undefined): { detail: number; signalToNoise: number } => {
  if (!before || !after || before.data.length !== after.data.length) throw new Error('The pictures are not of one size.');
  const row = 3 * before.width;
  const detailOf = ({ data }: Pixels): number => {
    let sum = 0;
    for (let at = row; at < data.length - row; at++) {
      const around = (data[at - 3] ?? 0) + (data[at + 3] ?? 0) + (data[at - row] ?? 0) + (data[at + row] ?? 0);
      sum += Math.abs(4 * (data[at] ?? 0) - around);
    }
    return sum;
  };
  let [squares, levels] = [0, 0];
  for (const [at, level] of before.data.entries()) {
    if (level >= 250) continue;
    squares += (level - (after.data[at] ?? 0)) ** 2;
    levels++;
  }
  return { detail: detailOf(after) / detailOf(before), signalToNoise: 10 * Math.log10((255 ** 2 * levels) / squares) };
};

// a worker starts, loads OpenCV and shares two cores with whatever else runs
jest.setTimeout(60_000);

describe('LocalStudio', () => {
  const studio = new LocalStudio();
  afterAll(() => studio.close());

  itKeepsTheModelContract(() => studio);

  const make = (
    type: ImageType,
    pictures: Picture[],
    wish: { instruction?: string; options?: ImageOptions; signal?: AbortSignal } = {},
  ): Promise<GeneratedPicture> =>
    studio.generate(
      {
        imageId: '65f000000000000000000001',
        type,
        instruction: wish.instruction ?? '',
        compiledPrompt: '',
        pictures,
        options: wish.options ?? {},
        attempt: 1,
      },
      wish.signal ?? new AbortController().signal,
    );

  const asParent = ({ bytes, mime, width, height }: GeneratedPicture): Picture => ({
    role: 'parent',
    label: 'parent',
    bytes,
    mime,
    width,
    height,
  });

  it('lays a ring on the colour asked for: frame and metal stay, ground and the inside of the ring go', async () => {
    const ring = await picture('ornament', RING);
    const made = await make('white_background', [ring], { options: { background_color: '#ffffff' } });
    expect(made).toMatchObject({
      width: 1600,
      height: 1200,
      mime: 'image/png',
      provider: 'local',
      model: 'studio-1',
      fallback: false,
      notes: [],
    });
    const result = await pixelsOf(made.bytes);
    const photo = await pixelsOf(ring.bytes);
    for (const [x, y] of [
      [20, 20],
      [1580, 1180],
      [800, 780],
    ] as const)
      expect(result.at(x, y)).toEqual([255, 255, 255]);
    expect(result.at(490, 780)).toEqual(photo.at(490, 780));
  }, 30_000);

  it('gives the same bytes for the same request, and leaves the request whole', async () => {
    const brooch = await picture('ornament', BROOCH, SMALL);
    const before = Buffer.from(brooch.bytes);
    const [one, other] = await Promise.all([make('background_change', [brooch]), make('background_change', [brooch])]);
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(brooch.bytes.equals(before)).toBe(true);
  }, 30_000);

  it('takes the ground from a picture, from the prompt, or says that it does not know the colour', async () => {
    const brooch = await picture('ornament', BROOCH, SMALL);
    const podium = await picture('background', 'theme-marble-podium.jpg', SMALL);
    const onPicture = await make('background_change', [brooch, podium]);
    const theme = await pixelsOf(podium.bytes);
    expect((await pixelsOf(onPicture.bytes)).at(30, 30)).toEqual(theme.at(30, 30));
    const named = await make('background_change', [brooch], { instruction: 'on a navy ground' });
    expect((await pixelsOf(named.bytes)).at(30, 30)).toEqual([0, 0, 128]);
    const unknown = await make('white_background', [brooch], { options: { background_color: 'moonbeam' } });
    expect(unknown.notes).toEqual(['I do not know the colour "moonbeam", so the background is white.']);
    expect(unknown.fallback).toBe(true);
  }, 60_000);

  it('does what a first prompt asks for beside its ground', async () => {
    const brooch = await picture('ornament', BROOCH, SMALL);
    const plain = await make('background_change', [brooch], { instruction: 'on beige' });
    const wished = await make('background_change', [brooch], { instruction: 'on a beige background, darker, no shadow, sparklier' });
    const [before, after] = [await pixelsOf(plain.bytes), await pixelsOf(wished.bytes)];
    const beige = (pixels: Pixels): number => {
      let count = 0;
      for (let at = 0; at < pixels.data.length; at += 3) if (pixels.data.subarray(at, at + 3).equals(Buffer.from([245, 245, 220]))) count++;
      return count;
    };
    expect(wished.notes).toEqual([]);
    expect(beige(after)).toBeGreaterThan(beige(before));
    // on the piece
    expect(after.at(400, 300)[0]).toBeLessThan(before.at(400, 300)[0] ?? 0);
  }, 60_000);

  it('composes plates, marked as what they are', async () => {
    const plate = await make('model_with_ornament', [
      await picture('ornament', EARRINGS, SMALL),
      await picture('pose', 'pose-hand-at-collarbone.jpg'),
    ]);
    expect(plate).toMatchObject({ width: 1600, height: 2000, fallback: true });
    expect(plate.notes).toEqual([expect.stringContaining('no generative model')]);
    const campaign = await make('campaign_shot_advanced', [
      await picture('ornament', RING, SMALL),
      await picture('ornament', EARRINGS, SMALL),
      await picture('theme', 'theme-marble-podium.jpg'),
    ]);
    expect(campaign).toMatchObject({ width: 2000, height: 1500, fallback: true });
  }, 60_000);

  it('does not touch the portrait of a real model', async () => {
    const portrait = await picture('model', 'model-portrait.jpg');
    const made = await make('real_model_with_ornament', [portrait, await picture('ornament', BROOCH, SMALL)]);
    expect(made.fallback).toBe(true);
    const part = await sharp(made.bytes).extract({ left: 0, top: 0, width: portrait.width, height: portrait.height }).raw().toBuffer();
    expect(part.equals(await sharp(portrait.bytes).raw().toBuffer())).toBe(true);
  }, 30_000);

  it('lays earrings on the ears of a portrait and leaves all else as it is; a ring it shows beside the portrait', async () => {
    const portrait = await picture('model', 'model-portrait.jpg');
    const made = await make('real_model_with_ornament', [portrait, await picture('ornament', EARRINGS)], { instruction: 'wearing these' });
    expect(made).toMatchObject({
      width: portrait.width,
      height: portrait.height,
      notes: [expect.stringContaining('laid on the portrait')],
    });
    const [before, after] = await Promise.all([portrait.bytes, made.bytes].map((bytes) => sharp(bytes).raw().toBuffer()));
    const changed = new Set<number>();
    for (let at = 0; after && at < after.length; at++) if (after[at] !== before?.[at]) changed.add(Math.floor(at / 3));
    // some 80 x 150 px for each ear, at the height of the mouth
    expect(changed.size).toBeGreaterThan(1_000);
    expect(changed.size).toBeLessThan(30_000);
    const rows = [...changed].map((pixel) => Math.floor(pixel / portrait.width));
    expect(rows.reduce((least, row) => Math.min(least, row), Infinity)).toBeGreaterThan(280);
    expect(rows.reduce((most, row) => Math.max(most, row), 0)).toBeLessThan(560);
    const beside = await make('real_model_with_ornament', [portrait, await picture('ornament', RING, SMALL)], { instruction: 'my ring' });
    expect(beside.width).toBeGreaterThan(portrait.width);
    expect(beside.notes[0]).toContain('A ring is worn on a hand');
  });

  it('retouches by words and keeps a white ground white; what it does not understand it says', async () => {
    const parent = asParent(await make('white_background', [await picture('ornament', BROOCH, SMALL)]));
    const darker = await make('white_background', [parent], { instruction: 'much darker, rose gold' });
    expect(darker).toMatchObject({ fallback: false, notes: [] });
    expect((await pixelsOf(darker.bytes)).at(10, 10)).toEqual([255, 255, 255]);
    expect((await sharp(darker.bytes).stats()).channels[0]?.mean).toBeLessThan((await sharp(parent.bytes).stats()).channels[0]?.mean ?? 0);
    const puzzled = await make('white_background', [parent], { instruction: 'sparklier' });
    expect(puzzled.notes).toEqual(['I did not understand "sparklier".']);
    expect(puzzled.bytes.equals(parent.bytes)).toBe(true);
  }, 60_000);

  it('does not wear a picture out: ten steps that change nothing keep every pixel', async () => {
    let made = await make('white_background', [await picture('ornament', BROOCH, SMALL)]);
    const first = await sharp(made.bytes).raw().toBuffer();
    for (let step = 0; step < 10; step++) made = await make('white_background', [asParent(made)]);
    expect((await sharp(made.bytes).raw().toBuffer()).equals(first)).toBe(true);
  }, 60_000);

  it('does not wear a picture out: ten small turns and changes of light keep its details', async () => {
    const made: GeneratedPicture[] = [await make('white_background', [await picture('ornament', BROOCH, 600)])];
    for (let step = 0; step < 10; step++) {
      const instruction = step < 5 ? 'slightly brighter, rotate 4 degrees' : 'slightly darker, rotate 4 degrees to the left';
      const [last] = made.slice(-1);
      if (last) made.push(await make('white_background', [asParent(last)], { instruction }));
    }
    expect(made.flatMap(({ notes }) => notes)).toEqual([]);
    const [before, after] = await Promise.all([made[0], made[10]].map((one) => pixelsOf(one?.bytes ?? Buffer.alloc(0))));
    const wear = wearBetween(before, after);
    // ten turns by a usual bicubic kernel keep 44 % of the details, by a bilinear one 17 %; more than all would be sharpening
    expect(wear.detail).toBeGreaterThan(0.9);
    expect(wear.detail).toBeLessThan(1.1);
    expect(wear.signalToNoise).toBeGreaterThan(33);
  }, 60_000);

  it('makes a transparent background, keeps it in a regeneration, and lays it on a colour when asked to', async () => {
    const brooch = await picture('ornament', BROOCH, SMALL);
    const cut = await make('white_background', [brooch], { options: { background_color: 'transparent' } });
    const alphaOf = async (made: GeneratedPicture) => (await sharp(made.bytes).extractChannel('alpha').raw().toBuffer()).subarray(0, 100);
    expect(cut).toMatchObject({ mime: 'image/png', width: brooch.width, height: brooch.height, notes: [] });
    expect((await alphaOf(cut)).every((alpha) => alpha === 0)).toBe(true);
    const turned = await make('white_background', [asParent(cut)], { instruction: 'brighter, rotate 10 degrees' });
    expect(turned.notes).toEqual([]);
    expect((await alphaOf(turned)).every((alpha) => alpha === 0)).toBe(true);
    const laid = await make('white_background', [asParent(turned)], { instruction: 'on a navy background' });
    expect((await pixelsOf(laid.bytes)).at(10, 10)).toEqual([0, 0, 128]);
    expect((await sharp(laid.bytes).metadata()).hasAlpha).toBe(false);
  }, 60_000);

  it('uses a photo whole in which it finds no piece, and marks that as less than was asked for', async () => {
    const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#808080' } })
      .png()
      .toBuffer();
    const made = await make('white_background', [
      { role: 'ornament', label: 'ornament', mime: 'image/png', width: 400, height: 300, bytes },
    ]);
    expect(made).toMatchObject({ fallback: true, notes: [expect.stringContaining('the photo is used whole')] });
  });

  it('frames a piece in a square', async () => {
    const square = await make('white_background', [await picture('ornament', BROOCH)], { options: { framing: 'square' } });
    expect(square.width).toBe(square.height);
    expect(square.width).toBeGreaterThanOrEqual(1600);
  }, 30_000);

  it('takes the shadow away and leaves the piece as it is', async () => {
    const shaded = await make('background_change', [await picture('ornament', BROOCH, SMALL)], { options: { background_color: 'cream' } });
    const bare = await make('background_change', [asParent(shaded)], { instruction: 'without shadow' });
    expect(bare.notes).toEqual([]);
    const cream = async (made: GeneratedPicture) => {
      const { data } = await sharp(made.bytes).raw().toBuffer({ resolveWithObject: true });
      let count = 0;
      for (let at = 0; at < data.length; at += 3) if (data[at] === 255 && data[at + 1] === 246 && data[at + 2] === 224) count++;
      return count;
    };
    expect(await cream(bare)).toBeGreaterThan(await cream(shaded));
    expect((await pixelsOf(bare.bytes)).at(400, 300)).toEqual((await pixelsOf(shaded.bytes)).at(400, 300));
  }, 60_000);

  it('gives up at the deadline, and works on for others', async () => {
    const ring = await picture('ornament', RING);
    const deadline = new AbortController();
    const work = make('white_background', [ring], { signal: deadline.signal });
    deadline.abort(new Error('deadline'));
    await expect(work).rejects.toThrow('deadline');
    expect((await make('white_background', [ring])).width).toBe(1600);
  }, 30_000);

  it('answers bytes that are no picture with model_failed', async () => {
    const broken: Picture = { ...(await picture('ornament', RING)), bytes: Buffer.from('not a picture') };
    await expect(make('white_background', [broken])).rejects.toMatchObject({ code: 'model_failed', retryable: false });
  }, 30_000);
});

import { ImageMime } from '@facet/contracts';
import sharp from 'sharp';
import type { GenerationRequest, ImageModel } from './image-model';

/** A request that every model can fulfil: a golden disc on grey, to be shown on white. */
export async function aGenerationRequest(partial: Partial<GenerationRequest> = {}): Promise<GenerationRequest> {
  const [width, height] = [320, 240];
  const [gold, grey] = [
    [201, 162, 39],
    [138, 138, 138],
  ];
  const pixels = Array.from({ length: width * height }, (_, n) =>
    Math.hypot((n % width) - width / 2, Math.floor(n / width) - height / 2) < 70 ? gold : grey,
  );
  const bytes = await sharp(Buffer.from(pixels.flat()), { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
  return {
    imageId: '65f000000000000000000001',
    type: 'white_background',
    instruction: '',
    compiledPrompt: 'Make a studio product photograph.',
    pictures: [{ role: 'ornament', label: 'ornament', mime: 'image/jpeg', width, height, bytes }],
    options: { background_color: 'white' },
    attempt: 1,
    ...partial,
  };
}

/** What every image model promises. @param model called for each test */
export function itKeepsTheModelContract(model: () => ImageModel): void {
  const forever = (): AbortSignal => new AbortController().signal;

  it('gives a whole picture, with true facts of it', async () => {
    const made = await model().generate(await aGenerationRequest(), forever());
    const { format, width, height } = await sharp(made.bytes, { failOn: 'error' }).metadata();
    expect(made).toMatchObject({ mime: ImageMime.parse(`image/${format}`), width, height });
    expect(made.provider).not.toBe('');
    expect(made.model).not.toBe('');
    await sharp(made.bytes, { failOn: 'error' }).stats();
  });

  it('makes several pictures at once', async () => {
    const request = await aGenerationRequest();
    const made = await Promise.all([1, 2, 3].map(() => model().generate(request, forever())));
    expect(made.map(({ width }) => width > 0)).toEqual([true, true, true]);
  });

  it('leaves the pictures that it was given as they are', async () => {
    const request = await aGenerationRequest();
    const before = Buffer.from(request.pictures[0]?.bytes ?? []);
    await model().generate(request, forever());
    expect(request.pictures[0]?.bytes.equals(before)).toBe(true);
  });

  it('makes nothing once its time is over', async () => {
    const request = await aGenerationRequest();
    await expect(model().generate(request, AbortSignal.abort(new Error('late')))).rejects.toThrow();
  });

  it('tells who it is', async () => {
    expect(await model().check()).toMatchObject({ provider: expect.any(String) as string, answers: true });
  });
}

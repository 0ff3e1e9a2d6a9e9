import sharp from 'sharp';
import { encode, filled } from './raster';
import { pieceIn, xmpOf } from './remembered-piece';

const [WIDTH, HEIGHT] = [40, 30];
const PIECE = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => (at * 7) % 256);

/** The XMP of a file that keeps it. */
const written = async (): Promise<Buffer | undefined> => {
  const { bytes } = await encode(filled(WIDTH, HEIGHT, [1, 2, 3]), await xmpOf(PIECE, WIDTH, HEIGHT));
  return (await sharp(bytes).metadata()).xmp;
};

describe('the piece that a picture remembers', () => {
  it('is the same once the file is read, to the level', async () => {
    expect([...((await pieceIn(await written(), WIDTH, HEIGHT)) ?? [])]).toEqual([...PIECE]);
  });

  it('is none in a picture of another size, without XMP, or with XMP of others', async () => {
    expect(await pieceIn(await written(), HEIGHT, WIDTH)).toBeNull();
    expect(await pieceIn(undefined, WIDTH, HEIGHT)).toBeNull();
    expect(await pieceIn(Buffer.from('<x:xmpmeta/>'), WIDTH, HEIGHT)).toBeNull();
    expect(await pieceIn(Buffer.from('<facet:piece>bm8gcGljdHVyZQ==</facet:piece>'), WIDTH, HEIGHT)).toBeNull();
  });
});

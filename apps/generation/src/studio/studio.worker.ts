import { move, transferableSymbol, valueSymbol } from 'piscina';
import sharp from 'sharp';
import { makePicture } from './make-picture';
import { loadOpenCv, type OpenCv } from './opencv';
import type { StudioPicture, StudioTask } from './studio-task';

// Every photo is another one: a cache would only hold memory. One thread each: the pool is what runs things side by side.
sharp.cache(false);
sharp.concurrency(1);
// Which formats are decoded holds for the whole process: those that pictures come in, and the studio's own drawings.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadSvgBuffer'],
});

/** One OpenCV per thread, loaded by the first task that cuts something out. */
const openCv = ((): (() => Promise<OpenCv>) => {
  let loading: Promise<OpenCv> | null = null;
  return () => (loading ??= loadOpenCv());
})();

/** Runs in a worker thread, started by `LocalStudio`, which receives a `StudioPicture`: its bytes are moved, not copied. */
export default async function work(task: StudioTask): Promise<ReturnType<typeof move>> {
  const picture = await makePicture(task, openCv);
  // sharp's buffer lies in memory of its own kind that cannot change threads
  const bytes = new Uint8Array(picture.bytes);
  const result: StudioPicture = { ...picture, bytes };
  return move({ [transferableSymbol]: bytes.buffer, [valueSymbol]: result });
}

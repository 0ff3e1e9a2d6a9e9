import type { ObjectResult } from '@nats-io/obj';

/** Longest time for reading one object, in ms: 20 MB take a tenth of a second. */
const READ_TIMEOUT_MS = 10_000;

/**
 * Reads an object of a store to its end. One that is replaced or deleted meanwhile would never end by itself, which is
 * what `getBlob` of the NATS client hangs on.
 *
 * @throws Error when it is not whole in time, or its digest is wrong
 */
export async function readObject({ data, error }: ObjectResult): Promise<Buffer> {
  // reading fails with the same error
  error.catch(() => undefined);
  const reader = data.getReader();
  const reading = { late: false };
  const deadline = setTimeout(() => {
    reading.late = true;
    void reader.cancel();
  }, READ_TIMEOUT_MS);
  const chunks: Uint8Array[] = [];
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      chunks.push(chunk.value);
    }
  } finally {
    clearTimeout(deadline);
  }
  if (reading.late) {
    throw new Error('the object was replaced or deleted while it was read');
  }
  return Buffer.concat(chunks);
}

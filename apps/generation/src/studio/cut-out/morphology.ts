import type { OpenCv } from '../opencv';

/** A mask (0 or 1 per pixel) grown (`dilate`) or shrunk (`erode`) by a square of side 2 * radius + 1 px. */
export const morphed = (
  cv: OpenCv,
  how: 'dilate' | 'erode',
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  radius: number,
): Uint8Array => {
  const from = new cv.Mat(height, width, cv.CV_8UC1);
  const to = new cv.Mat(height, width, cv.CV_8UC1);
  const square = cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(2 * radius + 1, 2 * radius + 1));
  try {
    from.data.set(mask);
    cv[how](from, to, square);
    return to.data.slice();
  } finally {
    for (const matrix of [from, to, square]) matrix.delete();
  }
};

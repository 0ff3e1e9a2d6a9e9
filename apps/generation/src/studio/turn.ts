/** One channel of a picture, in rows from the top left. */
export interface Plane {
  data: Float32Array;
  /** px */
  width: number;
  /** px */
  height: number;
}

/** Half the taps of the interpolation. A short kernel would blur with every turn; this one keeps ten turns sharp. */
const REACH = 8;

/** Windowed sinc for a shift by a fraction of a pixel, 0..1; its sum is 1. */
const kernelFor = (fraction: number): Float32Array => {
  const taps = Float32Array.from({ length: 2 * REACH }, (_, at) => {
    const x = at - REACH + fraction;
    if (Math.abs(x) < 1e-6) return 1;
    return Math.abs(x) >= REACH ? 0 : ((Math.sin(Math.PI * x) / (Math.PI * x)) * Math.sin((Math.PI * x) / REACH)) / ((Math.PI * x) / REACH);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
};

/** Moves a line of `length` samples, `stride` apart, by `shift` samples; what comes in from outside is 0. */
const shiftLine = (data: Float32Array, start: number, stride: number, length: number, shift: number, line: Float32Array): void => {
  let any = false;
  for (let at = 0; at < length; at++) {
    const value = data[start + at * stride] ?? 0;
    line[at] = value;
    any ||= value !== 0;
  }
  if (!any) return;
  const whole = Math.floor(shift);
  const taps = kernelFor(shift - whole);
  for (let at = 0; at < length; at++) {
    // the sample that comes here lies `shift` behind, between `base + REACH - 1` and the next
    const base = at - whole - REACH;
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap++) {
      const from = base + tap;
      if (from >= 0 && from < length) sum += (line[from] ?? 0) * (taps[tap] ?? 0);
    }
    data[start + at * stride] = sum;
  }
};

/**
 * Turns a plane clockwise by less than half a right angle around its centre, in a frame of the same size, by three shears:
 * each moves whole lines, which a long kernel does almost without loss. Outside of the plane is 0.
 */
export const turnPlane = (plane: Plane, degrees: number): Plane => {
  const angle = (degrees * Math.PI) / 180;
  const [shearX, shearY] = [-Math.tan(angle / 2), Math.sin(angle)];
  // room for the shears in between, so that nothing is cut on the way
  const marginX = Math.ceil(Math.abs(shearX) * plane.height) + REACH;
  const marginY = Math.ceil((Math.abs(shearY) * plane.width) / 2) + REACH;
  const [width, height] = [plane.width + 2 * marginX, plane.height + 2 * marginY];
  const data = new Float32Array(width * height);
  for (let y = 0; y < plane.height; y++)
    data.set(plane.data.subarray(y * plane.width, (y + 1) * plane.width), (y + marginY) * width + marginX);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const row = new Float32Array(width);
  const column = new Float32Array(height);
  const shearRows = (): void => {
    for (let y = 0; y < height; y++) shiftLine(data, y * width, 1, width, shearX * (y - middleY), row);
  };
  shearRows();
  for (let x = 0; x < width; x++) shiftLine(data, x, width, height, shearY * (x - middleX), column);
  shearRows();
  const turned = new Float32Array(plane.width * plane.height);
  for (let y = 0; y < plane.height; y++) {
    const from = (y + marginY) * width + marginX;
    turned.set(data.subarray(from, from + plane.width), y * plane.width);
  }
  return { ...plane, data: turned };
};

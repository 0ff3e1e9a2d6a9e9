import type { Raster } from './raster';

/** An sRGB colour, 0..255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** CIE L*a*b* (D65): lightness 0..100, a and b about -100..100. */
export interface LabPlanes {
  l: Float32Array;
  a: Float32Array;
  b: Float32Array;
  /** px */
  width: number;
  /** px */
  height: number;
}

const LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Light, 0..1, of an 8-bit sRGB level. */
export const linear = (level: number): number => LINEAR[level] ?? 0;

const labCurve = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);

/** L*a*b* of an sRGB colour. */
export const labOf = ([red, green, blue]: Rgb): [number, number, number] => {
  const r = linear(red);
  const g = linear(green);
  const b = linear(blue);
  const x = labCurve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = labCurve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = labCurve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

/** L*a*b* of every pixel. */
export const labPlanes = (raster: Raster): LabPlanes => {
  const { data, width, height, channels } = raster;
  const count = width * height;
  const planes: LabPlanes = { l: new Float32Array(count), a: new Float32Array(count), b: new Float32Array(count), width, height };
  for (let at = 0, from = 0; at < count; at++, from += channels) {
    const [l, a, b] = labOf([data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0]);
    planes.l[at] = l;
    planes.a[at] = a;
    planes.b[at] = b;
  }
  return planes;
};

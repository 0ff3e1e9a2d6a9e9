/** Mean over a square of side 2 * radius + 1 px, cut off at the picture's edge. Cost does not depend on the radius. */
export const boxBlur = (plane: Float32Array, width: number, height: number, radius: number): Float32Array => {
  const across = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += plane[start + x] ?? 0;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += plane[start + x + radius] ?? 0;
      if (x - radius - 1 >= 0) sum -= plane[start + x - radius - 1] ?? 0;
      across[start + x] = sum / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++)
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (across[y * width + x] ?? 0);
  const blurred = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const entering = y + radius < height ? (y + radius) * width : -1;
    const leaving = y - radius - 1 >= 0 ? (y - radius - 1) * width : -1;
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let x = 0; x < width; x++) {
      let sum = sums[x] ?? 0;
      if (entering >= 0) sum += across[entering + x] ?? 0;
      if (leaving >= 0) sum -= across[leaving + x] ?? 0;
      sums[x] = sum;
      blurred[y * width + x] = sum / rows;
    }
  }
  return blurred;
};

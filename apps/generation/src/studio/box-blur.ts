/** One over how many of `size` places lie within `radius` of each. */
const sharesOf = (size: number, radius: number): Float64Array =>
  Float64Array.from({ length: size }, (_, at) => 1 / (Math.min(size - 1, at + radius) - Math.max(0, at - radius) + 1));

/**
 * Mean over a square of side 2 * radius + 1 px, cut off at the picture's edge. Cost does not depend on the radius: the sums
 * of the columns move down with the rows, and along each row their sum moves to the right.
 */
export const boxBlur = (plane: Float32Array, width: number, height: number, radius: number): Float32Array => {
  const across = sharesOf(width, radius);
  const down = sharesOf(height, radius);
  const columns = new Float64Array(width);
  const blurred = new Float32Array(plane.length);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(columns, plane, y * width);
  for (let y = 0, start = 0; y < height; y++, start += width) {
    const entering = (y + radius) * width;
    const leaving = (y - radius - 1) * width;
    if (y + radius < height && leaving >= 0) exchangeRows(columns, plane, entering, leaving);
    else if (y + radius < height) addRow(columns, plane, entering);
    else if (leaving >= 0) dropRow(columns, plane, leaving);
    const share = down[y] ?? 0;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += columns[x] ?? 0;
    const whole = Math.max(0, width - radius);
    const cut = Math.min(radius + 1, whole);
    let x = 0;
    for (; x < cut; x++) {
      sum += columns[x + radius] ?? 0;
      blurred[start + x] = sum * share * (across[x] ?? 0);
    }
    for (; x < whole; x++) {
      sum += (columns[x + radius] ?? 0) - (columns[x - radius - 1] ?? 0);
      blurred[start + x] = sum * share * (across[x] ?? 0);
    }
    for (; x < width; x++) {
      if (x > radius) sum -= columns[x - radius - 1] ?? 0;
      blurred[start + x] = sum * share * (across[x] ?? 0);
    }
  }
  return blurred;
};

const addRow = (columns: Float64Array, plane: Float32Array, from: number): void => {
  for (let x = 0; x < columns.length; x++) columns[x] = (columns[x] ?? 0) + (plane[from + x] ?? 0);
};

const dropRow = (columns: Float64Array, plane: Float32Array, from: number): void => {
  for (let x = 0; x < columns.length; x++) columns[x] = (columns[x] ?? 0) - (plane[from + x] ?? 0);
};

const exchangeRows = (columns: Float64Array, plane: Float32Array, entering: number, leaving: number): void => {
  for (let x = 0; x < columns.length; x++) columns[x] = (columns[x] ?? 0) + (plane[entering + x] ?? 0) - (plane[leaving + x] ?? 0);
};

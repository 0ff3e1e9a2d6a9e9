/** Where each of `size` pixels lies among those of a plane `step` times as coarse: the one before it, and how far (0..1) it is towards the next. */
const placesAmong = (size: number, step: number): { before: Int32Array; towards: Float32Array } => {
  const before = new Int32Array(size);
  const towards = new Float32Array(size);
  const last = Math.ceil(size / step) - 1;
  for (let at = 0; at < size; at++) {
    const from = Math.max(0, Math.min(last, (at + 0.5) / step - 0.5));
    before[at] = Math.floor(from);
    towards[at] = from - Math.floor(from);
  }
  return { before, towards };
};

/** A plane of width x height px from one with a pixel for each square of `step` px, its last row and column cut off; linear between. */
export const enlarged = (plane: Float32Array, step: number, width: number, height: number): Float32Array => {
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const result = new Float32Array(width * height);
  const across = placesAmong(width, step);
  const down = placesAmong(height, step);
  // one more than there are, so that the last has a next
  const row = new Float32Array(columns + 1);
  for (let y = 0, at = 0; y < height; y++) {
    const upper = (down.before[y] ?? 0) * columns;
    const lower = Math.min(rows - 1, (down.before[y] ?? 0) + 1) * columns;
    const share = down.towards[y] ?? 0;
    for (let x = 0; x < columns; x++) row[x] = (plane[upper + x] ?? 0) * (1 - share) + (plane[lower + x] ?? 0) * share;
    row[columns] = row[columns - 1] ?? 0;
    for (let x = 0; x < width; x++, at++) {
      const left = across.before[x] ?? 0;
      const start = row[left] ?? 0;
      result[at] = start + (across.towards[x] ?? 0) * ((row[left + 1] ?? 0) - start);
    }
  }
  return result;
};

/** The means of each 2 x 2 px; an odd last row or column counts twice. */
export const halved = (plane: Float32Array, width: number, height: number): Float32Array => {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const result = new Float32Array(columns * rows);
  for (let row = 0, at = 0; row < rows; row++) {
    const upper = 2 * row * width;
    const lower = Math.min(height - 1, 2 * row + 1) * width;
    for (let column = 0; column < columns; column++, at++) {
      const left = 2 * column;
      const right = Math.min(width - 1, left + 1);
      result[at] =
        ((plane[upper + left] ?? 0) + (plane[upper + right] ?? 0) + (plane[lower + left] ?? 0) + (plane[lower + right] ?? 0)) / 4;
    }
  }
  return result;
};

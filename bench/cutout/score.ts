/** One plane of 8 bits per pixel. */
export interface Plane {
  data: Uint8Array;
  /** px */
  width: number;
  /** px */
  height: number;
}

/** How well a cut-out's alpha agrees with the true one. */
export interface AlphaScore {
  /** intersection over union of both, cut at one half */
  iou: number;
  /** mean absolute difference, 0..1 */
  mae: number;
  /** F-score of the outlines, holes included, within 0.0015 of the picture's diagonal */
  boundaryF: number;
}

/** How well a picture on white is done. */
export interface WhiteScore {
  /** share of the true ground, 6 px clear of the piece, that is at least 250 in each channel */
  white: number;
  /** mean absolute colour difference to the photo inside the piece, 0..255 */
  pieceMae: number;
}

const GROUND_CLEARANCE = 6;
const PIECE_CLEARANCE = 2;
const WHITE_LEVEL = 250;
/** Pixels of a piece below which less of its rim is left out of the comparison: a thin chain is all rim. */
const ENOUGH = 500;

/** Pixels within `radius` px of a marked one. */
const grown = (marked: Uint8Array, width: number, height: number, radius: number): Uint8Array => {
  const offsets: [number, number][] = [];
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) if (dx * dx + dy * dy <= radius * radius) offsets.push([dx, dy]);
  }
  const result = new Uint8Array(marked);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!marked[at] || isInside(marked, width, height, x, y)) continue;
      for (const [dx, dy] of offsets) {
        if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) result[at + dy * width + dx] = 1;
      }
    }
  }
  return result;
};

/** True when all four neighbours are marked too: such a pixel is no outline, and nothing grows from it. */
const isInside = (marked: Uint8Array, width: number, height: number, x: number, y: number): boolean => {
  const at = y * width + x;
  return !(
    (x > 0 && !marked[at - 1]) ||
    (x < width - 1 && !marked[at + 1]) ||
    (y > 0 && !marked[at - width]) ||
    (y < height - 1 && !marked[at + width])
  );
};

const outline = (marked: Uint8Array, width: number, height: number): Uint8Array => {
  const edge = new Uint8Array(marked.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (marked[at] && !isInside(marked, width, height, x, y)) edge[at] = 1;
    }
  }
  return edge;
};

const count = (marked: Uint8Array, where = marked): number => {
  let sum = 0;
  for (let at = 0; at < marked.length; at++) if (marked[at] && where[at]) sum++;
  return sum;
};

/** Compares two alphas of the same size. */
export const scoreAlpha = (alpha: Uint8Array, { data: truth, width, height }: Plane): AlphaScore => {
  const found = alpha.map((level) => (level >= 128 ? 1 : 0));
  const piece = truth.map((level) => (level >= 128 ? 1 : 0));
  let union = 0;
  let apart = 0;
  for (let at = 0; at < truth.length; at++) {
    if (found[at] || piece[at]) union++;
    apart += Math.abs((alpha[at] ?? 0) - (truth[at] ?? 0));
  }
  const tolerance = Math.max(2, Math.round(0.0015 * Math.hypot(width, height)));
  const foundEdge = outline(found, width, height);
  const trueEdge = outline(piece, width, height);
  const precision = count(foundEdge, grown(trueEdge, width, height, tolerance)) / Math.max(1, count(foundEdge));
  const recall = count(trueEdge, grown(foundEdge, width, height, tolerance)) / Math.max(1, count(trueEdge));
  return {
    iou: union === 0 ? 1 : count(found, piece) / union,
    mae: apart / truth.length / 255,
    boundaryF: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
};

/** Judges a picture on white (3 channels) of the photo's own frame. */
export const scoreWhite = (picture: Uint8Array, photo: Uint8Array, { data: truth, width, height }: Plane): WhiteScore => {
  const near = grown(
    truth.map((level) => (level / 255 < 0.02 ? 0 : 1)),
    width,
    height,
    GROUND_CLEARANCE,
  );
  let ground = 0;
  let white = 0;
  for (let at = 0; at < near.length; at++) {
    if (near[at]) continue;
    ground++;
    if (Math.min(picture[3 * at] ?? 0, picture[3 * at + 1] ?? 0, picture[3 * at + 2] ?? 0) >= WHITE_LEVEL) white++;
  }
  return { white: ground === 0 ? 1 : white / ground, pieceMae: pieceMae(picture, photo, { data: truth, width, height }) };
};

const pieceMae = (picture: Uint8Array, photo: Uint8Array, { data: truth, width, height }: Plane): number => {
  const soft = truth.map((level) => (level / 255 > 0.98 ? 0 : 1));
  for (let clearance = PIECE_CLEARANCE; ; clearance--) {
    const rim = clearance > 0 ? grown(soft, width, height, clearance) : soft;
    let pixels = 0;
    let sum = 0;
    for (let at = 0; at < rim.length; at++) {
      if (rim[at]) continue;
      pixels++;
      for (let channel = 3 * at; channel < 3 * at + 3; channel++) sum += Math.abs((picture[channel] ?? 0) - (photo[channel] ?? 0));
    }
    if (pixels > ENOUGH || clearance === 0) return sum / Math.max(1, pixels) / 3;
  }
};

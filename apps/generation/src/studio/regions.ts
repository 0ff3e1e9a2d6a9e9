/** Connected pixels of one kind (8 neighbours for the piece, 4 for the ground). */
export interface Region {
  /** px */
  area: number;
  /** smallest box that holds it: left, top, right (inclusive), bottom (inclusive) */
  left: number;
  top: number;
  right: number;
  bottom: number;
  touchesFrame: boolean;
  /** positions in the mask */
  pixels: Int32Array;
}

/** All regions of pixels that are `value` in the mask, in reading order of their first pixel. */
export const regionsOf = (mask: Uint8Array, width: number, height: number, value: 0 | 1): Region[] => {
  const seen = new Uint8Array(mask.length);
  const regions: Region[] = [];
  // every pixel is in one region at most, so that all of them share one queue
  const queue = new Int32Array(mask.length);
  let filled = 0;
  for (let first = 0; first < mask.length; first++) {
    if (seen[first] || mask[first] !== value) continue;
    const start = filled;
    const region: Region = { area: 0, left: width, top: height, right: 0, bottom: 0, touchesFrame: false, pixels: queue };
    queue[filled++] = first;
    seen[first] = 1;
    for (let next = start; next < filled; next++) {
      const at = queue[next] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      region.left = Math.min(region.left, x);
      region.right = Math.max(region.right, x);
      region.top = Math.min(region.top, y);
      region.bottom = Math.max(region.bottom, y);
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if ((dx !== 0 && dy !== 0 && value === 0) || x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          const neighbour = at + dy * width + dx;
          if (seen[neighbour] || mask[neighbour] !== value) continue;
          seen[neighbour] = 1;
          queue[filled++] = neighbour;
        }
      }
    }
    region.pixels = queue.subarray(start, filled);
    region.area = filled - start;
    region.touchesFrame = region.left === 0 || region.top === 0 || region.right === width - 1 || region.bottom === height - 1;
    regions.push(region);
  }
  return regions;
};

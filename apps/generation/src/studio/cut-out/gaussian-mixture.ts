/** Points of a few numbers each, one after another. */
export interface Samples {
  data: Float32Array;
  /** numbers per point */
  size: number;
}

interface Component {
  mean: Float64Array;
  /** rows of the inverse of the covariance's Cholesky factor: whitens a difference from the mean */
  whitening: Float64Array;
  /** log of weight and normalisation */
  offset: number;
}

/** A density made of Gaussians with full covariances, plus an even floor for what was never seen. */
export interface Mixture {
  components: Component[];
  size: number;
  /** log density of the floor */
  floor: number;
}

const MEANS_ROUNDS = 6;
const LIKELIHOOD_ROUNDS = 4;

const lowerFactor = (covariance: Float64Array, size: number): Float64Array => {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = covariance[row * size + column] ?? 0;
      for (let at = 0; at < column; at++) sum -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      factor[row * size + column] = row === column ? Math.sqrt(Math.max(1e-6, sum)) : sum / (factor[column * size + column] ?? 1);
    }
  }
  return factor;
};

const inverseOfLower = (factor: Float64Array, size: number): Float64Array => {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = row === column ? 1 : 0;
      for (let at = column; at < row; at++) sum -= (factor[row * size + at] ?? 0) * (inverse[at * size + column] ?? 0);
      inverse[row * size + column] = sum / (factor[row * size + row] ?? 1);
    }
  }
  return inverse;
};

/** log of a component's density at a point, or anything below `least` when it is below that. */
const logDensityOf = (component: Component, data: Float32Array, from: number, size: number, least: number): number => {
  const { mean, whitening } = component;
  let density = component.offset;
  // most components are far away: one number of the point tells
  for (let row = 0; row < size && density > least; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) {
      sum += (whitening[row * size + column] ?? 0) * ((data[from + column] ?? 0) - (mean[column] ?? 0));
    }
    density -= 0.5 * sum * sum;
  }
  return density;
};

/** log density of a mixture at the point that starts at `from`: that of its best component, close enough to the sum. */
export const logDensity = ({ components, size, floor }: Mixture, data: Float32Array, from: number): number => {
  let best = floor;
  for (let at = 0; at < components.length; at++) {
    const component = components[at];
    if (component) best = Math.max(best, logDensityOf(component, data, from, size, best));
  }
  return best;
};

/** Centres for k-means: the point nearest the mean, then always the point farthest from those there are. */
const startingCentres = ({ data, size }: Samples, count: number): Float64Array[] => {
  const points = data.length / size;
  const nearest = new Float64Array(points).fill(Infinity);
  const centres: Float64Array[] = [];
  let next = 0;
  while (centres.length < Math.min(count, points)) {
    const centre = Float64Array.from(data.subarray(next * size, next * size + size));
    centres.push(centre);
    let farthest = -1;
    for (let point = 0; point < points; point++) {
      let distance = 0;
      for (let at = 0; at < size; at++) distance += ((data[point * size + at] ?? 0) - (centre[at] ?? 0)) ** 2;
      nearest[point] = Math.min(nearest[point] ?? 0, distance);
      if ((nearest[point] ?? 0) > farthest) {
        farthest = nearest[point] ?? 0;
        next = point;
      }
    }
    if (farthest <= 0) break;
  }
  return centres;
};

const nearestCentre = (centres: Float64Array[], data: Float32Array, from: number, size: number): number => {
  let best = 0;
  let least = Infinity;
  for (let index = 0; index < centres.length; index++) {
    const centre = centres[index];
    let distance = 0;
    for (let at = 0; at < size; at++) distance += ((data[from + at] ?? 0) - (centre?.[at] ?? 0)) ** 2;
    if (distance < least) {
      least = distance;
      best = index;
    }
  }
  return best;
};

/** Components from points that each belong to one of `count` groups; groups of too few points are dropped. */
const componentsOf = ({ data, size }: Samples, groups: Uint8Array, count: number, least: number): Component[] => {
  const components: Component[] = [];
  for (let group = 0; group < count; group++) {
    const mean = new Float64Array(size);
    let points = 0;
    for (let point = 0; point < groups.length; point++) {
      if (groups[point] !== group) continue;
      points++;
      for (let at = 0; at < size; at++) mean[at] = (mean[at] ?? 0) + (data[point * size + at] ?? 0);
    }
    if (points < 2 * size) continue;
    for (let at = 0; at < size; at++) mean[at] = (mean[at] ?? 0) / points;
    const covariance = new Float64Array(size * size);
    for (let point = 0; point < groups.length; point++) {
      if (groups[point] !== group) continue;
      for (let row = 0; row < size; row++) {
        const difference = (data[point * size + row] ?? 0) - (mean[row] ?? 0);
        for (let column = 0; column <= row; column++) {
          covariance[row * size + column] =
            (covariance[row * size + column] ?? 0) + (difference * ((data[point * size + column] ?? 0) - (mean[column] ?? 0))) / points;
        }
      }
    }
    for (let at = 0; at < size; at++) covariance[at * size + at] = (covariance[at * size + at] ?? 0) + least * least;
    const factor = lowerFactor(covariance, size);
    let logDeterminant = 0;
    for (let at = 0; at < size; at++) logDeterminant += Math.log(factor[at * size + at] ?? 1);
    const offset = Math.log(points / groups.length) - logDeterminant - (size / 2) * Math.log(2 * Math.PI);
    components.push({ mean, whitening: inverseOfLower(factor, size), offset });
  }
  return components;
};

/**
 * Fits `count` Gaussians to points: k-means, then classification by likelihood. Deterministic. `least` is a standard
 * deviation added to each; `floor` the log density of anything at all.
 */
export const fitMixture = (samples: Samples, count: number, least: number, floor: number): Mixture => {
  const { data, size } = samples;
  const groups = new Uint8Array(data.length / size);
  const centres = startingCentres(samples, count);
  for (let round = 0; round < MEANS_ROUNDS; round++) {
    const sums = centres.map(() => new Float64Array(size + 1));
    for (let point = 0; point < groups.length; point++) {
      const group = nearestCentre(centres, data, point * size, size);
      groups[point] = group;
      const sum = sums[group];
      if (!sum) continue;
      for (let at = 0; at < size; at++) sum[at] = (sum[at] ?? 0) + (data[point * size + at] ?? 0);
      sum[size] = (sum[size] ?? 0) + 1;
    }
    sums.forEach((sum, group) => {
      const centre = centres[group];
      if (centre && (sum[size] ?? 0) > 0) for (let at = 0; at < size; at++) centre[at] = (sum[at] ?? 0) / (sum[size] ?? 1);
    });
  }
  let components = componentsOf(samples, groups, count, least);
  for (let round = 0; round < LIKELIHOOD_ROUNDS && components.length > 1; round++) {
    for (let point = 0; point < groups.length; point++) {
      let best = -Infinity;
      for (let index = 0; index < components.length; index++) {
        const component = components[index];
        const density = component ? logDensityOf(component, data, point * size, size, best) : -Infinity;
        if (density <= best) continue;
        best = density;
        groups[point] = index;
      }
    }
    components = componentsOf(samples, groups, components.length, least);
  }
  return { components, size, floor };
};

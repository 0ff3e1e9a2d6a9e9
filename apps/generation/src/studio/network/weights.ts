/** Weights by name, as numbers. */
export type Weights = (name: string) => Float32Array;

/** One of a network's arrays, in 8 bits a value. */
export interface StoredWeights {
  name: string;
  shape: readonly number[];
  quantization: { scale: number; min: number };
}

/** Opens a network's arrays, whose values follow each other in `bytes`. @throws Error for a name that there is not */
export const openWeights = (stored: readonly StoredWeights[], bytes: Uint8Array): Weights => {
  const weights = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, shape, quantization } of stored) {
    const count = shape.reduce((product, side) => product * side, 1);
    const { scale, min } = quantization;
    weights.set(
      name,
      Float32Array.from(bytes.subarray(offset, offset + count), (value) => value * scale + min),
    );
    offset += count;
  }
  return (name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`The network has no weights "${name}".`);
    return found;
  };
};

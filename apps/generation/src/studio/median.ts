/** The middle one of some numbers, the upper of two; 0 of none. Sorts them in place. */
export const medianOf = (values: number[]): number => values.sort((one, other) => one - other)[values.length >> 1] ?? 0;

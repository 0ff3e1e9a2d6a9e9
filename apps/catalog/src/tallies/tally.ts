import type { ImageRecord, ImageType } from '@facet/contracts';

/** Pictures by type; a type without any may be absent. */
export type TypeCounts = Partial<Record<ImageType, number>>;

/** Counts of the days of a month, `01` to `31`; a day without pictures may be absent. */
export type DayCounts = Record<string, TypeCounts>;

/** Whose month a tally is of. */
export interface TallyKey {
  user_id: string;
  /** UTC, such as `2026-11` */
  month: string;
}

/** What is counted at once: the pictures of a user, of a type, of a day. */
export interface Bucket extends TallyKey {
  /** `01` to `31`, UTC */
  day: string;
  type: ImageType;
}

/** How many pictures of a user are listed that were asked for in a month. */
export interface Tally {
  days: DayCounts;
  /** sums of the days */
  totals: TypeCounts;
}

/** The bucket that a picture is counted in. */
export const bucketOf = ({ user_id, created_at, type }: Pick<ImageRecord, 'user_id' | 'created_at' | 'type'>): Bucket => ({
  user_id,
  month: created_at.slice(0, 7),
  day: created_at.slice(8, 10),
  type,
});

/** The time that a bucket covers: from `from` until before `until`. */
export function timeOf({ month, day }: Pick<Bucket, 'month' | 'day'>): { from: Date; until: Date } {
  const from = new Date(`${month}-${day}T00:00:00.000Z`);
  return { from, until: new Date(from.getTime() + 86_400_000) };
}

/** The counts with another number of pictures of a type on a day. */
export const withCount = (days: DayCounts, { day, type }: Bucket, count: number): DayCounts => ({
  ...days,
  [day]: { ...days[day], [type]: count },
});

/** A tally of these days. */
export function tallyOf(days: DayCounts): Tally {
  return { days, totals: sumOf(Object.values(days)) };
}

/** All counts together, by type. */
export function sumOf(counts: readonly TypeCounts[]): TypeCounts {
  const sum: TypeCounts = {};
  for (const [type, count] of counts.flatMap((one) => Object.entries(one) as [ImageType, number][])) {
    sum[type] = (sum[type] ?? 0) + count;
  }
  return sum;
}

import { ImageType } from '@facet/contracts';

/** What the database answers: nothing at all for a user without tallies. */
export interface TotalOfUser {
  total: number;
}

/**
 * Adds the tallies of a user up, of one type or of all. In the database: there is a tally for every month of many years, and a list
 * wants one number.
 */
export const totalOfUser = (user_id: string, type?: ImageType) => [
  { $match: { user_id } },
  // $sum, unlike $add, takes a type that is absent for 0
  { $group: { _id: null, total: { $sum: { $sum: (type === undefined ? ImageType.options : [type]).map((one) => `$totals.${one}`) } } } },
];

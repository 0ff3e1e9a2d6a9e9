import { ListFilters, type ListQuery } from '@facet/contracts';

const UNCOUNTED = Object.keys(ListFilters.shape).filter((name): name is Exclude<keyof ListFilters, 'type'> => name !== 'type');

/** Whether a list's total is known: pictures are counted by user and type, and by nothing else. */
export const hasTotal = (query: ListQuery): boolean => UNCOUNTED.every((name) => query[name] === undefined);

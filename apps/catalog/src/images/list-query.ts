import type { ListFilters, ListPosition, ListQuery, SortOrder } from '@facet/contracts';
import { trusted, Types, type Model, type QueryFilter } from 'mongoose';
import { listIndexOf } from './image-indexes';
import { LISTED_PROJECTION, type ListedDocument } from './image-document.mapper';
import type { ImageDocument } from './image.schema';
import { wordsIn } from './prompt-words';

/** Documents of a page and the one after it, which tells that there is more. */
export function listQuery(images: Model<ImageDocument>, query: ListQuery) {
  const { sort = 'newest', page = 1, limit } = query;
  const direction = sort === 'newest' ? -1 : 1;
  return (
    images
      .find(filterOf(query), LISTED_PROJECTION)
      .sort({ created_at: direction, _id: direction })
      .skip((page - 1) * limit)
      .limit(limit + 1)
      // the planner would try several and remember what was best for some other user
      .hint(listIndexOf(query))
      .lean<ListedDocument[]>()
  );
}

function filterOf(query: ListQuery): QueryFilter<ImageDocument> {
  const { user_id, type, root, parent, depth, provider, starred, q, sort = 'newest', after } = query;
  return {
    user_id,
    listed: true,
    ...(type !== undefined && { type }),
    ...(root !== undefined && { root_image_id: new Types.ObjectId(root) }),
    ...(parent !== undefined && { parent_image_id: new Types.ObjectId(parent) }),
    ...(depth !== undefined && { depth }),
    ...(provider !== undefined && { 'generation.provider': provider }),
    ...(starred !== undefined && { starred }),
    ...(q !== undefined && wordsFilter(q)),
    ...timeFilter(query, sort, after),
    ...(after !== undefined && behind(sort, after)),
  };
}

/** All words of the text. The first is looked up in the index: the longest, which is rarely a common one. */
function wordsFilter(q: string): QueryFilter<ImageDocument> {
  const [first, ...others] = wordsIn(q).sort((a, b) => b.length - a.length);
  if (first === undefined) {
    return {};
  }
  return others.length === 0 ? { words: first } : { words: trusted({ $all: [first, ...others] }) };
}

/** The span of time that is asked for, cut off at the last picture that was shown. */
function timeFilter(
  { created_after, created_before }: ListFilters,
  sort: SortOrder,
  after: ListPosition | undefined,
): QueryFilter<ImageDocument> {
  const shown = after === undefined ? undefined : new Date(after.created_at);
  const since = created_after === undefined ? undefined : new Date(created_after);
  const $gte = sort === 'oldest' && shown !== undefined && (since === undefined || shown > since) ? shown : since;
  const until = created_before === undefined ? {} : { $lt: new Date(created_before) };
  const shownLast = sort === 'newest' && shown !== undefined ? { $lte: shown } : {};
  const created_at = { ...($gte !== undefined && { $gte }), ...until, ...shownLast };
  return Object.keys(created_at).length === 0 ? {} : { created_at: trusted(created_at) };
}

/** Of the pictures of the same moment as the last that was shown, those behind it. */
function behind(sort: SortOrder, { created_at, id }: ListPosition): QueryFilter<ImageDocument> {
  const [moment, _id] = [new Date(created_at), new Types.ObjectId(id)];
  return sort === 'newest'
    ? { $or: [{ created_at: trusted({ $lt: moment }) }, { _id: trusted({ $lt: _id }) }] }
    : { $or: [{ created_at: trusted({ $gt: moment }) }, { _id: trusted({ $gt: _id }) }] };
}

import { z } from 'zod';
import {
  ExpiredImages,
  ExpiredQuery,
  ForgetUserRequest,
  ForgetUserResponse,
  ImageQuery,
  PageFacts,
  ShownListQuery,
} from './catalog-queries';
import { ImageId } from './image';
import { ImageCataloged } from './image-cataloged';
import { ImageFailed } from './image-failed';
import { ImageGenerated } from './image-generated';
import { ImageChanged, ImageDeleted, ImageRestored } from './image-keeping';
import { ImagePurged, ImagePurgePlanned, ImagePurging } from './image-purge';
import { ImageRecord } from './image-record';
import { ImageRequested } from './image-requested';
import { ImageStored } from './image-stored';
import { ImageNode } from './image-node';
import { CompareQuery, Comparison, LineageEdge, LineageFacts, LineageQuery, NodesFacts, RelativesQuery } from './lineage-queries';
import { ShownImage } from './shown-image';
import { FetchRequest, FetchResponse, IngestRequest, IngestResponse } from './media-queries';

/** The services that send and take messages. */
export type ServiceName = 'gateway' | 'generation' | 'media' | 'catalog';

interface EventEntry {
  readonly schema: z.ZodType;
  readonly publishedBy: readonly ServiceName[];
  /** the one service whose durable consumer takes it; `null` for a plain announcement */
  readonly consumedBy: ServiceName | null;
  /**
   * `job`: a step of making a picture, of which there is one for each, and whose failure ends the job; `keeping`: what its
   * owner does with a finished one, any number of times
   */
  readonly partOf: 'job' | 'keeping';
  readonly about: string;
}

interface QueryEntry {
  readonly request: z.ZodType;
  readonly response: z.ZodType;
  readonly answeredBy: ServiceName;
  /**
   * members of a list that clients get as the answer has it: the gateway passes its text on unread, and `response` is what it
   * is told beside that. It may be longer than a message, and comes in several responses then, in order; `null` for an answer that is all in `response`
   */
  readonly passes: z.ZodType | null;
  readonly about: string;
}

/** Every event there is. A service that does not handle what it must consume does not start. */
export const events = {
  'image.requested': {
    schema: ImageRequested,
    publishedBy: ['gateway'],
    consumedBy: 'generation',
    partOf: 'job',
    about: 'A client asked for a picture; its uploads are safe and its job exists.',
  },
  'image.generated': {
    schema: ImageGenerated,
    publishedBy: ['generation'],
    consumedBy: 'media',
    partOf: 'job',
    about: 'The picture exists as a blob.',
  },
  'image.stored': {
    schema: ImageStored,
    publishedBy: ['gateway', 'media'],
    consumedBy: 'catalog',
    partOf: 'job',
    about:
      'The picture and its uploads are in the asset store. The catalog is a projection of these events. The gateway publishes one again for the repeat of a job that the catalog gave up.',
  },
  'image.cataloged': {
    schema: ImageCataloged,
    publishedBy: ['catalog'],
    consumedBy: null,
    partOf: 'job',
    about: 'The catalog remembers the picture; it can be listed and regenerated.',
  },
  'image.failed': {
    schema: ImageFailed,
    publishedBy: ['gateway', 'generation', 'media', 'catalog'],
    consumedBy: null,
    partOf: 'job',
    about: 'A stage gave the job up, or the model refused it.',
  },
  'image.changed': {
    schema: ImageChanged,
    publishedBy: ['gateway'],
    consumedBy: 'catalog',
    partOf: 'keeping',
    about: 'Its owner has starred a picture, or given it a title or tags.',
  },
  'image.deleted': {
    schema: ImageDeleted,
    publishedBy: ['gateway'],
    consumedBy: 'catalog',
    partOf: 'keeping',
    about: 'A picture is not to be seen any more. It can be restored.',
  },
  'image.restored': {
    schema: ImageRestored,
    publishedBy: ['gateway'],
    consumedBy: 'catalog',
    partOf: 'keeping',
    about: 'A deleted picture is there again.',
  },
  'image.purging': {
    schema: ImagePurging,
    publishedBy: ['gateway'],
    consumedBy: 'catalog',
    partOf: 'keeping',
    about: 'A picture is to be destroyed for good.',
  },
  'image.purge_planned': {
    schema: ImagePurgePlanned,
    publishedBy: ['catalog'],
    consumedBy: 'media',
    partOf: 'keeping',
    about: 'What of a picture lies in stores, and is to be destroyed.',
  },
  'image.purged': {
    schema: ImagePurged,
    publishedBy: ['media'],
    consumedBy: 'catalog',
    partOf: 'keeping',
    about: 'Nothing of a picture is left in any store; of all its events this one alone stays for good.',
  },
} as const satisfies Record<string, EventEntry>;

/** Every question one service may ask another (core NATS request/reply, queue group = service name). */
export const queries = {
  'catalog.image.get': {
    request: ImageQuery,
    response: ImageRecord,
    answeredBy: 'catalog',
    passes: null,
    about: 'One picture; a deleted one too, for its owner may restore it.',
  },
  'catalog.image.list': {
    request: ShownListQuery,
    response: PageFacts,
    answeredBy: 'catalog',
    passes: ShownImage,
    about: "A page of a user's pictures, by what is asked for.",
  },
  'catalog.image.expired': {
    request: ExpiredQuery,
    response: ExpiredImages,
    answeredBy: 'catalog',
    passes: null,
    about: 'Pictures that were deleted before a moment, and are not being purged; of one user those that are, as well.',
  },
  'catalog.image.original': {
    request: ImageQuery,
    response: ImageRecord,
    answeredBy: 'catalog',
    passes: null,
    about: 'The first picture of the chain.',
  },
  'catalog.image.regenerations': {
    request: RelativesQuery,
    response: NodesFacts,
    answeredBy: 'catalog',
    passes: ImageNode,
    about: 'All descendants, depth-first, siblings oldest first.',
  },
  'catalog.image.ancestors': {
    request: RelativesQuery,
    response: NodesFacts,
    answeredBy: 'catalog',
    passes: ImageNode,
    about: 'The pictures that this one comes from, the first one first.',
  },
  'catalog.image.lineage': {
    request: LineageQuery,
    response: LineageFacts,
    answeredBy: 'catalog',
    passes: z.union([ImageId, ImageNode, LineageEdge]),
    about: 'The tree, or what of it is near a picture, and the path to this picture.',
  },
  'catalog.image.compare': {
    request: CompareQuery,
    response: Comparison,
    answeredBy: 'catalog',
    passes: null,
    about: 'Two pictures of one user beside one another.',
  },
  'catalog.user.forget': {
    request: ForgetUserRequest,
    response: ForgetUserResponse,
    answeredBy: 'catalog',
    passes: null,
    about: 'Forgets a user whose pictures are purged: what the log says of them, then what is counted by user.',
  },
  'media.ingest': {
    request: IngestRequest,
    response: IngestResponse,
    answeredBy: 'media',
    passes: null,
    about: 'Makes an upload safe.',
  },
  'media.fetch': {
    request: FetchRequest,
    response: FetchResponse,
    answeredBy: 'media',
    passes: null,
    about: "A finished picture's bytes as a blob.",
  },
} as const satisfies Record<string, QueryEntry>;

export type EventName = keyof typeof events;

/**
 * The durable consumer by which a service takes one kind of event: that of a job's step has the name of its service, any
 * other also that of the event (no dots: they separate tokens). `null` for a plain announcement.
 */
export function durableOf(name: EventName): string | null {
  const { consumedBy, partOf } = events[name];
  return consumedBy === null || partOf === 'job' ? consumedBy : `${consumedBy}-${name.replaceAll('.', '-')}`;
}

/** The kinds of event that a service must handle. */
export const eventsOf = (service: ServiceName): EventName[] =>
  (Object.keys(events) as EventName[]).filter((name) => events[name].consumedBy === service);

export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]['schema']>;
export type QueryName = keyof typeof queries;
export type QueryRequest<N extends QueryName> = z.infer<(typeof queries)[N]['request']>;
export type QueryResponse<N extends QueryName> = z.infer<(typeof queries)[N]['response']>;

/** Queries whose answers hold a list that is passed on, and those whose answers are read whole. */
export type PassingQueryName = { [N in QueryName]: (typeof queries)[N]['passes'] extends null ? never : N }[QueryName];
export type SingleQueryName = Exclude<QueryName, PassingQueryName>;

/** A member of such a list. */
export type PassedMember<N extends PassingQueryName> = z.infer<(typeof queries)[N]['passes']>;

import type { LogContext } from '@facet/platform';

/** Message headers that carry the ids of the present work from service to service. */
export const LOG_CONTEXT_HEADERS = { request_id: 'x-request-id', image_id: 'x-image-id' } as const satisfies Record<
  keyof LogContext,
  string
>;

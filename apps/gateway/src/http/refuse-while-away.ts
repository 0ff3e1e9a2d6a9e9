import type { NatsPresence } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerWithError } from './error-answer';

/** Routes that are answered out of this process alone. */
const NEEDS_NO_NATS = /^\/(health|metrics|docs)(\/|$)/;

/**
 * Answers at once while NATS is away: the handlers would wait for their time-outs, with an upload in their arms. Nothing
 * of a body is read for the answer; Node throws away what still comes of it, so that a client which sends first and reads
 * afterwards gets to the answer, and its connection can be used again.
 *
 * Of the requests that are under way when NATS goes, those that only read are answered then as well. The others are left
 * to the time-outs of their steps: a short absence does not fail them, and what they have begun may take effect.
 */
export function refuseWhileAway(fastify: FastifyInstance, presence: NatsPresence): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || NEEDS_NO_NATS.test(route)) {
      done();
      return;
    }
    if (!presence.available) {
      refuse(request, reply);
      return;
    }
    if (request.method === 'GET') {
      const forget = presence.onAway(() => refuse(request, reply));
      reply.raw.once('close', forget);
    }
    done();
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply): void {
  // an event stream, or a picture that is being sent, has its answer already
  if (!reply.sent) {
    const message = 'The service is not available at the moment; please try again.';
    answerWithError(new FacetError('unavailable', message, { retryable: true }), request, reply);
  }
}

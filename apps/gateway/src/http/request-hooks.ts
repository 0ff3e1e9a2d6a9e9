import { Logger } from '@nestjs/common';
import { logContext, withLogContext, type LogContext, type Metrics } from '@facet/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const contexts = new WeakMap<FastifyRequest, LogContext>();

/** Gives every line of a request its ids, every answer its request id, and writes one line per request. */
export function addRequestHooks(fastify: FastifyInstance, metrics: Metrics): void {
  const logger = new Logger('http');

  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    withLogContext({ request_id: request.id }, () => {
      contexts.set(request, logContext());
      done();
    });
  });

  // reading a body leaves the asynchronous context of its request
  fastify.addHook('preHandler', (request, _reply, done) => {
    withLogContext(contexts.get(request) ?? {}, () => {
      contexts.set(request, logContext());
      done();
    });
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    metrics.requestSeconds.observe(labels, reply.elapsedTime / 1000);
    if (!route.startsWith('/health') && route !== '/metrics') {
      logger.log({ ...contexts.get(request), msg: 'request', ...labels, duration_ms: Math.round(reply.elapsedTime) });
    }
    done();
  });
}

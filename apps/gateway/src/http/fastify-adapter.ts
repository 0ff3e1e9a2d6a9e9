import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { GatewayConfig } from '../gateway.config';
import { answerUnreadable, answerUnroutable } from './early-errors';

/** Largest JSON or urlencoded body, in bytes. Pictures come as multipart, with limits of their own. */
const BODY_LIMIT = 128 * 1024;

/** Time for a whole request to arrive, in ms: 20 MB over a slow line, and no longer, so that nobody holds a connection for ever. */
const REQUEST_TIMEOUT_MS = 300_000;

/** A client may name its request, so that its log and ours can be laid side by side. */
const CLIENT_REQUEST_ID = /^[\w-]{1,64}$/;

/** The HTTP server: trailing slashes are optional everywhere, every request has an id. */
export const createAdapter = (config: Pick<GatewayConfig, 'TRUST_PROXY'>): FastifyAdapter =>
  new FastifyAdapter({
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: config.TRUST_PROXY,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // an answer that is being waited for is finished; idle connections need not hold up a stop
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && CLIENT_REQUEST_ID.test(given) ? given : randomUUID();
    },
  });

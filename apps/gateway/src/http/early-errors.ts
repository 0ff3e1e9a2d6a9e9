import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FacetError } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerWithError, errorBody } from './error-answer';
import { JSON_TYPE } from './json-answer';

// errors of requests that come to no route, and so neither to hooks nor to the filter, in the shape of all others

/** An address that cannot be decoded, or with a longer part than any route takes. */
export function answerUnroutable(cause: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-request-id', request.id);
  answerWithError(new FacetError('invalid_request', 'The address could not be read.', { cause }), request, reply);
}

/** What Node's parser says of a request that it gives up, by its code; of any other it is 400. */
const UNREADABLE: Record<string, { status: number; message: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time.' },
  HPE_HEADER_OVERFLOW: { status: 431, message: 'The headers are too long.' },
};

/** What is no HTTP, or ends before it is whole: there is no request and no answer, only a connection, which ends with this. */
export function answerUnreadable(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (cause.code === 'ECONNRESET' || socket.destroyed) {
    return;
  }
  if (socket.writable) {
    const { status, message } = UNREADABLE[cause.code ?? ''] ?? { status: 400, message: 'The request could not be read.' };
    const id = randomUUID();
    const body = JSON.stringify(errorBody(new FacetError('invalid_request', message, { retryable: status === 408, cause }), id));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `X-Request-Id: ${id}`,
      `Content-Type: ${JSON_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(cause);
}

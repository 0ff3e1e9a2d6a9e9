import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { FacetError } from '@facet/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerWithError } from './error-answer';
import { ERROR_STATUS } from './error-status';
import { errorOfHttpStatus } from './http-exceptions';

/** Every error that leaves the gateway has this one shape; what nobody expected is told to the log only. */
@Catch()
export class FacetErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (exception instanceof HttpException && isHealthReport(exception)) {
      void reply.status(exception.getStatus()).send(exception.getResponse());
      return;
    }
    const error = asFacetError(exception);
    const status = ERROR_STATUS[error.code];
    if (status >= 500) {
      this.logger.error({ msg: 'request failed', code: error.code, err: error.cause ?? error });
    }
    if (reply.sent || reply.raw.headersSent) {
      return;
    }
    answerWithError(error, request, reply);
  }
}

/** Terminus reports through an exception whose body is the report. */
const isHealthReport = (exception: HttpException): boolean => {
  const body = exception.getResponse();
  return typeof body === 'object' && 'status' in body && 'details' in body;
};

function asFacetError(exception: unknown): FacetError {
  if (exception instanceof FacetError) {
    return exception;
  }
  const status = statusOf(exception);
  return status === undefined || status >= 500 ? FacetError.from(exception) : errorOfHttpStatus(status, exception);
}

/** Nest's exceptions, and those that Fastify throws before Nest is asked (bad JSON, too large a body). */
function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) {
    return exception.getStatus();
  }
  return exception instanceof Error && 'statusCode' in exception ? Number(exception.statusCode) : undefined;
}

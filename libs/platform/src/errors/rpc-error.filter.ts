import { Catch, Logger, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { FacetError } from './facet-error';

/**
 * Hands a message handler's error on as a FacetError: to the JetStream strategy, which settles the message by it, or
 * as JSON to the service that asked. Nest's own filter would turn it into the text "Internal server error".
 */
@Catch()
export class RpcErrorFilter implements RpcExceptionFilter {
  private readonly logger = new Logger(RpcErrorFilter.name);

  catch(exception: unknown): Observable<never> {
    const error = FacetError.from(exception);
    if (error.code === 'internal') {
      this.logger.error({ msg: 'unexpected error in a message handler', err: error.cause });
    }
    return throwError(() => error);
  }
}

import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NatsPresence } from '@facet/messaging';
import { FacetError, Metrics } from '@facet/platform';
import type { GatewayConfig } from '../gateway.config';
import { serveOpenApi } from '../openapi/openapi';
import { MAX_FIELDS, MAX_FILES, MAX_PARTS } from '../uploads/upload-limits';
import { FacetErrorFilter } from './facet-error.filter';
import { Farewell } from './farewell';
import { invalidRequest } from './invalid-request';
import { refuseWhileAway } from './refuse-while-away';
import { addRequestHooks } from './request-hooks';

/** Longest text field of a form, in bytes; the fields' own limits are tighter and say which field it is. */
const MAX_FIELD_BYTES = 64 * 1024;

/** Everything that the HTTP side needs beside its controllers. */
export async function prepareHttp(app: NestFastifyApplication, config: Pick<GatewayConfig, 'UPLOAD_MAX_BYTES'>): Promise<void> {
  app.useGlobalFilters(new FacetErrorFilter());
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: (issues): FacetError => invalidRequest(issues) }));
  const fastify = app.getHttpAdapter().getInstance();
  addRequestHooks(fastify, app.get(Metrics));
  // the API answers with JSON and pictures: pages bring a policy of their own; whether HTTPS is a must is the proxy's to say
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  await app.register(multipart, {
    limits: {
      fileSize: config.UPLOAD_MAX_BYTES,
      files: MAX_FILES,
      fields: MAX_FIELDS,
      parts: MAX_PARTS,
      fieldSize: MAX_FIELD_BYTES,
      fieldNameSize: 100,
      headerPairs: 100,
    },
  });
  app.get(Farewell).attach(fastify);
  // after the others: a refused request has its id, and its answer their headers
  refuseWhileAway(fastify, app.get(NatsPresence));
  serveOpenApi(app);
}

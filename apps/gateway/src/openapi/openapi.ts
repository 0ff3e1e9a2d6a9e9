import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI document of the REST API, out of the controllers' decorators. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Facet')
    .setDescription(
      'Jewellery pictures from an image model, and the memory of how each came to be. A trailing slash is optional everywhere. ' +
        'Every error has the shape `{success: false, error, code, retryable, request_id}`.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, description, { operationIdFactory: (_controller, method) => method });
}

/** Serves the document at `/docs/openapi.json` and a page to read it at `/docs`. Made at the first request for it. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'docs/openapi.json', customSiteTitle: 'Facet API' });
}

import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { ApiErrors, openApiSchema } from './api-image-form';

/** What a route about one picture takes and gives, for the documentation. */
interface ImageRoute {
  path: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** default: any object */
  answer?: z.ZodObject;
  /** what a 202 says, where there is one */
  accepted?: string;
  /** beside those that every such route may answer with */
  errors?: readonly number[];
  /** a repeat with the same `Idempotency-Key` changes nothing more */
  keyed?: boolean;
}

type Properties = Record<string, Record<string, unknown>>;

const propertiesOf = (schema: z.ZodObject): Properties => (openApiSchema(schema) as { properties?: Properties }).properties ?? {};

/** Documents a request about a finished picture, or about all of a user's data. */
export const ApiImageRoute = (summary: string, { path, query, body, answer, accepted, errors = [], keyed = false }: ImageRoute) =>
  applyDecorators(
    ApiOperation({ summary }),
    ...Object.entries(propertiesOf(path)).map(([name, schema]) => ApiParam({ name, schema })),
    ...Object.entries(query ? propertiesOf(query) : {}).map(([name, schema]) => ApiQuery({ name, required: false, schema })),
    ...(body ? [ApiBody({ schema: openApiSchema(body) })] : []),
    ...(keyed
      ? [ApiHeader({ name: 'Idempotency-Key', required: false, description: 'A repeat with the same key changes nothing more.' })]
      : []),
    ApiResponse({ status: 200, description: 'Done.', schema: answer ? openApiSchema(answer) : { type: 'object' } }),
    ...(accepted ? [ApiResponse({ status: 202, description: accepted, schema: { type: 'object' } })] : []),
    ApiErrors([400, 401, 403, 404, ...errors, 503]),
  );

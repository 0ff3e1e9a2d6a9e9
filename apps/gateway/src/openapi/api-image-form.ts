import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import type { FileField, ImageForm } from '../images/image-form';

type Schema = Record<string, unknown>;

/** A zod schema as OpenAPI 3.0 has it: what a client may send. */
export const openApiSchema = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });

const ERROR = openApiSchema(
  z.object({ success: z.literal(false), error: z.string(), code: z.string(), retryable: z.boolean(), request_id: z.string() }),
);

const ERRORS: Record<number, string> = {
  400: 'A field is missing or wrong; the error names it.',
  401: 'No valid access token.',
  403: 'The picture belongs to somebody else.',
  404: 'There is no such picture.',
  409: 'The picture is deleted or still being made, or the account is being deleted.',
  410: 'The picture is gone for good.',
  413: 'A file is too large.',
  415: 'A file is not a whole JPEG, PNG or WebP picture.',
  422: "Refused by the model's safety rules, or an idempotency key used for another request.",
  429: 'Too many pictures in the making, or too many of this day; see Retry-After.',
  502: 'The model or the store failed.',
  503: 'Not available at the moment; see Retry-After.',
};

/** Documents the errors of a route by their statuses. */
export const ApiErrors = (statuses: readonly number[]) =>
  applyDecorators(...statuses.map((status) => ApiResponse({ status, description: ERRORS[status] ?? '', schema: ERROR })));

const jobRequest = (summary: string, errors: readonly number[]) =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'A repeat with the same key is the same job.' }),
    ApiHeader({ name: 'Prefer', required: false, description: '`respond-async` answers at once with a job to follow.' }),
    ApiResponse({ status: 200, description: 'The picture is there.' }),
    ApiResponse({ status: 202, description: 'The picture is being made: `Location` names the job.' }),
    ApiErrors(errors),
  );

/** Documents a request that makes a first picture from a form with files. */
export const ApiImageForm = (summary: string, form: ImageForm) =>
  applyDecorators(
    jobRequest(summary, [400, 401, 409, 413, 415, 422, 429, 502, 503]),
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: withFiles(openApiSchema(form.schema), form.files) }),
  );

/** Documents a request that makes a picture from text fields alone. */
export const ApiForm = (summary: string, schema: z.ZodObject) =>
  applyDecorators(
    jobRequest(summary, [400, 401, 403, 404, 409, 410, 413, 422, 429, 502, 503]),
    ApiConsumes('multipart/form-data', 'application/json', 'application/x-www-form-urlencoded'),
    ApiBody({ schema: openApiSchema(schema) }),
  );

/** Documents a request by its query parameters. */
export const ApiQueryOf = (summary: string, schema: z.ZodObject) => {
  const { properties = {} } = openApiSchema(schema) as { properties?: Record<string, Schema> };
  return applyDecorators(
    ApiOperation({ summary }),
    ...Object.entries(properties).map(([name, property]) => ApiQuery({ name, required: false, schema: property })),
    ApiResponse({ status: 200, description: 'Done.', schema: { type: 'object' } }),
    ApiErrors([400, 401, 503]),
  );
};

function withFiles(schema: Schema, files: readonly FileField[]): Schema {
  const { properties, required, ...rest } = schema as { properties?: Schema; required?: string[] };
  const file = { type: 'string', format: 'binary' };
  const fileProperties = files.map(({ field, max }) => [field, max > 1 ? { type: 'array', items: file, maxItems: max } : file] as const);
  const needed = files.filter(({ min }) => min > 0).map(({ field }) => field);
  return { ...rest, properties: { ...Object.fromEntries(fileProperties), ...properties }, required: [...needed, ...(required ?? [])] };
}

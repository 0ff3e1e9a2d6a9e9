import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadConfig } from '@facet/platform';
import { gatewayConfigSchema } from '../gateway.config';
import { GatewayModule } from '../gateway.module';
import { openApiDocument } from './openapi';

describe('the OpenAPI document', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    const config = loadConfig(gatewayConfigSchema, { JWT_SECRET: 'a secret that only this test knows' });
    document = openApiDocument(
      await NestFactory.create(GatewayModule.forRoot(config), new FastifyAdapter(), { preview: true, logger: false }),
    );
  });

  const operation = (method: 'get' | 'post' | 'patch' | 'delete', path: string) => document.paths[path]?.[method];
  const statuses = (method: 'get' | 'post' | 'patch' | 'delete', path: string): number[] =>
    Object.keys(operation(method, path)?.responses ?? {}).map(Number);

  it.each<['get' | 'post' | 'patch' | 'delete', string, number[]]>([
    ['get', '/imgbackendapp/user-images', [200, 400, 401]],
    ['patch', '/imgbackendapp/images/{id}', [200, 202, 400, 401, 403, 404, 409, 410]],
    ['delete', '/imgbackendapp/images/{id}', [200, 202, 400, 401, 403, 404]],
    ['post', '/imgbackendapp/images/{id}/restore', [200, 202, 400, 401, 403, 404, 410]],
    ['post', '/imgbackendapp', [200, 202, 400, 401, 409, 413, 415, 422, 429]],
    ['post', '/imgbackendapp/generate-model', [200, 202, 400, 401, 409, 413, 415, 422, 429]],
    ['post', '/imgbackendapp/regenerate', [200, 202, 400, 401, 403, 404, 409, 410, 422, 429]],
    ['post', '/auth/register', [201, 400, 409, 429]],
    ['post', '/auth/login', [200, 400, 401, 429]],
    ['post', '/auth/refresh', [200, 400, 401, 429]],
    ['post', '/auth/logout', [200, 400]],
    ['get', '/jobs/{id}', [200, 400, 401, 403, 404]],
    ['get', '/jobs/{id}/events', [200, 400, 401, 403, 404]],
  ])('tells what %s %s may answer', (method, path, expected) => {
    expect(statuses(method, path)).toEqual(expect.arrayContaining(expected));
  });

  it('tells of every route how it answers when all is well', () => {
    const silent = Object.entries(document.paths).flatMap(([path, methods]) =>
      (Object.keys(methods) as 'get'[])
        .filter((method) => !statuses(method, path).some((status) => status < 300))
        .map((m) => `${m} ${path}`),
    );
    expect(silent).toEqual([]);
  });

  it('tells that steps of a job are a stream, and errors are not', () => {
    expect(operation('get', '/jobs/{id}/events')?.responses).toMatchObject({
      200: { content: { 'text/event-stream': {} } },
      404: { content: { 'application/json': {} } },
    });
  });
});

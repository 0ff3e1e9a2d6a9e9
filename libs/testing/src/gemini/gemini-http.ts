import { type IncomingMessage, type ServerResponse } from 'node:http';
import { invalidArgument } from './google-api-error';

/**
 * The limit of requests with inline data, base64 included, that https://ai.google.dev/gemini-api/docs/image-understanding
 * gave for years. Since January 2026 the API takes 100 MB
 * (https://blog.google/innovation-and-ai/technology/developers-tools/gemini-api-new-file-limits), "with varying limits":
 * what keeps to the old one passes everywhere.
 */
export const MAX_REQUEST_BYTES = 20 * 1024 * 1024;

type Route = { kind: 'generate' | 'model'; model: string; key?: string } | { kind: 'unknown' };

const GENERATE = /^\/v1beta\/models\/([^/:]+):generateContent$/;
const MODEL = /^\/v1beta\/models\/([^/:]+)$/;

/** The key comes in a header or in the address: https://ai.google.dev/gemini-api/docs/api-key */
export function routeOf({ method, url = '/', headers }: IncomingMessage): Route {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const header = headers['x-goog-api-key'];
  const key = (typeof header === 'string' ? header : undefined) ?? searchParams.get('key') ?? undefined;
  const generate = GENERATE.exec(pathname)?.[1];
  if (method === 'POST' && generate) {
    return { kind: 'generate', model: decodeURIComponent(generate), key };
  }
  const model = MODEL.exec(pathname)?.[1];
  if (method === 'GET' && model) {
    return { kind: 'model', model: decodeURIComponent(model), key };
  }
  return { kind: 'unknown' };
}

/**
 * Reads all of the body, so that the client is listening when it is answered, and keeps no more than the limit.
 *
 * @returns a function that gives the text
 * @throws GoogleApiError 400, when called, if the body is too large
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<() => string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= limit) {
      chunks.push(chunk);
    }
  }
  return () => {
    if (size > limit) {
      throw invalidArgument(`Request payload size exceeds the limit: ${limit} bytes.`);
    }
    return Buffer.concat(chunks).toString('utf8');
  };
}

/** https://ai.google.dev/api/models#Model */
export const describeModel = (model: string): Readonly<Record<string, unknown>> => ({
  name: `models/${model}`,
  version: '001',
  displayName: model,
  description: 'An image model',
  inputTokenLimit: 65_536,
  outputTokenLimit: 32_768,
  supportedGenerationMethods: ['generateContent', 'countTokens', 'batchGenerateContent'],
  temperature: 1,
  topP: 0.95,
  topK: 64,
  maxTemperature: 2,
});

/** An address outside the API reaches Google's front end, which answers with a page and no JSON. */
export function sendNotFoundPage(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response
    .writeHead(404, { 'content-type': 'text/html; charset=UTF-8' })
    .end(`<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server.`);
}

/** What the double itself could not do. */
export function sendFault(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(500, { 'content-type': 'text/plain' }).end(`The double failed: ${String(error)}`);
  }
}

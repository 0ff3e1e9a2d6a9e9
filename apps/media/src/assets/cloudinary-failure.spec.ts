import { inspect } from 'node:util';
import { cloudinaryFailure } from './cloudinary-failure';

const NOW = Date.parse('2026-11-23T10:15:00Z');
const SECRETS = ['s3cr3t', '123456789'];
const failureOf = (thrown: unknown) => cloudinaryFailure(thrown, SECRETS, NOW);
const upload = (http_code: number, message = 'words') => ({ message, name: 'Error', http_code });

describe('cloudinaryFailure', () => {
  it.each([401, 403, 404, 302])('takes %i for a misconfigured account', (status) => {
    const error = failureOf(upload(status));
    expect(error).toMatchObject({ code: 'storage_failed', retryable: false, details: { variable: 'CLOUDINARY_URL', status } });
    expect(error.message).toContain('CLOUDINARY_URL');
  });

  it('takes an unknown cloud for a misconfigured account, whatever its status', () => {
    expect(failureOf(upload(400, 'Invalid cloud_name x')).details).toMatchObject({ variable: 'CLOUDINARY_URL' });
  });

  it.each([400, 409, 413, 422])('does not try again what got %i', (status) => {
    const error = failureOf(upload(status));
    expect(error).toMatchObject({ code: 'storage_failed', retryable: false, details: { status, reason: 'words' } });
    expect(error.details).not.toHaveProperty('variable');
  });

  it.each([200, 408, 420, 429, 499, 500, 502, 503, 504])('tries again what got %i', (status) => {
    expect(failureOf(upload(status))).toMatchObject({ code: 'storage_failed', retryable: true, details: { status } });
  });

  it.each([
    ['an error of Node', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'ECONNRESET socket hang up'],
    ['one inside the SDK’s', { error: new Error('read ECONNRESET') }, 'read ECONNRESET'],
    ['nothing', undefined, 'no whole answer'],
    ['an error as the message', { message: new Error('aborted'), http_code: 200 }, 'no whole answer'],
  ])('tries again after %s', (_name, thrown, reason) => {
    expect(failureOf(thrown)).toMatchObject({ retryable: true, details: { reason } });
  });

  it('honours the end of a rate limit, which Cloudinary tells in words', () => {
    const words = 'Rate Limit Exceeded. Limit of 500 api operations reached. Try again on 2026-11-23 11:00:00 UTC';
    expect(failureOf(upload(420, words)).details).toMatchObject({ retry_after_ms: 45 * 60_000 });
    expect(failureOf(upload(420)).details).not.toHaveProperty('retry_after_ms');
    expect(failureOf(upload(420, words.replace('2026', '2025'))).details).toMatchObject({ retry_after_ms: 0 });
  });

  it('keeps secrets, requests and the users’ folders out of every part of the error', () => {
    const request_options = { auth: 'key:s3cr3t', headers: {} };
    const thrown = [
      { error: { message: 'Invalid credentials', http_code: 401 }, request_options, query_params: '' },
      { message: 'unexpected status', http_code: 503, request_options },
      upload(401, "Invalid Signature 0a1b. String to sign - 'asset_folder=facet/anna&timestamp=1'."),
      upload(401, 'Unknown API key 123456789'),
      Object.assign(new Error('connect cloudinary://123456789:s3cr3t@cloud'), { request_options }),
    ];
    for (const error of thrown.map(failureOf)) {
      const seen = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
      for (const secret of [...SECRETS, 'anna']) {
        expect(seen).not.toContain(secret);
      }
    }
    expect(failureOf(thrown[3]).details['reason']).toBe('Unknown API key ***');
  });
});

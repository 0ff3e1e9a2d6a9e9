import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { loadConfig } from '@facet/platform';
import { z } from 'zod';
import { AuthConfig, authConfigShape } from '../auth.config';
import { createTokenVerifier } from './create-token-verifier';
import type { TokenVerifier } from './token-verifier';

const JWT_SECRET = 'a secret that only this test knows';
const JWT_ISSUER = 'https://id.example.com/';
const JWT_AUDIENCE = 'facet';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;

const good: JWTPayload = { sub: 'user-1', email: 'ada@example.com', iss: JWT_ISSUER, aud: JWT_AUDIENCE };
const notValid = { code: 'unauthenticated', message: 'The token is not valid.' };
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const base64 = (text: string): string => Buffer.from(text).toString('base64url');

const verifierOf = (environment: Record<string, string>): TokenVerifier =>
  createTokenVerifier(AuthConfig.of(loadConfig(z.object(authConfigShape), { JWT_ISSUER, JWT_AUDIENCE, ...environment })));

const sign = (payload: JWTPayload, alg: string, key: CryptoKey | Uint8Array, kid?: string): Promise<string> =>
  new SignJWT({ exp: inSeconds(60), ...payload }).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(key);
const signWithSecret = (payload: JWTPayload, alg = 'HS256', secret = JWT_SECRET): Promise<string> =>
  sign(payload, alg, new TextEncoder().encode(secret));

describe('token verification', () => {
  const keys = new Map<string, { privateKey: CryptoKey; publicKey: CryptoKey }>();
  const published: JWK[] = [];
  let keyServer: Server;
  let JWKS_URI: string;

  beforeAll(async () => {
    for (const alg of ALGORITHMS) {
      const pair = await generateKeyPair(alg, { extractable: true });
      keys.set(alg, pair);
      published.push({ ...(await exportJWK(pair.publicKey)), alg, kid: alg, use: 'sig' });
    }
    keyServer = createServer((_request, response) => response.end(JSON.stringify({ keys: published }))).listen(0, '127.0.0.1');
    await once(keyServer, 'listening');
    JWKS_URI = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;
  });

  afterAll(async () => {
    keyServer.closeAllConnections();
    keyServer.close();
    await once(keyServer, 'close');
  });

  const pairOf = (alg: string): { privateKey: CryptoKey; publicKey: CryptoKey } => {
    const pair = keys.get(alg);
    if (!pair) {
      throw new Error(`no keys for ${alg}`);
    }
    return pair;
  };

  describe('by a shared secret', () => {
    const verifier = verifierOf({ JWT_SECRET });

    it('tells whose token it is', async () => {
      expect(await verifier.verify(await signWithSecret(good))).toEqual({ id: 'user-1', email: 'ada@example.com' });
    });

    it('says of an expired token that it has expired, allowing for clocks that differ by less than 5 s', async () => {
      await expect(verifier.verify(await signWithSecret({ ...good, exp: inSeconds(-10) }))).rejects.toMatchObject({
        code: 'unauthenticated',
        message: 'The token has expired.',
      });
      expect(await verifier.verify(await signWithSecret({ ...good, exp: inSeconds(-2) }))).toMatchObject({ id: 'user-1' });
    });

    it.each([
      ['that never expires', { ...good, exp: undefined }],
      ['that is not valid yet', { ...good, nbf: inSeconds(60) }],
      ['of another issuer', { ...good, iss: 'https://evil.example.com/' }],
      ['of no issuer', { ...good, iss: undefined }],
      ['for another audience', { ...good, aud: 'another application' }],
      ['for no audience', { ...good, aud: undefined }],
      ['of nobody', { ...good, sub: undefined }],
    ])('refuses a token %s', async (_what, payload) => {
      await expect(verifier.verify(await signWithSecret(payload))).rejects.toMatchObject(notValid);
    });

    it('refuses a refresh token', async () => {
      await expect(verifier.verify(await signWithSecret({ ...good, token_type: 'refresh' }))).rejects.toMatchObject({
        code: 'unauthenticated',
        message: 'The token is not an access token.',
      });
    });

    it('refuses another secret, another algorithm and a changed payload', async () => {
      const token = await signWithSecret(good);
      const [header, , signature] = token.split('.');
      const changed = base64(JSON.stringify({ ...good, sub: 'user-2', exp: inSeconds(60) }));

      await expect(verifier.verify(await signWithSecret(good, 'HS256', 'x'.repeat(32)))).rejects.toMatchObject(notValid);
      await expect(verifier.verify(await signWithSecret(good, 'HS512', 'x'.repeat(64)))).rejects.toMatchObject(notValid);
      await expect(verifier.verify([header, changed, signature].join('.'))).rejects.toMatchObject(notValid);
    });
  });

  describe.each([
    ['a key set', () => verifierOf({ JWKS_URI })],
    ['both a key set and a secret', () => verifierOf({ JWKS_URI, JWT_SECRET })],
  ])('by %s', (_what, create) => {
    let verifier: TokenVerifier;
    beforeAll(() => {
      verifier = create();
    });

    it.each(ALGORITHMS)('tells whose %s token it is', async (alg) => {
      const { privateKey } = pairOf(alg);

      expect(await verifier.verify(await sign(good, alg, privateKey, alg))).toEqual({ id: 'user-1', email: 'ada@example.com' });
      expect(await verifier.verify(await sign(good, alg, privateKey))).toMatchObject({ id: 'user-1' });
      await expect(verifier.verify(await sign({ ...good, aud: 'x' }, alg, privateKey, alg))).rejects.toMatchObject(notValid);
    });

    it.each(['none', 'None', 'HS256', 'HS384'])('refuses a token that nobody signed and that names the algorithm %s', async (alg) => {
      const unsigned = `${base64(JSON.stringify({ alg, kid: 'RS256' }))}.${base64(JSON.stringify({ ...good, exp: inSeconds(60) }))}`;

      await expect(verifier.verify(`${unsigned}.`)).rejects.toMatchObject(notValid);
    });

    it('refuses an HS256 token that was signed with a public key as its secret', async () => {
      const publicKey = await exportSPKI(pairOf('RS256').publicKey);
      const body = `${base64(JSON.stringify({ alg: 'HS256', kid: 'RS256' }))}.${base64(JSON.stringify({ ...good, exp: inSeconds(60) }))}`;
      const signature = createHmac('sha256', publicKey).update(body).digest('base64url');

      await expect(verifier.verify(`${body}.${signature}`)).rejects.toMatchObject(notValid);
    });

    it("refuses a stranger's key, by whatever name, also one that comes in the token", async () => {
      const stranger = await generateKeyPair('RS256', { extractable: true });
      const jwk = await exportJWK(stranger.publicKey);
      const withOwnKey = new SignJWT({ ...good, exp: inSeconds(60) }).setProtectedHeader({ alg: 'RS256', jwk }).sign(stranger.privateKey);

      await expect(verifier.verify(await sign(good, 'RS256', stranger.privateKey, 'RS256'))).rejects.toMatchObject(notValid);
      await expect(verifier.verify(await sign(good, 'RS256', stranger.privateKey, 'unknown'))).rejects.toMatchObject(notValid);
      await expect(verifier.verify(await withOwnKey)).rejects.toMatchObject(notValid);
    });

    it.each(['', 'x', 'a.b.c', '..', 'e30.e30.'])('refuses %j', async (text) => {
      await expect(verifier.verify(text)).rejects.toMatchObject(notValid);
    });
  });

  it('takes tokens of the secret where both are configured, and none of them where the secret is not', async () => {
    const token = await signWithSecret(good);

    expect(await verifierOf({ JWKS_URI, JWT_SECRET }).verify(token)).toMatchObject({ id: 'user-1' });
    await expect(verifierOf({ JWKS_URI }).verify(token)).rejects.toMatchObject(notValid);
  });

  it("does not blame the token when the provider's keys cannot be had", async () => {
    const broken = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await once(broken, 'listening');
    const uri = `http://127.0.0.1:${(broken.address() as AddressInfo).port}/keys`;
    const token = await sign(good, 'ES256', pairOf('ES256').privateKey, 'ES256');
    const unavailable = { code: 'unavailable', retryable: true };

    await expect(verifierOf({ JWKS_URI: uri }).verify(token)).rejects.toMatchObject(unavailable);
    broken.closeAllConnections();
    broken.close();
    await once(broken, 'close');
    await expect(verifierOf({ JWKS_URI: uri }).verify(token)).rejects.toMatchObject(unavailable);
  });
});

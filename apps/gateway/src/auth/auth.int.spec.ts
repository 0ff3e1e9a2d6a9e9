import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Global, Module, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { NATS_CONNECTION } from '@facet/messaging';
import { loadConfig } from '@facet/platform';
import { startNats, type RunningNats } from '@facet/testing';
import { Kvm, type KV } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { createAdapter } from '../http/fastify-adapter';
import { FacetErrorFilter } from '../http/facet-error.filter';
import { invalidRequest } from '../http/invalid-request';
import { ACCOUNTS_KV } from './accounts.store';
import { AuthConfig, authConfigShape } from './auth.config';
import { AuthModule } from './auth.module';
import { JwtAuthGuard } from './jwt-auth.guard';
import { parseRefreshToken } from './refresh-token';
import { SESSIONS_KV } from './sessions.store';

const JWT_SECRET = 'a secret that only this test knows';
const password = 'correct horse battery staple';

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: { access_token: string; refresh_token: string; user: { id: string; email: string } } & Record<string, unknown>;
}

let nats: RunningNats;
let connection: NatsConnection;
let accounts: KV;
let sessions: KV;

/** What the gateway gives to the login. */
@Global()
@Module({})
class SettingsModule {
  static of(environment: Record<string, string>): DynamicModule {
    const config = AuthConfig.of(loadConfig(z.object(authConfigShape), environment));
    const providers = [
      { provide: AuthConfig, useValue: config },
      { provide: ACCOUNTS_KV, useValue: accounts },
      { provide: SESSIONS_KV, useValue: sessions },
      { provide: NATS_CONNECTION, useValue: connection },
    ];
    return { module: SettingsModule, providers, exports: [AuthConfig, ACCOUNTS_KV, SESSIONS_KV, NATS_CONNECTION] };
  }
}

/** Passport knows one strategy of a name in a process: only the application that was started last verifies tokens. */
async function startApp(environment: Record<string, string>): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    imports: [SettingsModule.of(environment), AuthModule],
    providers: [{ provide: APP_GUARD, useClass: JwtAuthGuard }],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter({ TRUST_PROXY: false }), { logger: false });
  app.useGlobalFilters(new FacetErrorFilter());
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalidRequest(issues) }));
  await app.listen(0, '127.0.0.1');
  return app;
}

const clientOf = (app: NestFastifyApplication) => {
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${await app.getUrl()}/auth/${path}`, init);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: (await response.json()) as Answer['body'] };
  };
  return {
    post: (path: string, body: unknown) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    postNothing: (path: string) => ask(path, { method: 'POST' }),
    me: (authorization?: string) => ask('me', { headers: authorization === undefined ? {} : { authorization } }),
  };
};

beforeAll(async () => {
  nats = await startNats();
  connection = await connect({ servers: nats.url });
  accounts = await new Kvm(connection).create('accounts');
  sessions = await new Kvm(connection).create('sessions');
}, 120_000);

afterAll(async () => {
  await connection.close();
  await nats.stop();
});

describe('the built-in login', () => {
  let app: NestFastifyApplication;
  let client: ReturnType<typeof clientOf>;

  beforeAll(async () => {
    app = await startApp({ JWT_SECRET, JWT_ISSUER: 'facet', JWT_AUDIENCE: 'facet', AUTH_MAX_PER_MINUTE: '1000' });
    client = clientOf(app);
  });

  afterAll(() => app.close());

  it('registers, logs in and tells who one is', async () => {
    const registered = await client.post('register', { email: ' Ada@Example.com', password, role: 'admin' });
    const loggedIn = await client.post('login', { email: 'ada@example.com', password });

    expect(registered.status).toBe(201);
    expect(registered.headers['cache-control']).toBe('no-store');
    expect(loggedIn.status).toBe(200);
    for (const { body } of [registered, loggedIn]) {
      expect(body).toEqual({
        success: true,
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        refresh_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3_600,
        user: { id: registered.body.user.id, email: 'ada@example.com' },
      });
      expect(await client.me(`Bearer ${body.access_token}`)).toMatchObject({ status: 200, body: { success: true, user: body.user } });
    }
  });

  it('stores neither passwords nor secrets of refresh tokens', async () => {
    const { body } = await client.post('register', { email: 'grace@example.com', password });
    const token = parseRefreshToken(body.refresh_token);
    const stored = [];
    for (const bucket of [accounts, sessions]) {
      for await (const key of await bucket.keys()) {
        stored.push(key, (await bucket.get(key))?.string());
      }
    }

    expect(stored.join()).toContain(token?.family);
    expect(stored.join()).not.toContain(token?.secret);
    expect(stored.join()).not.toContain(password);
    expect(stored.join()).toContain('$argon2id$');
  });

  it('has one account per address, also when many want it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.post('register', { email: 'many@example.com', password })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    expect(await client.post('register', { email: 'MANY@example.com', password })).toMatchObject({
      status: 409,
      body: { success: false, code: 'email_taken' },
    });
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    await client.post('register', { email: 'mary@example.com', password });
    const wrong = await client.post('login', { email: 'mary@example.com', password: 'not the password' });
    const unknown = await client.post('login', { email: 'nobody@example.com', password });

    for (const { status, body } of [wrong, unknown]) {
      expect({ status, code: body['code'], error: body['error'] }).toEqual({
        status: 401,
        code: 'unauthenticated',
        error: 'E-mail or password is wrong.',
      });
    }
  });

  it('names the field that is wrong', async () => {
    const answers = await Promise.all([
      client.post('register', { email: 'nobody', password }),
      client.post('register', { email: 'a@example.com', password: 'short' }),
      client.post('login', { email: 'a@example.com' }),
      client.post('refresh', {}),
      client.post('logout', { refresh_token: 7 }),
      client.postNothing('login'),
    ]);

    expect(answers.map(({ status, body }) => `${status} ${String(body['error'])}`)).toEqual([
      '400 email: must be an e-mail address',
      '400 password: must have 8 to 128 characters',
      '400 password: must be given, as text',
      '400 refresh_token: must be given, as text',
      '400 refresh_token: must be given, as text',
      expect.stringMatching(/^400 /),
    ]);
  });

  it('rotates refresh tokens, and ends the login when one is used twice', async () => {
    const first = (await client.post('register', { email: 'rosa@example.com', password })).body;
    const second = await client.post('refresh', { refresh_token: first.refresh_token });
    const third = await client.post('refresh', { refresh_token: second.body.refresh_token });

    expect([second.status, third.status]).toEqual([200, 200]);
    expect(third.body.user).toEqual(first.user);
    expect((await client.me(`Bearer ${third.body.access_token}`)).status).toBe(200);
    expect((await client.post('refresh', { refresh_token: first.refresh_token })).status).toBe(401);
    expect((await client.post('refresh', { refresh_token: third.body.refresh_token })).status).toBe(401);
  });

  it('never gives two successors to one refresh token', async () => {
    const { body } = await client.post('register', { email: 'race@example.com', password });
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.post('refresh', { refresh_token: body.refresh_token })));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it('ends a login that nobody refreshed for too long', async () => {
    const { body } = await client.post('register', { email: 'late@example.com', password });
    const family = parseRefreshToken(body.refresh_token)?.family ?? '';
    const session = (await sessions.get(family))?.json<object>();
    await sessions.put(family, JSON.stringify({ ...session, expires_at: new Date(Date.now() - 1).toISOString() }));

    expect((await client.post('refresh', { refresh_token: body.refresh_token })).status).toBe(401);
  });

  it('logs out, as often as one likes, and one login only', async () => {
    const here = (await client.post('register', { email: 'vera@example.com', password })).body;
    const there = (await client.post('login', { email: 'vera@example.com', password })).body;
    const rotated = (await client.post('refresh', { refresh_token: here.refresh_token })).body;

    for (const refresh_token of [rotated.refresh_token, rotated.refresh_token, here.refresh_token, 'unknown']) {
      expect(await client.post('logout', { refresh_token })).toMatchObject({ status: 200, body: { success: true } });
    }
    expect((await client.post('refresh', { refresh_token: rotated.refresh_token })).status).toBe(401);
    expect((await client.post('refresh', { refresh_token: there.refresh_token })).status).toBe(200);
  });

  it('takes an access token and nothing else as one', async () => {
    const { body } = await client.post('register', { email: 'tess@example.com', password });
    const missing = 'A token is needed: send the header "Authorization: Bearer <access token>".';
    const [header, payload] = body.access_token.split('.');
    const answers = await Promise.all([
      client.me(),
      client.me(`Basic ${body.access_token}`),
      client.me(`Bearer ${body.refresh_token}`),
      client.me(`Bearer ${header}.${payload}.`),
      client.me(`Bearer ${await ownToken({ token_use: 'refresh' })}`),
      client.me(`Bearer ${await ownToken({ exp: 1 })}`),
    ]);

    expect(answers.map(({ status, body: { code, error } }) => [status, code, error])).toEqual([
      [401, 'unauthenticated', missing],
      [401, 'unauthenticated', missing],
      [401, 'unauthenticated', 'The token is not valid.'],
      [401, 'unauthenticated', 'The token is not valid.'],
      [401, 'unauthenticated', 'The token is not an access token.'],
      [401, 'unauthenticated', 'The token has expired.'],
    ]);
    expect((await client.post('refresh', { refresh_token: body.access_token })).status).toBe(401);
  });
});

describe('the rate limit', () => {
  it('bounds register, login and refresh of an address together, and nothing else', async () => {
    const app = await startApp({ JWT_SECRET, AUTH_MAX_PER_MINUTE: '3' });
    const client = clientOf(app);
    const statuses = [];
    for (const path of ['register', 'login', 'refresh']) {
      statuses.push((await client.post(path, {})).status);
    }
    const limited = await client.post('login', {});

    expect(statuses).toEqual([400, 400, 400]);
    expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited', retryable: true } });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(limited.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await client.me()).status).toBe(401);
    expect((await client.post('logout', { refresh_token: 'unknown' })).status).toBe(200);
    await app.close();
  });
});

describe('an outside identity provider', () => {
  it('is the only one to give out tokens where there is no secret', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }];
    const keyServer = createServer((_request, response) => response.end(JSON.stringify({ keys }))).listen(0, '127.0.0.1');
    await once(keyServer, 'listening');
    const app = await startApp({ JWKS_URI: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`, JWT_AUDIENCE: 'facet' });
    const client = clientOf(app);
    const token = await new SignJWT({ sub: 'auth0|7', aud: 'facet' })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1' })
      .setExpirationTime('1 minute')
      .sign(privateKey);

    expect(await client.me(`Bearer ${token}`)).toMatchObject({ status: 200, body: { user: { id: 'auth0|7', email: null } } });
    expect((await client.me(`Bearer ${await ownToken({})}`)).status).toBe(401);
    for (const path of ['register', 'login', 'refresh']) {
      expect(await client.post(path, {})).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await client.post('logout', { refresh_token: 'unknown' })).status).toBe(200);
    await app.close();
    keyServer.closeAllConnections();
    keyServer.close();
  });
});

/** Signed with the right secret, but with claims of the test's own. */
const ownToken = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT({ sub: 'u', iss: 'facet', aud: 'facet', exp: Math.floor(Date.now() / 1_000) + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(JWT_SECRET));

import { webcrypto } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { commonChecks } from './access-claims';
import { SharedSecretVerifier } from './shared-secret-verifier';

const SECRET = 'a secret that only this test knows';
const NOW = new Date('2026-11-28T10:00:00Z');
const at = (seconds: number): number => NOW.getTime() / 1_000 + seconds;

const sign = (payload: JWTPayload): Promise<string> =>
  new SignJWT({ sub: 'ada', ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET));

describe('SharedSecretVerifier', () => {
  const verifier = new SharedSecretVerifier(SECRET, commonChecks({ issuer: undefined, audience: undefined }));
  const signatures = jest.spyOn(webcrypto.subtle, 'verify');

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    signatures.mockClear();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  afterAll(() => {
    signatures.mockRestore();
  });

  it('verifies the signature of a token once', async () => {
    const token = await sign({ exp: at(60) });
    expect(await verifier.verify(token)).toEqual({ id: 'ada', email: null });
    expect(await verifier.verify(token)).toEqual({ id: 'ada', email: null });
    expect(signatures).toHaveBeenCalledTimes(1);
  });

  it('hands out a user that a caller may change', async () => {
    const token = await sign({ exp: at(60), sub: 'bea' });
    for (const user of [await verifier.verify(token), await verifier.verify(token)]) {
      expect(user.id).toBe('bea');
      user.id = 'somebody else';
    }
    expect((await verifier.verify(token)).id).toBe('bea');
  });

  it('refuses a token that it remembers when its time is over', async () => {
    const token = await sign({ exp: at(60) });
    await verifier.verify(token);
    jest.setSystemTime(NOW.getTime() + 66_000);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated', message: 'The token has expired.' });
  });

  it('refuses a token that it remembers when the clock was set back to before its time', async () => {
    const token = await sign({ exp: at(600), nbf: at(0) });
    await verifier.verify(token);
    jest.setSystemTime(NOW.getTime() - 60_000);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('takes nothing else for a token that it remembers', async () => {
    const token = await sign({ exp: at(60) });
    await verifier.verify(token);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = [header, Buffer.from(JSON.stringify({ sub: 'eve', exp: at(60) })).toString('base64url'), signature].join('.');
    const unsigned = [header, payload, ''].join('.');
    for (const forged of [other, unsigned, `${token}x`]) {
      await expect(verifier.verify(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
      // nor is what was refused remembered
      await expect(verifier.verify(forged)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });
});

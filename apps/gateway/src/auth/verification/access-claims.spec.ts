import { userOfClaims } from './access-claims';

const header = {};

describe('userOfClaims', () => {
  it('takes the id from sub and the e-mail address where there is one', () => {
    expect(userOfClaims(header, { sub: 'auth0|7', email: 'ada@example.com' })).toEqual({ id: 'auth0|7', email: 'ada@example.com' });
    expect(userOfClaims(header, { sub: 'auth0|7' })).toEqual({ id: 'auth0|7', email: null });
    expect(userOfClaims(header, { sub: 'auth0|7', email: 42 })).toEqual({ id: 'auth0|7', email: null });
  });

  it.each([[''], ['x'.repeat(256)]])('refuses a sub that cannot be a user id', (sub) => {
    expect(userOfClaims(header, { sub })).toBeNull();
  });

  it('refuses a sub that is no text, as some libraries write it', () => {
    expect(userOfClaims(header, { sub: 42 as unknown as string })).toBeNull();
  });

  it.each([{ token_use: 'access' }, { token_type: 'access' }, { typ: 'Bearer' }, { token_type: 'Bearer', typ: 'JWT' }])(
    'takes %j as an access token',
    (kind) => {
      expect(userOfClaims(header, { sub: 'u', ...kind })).not.toBeNull();
    },
  );

  it.each([
    { token_use: 'id' },
    { token_type: 'refresh' },
    { typ: 'Refresh' },
    { typ: 'Offline' },
    { typ: 'ID' },
    { token_use: ['access'] },
  ])('takes %j as something else', (kind) => {
    expect(userOfClaims(header, { sub: 'u', ...kind })).toBeNull();
  });

  it.each(['JWT', 'at+jwt', 'application/at+jwt'])('takes the header type %j', (typ) => {
    expect(userOfClaims({ typ }, { sub: 'u' })).not.toBeNull();
  });

  it.each(['rt+jwt', 'logout+jwt', 'dpop+jwt', ''])('refuses the header type %j', (typ) => {
    expect(userOfClaims({ typ }, { sub: 'u' })).toBeNull();
  });
});

import { Credentials, NewCredentials, RefreshRequest } from './auth.schemas';

const password = 'correct horse';
const faultOf = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }): string | undefined => {
  const [issue] = result.error?.issues ?? [];
  return issue && `${issue.path.join('.')}: ${issue.message}`;
};

describe('credentials', () => {
  it('take an e-mail address in one form: trimmed, lower case, composed', () => {
    expect(NewCredentials.parse({ email: '  Zoe\u0308@Example.COM ', password }).email).toBe('zo\u00eb@example.com');
  });

  it('ignore fields that nobody asked for', () => {
    expect(NewCredentials.parse({ email: 'a@b.c', password, role: 'admin' })).toEqual({ email: 'a@b.c', password });
  });

  it.each([
    [{ password }, 'email: must be given, as text'],
    [{ email: 7, password }, 'email: must be given, as text'],
    [{ email: 'nobody', password }, 'email: must be an e-mail address'],
    [{ email: `${'a'.repeat(60)}@${'b'.repeat(195)}`, password }, 'email: must have at most 254 characters'],
    [{ email: 'a@b.c' }, 'password: must be given, as text'],
    [{ email: 'a@b.c', password: '1234567' }, 'password: must have 8 to 128 characters'],
    [{ email: 'a@b.c', password: '💎'.repeat(7) }, 'password: must have 8 to 128 characters'],
    [{ email: 'a@b.c', password: 'x'.repeat(129) }, 'password: must have 8 to 128 characters'],
  ])('of a new account: %j', (body, fault) => {
    expect(faultOf(NewCredentials.safeParse(body))).toBe(fault);
  });

  it.each([
    '\u0001@x.io',
    'a\u200b@x.io',
    'a@x..io',
    '.a@x.io',
    'a.@x.io',
    'a..b@x.io',
    '<a>@x.io',
    'a,b@x.io',
    'a@-x.io',
    'a@x.io.',
    'a@x_y',
  ])('of a new account hold an address: %j is none', (email) => {
    expect(faultOf(NewCredentials.safeParse({ email, password }))).toBe('email: must be an e-mail address');
  });

  it.each(["o'neil+shop@mail.example.co.uk", 'zoë.müller@bücher.example', '用户@例子.广告', 'a_b-c@localhost'])(
    'take %s for an address',
    (email) => {
      expect(NewCredentials.safeParse({ email, password }).success).toBe(true);
    },
  );

  it('count characters, not code units', () => {
    expect(NewCredentials.safeParse({ email: 'a@b.c', password: '💎'.repeat(128) }).success).toBe(true);
  });

  it('for a login may be wrong in any length', () => {
    expect(Credentials.safeParse({ email: 'a@b.c', password: 'short' }).success).toBe(true);
    expect(faultOf(Credentials.safeParse({ email: 'a@b.c', password: '' }))).toBe('password: must be given, as text');
  });
});

describe('a refresh request', () => {
  it.each([{}, { refresh_token: null }, { refresh_token: '' }])('%j names the field', (body) => {
    expect(faultOf(RefreshRequest.safeParse(body))).toBe('refresh_token: must be given, as text');
  });
});

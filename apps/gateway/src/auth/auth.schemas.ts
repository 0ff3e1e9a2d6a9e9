import { z } from 'zod';

/** Longest e-mail address that mail can be sent to (RFC 5321 with erratum 1690). */
const MAX_EMAIL_LENGTH = 254;

/** In code points. NIST SP 800-63B: at least 8, no rules of composition; the upper bound keeps hashing cheap. */
const PASSWORD_LENGTH = { minLength: 8, maxLength: 128 };

const given = z.string('must be given, as text');

const Email = given
  .trim()
  .normalize('NFC')
  .toLowerCase()
  .max(MAX_EMAIL_LENGTH, `must have at most ${MAX_EMAIL_LENGTH} characters`)
  .check(z.email({ pattern: z.regexes.unicodeEmail, error: 'must be an e-mail address' }))
  .describe('Upper and lower case are the same.')
  .meta({ example: 'ada@example.com' });

/**
 * An address as people have it, in letters of any script (RFC 6531): words with a dot between them, and a host of labels. No quoted words
 * and no comments (RFC 5322), by which one mailbox would have many addresses.
 */
const ADDRESS =
  /^[^\p{C}\p{Z}"(),.:;<>@[\\\]]+(?:\.[^\p{C}\p{Z}"(),.:;<>@[\\\]]+)*@(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)(?:\.(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-))*$/u;

const NewEmail = Email.refine((email) => ADDRESS.test(email), 'must be an e-mail address');

const NewPassword = given
  .refine(hasPasswordLength, `must have ${PASSWORD_LENGTH.minLength} to ${PASSWORD_LENGTH.maxLength} characters`)
  .meta({ ...PASSWORD_LENGTH, format: 'password', example: 'a long and easy sentence' });

/** Of an account that is to be made. */
export const NewCredentials = z.object({ email: NewEmail, password: NewPassword });

/** Of an account that may exist, from a time with fewer rules: an address or a password that nobody can have is simply wrong. */
export const Credentials = z.object({
  email: Email,
  password: given.min(1, 'must be given, as text').meta({ format: 'password', example: 'a long and easy sentence' }),
});
export type Credentials = z.infer<typeof Credentials>;

/** Our tokens have 80 characters. */
export const RefreshRequest = z.object({ refresh_token: given.min(1, 'must be given, as text').max(512, 'is no refresh token') });
export type RefreshRequest = z.infer<typeof RefreshRequest>;

const Success = z.literal(true);

export const TokensAnswer = z.object({
  success: Success,
  access_token: z.string().describe('For the header `Authorization: Bearer …`.'),
  refresh_token: z.string().describe('Good for one call of `/auth/refresh`.'),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('Life of the access token, in seconds.'),
  user: z.object({ id: z.string(), email: z.string() }),
});
export type TokensAnswer = z.infer<typeof TokensAnswer>;

export const UserAnswer = z.object({
  success: Success,
  user: z.object({ id: z.string(), email: z.string().nullable() }),
});
export type UserAnswer = z.infer<typeof UserAnswer>;

export const LogoutAnswer = z.object({ success: Success });
export type LogoutAnswer = z.infer<typeof LogoutAnswer>;

function hasPasswordLength(password: string): boolean {
  const codePoints = Array.from(password).length;
  return codePoints >= PASSWORD_LENGTH.minLength && codePoints <= PASSWORD_LENGTH.maxLength;
}

import { mongo } from 'mongoose';
import { mongoFailure } from './check-catalog';

const PASSWORD = 'the-password';

describe('mongoFailure', () => {
  it.each([
    [
      'a wrong password',
      new mongo.MongoServerError({ code: 18, codeName: 'AuthenticationFailed', message: `bad auth ${PASSWORD}` }),
      'fail',
    ],
    ['a missing user', new mongo.MongoServerError({ code: 13, codeName: 'Unauthorized', message: 'requires authentication' }), 'fail'],
    ['a wrong password at Atlas', new mongo.MongoServerError({ code: 8000, codeName: 'AtlasError', message: 'bad auth' }), 'fail'],
    ['a broken connection', new mongo.MongoNetworkError(`connect to facet:${PASSWORD}`), 'warn'],
    ['a name that is not found', Object.assign(new Error(PASSWORD), { code: 'ENOTFOUND' }), 'warn'],
  ])('judges %s, without its text', (_what, error, outcome) => {
    const verdict = mongoFailure(error, 'mongodb://host');
    expect(verdict).toMatchObject({ outcome, variable: 'MONGODB_URI' });
    expect(verdict.text).not.toContain(PASSWORD);
  });
});

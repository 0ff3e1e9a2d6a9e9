import { openApiSchema } from '../openapi/api-image-form';
import { wholeNumber } from './whole-number';

describe('wholeNumber', () => {
  const number = wholeNumber(0, 9);

  it('reads the digits of a query', () => {
    expect(['0', '7', '9'].map((text) => number.parse(text))).toEqual([0, 7, 9]);
    expect(number.optional().parse(undefined)).toBeUndefined();
    expect(number.default(3).parse(undefined)).toBe(3);
  });

  it.each(['', ' ', 'many', '-1', '10', '1.5'])('refuses %j', (text) => {
    expect(number.optional().safeParse(text).success).toBe(false);
    expect(number.default(3).safeParse(text).success).toBe(false);
  });

  it('is documented with its bounds and what it is by default', () => {
    expect(openApiSchema(number.default(3))).toMatchObject({ type: 'integer', minimum: 0, maximum: 9, default: 3 });
  });
});

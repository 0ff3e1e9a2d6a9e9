import fc from 'fast-check';
import { jsonAnswer, PassedList } from './json-answer';

const textOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

describe('jsonAnswer', () => {
  it('says what JSON.stringify says of the same values, however their lists are cut into runs', () => {
    const lists = fc.array(fc.array(fc.jsonValue(), { maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(lists, lists, fc.jsonValue(), (one, other, value) => {
        const passed = jsonAnswer({
          success: true,
          one: new PassedList(one.map(textOf)),
          value,
          other: new PassedList(other.map(textOf)),
        });
        expect(passed.toString()).toBe(JSON.stringify({ success: true, one: one.flat(1), value, other: other.flat(1) }));
      }),
    );
  });
});

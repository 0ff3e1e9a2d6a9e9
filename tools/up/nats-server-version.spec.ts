import { isAtLeast } from './nats-server-version';

describe('isAtLeast', () => {
  it.each([
    ['2.9.10', '2.9', true],
    ['2.9.10', '2.10', false],
    ['2.10.0-RC.2', '2.10', true],
    ['2.15.1', '2.10', true],
    ['3.0.0', '2.10', true],
    ['1.12.0', '2.9', false],
    ['', '2.9', false],
  ])('%s and %s: %s', (version, other, expected) => {
    expect(isAtLeast(version, other)).toBe(expected);
  });
});

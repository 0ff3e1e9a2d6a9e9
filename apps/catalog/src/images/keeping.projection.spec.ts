import fc from 'fast-check';
import { untouched } from '@facet/contracts';
import { withChanges, withDeletion, type Keeping } from './keeping.projection';

type Said = (picture: Keeping) => Keeping;

const changes = fc.record(
  { starred: fc.boolean(), title: fc.constantFrom('one', 'two', null), tags: fc.array(fc.constantFrom('a', 'b')) },
  { requiredKeys: [] },
);
const deletions = fc.constantFrom('2026-11-24T10:00:00.000Z', null);

/** Events of keeping as they are on the log: each at a place of its own. */
const logs = fc.array(fc.oneof(changes, deletions), { maxLength: 12 }).map((events) =>
  events.map(
    (event, n): Said =>
      (picture) =>
        typeof event === 'object' && event !== null ? withChanges(picture, event, n + 1) : withDeletion(picture, event, n + 1),
  ),
);

const all = (said: readonly Said[]): Keeping => said.reduce((picture, next) => next(picture), untouched());

describe('what owners make of their pictures', () => {
  it('comes out the same in whatever order its events come, and however often', () => {
    const deliveries = logs.chain((log) =>
      fc.tuple(fc.constant(log), fc.shuffledSubarray([...log, ...log], { minLength: 2 * log.length })),
    );
    fc.assert(
      fc.property(deliveries, ([log, delivered]) => {
        expect(all(delivered)).toEqual(all(log));
      }),
    );
  });

  it('leaves the picture alone that it does not change', () => {
    const picture = withDeletion(withChanges(untouched(), { starred: true }, 5), null, 6);
    expect(withChanges(picture, { starred: false }, 5)).toBe(picture);
    expect(withChanges(picture, {}, 7)).toBe(picture);
    expect(withDeletion(picture, '2026-11-24T10:00:00.000Z', 6)).toBe(picture);
  });
});

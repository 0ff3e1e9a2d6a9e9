import { createHash } from 'node:crypto';
import { ObjectId } from 'bson';
import { firstMoment } from './first-moment';

const MADE = new Date('2026-11-26T10:00:00.000Z');
const idOfRequest = ObjectId.createFromTime(MADE.getTime() / 1_000).toHexString();
const idOfKey = createHash('sha256').update('a key').digest('hex').slice(0, 24);

describe('the first moment at which the log may speak of a picture', () => {
  it.each([
    ['a request of its own: an hour before it', idOfRequest, '2026-11-26T10:00:00.400Z', '2026-11-26T09:00:00.000Z'],
    ['one that took minutes to come in', idOfRequest, '2026-11-26T10:09:00.000Z', '2026-11-26T09:00:00.000Z'],
    ['a key: the beginning of the log', idOfKey, '2026-11-26T10:00:00.400Z', '1970-01-01T00:00:00.000Z'],
    ['an id that is later than its request', idOfRequest, '2026-11-26T09:59:59.000Z', '1970-01-01T00:00:00.000Z'],
    ['an id that is much earlier', idOfRequest, '2026-11-26T10:10:00.000Z', '1970-01-01T00:00:00.000Z'],
  ])('of %s', (_, image_id, created_at, moment) => {
    expect(firstMoment({ image_id, created_at }).toISOString()).toBe(moment);
  });
});

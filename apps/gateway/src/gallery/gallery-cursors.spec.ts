import { anImageRecord } from '@facet/testing';
import { GalleryCursors, type CursorScope } from './gallery-cursors';

describe('GalleryCursors', () => {
  const cursors = new GalleryCursors(Buffer.alloc(32, 7));
  const scope: CursorScope = { user_id: 'ana', sort: 'newest', filters: { type: 'white_background', q: 'gold' } };
  const { created_at, id } = anImageRecord();
  const cursor = cursors.after({ created_at, id }, scope);

  const refusal = (read: string, of: CursorScope): unknown => {
    try {
      return cursors.read(read, of);
    } catch (error) {
      return error;
    }
  };

  it('gives the place back, however the filters are ordered, in every process with the key', () => {
    expect(cursors.read(cursor, scope)).toEqual({ created_at, id });
    expect(new GalleryCursors(Buffer.alloc(32, 7)).read(cursor, { ...scope, filters: { q: 'gold', type: 'white_background' } })).toEqual({
      created_at,
      id,
    });
  });

  it.each<[string, CursorScope]>([
    ['user', { ...scope, user_id: 'ben' }],
    ['order', { ...scope, sort: 'oldest' }],
    ['filter', { ...scope, filters: { ...scope.filters, type: 'background_change' } }],
    ['filter more', { ...scope, filters: { ...scope.filters, starred: false } }],
    ['filter less', { ...scope, filters: { q: 'gold' } }],
  ])('refuses one of another %s', (_, other) => {
    expect(refusal(cursor, other)).toMatchObject({ code: 'invalid_request', retryable: false });
  });

  it.each([
    ['of another key', new GalleryCursors(Buffer.alloc(32, 8)).after({ created_at, id }, scope)],
    [
      'with another place',
      `${Buffer.from(JSON.stringify({ created_at, id: '0'.repeat(24) })).toString('base64url')}.${cursor.split('.')[1] ?? ''}`,
    ],
    ['cut short', cursor.slice(0, -4)],
    ['without signature', cursor.split('.')[0] ?? ''],
    ['of anything else', 'bm9uc2Vuc2U.bm9uc2Vuc2U'],
    ['of nothing', '.'],
  ])('refuses one %s', (_, other) => {
    expect(refusal(other, scope)).toMatchObject({ code: 'invalid_request', retryable: false });
  });
});

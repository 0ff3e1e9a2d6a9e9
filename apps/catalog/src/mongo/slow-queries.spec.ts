import { Logger } from '@nestjs/common';
import mongoose from 'mongoose';
import { ImageDocument, ImageSchema } from '../images/image.schema';
import { SlowQueries } from './slow-queries';

const images = mongoose.model<ImageDocument>(ImageDocument.name, ImageSchema);

describe('SlowQueries', () => {
  let lines: unknown[];

  beforeEach(() => {
    lines = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line) => lines.push(line));
  });

  afterEach(() => jest.restoreAllMocks());

  /** A query of the list, answered after so long on the clock. */
  function listTaking(milliseconds: number, answer: () => unknown) {
    const query = images.find({ user_id: 'ana', words: 'secret' }).sort({ created_at: -1 }).limit(21).hint('list_by_word');
    let now = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    jest.spyOn(query, 'exec').mockImplementation(() => {
      now += milliseconds;
      return Promise.resolve().then(answer) as never;
    });
    return query;
  }

  it('says nothing of what is faster than the threshold', async () => {
    await expect(
      new SlowQueries(100).time(
        'list',
        listTaking(99, () => [1]),
      ),
    ).resolves.toEqual([1]);
    expect(lines).toEqual([]);
  });

  it('tells name, fields, order and index of what took as long, and no value', async () => {
    await expect(
      new SlowQueries(100).time(
        'list',
        listTaking(100, () => [1]),
      ),
    ).resolves.toEqual([1]);
    expect(lines).toEqual([
      {
        msg: 'slow query',
        query: 'list',
        fields: ['user_id', 'words'],
        sort: { created_at: -1 },
        hint: 'list_by_word',
        limit: 21,
        duration_ms: 100,
      },
    ]);
  });

  it('logs what failed, too, and lets the failure through', async () => {
    const failing = listTaking(5_000, () => {
      throw new Error('gone');
    });
    await expect(new SlowQueries(100).time('list', failing)).rejects.toThrow('gone');
    expect(lines).toEqual([expect.objectContaining({ query: 'list', duration_ms: 5_000 })]);
  });

  it('tells the name alone of what is not a query of Mongoose', async () => {
    await new SlowQueries(0).time('total', Promise.resolve(7));
    expect(lines).toEqual([{ msg: 'slow query', query: 'total', duration_ms: expect.any(Number) as number }]);
  });
});

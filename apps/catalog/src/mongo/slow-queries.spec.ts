import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { mongo } from 'mongoose';
import { shapeOf, SlowQueries } from './slow-queries';

describe('shapeOf', () => {
  it('tells fields, order and index, and no value', () => {
    const find = { find: 'images', filter: { user_id: 'ana', words: 'secret' }, sort: { created_at: -1 }, hint: 'list_by_word', limit: 21 };
    expect(shapeOf('find', find)).toEqual({
      command: 'find',
      collection: 'images',
      fields: ['user_id', 'words'],
      sort: { created_at: -1 },
      hint: 'list_by_word',
      limit: 21,
    });
  });

  it('finds the fields of counts, updates and commands without any', () => {
    expect(shapeOf('aggregate', { aggregate: 'images', pipeline: [{ $match: { user_id: 'ana' } }, { $group: {} }] }).fields).toEqual([
      'user_id',
    ]);
    expect(shapeOf('update', { update: 'tallies', updates: [{ q: { _id: 'ana', version: 1 } }] }).fields).toEqual(['_id', 'version']);
    expect(shapeOf('insert', { insert: 'images', documents: [{}] })).toEqual({ command: 'insert', collection: 'images' });
    expect(shapeOf('ping', { ping: 1 })).toEqual({ command: 'ping', collection: 1 });
  });
});

describe('SlowQueries', () => {
  it('logs what took as long as the threshold, whether it went well or not', () => {
    const lines: unknown[] = [];
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation((line) => lines.push(line));
    const client = new EventEmitter();
    new SlowQueries(100).watch(client as unknown as mongo.MongoClient);
    const start = (requestId: number): boolean =>
      client.emit('commandStarted', { requestId, commandName: 'find', command: { find: 'images', filter: { user_id: 'ana' } } });
    [1, 2, 3].forEach(start);
    client.emit('commandSucceeded', { requestId: 1, duration: 99 });
    client.emit('commandSucceeded', { requestId: 2, duration: 100 });
    client.emit('commandFailed', { requestId: 3, duration: 5_000 });
    client.emit('commandSucceeded', { requestId: 4, duration: 5_000 });
    warn.mockRestore();
    const shape = { msg: 'slow query', command: 'find', collection: 'images', fields: ['user_id'] };
    expect(lines).toEqual([
      { ...shape, duration_ms: 100 },
      { ...shape, duration_ms: 5_000 },
    ]);
  });
});

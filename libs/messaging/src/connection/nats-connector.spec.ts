import { natsOptions } from './nats-connector';

describe('natsOptions', () => {
  it.each([
    ['nats://127.0.0.1:4222', { servers: ['127.0.0.1:4222'] }],
    ['nats', { servers: ['nats'] }],
    ['nats://one:4222, tls://two:4223', { servers: ['one:4222', 'two:4223'] }],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
    ['nats://gateway:s%40cret%3A1@one:4222,nats://two:4222', { servers: ['one:4222', 'two:4222'], user: 'gateway', pass: 's@cret:1' }],
    ['gateway:1234@one', { servers: ['one'], user: 'gateway', pass: '1234' }],
    ['gateway@one', { servers: ['one'], user: 'gateway', pass: '' }],
  ])('reads %s', (servers, expected) => {
    const { servers: read, user, pass } = natsOptions(servers, 'test');
    expect({ servers: read, user, pass }).toEqual({ user: undefined, pass: undefined, ...expected });
  });
});

import { shownAddress } from './shown-address';

describe('shownAddress', () => {
  it.each([
    ['nats://127.0.0.1:4222', 'nats://127.0.0.1:4222'],
    ['nats://user:pass@host:4222', 'nats://host:4222'],
    ['nats://token@a:4222,b:4222', 'nats://a:4222, b:4222'],
    ['nats://u:p@a,nats://u:p@b', 'nats://a, nats://b'],
    ['host', 'host'],
    ['mongodb://user:pass@a:27017,b:27017/facet?authSource=admin', 'mongodb://a:27017, b:27017/facet'],
    ['mongodb+srv://user:p%40ss@cluster.example.com/', 'mongodb+srv://cluster.example.com'],
    ['https://id.example.com/keys?token=pass#pass', 'https://id.example.com/keys'],
    ['http://[::1]:8080/keys', 'http://[::1]:8080/keys'],
  ])('%s is shown as %s', (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });

  it.each([
    ['a slash in the password', 'mongodb://user:pa/ss@host/db'],
    ['a question mark in the password', 'mongodb://user:pa?ss@host/db'],
    ['a comma in the password', 'nats://user:123,ss@host'],
    ['an at sign in the password', 'nats://user:pa@ss@host'],
    ['no host', 'nats://user:pass@'],
    ['a password without a host', 'nats://user:pass'],
    ['blanks', 'user pass'],
  ])('with %s nothing is shown', (_what, address) => {
    expect(shownAddress(address)).toBe('an address that cannot be shown');
  });
});

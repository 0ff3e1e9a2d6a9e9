import { resolve } from 'node:path';
import { readOptions } from './options';
import { UpError } from './up-error';

const ROOT = '/project';
const replicasOf = (args: string[], environment = {}) => readOptions(ROOT, args, environment).replicas;

describe('readOptions', () => {
  it('has defaults', () => {
    expect(readOptions(ROOT, [], {})).toEqual({
      dataDir: resolve(ROOT, '.data'),
      port: 8000,
      replicas: { generation: 1, media: 1, catalog: 1, gateway: 1 },
    });
  });

  it('reads DATA_DIR against the root, and PORT', () => {
    expect(readOptions(ROOT, [], { DATA_DIR: 'elsewhere', PORT: '9000' })).toMatchObject({ dataDir: '/project/elsewhere', port: 9000 });
    expect(readOptions(ROOT, [], { DATA_DIR: '/var/facet', PORT: '0' })).toMatchObject({ dataDir: '/var/facet', port: 0 });
  });

  it.each([
    ['with a blank', ['--scale', 'generation=3', '--scale', 'media=2'], {}],
    ['with an equals sign', ['--scale=generation=3', '--scale=media=2'], {}],
    ['with a comma', ['--scale', 'generation=3,media=2'], {}],
    ['as npm hands them on without the double dash', ['media=2'], { npm_config_scale: 'generation=3\n\ntrue' }],
  ])('reads scales %s', (_, args, environment) => {
    expect(replicasOf(args, environment)).toEqual({ generation: 3, media: 2, catalog: 1, gateway: 1 });
  });

  it('scales a catalog that has a database', () => {
    expect(replicasOf(['--scale', 'catalog=2'], { MONGODB_URI: 'mongodb://database' })).toMatchObject({ catalog: 2 });
  });

  it.each([
    ['--scale catalog=2', /embedded catalog .* MONGODB_URI/],
    ['--scale nats=2', /no service "nats".*generation, media, catalog, gateway/],
    ['--scale generation', /number of generation processes must be from 1 to 32/],
    ['--scale generation=0', /from 1 to 32/],
    ['--scale generation=33', /from 1 to 32/],
    ['--scale generation=two', /from 1 to 32/],
    ['--scale generation=1.5', /from 1 to 32/],
    ['--replicas generation=2', /--replicas.*Usage: npm run up/],
  ])('refuses %s', (line, message) => {
    expect(() => replicasOf(line.split(' '))).toThrow(UpError);
    expect(() => replicasOf(line.split(' '))).toThrow(message);
  });

  it.each(['eighty', '-1', '65536', '80.5'])('refuses the port %s', (PORT) => {
    expect(() => readOptions(ROOT, [], { PORT })).toThrow(`PORT must be a whole number from 0 to 65535, not "${PORT}".`);
  });
});

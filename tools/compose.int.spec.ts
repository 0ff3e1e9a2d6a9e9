import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');

/** Set by the Compose file itself: inside it, every container has its own address, port and name. */
const FIXED = ['DATA_DIR', 'HOST', 'NATS_URL', 'PORT', 'SERVICE_INSTANCE'];

describe('docker-compose.yml', () => {
  const compose = read('docker-compose.yml');

  it('passes on every setting that the services have', () => {
    const settings = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(20);
    const forgotten = settings.filter((name) => name !== undefined && !FIXED.includes(name) && !compose.includes(`${name}: \${${name}`));
    expect(forgotten).toEqual([]);
  });

  it('publishes the port of the gateway alone, and names no container, so that services scale', () => {
    expect(compose.match(/^ +ports:.*$/gm)).toEqual(["    ports: ['${PORT:-8000}:8000']"]);
    expect(compose).not.toContain('container_name');
  });
});

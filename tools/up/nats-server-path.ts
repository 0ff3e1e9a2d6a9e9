import { resolve } from 'node:path';
import { defaultSearch, findNatsServer } from './nats-server-binary';

/** Prints the path of a nats-server, found or fetched as `npm run up` does it: for `npm run check`, whose tests start servers. */
async function main(): Promise<void> {
  const root = resolve(__dirname, '..', '..', '..');
  try {
    const { path } = await findNatsServer({ ...defaultSearch(root, process.env), say: (line) => console.error(line) });
    console.log(path);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

void main();

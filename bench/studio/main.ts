import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { machine } from '../machine';
import { measureFourAtOnce } from './four-at-once';
import { measureOneAtATime } from './one-at-a-time';

/**
 * What the studio costs: `npm run build && npm run bench:studio -- [FOLDER]`, FOLDER with photos whose names begin with a number.
 * White backgrounds: one at a time in one worker thread, then four at once by a running Facet.
 */
async function main(folder: string): Promise<void> {
  const files = readdirSync(folder).filter((file) => /^\d.*\.jpg$/.test(file));
  const photos = files.map((file) => readFileSync(join(folder, file)));
  console.log(`${machine()}; load average ${loadavg()[0]?.toFixed(1)}; ${photos.length} photos`);
  await measureOneAtATime(photos);
  await measureFourAtOnce(photos);
}

void main(process.argv[2] ?? join(__dirname, '../../test/photos'));

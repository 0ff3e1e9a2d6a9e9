import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The wall clocks of Facet's processes, all of them together. Shifted is what `Date` tells in JavaScript: not the clock of
 * NATS, nor what the system writes on files, nor timers and `performance.now()`, which a real jump leaves alone as well.
 */
export class ShiftedClocks {
  private constructor(private readonly file: string) {}

  static async in(folder: string): Promise<ShiftedClocks> {
    const clocks = new ShiftedClocks(join(folder, 'clock-shift-ms'));
    await clocks.shift(0);
    return clocks;
  }

  /** For the processes. */
  get environment(): Record<string, string> {
    return { NODE_OPTIONS: `--require ${join(__dirname, 'shift-clock.cjs')}`, FACET_CLOCK_SHIFT: this.file };
  }

  /** All clocks jump to so many ms before or after the time of day, within a quarter of a second. */
  async shift(milliseconds: number): Promise<void> {
    await writeFile(`${this.file}.new`, String(milliseconds));
    await rename(`${this.file}.new`, this.file);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { KV } from '@nats-io/kv';
import { z } from 'zod';

/** Injection token of the KV bucket of sweeps. */
export const SWEEPS_KV = Symbol('SWEEPS_KV');

const STATE_KEY = 'jobs';
const CLOCK_KEY = 'clock';

/** How far the sweep of jobs has come. */
const SweepState = z.object({
  /** revision of the bucket of jobs up to which all is known */
  position: z.int().nonnegative().default(0),
  /** jobs up to there that have not ended, and are waiting their turn */
  unfinished: z.array(z.string()).default([]),
  /** when the consumers were last looked at, in ms of the server's clock */
  at: z.number().default(0),
  progress: z.record(z.string(), z.object({ mark: z.string(), since: z.number() })).default({}),
});
export type SweepState = z.infer<typeof SweepState>;

/** What a round of the sweep leaves to the next one, whichever gateway that is. */
@Injectable()
export class SweepMemory {
  constructor(@Inject(SWEEPS_KV) private readonly bucket: KV) {}

  async recall(): Promise<SweepState> {
    const entry = await this.bucket.get(STATE_KEY);
    // what another version has kept may be of another shape: all jobs are looked at again then
    const kept = SweepState.safeParse(entry?.json() ?? {});
    return kept.success ? kept.data : SweepState.parse({});
  }

  async keep(state: SweepState): Promise<void> {
    await this.bucket.put(STATE_KEY, JSON.stringify(state));
  }

  /** The server's clock in ms, which all its messages carry. Those of the gateways may be minutes apart. */
  async serverTime(): Promise<number> {
    await this.bucket.put(CLOCK_KEY, '');
    return (await this.bucket.get(CLOCK_KEY))?.created.getTime() ?? 0;
  }
}

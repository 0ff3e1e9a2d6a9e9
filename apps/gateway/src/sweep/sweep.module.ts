import { Module, type DynamicModule } from '@nestjs/common';
import { SWEEPS_BUCKET } from '@facet/contracts';
import { ensureBucket, Leases, NATS_CONNECTION } from '@facet/messaging';
import type { KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { Retention } from '../keeping/retention';
import { EventConsumers } from './event-consumers';
import { ExpiredPictures } from './expired-pictures';
import { ExpiredPicturesSweep, RetentionSweepSettings } from './expired-pictures.sweep';
import { JobEnding } from './job-ending';
import { JobLog } from './job-log';
import { StuckJobs } from './stuck-jobs';
import { StuckJobsSweep } from './stuck-jobs.sweep';
import { SWEEPS_KV, SweepMemory } from './sweep-memory';
import { SweepSettings } from './sweep-settings';

/** Time past its deadline that is left to a job, in ms: a gateway may be slow to publish its event. */
const GRACE_MS = 60_000;

/**
 * A service that has touched none of its events for so long, in ms, is absent: one attempt at a picture may take half of
 * it, and the wait before the next attempt up to the deadline.
 */
const LEAST_ABSENCE_MS = 600_000;

const jobs = [SweepMemory, JobLog, EventConsumers, JobEnding, StuckJobs, StuckJobsSweep];
const pictures = [ExpiredPictures, ExpiredPicturesSweep];

interface SweepConfig {
  SWEEP_SECONDS: number;
  JOB_DEADLINE_SECONDS: number;
  RETENTION_SWEEP_SECONDS: number;
  DELETED_RETENTION_DAYS: number;
}

const settingsOf = ({ SWEEP_SECONDS, JOB_DEADLINE_SECONDS }: SweepConfig): SweepSettings => {
  const deadlineMs = JOB_DEADLINE_SECONDS * 1_000;
  return new SweepSettings(SWEEP_SECONDS * 1_000, deadlineMs + GRACE_MS, Math.max(deadlineMs + GRACE_MS, LEAST_ABSENCE_MS));
};

/** Ends jobs that nobody works on any more, and deleted pictures whose time is over, beside everything else that a gateway does. */
@Module({})
export class SweepModule {
  static forRoot(config: SweepConfig): DynamicModule {
    const providers = [
      { provide: SweepSettings, useValue: settingsOf(config) },
      { provide: RetentionSweepSettings, useValue: new RetentionSweepSettings(config.RETENTION_SWEEP_SECONDS * 1_000) },
      { provide: Retention, useValue: new Retention(config.DELETED_RETENTION_DAYS) },
      { provide: Leases, useFactory: (connection: NatsConnection) => Leases.open(connection), inject: [NATS_CONNECTION] },
      {
        provide: SWEEPS_KV,
        useFactory: (connection: NatsConnection): Promise<KV> => ensureBucket(connection, SWEEPS_BUCKET),
        inject: [NATS_CONNECTION],
      },
    ];
    return { module: SweepModule, exports: [Leases], providers: [...providers, ...jobs, ...pictures] };
  }
}

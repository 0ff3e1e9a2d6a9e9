import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** What a report tells beside `up`: such as the model of a provider, and whether it answers. Never secrets. */
export type ReadinessFacts = Record<string, string | number | boolean>;

/** One thing that a service needs in order to work. */
export interface ReadinessCheck {
  /** such as `nats` */
  name: string;
  /** resolves when the service can work with it, with facts for whoever reads the report; rejects with the reason when it cannot */
  check: () => Promise<ReadinessFacts>;
}

/**
 * What `/health/ready` asks. Parts of a service register what they need; once the service is told to stop it is no
 * longer ready, before it stops taking work, so that a load balancer looks elsewhere in time.
 */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks: ReadinessCheck[] = [];
  private readonly stop = new AbortController();

  /** Fires when the service is told to stop: what merely waits need not be waited for. */
  get stopping(): AbortSignal {
    return this.stop.signal;
  }

  register(check: ReadinessCheck): void {
    this.checks.push(check);
  }

  all(): ReadinessCheck[] {
    const stopping = { name: 'shutdown', check: () => Promise.reject(new Error('the service is stopping')) };
    return this.stop.signal.aborted ? [stopping] : this.checks;
  }

  onModuleDestroy(): void {
    this.stop.abort();
  }
}

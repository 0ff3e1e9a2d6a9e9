import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Readiness, type ReadinessFacts } from '@facet/platform';
import type { ServiceName } from '@facet/contracts';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { BlobStore } from '../blobs/blob-store';
import { EventPublisher } from '../events/event-publisher';
import { FailureReporter } from '../jobs/failure-reporter';
import { JobStore } from '../jobs/job-store';
import { QueryClient } from '../queries/query-client';
import { connectNats } from './nats-connector';
import { NatsPresence } from './nats-presence';
import { provisionNats } from './provisioning';

/** Injection token of the process's NATS connection. */
export const NATS_CONNECTION = Symbol('NATS_CONNECTION');

interface MessagingOptions {
  service: ServiceName;
  /** comma-separated */
  servers: string;
}

const parts = [NatsPresence, EventPublisher, BlobStore, JobStore, FailureReporter, QueryClient];

/** All that a service needs to meet the others: one connection, the event log, blobs, jobs and queries. */
@Global()
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    private readonly presence: NatsPresence,
    readiness: Readiness,
  ) {
    readiness.register({ name: 'nats', check: () => this.check() });
  }

  static forRoot({ service, servers }: MessagingOptions): DynamicModule {
    const connection = {
      provide: NATS_CONNECTION,
      useFactory: async (): Promise<NatsConnection> => {
        const opened = await connectNats(servers, service);
        await provisionNats(opened);
        return opened;
      },
    };
    const providers = [
      connection,
      { provide: NatsPresence, useFactory: (opened: NatsConnection) => NatsPresence.watch(opened), inject: [NATS_CONNECTION] },
      { provide: EventPublisher, useFactory: (opened: NatsConnection) => new EventPublisher(jetstream(opened)), inject: [NATS_CONNECTION] },
      { provide: BlobStore, useFactory: (opened: NatsConnection) => BlobStore.open(opened), inject: [NATS_CONNECTION] },
      { provide: JobStore, useFactory: (opened: NatsConnection) => JobStore.open(opened), inject: [NATS_CONNECTION] },
      {
        provide: FailureReporter,
        useFactory: (publisher: EventPublisher, jobs: JobStore) => new FailureReporter(service, publisher, jobs),
        inject: [EventPublisher, JobStore],
      },
      { provide: QueryClient, useFactory: () => new QueryClient(servers, service) },
    ];
    return { module: MessagingModule, providers, exports: [NATS_CONNECTION, ...parts] };
  }

  /** Last of all: what handlers still had to say has been said by now. */
  async onApplicationShutdown(): Promise<void> {
    this.presence.stop();
    // draining asks the server, and would wait for its return
    await (this.presence.available ? this.connection.drain() : this.connection.close());
  }

  private async check(): Promise<ReadinessFacts> {
    if (!this.presence.available) {
      throw new Error('NATS does not answer');
    }
    const manager = await jetstreamManager(this.connection, { checkAPI: false, timeout: 1_500 });
    await manager.getAccountInfo();
    return { version: this.connection.info?.version ?? 'unknown' };
  }
}

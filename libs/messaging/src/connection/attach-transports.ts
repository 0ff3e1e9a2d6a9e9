import { events, eventsOf, type EventName, type ServiceName } from '@facet/contracts';
import { FacetError, Metrics, RpcErrorFilter } from '@facet/platform';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Logger, type INestApplication } from '@nestjs/common';
import { z } from 'zod';
import { EventServer } from '../events/event-server';
import { jsonOf } from '../events/message-json';
import { DeadLetters } from '../jobs/dead-letters';
import { FailureReporter } from '../jobs/failure-reporter';
import { QueryServer } from '../queries/query-server';
import { NATS_CONNECTION } from './messaging.module';
import { NatsPresence } from './nats-presence';

interface TransportOptions {
  service: ServiceName;
  servers: string;
  /** steps of jobs worked on at once by this process */
  concurrency: number;
  /** events of one kind worked on at once by all processes of the service */
  maxInFlight: number;
  /** a handler that is silent for this long, ms, is taken for dead, and its event delivered again */
  ackWaitMs: number;
  /** ms that a handler has for one event */
  handlerTimeoutMs: number;
  /** age of an event, in ms, after which no attempt at it is begun any more */
  deadlineMs: number;
  /** takes back what a step of a job that is given up has left outside of NATS; what fails here is logged, and stays */
  discard?: (event: unknown) => Promise<void>;
}

/** The least that an event must name, even one that is malformed otherwise, for its job to be ended. */
const FailedJobIds = z.object({
  image_id: z.string(),
  user_id: z.string(),
  request_id: z.string(),
  reopened: z.int().nonnegative().catch(0),
});

/** Connects a service's handlers to NATS and starts them: events off its durable consumers, and queries if it answers any. */
export async function attachTransports(app: INestApplication, options: TransportOptions): Promise<void> {
  const { service } = options;
  const logger = new Logger('transports');
  const connection = app.get<NatsConnection>(NATS_CONNECTION);
  const metrics = app.get(Metrics);
  const failures = app.get(FailureReporter);
  const deadLetters = new DeadLetters(jetstream(connection), service);
  app.useGlobalFilters(new RpcErrorFilter());

  const giveUp = async (subject: EventName, message: JsMsg, error: FacetError): Promise<void> => {
    if (error.code !== 'refused') {
      await deadLetters.keep(subject, message, error);
    }
    // the picture is there, and its job has ended long ago
    if (events[subject].partOf === 'keeping') {
      return;
    }
    const job = FailedJobIds.safeParse(jsonOf(message));
    if (job.success) {
      await failures.report(job.data, error);
    }
    await options.discard?.(jsonOf(message)).catch((cause: unknown) => {
      logger.warn({ msg: 'what the job has left behind could not be taken back', err: cause });
    });
  };
  const settled = (subject: string, settlement: string, seconds: number): void => {
    metrics.messages.inc({ subject, settlement });
    metrics.messageSeconds.observe({ subject }, seconds);
  };

  if (eventsOf(service).length > 0) {
    const { ackWaitMs, handlerTimeoutMs, deadlineMs } = options;
    const policy = { ackWaitMs, handlerTimeoutMs, deadlineMs, giveUp, settled };
    const strategy = new EventServer({ ...options, connection, presence: app.get(NatsPresence), policy });
    app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  }
  if (service === 'media' || service === 'catalog') {
    app.connectMicroservice({ strategy: new QueryServer(options.servers, service) }, { inheritAppConfig: true });
  }
  await app.startAllMicroservices();
}

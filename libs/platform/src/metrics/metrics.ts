import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** The process's Prometheus metrics. Names follow https://prometheus.io/docs/practices/naming/. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  /** Messages handled from durable consumers, by how they were settled: ack, retry, dead_letter, refused. */
  readonly messages = new Counter({
    name: 'facet_messages_total',
    help: 'Messages handled, by subject and settlement.',
    labelNames: ['subject', 'settlement'],
    registers: [this.registry],
  });

  readonly messageSeconds = new Histogram({
    name: 'facet_message_duration_seconds',
    help: 'Time from delivery to settlement.',
    labelNames: ['subject'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 150],
    registers: [this.registry],
  });

  readonly requestSeconds = new Histogram({
    name: 'facet_http_request_duration_seconds',
    help: 'Time from request to response, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 15, 60, 150],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}

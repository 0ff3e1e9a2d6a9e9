import { BaseRpcContext } from '@nestjs/microservices';

interface Delivery {
  /** position in the event log: unique, growing, the same on replay */
  sequence: number;
  /** `sequence`, but for the retry of a dead letter that says at which position its event was first */
  firstSequence: number;
  /** 1 for the first delivery */
  attempt: number;
  /** aborts when the handler has had its time */
  signal: AbortSignal;
}

/** What a handler may know of a delivery beside its payload. */
export class EventContext extends BaseRpcContext<[Delivery]> implements Delivery {
  readonly sequence: number;
  readonly firstSequence: number;
  readonly attempt: number;
  readonly signal: AbortSignal;

  constructor(delivery: Delivery) {
    super([delivery]);
    this.sequence = delivery.sequence;
    this.firstSequence = delivery.firstSequence;
    this.attempt = delivery.attempt;
    this.signal = delivery.signal;
  }
}

import { BaseRpcContext } from '@nestjs/microservices';

interface Delivery {
  /** position in the event log: unique, growing, the same on replay */
  sequence: number;
  /** 1 for the first delivery */
  attempt: number;
  /** aborts when the handler has had its time */
  signal: AbortSignal;
}

/** What a handler may know of a delivery beside its payload. */
export class EventContext extends BaseRpcContext<[Delivery]> {
  constructor(delivery: Delivery) {
    super([delivery]);
  }

  get sequence(): number {
    return this.getArgByIndex(0).sequence;
  }

  get attempt(): number {
    return this.getArgByIndex(0).attempt;
  }

  get signal(): AbortSignal {
    return this.getArgByIndex(0).signal;
  }
}

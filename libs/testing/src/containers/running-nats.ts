/** A NATS server with JetStream, for one test file. Stop it in `afterAll`: nothing else does. */
export interface RunningNats {
  url: string;
  /** tells `/healthz`, on the same host */
  monitoringPort: number;
  stop: () => Promise<void>;
  /** Ends it (SIGKILL) until `restart()`. */
  kill: () => Promise<void>;
  /** Kills it (SIGKILL) and starts it again with the same url and store. */
  restart: () => Promise<void>;
  /** Holds it in mid-air: connections stay open and nothing answers, as with a network that fails. */
  pause: () => Promise<void>;
  unpause: () => Promise<void>;
}

/** Header of a query that asks for a sign of life in this interval, ms, until the answer. */
export const HEARTBEAT_HEADER = 'x-heartbeat-ms';

/** Shortest interval that is kept to, ms. */
const SHORTEST_MS = 100;

/** Stands where an answer would be: it is still being made. */
interface Heartbeat {
  facet_heartbeat: true;
}

const HEARTBEAT: Heartbeat = { facet_heartbeat: true };

/** One of several parts of an answer, in the form of Nest's NATS transport: not the last one. */
export const HEARTBEAT_PACKET = JSON.stringify({ response: HEARTBEAT, isDisposed: false });

export const isHeartbeat = (part: unknown): part is Heartbeat => typeof part === 'object' && part !== null && 'facet_heartbeat' in part;

/** The interval that a query asks for, ms; `null` for none, or nonsense. */
export function heartbeatMsOf(header: string | undefined): number | null {
  const asked = Number(header);
  return header !== undefined && Number.isFinite(asked) && asked >= SHORTEST_MS ? asked : null;
}

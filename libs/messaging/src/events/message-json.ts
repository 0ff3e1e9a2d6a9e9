import type { JsMsg } from '@nats-io/jetstream';

/** The message's content, or `null` when it is not JSON: what a schema then rejects with a proper fault. */
export function jsonOf(message: JsMsg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return null;
  }
}

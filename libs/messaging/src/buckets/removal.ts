import type { MsgHdrs } from '@nats-io/transport-node';

/** Whether a message of a bucket says that its key was taken away. */
export const isRemoval = (headers: MsgHdrs | undefined): boolean => headers?.has('KV-Operation') ?? false;

import { setTimeout as delay } from 'node:timers/promises';

/** How long a fault lasts. Nothing is waited for here: it is the fault itself that takes its time. */
export const lasting = (seconds: number): Promise<void> => delay(seconds * 1_000);

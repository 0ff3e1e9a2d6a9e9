import { readlinkSync } from 'node:fs';
import os from 'node:os';

/**
 * Gives way to every other thread, so that four pictures at once do not hold up the event loop of the process. On Linux a
 * priority belongs to a thread, whose id is where /proc/thread-self points; elsewhere it would be that of the whole process,
 * so nothing is done there.
 */
export const giveWay = (): void => {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    os.setPriority(thread, os.constants.priority.PRIORITY_LOW);
  } catch {
    // a system that does not allow it makes pictures as well
  }
};

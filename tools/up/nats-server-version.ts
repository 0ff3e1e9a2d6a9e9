/** JetStream with the key-value and object stores that Facet needs. */
export const OLDEST_VERSION = '2.9';

/** What is acknowledged can be on the disk from this one on (`sync_interval: always`). */
export const SYNCS_ALWAYS_FROM = '2.10';

/** Whether a version, such as `2.10.27` or `2.12.0-RC.1`, is another one, such as `2.10`, or newer. */
export function isAtLeast(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = other.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** One attempt's wait for the PubAck, in ms, and the attempts: a broker that restarts is back within a second or two. */
export const PATIENT_PUBLISH = { timeout: 1_500, retries: 5 } as const;

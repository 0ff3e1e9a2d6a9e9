/** How Gemini is called. */
export interface GeminiOptions {
  apiKey: string;
  model: string;
  baseUrl: string;
  /** deadline of one call, ms */
  timeoutMs: number;
  /** longest wait for the probe, ms; default 1,500, which is less than a readiness check waits */
  probeTimeoutMs?: number | undefined;
  /** 0 to 2; the model's own default without it */
  temperature?: number | undefined;
  /** `1K`, `2K` or `4K`; the model's own default without it */
  imageSize?: string | undefined;
}

/** How far the clocks of Facet's processes, and that of NATS, may be apart, in ms: who looks for what happened since a moment looks back as far. */
export const CLOCKS_MS = 3_600_000;

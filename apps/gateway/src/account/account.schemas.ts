import { z } from 'zod';

/** The receipt of an account's deletion that a route names. */
export const OneAccountReceipt = z.object({ id: z.string().regex(/^account-[0-9a-f-]{36}$/, "must be the id of an account's receipt") });
export type OneAccountReceipt = z.infer<typeof OneAccountReceipt>;

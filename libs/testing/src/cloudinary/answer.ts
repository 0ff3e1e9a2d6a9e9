/** What the double answers to one request. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: Buffer.from(JSON.stringify(body)),
});

/** An error of the API is `{"error":{"message"}}`; deliveries have the text in `X-Cld-Error`, which the API sends too. */
export function failure(status: number, message: string, headers: Record<string, string> = {}): Answer {
  const answer = json(status, { error: { message } });
  return { ...answer, headers: { ...answer.headers, 'x-cld-error': message, ...headers } };
}

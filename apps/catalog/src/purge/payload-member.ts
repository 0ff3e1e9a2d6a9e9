/** What a message's payload says under a name; `undefined` where it is no JSON object or says nothing. */
export function payloadMember(data: Uint8Array, name: string): unknown {
  try {
    const content: unknown = JSON.parse(new TextDecoder().decode(data));
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}

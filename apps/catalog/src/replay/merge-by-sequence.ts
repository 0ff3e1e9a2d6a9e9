/** Several sources, each in order, as one in order. Reads one item of each source ahead. */
export async function* mergeBySequence<T extends { sequence: number }>(sources: readonly AsyncGenerator<T, void>[]): AsyncGenerator<T> {
  try {
    const heads = await Promise.all(sources.map(async (source) => ({ source, head: await source.next() })));
    for (;;) {
      const [next] = heads
        .flatMap((place) => (place.head.done ? [] : [{ place, item: place.head.value }]))
        .sort((a, b) => a.item.sequence - b.item.sequence);
      if (!next) {
        return;
      }
      yield next.item;
      next.place.head = await next.place.source.next();
    }
  } finally {
    await Promise.all(sources.map((source) => source.return()));
  }
}

/** Lets real parts work for some steps, and none of them any more: as if their process had died there. */
export class BrokenOff {
  private steps = 0;

  /** @param after calls that go through, of all parts together */
  constructor(private readonly after: number) {}

  /** Whether it came so far that something did not go through. */
  get hasBroken(): boolean {
    return this.steps > this.after;
  }

  /** The same part, as long as it goes. Its methods must be asynchronous. */
  part<T extends object>(real: T): T {
    return new Proxy(real, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function'
          ? (...args: unknown[]) => this.step(() => Reflect.apply(member, target, args) as unknown)
          : member;
      },
    });
  }

  private step(work: () => unknown): unknown {
    this.steps += 1;
    return this.hasBroken ? Promise.reject(new Error(`broken off after ${this.after} steps`)) : work();
  }
}

/**
 * Bytes that pass between two collections. Each is copied about three times on its way. V8 hardly sees buffers, which
 * lie outside of its heap: left to itself it collects after 64 MB of them, which is what a process that streams uploads
 * would then be larger by.
 */
const RECLAIM_AFTER_BYTES = 6 * 1024 * 1024;

/**
 * Has the buffers of streamed bytes given back early, where the process was started with `--expose-gc`. Costs some
 * 20 ms per 6 MB. A minor collection is no help: it moves the buffers that are in use to the old ones, where they stay.
 */
export class BufferReclaim {
  private passed = 0;

  /** Tells of bytes that have been passed on, whose buffers nobody holds any more. */
  passedOn(bytes: number): void {
    this.passed += bytes;
    if (this.passed >= RECLAIM_AFTER_BYTES) {
      this.passed = 0;
      globalThis.gc?.();
    }
  }
}

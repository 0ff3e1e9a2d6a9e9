/**
 * Bytes that pass between two collections. V8 hardly sees buffers, which lie outside of its heap: left to itself it
 * collects after 64 MB of them, which is what a process that streams uploads would then be larger by.
 */
const RECLAIM_AFTER_BYTES = 8 * 1024 * 1024;

/** Has the buffers of streamed bytes given back early, where the process was started with `--expose-gc`. */
export class BufferReclaim {
  private passed = 0;

  /** Tells of bytes that have been passed on, whose buffers nobody holds any more. */
  passedOn(bytes: number): void {
    this.passed += bytes;
    if (this.passed >= RECLAIM_AFTER_BYTES) {
      this.passed = 0;
      // a minor collection looks at the youngest objects only: a millisecond, against some 30 for 8 MB of an upload
      globalThis.gc?.({ type: 'minor' });
    }
  }
}

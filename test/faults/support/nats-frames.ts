import { Transform, type TransformCallback } from 'node:stream';

/** One message of NATS' client protocol (https://docs.nats.io/reference/reference-protocols/nats-protocol). */
export interface Frame {
  /** such as `PUB`, `HPUB`, `MSG`, `HMSG`, `PING` */
  verb: string;
  /** what follows the verb in its line */
  words: readonly string[];
  payload: Buffer;
}

const WITH_PAYLOAD = new Set(['PUB', 'HPUB', 'MSG', 'HMSG']);
const LINE_END = Buffer.from('\r\n');

/** Passes a connection's messages on, but for those that are dropped. */
export class NatsFrames extends Transform {
  private pending = Buffer.alloc(0);

  /** @param dropped true for a message that is to be lost on its way */
  constructor(private readonly dropped: (frame: Frame) => boolean) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    for (let frame = this.next(); frame; frame = this.next()) {
      if (!this.dropped(frame.frame)) {
        this.push(frame.bytes);
      }
    }
    done();
  }

  private next(): { frame: Frame; bytes: Buffer } | null {
    const lineEnd = this.pending.indexOf(LINE_END);
    if (lineEnd < 0) {
      return null;
    }
    const [verb = '', ...words] = this.pending.subarray(0, lineEnd).toString().split(/\s+/);
    const payloadStart = lineEnd + LINE_END.length;
    const size = WITH_PAYLOAD.has(verb.toUpperCase()) ? Number(words.at(-1)) : null;
    const end = size === null ? payloadStart : payloadStart + size + LINE_END.length;
    if (this.pending.length < end) {
      return null;
    }
    const bytes = this.pending.subarray(0, end);
    const payload = size === null ? Buffer.alloc(0) : bytes.subarray(payloadStart, payloadStart + size);
    this.pending = this.pending.subarray(end);
    return { frame: { verb: verb.toUpperCase(), words, payload }, bytes };
  }
}

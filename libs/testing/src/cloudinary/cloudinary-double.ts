import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { startDoubleServer } from '../double-server';
import { failure, type Answer } from './answer';
import { CloudinaryAccount, type Credentials } from './cloudinary-account';
import type { CloudinaryBehaviour } from './cloudinary-does';
import { readMultipartForm, type MultipartForm } from './multipart-form';
import type { StoredPicture } from './stored-pictures';

/** One call, recorded when it has arrived whole. */
export interface CloudinaryCall {
  /** 1 for the first */
  n: number;
  /** ms since 1970 */
  at: number;
  kind: 'upload' | 'destroy' | 'ping' | 'delivery';
  publicId: string | null;
  /** status of the answer; `dropped` where the connection was broken off, `null` while it is worked on */
  answered: number | 'dropped' | null;
  /** size of the uploaded file */
  bytes?: number;
  /** what was asked for beside the file, without key and signature */
  params?: Record<string, string>;
}

/**
 * Speaks Cloudinary's protocol on 127.0.0.1, so that the real SDK works against it over a socket. Configure its `url`
 * before the SDK is loaded, which reads `CLOUDINARY_URL` once. Requests are verified as the real service does, and
 * `cloudinaryDoes` has it do otherwise.
 */
export class CloudinaryDouble {
  private readonly recorded: CloudinaryCall[] = [];
  private readonly scripts: Record<'api' | 'ping' | 'delivery', CloudinaryBehaviour[]> = { api: [], ping: [], delivery: [] };
  private readonly stopping = new AbortController();
  private readonly account: CloudinaryAccount;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** The `CLOUDINARY_URL` to configure. */
  readonly url: string;

  private constructor(
    private readonly server: Server,
    credentials: Credentials,
  ) {
    const { cloud, key, secret } = credentials;
    this.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.url = `cloudinary://${key}:${secret}@${cloud}?upload_prefix=${this.address}`;
    this.account = new CloudinaryAccount(credentials, this.address);
    server.on('request', (request, response) => {
      // a client that went away needs no answer
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  static async start({ cloud = 'facet-test', key = '123456789012345', secret = 'cloudinary-secret' } = {}): Promise<CloudinaryDouble> {
    return new CloudinaryDouble(await startDoubleServer(), { cloud, key, secret });
  }

  get calls(): readonly CloudinaryCall[] {
    return this.recorded;
  }

  /** By public id. */
  get assets(): ReadonlyMap<string, StoredPicture> {
    return this.account.pictures;
  }

  /** For the next calls of upload and destroy, one each. */
  script(...behaviours: CloudinaryBehaviour[]): void {
    this.scripts.api.push(...behaviours);
  }

  scriptPing(...behaviours: CloudinaryBehaviour[]): void {
    this.scripts.ping.push(...behaviours);
  }

  scriptDelivery(...behaviours: CloudinaryBehaviour[]): void {
    this.scripts.delivery.push(...behaviours);
  }

  /** Forgets calls, pictures and scripts. */
  reset(): void {
    this.recorded.length = 0;
    this.account.pictures.clear();
    Object.values(this.scripts).forEach((script) => (script.length = 0));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = readMultipartForm(request.headers['content-type'] ?? '', await buffer(request));
    const { pathname } = new URL(request.url ?? '/', this.address);
    const call = this.record(pathname, form);
    const work = () => this.work(call, pathname, form, request.headers.authorization ?? '');
    const behaviour = this.scripts[call.kind === 'upload' || call.kind === 'destroy' ? 'api' : call.kind].shift();
    if (behaviour?.kind === 'dropped') {
      await this.breakOff(call, response, behaviour.afterItsWork || call.kind === 'delivery' ? await work() : null);
      return;
    }
    const { status, headers, body } = behaviour ? await this.behave(behaviour, work) : await work();
    call.answered = status;
    // written apart from the end: no content-length is made up where none is given
    response.writeHead(status, headers).write(body);
    response.end();
  }

  private async behave(behaviour: Exclude<CloudinaryBehaviour, { kind: 'dropped' }>, work: () => Promise<Answer>): Promise<Answer> {
    switch (behaviour.kind) {
      case 'error':
        return failure(behaviour.status, behaviour.message, behaviour.headers);
      case 'page':
        return { status: behaviour.status, headers: { 'content-type': behaviour.type }, body: behaviour.body };
      case 'slow':
        await after(behaviour.ms, undefined, { signal: this.stopping.signal });
        return work();
      case 'redirect':
        return { status: 302, headers: { location: behaviour.to }, body: Buffer.from('moved') };
      case 'oversized':
        return { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.alloc(behaviour.bytes) };
    }
  }

  /** Breaks the connection off: for a delivery in the middle of the body, else without a word. */
  private async breakOff(call: CloudinaryCall, response: ServerResponse, answer: Answer | null): Promise<void> {
    call.answered = 'dropped';
    if (answer && call.kind === 'delivery') {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
      await new Promise((sent) => response.write(answer.body.subarray(0, answer.body.length / 2), sent));
    }
    response.destroy();
  }

  private record(pathname: string, { fields, file }: MultipartForm): CloudinaryCall {
    const kind = kindOf(pathname);
    const { api_key: _key, signature: _signature, ...params } = fields;
    const delivered = /\/image\/upload\/(?:v\d+\/)?(.+)\.\w+$/.exec(decodeURIComponent(pathname))?.[1];
    const call: CloudinaryCall = {
      n: this.recorded.length + 1,
      at: Date.now(),
      kind,
      publicId: (kind === 'delivery' ? delivered : fields['public_id']) ?? null,
      answered: null,
      ...(file && { bytes: file.length }),
      ...(kind !== 'delivery' && { params }),
    };
    this.recorded.push(call);
    return call;
  }

  private async work(call: CloudinaryCall, pathname: string, form: MultipartForm, authorization: string): Promise<Answer> {
    const cloud = pathname.split('/')[2] ?? '';
    switch (call.kind) {
      case 'upload':
        return this.account.upload(cloud, form);
      case 'destroy':
        return this.account.destroy(cloud, form);
      case 'ping':
        return this.account.ping(cloud, authorization);
      case 'delivery':
        return this.account.deliver(call.publicId ?? '', pathname);
    }
  }
}

/** API calls are `/v1_1/{cloud}/{action}`: https://cloudinary.com/documentation/image_upload_api_reference#overview */
function kindOf(pathname: string): CloudinaryCall['kind'] {
  const action = /^\/v1_1\/[^/]*\/(.+)$/.exec(pathname)?.[1];
  const kinds: Record<string, CloudinaryCall['kind']> = { 'image/upload': 'upload', 'image/destroy': 'destroy', ping: 'ping' };
  return kinds[action ?? ''] ?? 'delivery';
}

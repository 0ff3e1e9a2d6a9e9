import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PHOTOS = join(__dirname, '../../photos');

/** What an answer's body may hold; tests say what they expect of it. */
export type Body = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

/** A file of a form: a photo of `test/photos` by its file name, or any content under any name. */
export type FormFile = { photo: string } | { fileName: string; content: Buffer };

/** A form field: a text or a file. */
export type Field = [name: string, value: string | FormFile];

/** The REST API as a client with one user's token sees it. */
export class Api {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /** Registers a user and logs in. */
  static async as(url: string, email: string): Promise<Api> {
    const credentials = { email, password: 'correct horse battery' };
    const anonymous = new Api(url);
    await anonymous.json('/auth/register', credentials);
    const { body } = await anonymous.json('/auth/login', credentials);
    return new Api(url, String(body['access_token']));
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  json(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  /** A request without a body. */
  call(method: 'POST' | 'DELETE', path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { method, headers });
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { method: 'PATCH', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  }

  urlencoded(path: string, body: Record<string, string>): Promise<Answer> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(body) });
  }

  async form(path: string, fields: Field[], headers: Record<string, string> = {}): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of fields) {
      if (typeof value === 'string') {
        form.append(name, value);
      } else {
        const { fileName, content } = await contentOf(value);
        form.append(name, new Blob([Uint8Array.from(content)]), fileName);
      }
    }
    return this.send(path, { method: 'POST', headers, body: form });
  }

  /** Sends one file by its bytes, whatever they are. */
  upload(
    path: string,
    field: string,
    bytes: Buffer,
    headers: Record<string, string> = {},
    { fileName = 'photo.jpg', signal }: { fileName?: string; signal?: AbortSignal } = {},
  ): Promise<Answer> {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), fileName);
    return this.send(path, { method: 'POST', headers, body: form, signal: signal ?? null });
  }

  /** A body as it is, whatever its content type says. */
  raw(path: string, body: string | Buffer, headers: Record<string, string>): Promise<Answer> {
    return this.send(path, { method: 'POST', headers, body: typeof body === 'string' ? body : Uint8Array.from(body) });
  }

  /** The bytes behind a picture's URL, fetched as a browser would: without a token. */
  async picture(url: unknown): Promise<Buffer> {
    const response = await fetch(String(url));
    if (!response.ok) {
      throw new Error(`${String(url)}: ${response.status}`);
    }
    return Buffer.from(await response.arrayBuffer());
  }

  /** The server-sent events of a job until its end. */
  async events(path: string, headers: Record<string, string> = {}): Promise<string> {
    const response = await fetch(`${this.url}${path}`, { headers: { ...headers, ...this.authorization() } });
    return response.text();
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      headers: { ...this.authorization(), ...(init.headers as Record<string, string>) },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }

  private authorization(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }
}

async function contentOf(file: FormFile): Promise<{ fileName: string; content: Buffer }> {
  return 'photo' in file ? { fileName: basename(file.photo), content: await readFile(join(PHOTOS, file.photo)) } : file;
}

import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { startDoubleServer } from '../double-server';
import { errorAnswer } from './answers';
import { apiKeyInvalid, apiKeyMissing, modelNotFound, noSuchModel } from './api-failures';
import { deliver } from './deliver';
import { gemini, type GeminiBehaviour } from './gemini-behaviours';
import { type GeminiCall, type GenerateContentRequest } from './gemini-call';
import { GoogleApiError } from './google-api-error';
import { describeModel, MAX_REQUEST_BYTES, readBody, routeOf, sendFault, sendNotFoundPage } from './gemini-http';
import { readGenerateContentRequest } from './read-request';

interface GeminiDoubleOptions {
  /** default `test-key` */
  key?: string;
  /** without `models/`; default `gemini-nano-banana-2.1` */
  models?: readonly string[];
  /** default: a free one; a given one for a service that comes back */
  port?: number;
  /** size of a request's body, default 20 MiB */
  maxRequestBytes?: number;
}

type Usually = GeminiBehaviour | ((call: GeminiCall) => GeminiBehaviour);

/**
 * The Gemini API on a socket of this machine, for the real SDK: `GEMINI_BASE_URL=<url>`. It checks each request as the
 * service does and answers what the script says, by default with a picture.
 *
 * @example
 * const double = await GeminiDouble.start();
 * double.script(gemini.overloaded(), gemini.tooManyRequests('2s')); // and then pictures
 */
export class GeminiDouble {
  private scripted: GeminiBehaviour[] = [];
  private usual: Usually = gemini.picture();
  private recorded: GeminiCall[] = [];
  private probed = 0;

  private constructor(
    private readonly server: Server,
    /** http://127.0.0.1:PORT */
    readonly url: string,
    /** the only key that it takes */
    readonly key: string,
    private readonly models: readonly string[],
    private readonly maxRequestBytes: number,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // a client that hung up in its request, or a fault of the double, which is to show itself
      this.answer(request, response).catch((error: unknown) => sendFault(response, error));
    });
  }

  static async start({
    key = 'test-key',
    models = ['gemini-nano-banana-2.1'],
    port = 0,
    maxRequestBytes = MAX_REQUEST_BYTES,
  }: GeminiDoubleOptions = {}): Promise<GeminiDouble> {
    const server = await startDoubleServer(port);
    const { port: taken } = server.address() as AddressInfo;
    return new GeminiDouble(server, `http://127.0.0.1:${taken}`, key, models, maxRequestBytes);
  }

  /** all calls of `generateContent` in the order in which they were understood or refused */
  get calls(): readonly GeminiCall[] {
    return this.recorded;
  }

  /** how often a model was asked for by name, as a start-up check does; these are no calls */
  get probes(): number {
    return this.probed;
  }

  /** behaviours of the next calls, in order; afterwards the usual one */
  script(...behaviours: GeminiBehaviour[]): void {
    this.scripted.push(...behaviours);
  }

  /** the behaviour of calls that are not scripted; a function is given the call */
  usually(behaviour: Usually): void {
    this.usual = behaviour;
  }

  /** forgets calls, probes and script; usual is a picture again */
  reset(): void {
    this.scripted = [];
    this.recorded = [];
    this.probed = 0;
    this.usual = gemini.picture();
  }

  /** ends it, and the calls under way */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = routeOf(request);
    try {
      switch (route.kind) {
        case 'model':
          this.probed += 1;
          this.checkKey(route.key);
          this.checkModel(route.model, noSuchModel);
          deliver(response, { answered: '200', status: 200, body: describeModel(route.model) }, 'whole');
          return;
        case 'generate':
          await this.generate(route, request, response);
          return;
        case 'unknown':
          this.record('', Date.now()).answered = '404';
          sendNotFoundPage(request, response);
          return;
      }
    } catch (error) {
      if (!(error instanceof GoogleApiError)) {
        throw error;
      }
      deliver(response, errorAnswer(error), 'whole');
    }
  }

  private async generate(route: { model: string; key?: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const body = await readBody(request, this.maxRequestBytes);
    let call: GeminiCall;
    try {
      this.checkKey(route.key);
      this.checkModel(route.model, modelNotFound);
      call = this.record(route.model, at, await readGenerateContentRequest(body()));
    } catch (error) {
      if (error instanceof GoogleApiError) {
        this.record(route.model, at).answered = String(error.code);
      }
      throw error;
    }
    await this.behave(call, response);
  }

  private async behave(call: GeminiCall, response: ServerResponse): Promise<void> {
    const next = this.scripted.shift() ?? this.usual;
    const behaviour = typeof next === 'function' ? next(call) : next;
    const hungUp = new AbortController();
    response.once('close', () => hungUp.abort());
    if (response.destroyed) {
      hungUp.abort();
    }
    try {
      await pause(behaviour.latencyMs, undefined, { signal: hungUp.signal });
    } catch {
      call.answered = 'abandoned';
      return;
    }
    const answer = await behaviour.answer(call);
    call.answered = answer.answered;
    deliver(response, answer, behaviour.delivery);
  }

  private record(model: string, at: number, content: GenerateContentRequest = { parts: [], generationConfig: {} }): GeminiCall {
    const call: GeminiCall = { n: this.recorded.length + 1, at, model, ...content, answered: 'pending' };
    this.recorded.push(call);
    return call;
  }

  private checkKey(key: string | undefined): void {
    if (!key) {
      throw apiKeyMissing();
    }
    if (key !== this.key) {
      throw apiKeyInvalid();
    }
  }

  private checkModel(model: string, error: (model: string) => GoogleApiError): void {
    if (!this.models.includes(model)) {
      throw error(model);
    }
  }
}

import net, { type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** Longest wait for clients to use their connections once more, in ms: within the grace of whoever stops us. */
const LONGEST_MS = 4_000;

/** How often the connections are looked at, in ms. */
const LOOK_EVERY_MS = 50;

/**
 * Leaves clients without breaking off a request. A client that was just answered may send its next request at the moment in
 * which an idle connection is closed, and cannot know whether that request was taken. So a gateway that another one takes
 * over from accepts no connection any more, tells with its next answer on each of those it has that it is the last one,
 * and closes what is idle only after a while.
 */
@Injectable()
export class Farewell implements BeforeApplicationShutdown {
  private readonly connections = new Set<Socket>();
  private leaving = false;
  private server: net.Server | null = null;

  /** To be called before the server listens. */
  attach(fastify: FastifyInstance): void {
    this.server = fastify.server;
    this.server.on('connection', (socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.leaving) {
        void reply.header('connection', 'close');
      }
      done(null, payload);
    });
  }

  /** @param signal SIGINT is a person's Ctrl-C, or the end of all of Facet: nobody takes over, and nobody is waited for */
  async beforeApplicationShutdown(signal?: string): Promise<void> {
    if (signal === 'SIGTERM') {
      await this.say();
    }
  }

  /** Resolves when all connections have ended, or after 4 s; requests that still run then are left to the server's own stop. */
  private async say(): Promise<void> {
    this.leaving = true;
    // http.Server's own close would close idle connections at once
    if (this.server) {
      net.Server.prototype.close.call(this.server);
    }
    const until = performance.now() + LONGEST_MS;
    while (this.connections.size > 0 && performance.now() < until) {
      await delay(LOOK_EVERY_MS);
    }
  }
}

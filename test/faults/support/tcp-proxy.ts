import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Transform } from 'node:stream';

/** Which way bytes go. */
export type Direction = 'to-server' | 'to-client';

/** Looks at the bytes of one connection on their way, and may hold some back. */
export type Filter = (direction: Direction) => Transform | null;

interface Link {
  client: Socket;
  server: Socket;
}

/** A TCP proxy in front of a server: a network that can be cut, one way or both ways, and healed. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private readonly cutWays = new Set<Direction>();

  private constructor(
    private readonly listener: Server,
    private readonly target: URL,
    private readonly filter: Filter,
  ) {
    listener.on('connection', (client) => {
      this.link(client);
    });
  }

  /** @param target such as `nats://127.0.0.1:4222` */
  static async before(target: string, filter: Filter = () => null): Promise<TcpProxy> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return new TcpProxy(listener, new URL(target), filter);
  }

  /** The server's address, by way of this proxy. */
  get url(): string {
    return `nats://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Nothing passes that way any more; connections stay open, as with a cable that was pulled. */
  cut(...directions: Direction[]): void {
    directions.forEach((direction) => this.cutWays.add(direction));
    this.links.forEach((link) => {
      this.apply(link);
    });
  }

  /** What was held back arrives, as a network delivers what it has not given up. */
  heal(): void {
    this.cutWays.clear();
    this.links.forEach((link) => {
      this.apply(link);
    });
  }

  /** Breaks every connection off; new ones may be made. */
  reset(): void {
    this.links.forEach(({ client, server }) => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    });
  }

  async stop(): Promise<void> {
    this.reset();
    this.listener.close();
    await once(this.listener, 'close');
  }

  private link(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    const link = { client, server };
    this.links.add(link);
    const end = (): void => {
      this.links.delete(link);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true).on('close', end).on('error', end);
    }
    this.pass(client, server, 'to-server');
    this.pass(server, client, 'to-client');
    this.apply(link);
  }

  private pass(from: Socket, to: Socket, direction: Direction): void {
    const filter = this.filter(direction);
    if (filter) {
      from.pipe(filter).pipe(to);
    } else {
      from.pipe(to);
    }
  }

  /** A cut way is one whose receiver takes nothing: the bytes wait in the buffers on the way. */
  private apply({ client, server }: Link): void {
    for (const [receiver, direction] of [
      [server, 'to-server'],
      [client, 'to-client'],
    ] as const) {
      if (this.cutWays.has(direction)) {
        receiver.cork();
      } else {
        // corked once for every cut
        while (receiver.writableCorked > 0) {
          receiver.uncork();
        }
      }
    }
  }
}

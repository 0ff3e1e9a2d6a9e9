import { NatsFrames, type Frame } from './nats-frames';
import { TcpProxy, type Direction } from './tcp-proxy';

/** What gets lost on the way, and which way. */
interface Loss {
  direction: Direction;
  isLost: (frame: Frame) => boolean;
}

/** The network between Facet and its NATS: it can be cut, and lose messages. */
export class UnreliableNetwork {
  private constructor(
    private readonly cable: TcpProxy,
    private readonly losses: Loss[],
  ) {}

  /** @param target such as `nats://127.0.0.1:4222` */
  static async before(target: string): Promise<UnreliableNetwork> {
    const losses: Loss[] = [];
    const isLost = (direction: Direction, frame: Frame): boolean =>
      losses.some((loss) => loss.direction === direction && loss.isLost(frame));
    const cable = await TcpProxy.before(target, (direction) => new NatsFrames((frame) => isLost(direction, frame)));
    return new UnreliableNetwork(cable, losses);
  }

  get url(): string {
    return this.cable.url;
  }

  /** Messages that are lost from now on; without any, all arrive. */
  lose(...losses: Loss[]): void {
    this.losses.splice(0, Infinity, ...losses);
  }

  /** Nothing passes those ways any more; connections stay open. */
  cut(...directions: Direction[]): void {
    this.cable.cut(...directions);
  }

  /** All passes again, on new connections: the old ones were given up on the way. */
  mend(): void {
    this.cable.heal();
    this.cable.reset();
  }

  stop(): Promise<void> {
    return this.cable.stop();
  }
}

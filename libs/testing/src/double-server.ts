import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/**
 * The server of a double, on this machine and listening. It closes no idle connection, as the real services close theirs after
 * minutes: a process that stands still for longer than Node's 5 s would send its next request into one that has just been closed.
 *
 * @param port default: a free one
 */
export async function startDoubleServer(port = 0): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 0 }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

import { natsOptions } from '@facet/messaging';
import { FacetError } from '@facet/platform';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { failureName } from '../doctor/failure-name';
import { shownAddress } from '../doctor/shown-address';
import { readEnvironment, type Environment } from '../up/environment';
import { natsAddress } from './nats-address';
import { readOptions, USAGE } from './options';
import { runCommand } from './run-command';
import { ToolError, UsageError } from './tool-error';

/** Longest wait for NATS to take the connection, in ms. */
const PATIENCE_MS = 2_000;

/** What the command is called with. */
export interface ToolCall {
  /** the project's root */
  root: string;
  args: readonly string[];
  environment: Environment;
  /** prints a line of the result */
  say: (line: string) => void;
  /** prints a line about what went wrong */
  complain: (line: string) => void;
}

/** `npm run deadletters`. @returns the exit code: 0 fine, 1 something could not be done, 2 called wrongly */
export async function deadLettersTool({ root, args, environment, say, complain }: ToolCall): Promise<0 | 1 | 2> {
  try {
    const { command, natsUrl } = readOptions(args);
    const connection = await connectTo(natsAddress(root, readEnvironment(root, environment), natsUrl));
    try {
      return (await runCommand(connection, command, say)) ? 0 : 1;
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n${USAGE}`);
      return 2;
    }
    complain(sentenceOf(error));
    return 1;
  }
}

async function connectTo(address: string | undefined): Promise<NatsConnection> {
  if (address === undefined) {
    throw new ToolError('Where is NATS? Facet does not run on this DATA_DIR: start it with npm run up, or give --nats or NATS_URL.');
  }
  try {
    return await connect({ ...natsOptions(address, 'deadletters'), waitOnFirstConnect: false, reconnect: false, timeout: PATIENCE_MS });
  } catch (error) {
    throw new ToolError(`No NATS can be reached at ${shownAddress(address)}: ${failureName(error)}`);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ToolError) {
    return error.message;
  }
  return error instanceof FacetError && error.retryable
    ? `${error.message} Nothing is lost: the same command does what is left.`
    : `It could not be done: ${failureName(error)}`;
}

import { natsOptions } from '@facet/messaging';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, errors, type NatsConnection } from '@nats-io/transport-node';
import { failureName } from './failure-name';
import { fail, ok, warn, type Verdict } from './finding';
import { shownAddress } from './shown-address';

/** Longest wait for one answer, in ms. */
const PATIENCE_MS = 2_000;

/** @param url `NATS_URL`, if it is set */
export async function checkNats(url: string | undefined): Promise<Verdict> {
  if (url === undefined) {
    return ok('NATS_URL is not set: npm run up brings a server of its own');
  }
  const address = shownAddress(url);
  let connection: NatsConnection;
  try {
    connection = await connect({ ...natsOptions(url, 'doctor'), waitOnFirstConnect: false, reconnect: false, timeout: PATIENCE_MS });
  } catch (error) {
    if (error instanceof URIError) {
      return fail('the credentials cannot be read: write a percent sign as %25', 'NATS_URL');
    }
    return error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError
      ? fail(`the server at ${address} does not accept the credentials`, 'NATS_URL')
      : warn(`no server answers at ${address} right now, services wait for it: ${failureName(error)}`, 'NATS_URL');
  }
  try {
    return await checkJetStream(connection, address);
  } finally {
    await connection.close();
  }
}

async function checkJetStream(connection: NatsConnection, address: string): Promise<Verdict> {
  const server = `nats-server ${connection.info?.version ?? ''} at ${address}`;
  try {
    await (await jetstreamManager(connection, { checkAPI: false, timeout: PATIENCE_MS })).getAccountInfo();
    return ok(`${server}, with JetStream`);
  } catch (error) {
    return error instanceof errors.TimeoutError
      ? warn(`${server}: JetStream does not answer right now`, 'NATS_URL')
      : fail(`${server} has no JetStream for this account: ${failureName(error)}`, 'NATS_URL');
  }
}

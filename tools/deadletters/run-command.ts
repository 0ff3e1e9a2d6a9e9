import { DEADLETTERS_STREAM } from '@facet/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { beginningOf, isMeant, type Letter } from './letter';
import { Letters } from './letters';
import type { Command, LetterFilter } from './options';
import { asJson, asTable, inFull } from './report';
import { Retry, type Outcome } from './retry';
import { ToolError } from './tool-error';

/**
 * Does what the command says.
 *
 * @param say prints a line
 * @returns whether all of it could be done
 * @throws ToolError when there is nothing to do it with; FacetError `unavailable` when NATS goes away on the way
 */
export async function runCommand(connection: NatsConnection, command: Command, say: (line: string) => void): Promise<boolean> {
  await assertFacetRanHere(connection);
  const letters = await Letters.open(connection);
  switch (command.name) {
    case 'list': {
      const meant = await meantBy(letters, command);
      say(command.json ? asJson(meant) : asTable(meant));
      return true;
    }
    case 'show':
      say(inFull(await existing(letters, command.sequence)));
      return true;
    case 'drop':
      return forEach(await meantBy(letters, command.letters), say, async ({ sequence }) => {
        await letters.delete(sequence);
        return { done: true, text: 'dropped' };
      });
    case 'retry': {
      const meant = await meantBy(letters, command.letters);
      const retry = await Retry.open(connection, letters, Math.min(...meant.map(beginningOf)));
      return forEach(meant, say, (letter) => retry.retry(letter));
    }
  }
}

async function assertFacetRanHere(connection: NatsConnection): Promise<void> {
  const streams = await (await jetstreamManager(connection)).streams.names(`${DEADLETTERS_STREAM.toLowerCase()}.>`).next();
  if (!streams.includes(DEADLETTERS_STREAM)) {
    throw new ToolError(`This NATS has no stream ${DEADLETTERS_STREAM}: no Facet has run on it yet.`);
  }
}

async function meantBy(letters: Letters, which: { sequence: number } | { filter: LetterFilter }): Promise<Letter[]> {
  if ('sequence' in which) {
    return [await existing(letters, which.sequence)];
  }
  const meant: Letter[] = [];
  for await (const letter of letters.all()) {
    if (isMeant(letter, which.filter)) {
      meant.push(letter);
    }
  }
  return meant;
}

async function existing(letters: Letters, sequence: number): Promise<Letter> {
  const letter = await letters.find(sequence);
  if (!letter) {
    throw new ToolError(`There is no dead letter ${sequence}. Those that there are: npm run deadletters -- list`);
  }
  return letter;
}

/** One after the other; one that cannot be done does not keep the others from it. */
async function forEach(
  letters: readonly Letter[],
  say: (line: string) => void,
  act: (letter: Letter) => Promise<Outcome>,
): Promise<boolean> {
  let done = 0;
  for (const letter of letters) {
    const outcome = await act(letter);
    done += outcome.done ? 1 : 0;
    say(`letter ${letter.sequence}: ${outcome.text}`);
  }
  if (letters.length !== 1) {
    say(letters.length === 0 ? 'no dead letters' : `${done} of ${letters.length} letters done`);
  }
  return done === letters.length;
}

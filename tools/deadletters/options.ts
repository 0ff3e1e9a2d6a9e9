import { parseArgs } from 'node:util';
import { ERROR_CODES, Stage, type ErrorCode } from '@facet/contracts';
import { UsageError } from './tool-error';

export const USAGE = `Usage:
  npm run deadletters -- list [--json]
  npm run deadletters -- show <letter>
  npm run deadletters -- retry <letter> | --all
  npm run deadletters -- drop <letter> | --all
list and --all take --stage <stage> and --code <code>; every command takes --nats <url>.
retry keeps the letter of a job that has succeeded, or of a picture that has been stored meanwhile, and says so: drop it.`;

/** Which letters are meant; without a member every one is. */
export interface LetterFilter {
  stage?: Stage;
  code?: ErrorCode;
}

/** What the command is to do. Letters are named by their sequence. */
export type Command =
  | { name: 'list'; filter: LetterFilter; json: boolean }
  | { name: 'show'; sequence: number }
  | { name: 'retry' | 'drop'; letters: { sequence: number } | { filter: LetterFilter } };

/** What the command was called with. */
export interface Options {
  command: Command;
  /** where NATS is, if it was said */
  natsUrl?: string;
}

/** @throws UsageError that says what is not understood */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [name, letter, ...more] = positionals;
  if (more.length > 0) {
    throw new UsageError(`One letter at a time, or --all: what is ${more.join(' ')}?`);
  }
  const filter = { stage: oneOf('stage', Stage.options, values.stage), code: oneOf('code', ERROR_CODES, values.code) };
  const isFiltered = filter.stage !== undefined || filter.code !== undefined;
  if (isFiltered && name !== 'list' && values.all !== true) {
    throw new UsageError('--stage and --code choose among many letters: they go with list and --all.');
  }
  if (values.json === true && name !== 'list') {
    throw new UsageError('--json goes with list. What show prints is JSON already.');
  }
  if (values.all === true && name !== 'retry' && name !== 'drop') {
    throw new UsageError('--all goes with retry and drop.');
  }
  if (values.nats === '') {
    throw new UsageError('--nats needs an address, such as nats://127.0.0.1:4222.');
  }
  return { natsUrl: values.nats, command: commandOf(name, letter, filter, values) };
}

function commandOf(
  name: string | undefined,
  letter: string | undefined,
  filter: LetterFilter,
  { all = false, json = false }: { all?: boolean; json?: boolean },
): Command {
  switch (name) {
    case 'list':
      if (letter !== undefined) {
        throw new UsageError('list takes no letter; show does.');
      }
      return { name, filter, json };
    case 'show':
      return { name, sequence: sequenceOf(name, letter) };
    case 'retry':
    case 'drop':
      if (all && letter !== undefined) {
        throw new UsageError(`${name} takes one letter or --all, not both.`);
      }
      return { name, letters: all ? { filter } : { sequence: sequenceOf(name, letter) } };
    case undefined:
      throw new UsageError('What is to be done?');
    default:
      throw new UsageError(`There is no command "${name}".`);
  }
}

function sequenceOf(name: string, letter: string | undefined): number {
  if (letter === undefined) {
    throw new UsageError(`${name} needs the sequence of a letter, as list tells it${name === 'show' ? '' : ', or --all'}.`);
  }
  const sequence = Number(letter);
  if (!/^\d+$/.test(letter) || sequence < 1 || !Number.isSafeInteger(sequence)) {
    throw new UsageError(`A letter is named by its sequence, a whole number from 1 on, not "${letter}".`);
  }
  return sequence;
}

function oneOf<T extends string>(option: string, known: readonly T[], value: string | undefined): T | undefined {
  const found = known.find((name) => name === value);
  if (value !== undefined && found === undefined) {
    throw new UsageError(`--${option} must be one of ${known.join(', ')}, not "${value}".`);
  }
  return found;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        nats: { type: 'string' },
        stage: { type: 'string' },
        code: { type: 'string' },
        all: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

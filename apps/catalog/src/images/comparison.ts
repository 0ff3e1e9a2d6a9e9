import { diffWordsWithSpace } from 'diff';
import type { Comparison, ImageNode, ImageRecord, ParameterValue, WordChange } from '@facet/contracts';
import { nodeOf } from './image-node.projection';

/** Steps of each side that are compared, from the last one back, and characters of them: of a message's size, with room. */
const MOST_STEPS = 50;
const MOST_CHARACTERS = 20_000;

/** Longest search for the way from one text to the other, in ms: it grows with the square of the difference. */
const DIFF_TIMEOUT_MS = 100;

/** A picture, and the way to it from the common ancestor or the first picture: all behind the former, or the last part of it. */
interface Compared {
  record: ImageRecord;
  way: readonly ImageNode[];
}

/** Whether this is as much of the end of a way as a comparison looks at. */
export const isEnough = (way: readonly ImageNode[]): boolean => instructionsOf(way).length > MOST_STEPS;

/** Two pictures beside one another; of a deleted one nothing is told but its place. */
export function comparisonOf(a: Compared, b: Compared, ancestor: ImageNode | null): Comparison {
  const [ofA, ofB] = [lastSteps(a.way), lastSteps(b.way)];
  return {
    a: nodeOf(a.record),
    b: nodeOf(b.record),
    common_ancestor: ancestor,
    instructions: {
      a: ofA.steps,
      b: ofB.steps,
      words: wordChanges(ofA.steps.join('. '), ofB.steps.join('. ')),
      complete: ofA.complete && ofB.complete,
    },
    parameters: parametersThatDiffer(a.record, b.record),
  };
}

/** What leads from one text to another, word by word. When that is not found in time: all of one, then all of the other. */
export function wordChanges(from: string, to: string): WordChange[] {
  const changes = diffWordsWithSpace(from, to, { timeout: DIFF_TIMEOUT_MS });
  if (changes === undefined) {
    return [
      { kind: 'removed', text: from },
      { kind: 'added', text: to },
    ];
  }
  return changes.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }));
}

const instructionsOf = (way: readonly ImageNode[]): string[] => way.flatMap(({ instruction }) => (instruction ? [instruction] : []));

/** The instructions that lead to a picture. */
function lastSteps(way: readonly ImageNode[]): { steps: string[]; complete: boolean } {
  const instructions = instructionsOf(way);
  let characters = 0;
  const steps = instructions.slice(-MOST_STEPS).reverse();
  const fitting = steps.filter(({ length }) => (characters += length) <= MOST_CHARACTERS).reverse();
  return { steps: fitting, complete: fitting.length === instructions.length };
}

type Parameters = Record<string, ParameterValue>;

/** What nobody is told of a deleted picture differs from nothing: with one there, only what is told of both is compared. */
function parametersThatDiffer(a: ImageRecord, b: ImageRecord): Comparison['parameters'] {
  const told = a.deleted_at === null && b.deleted_at === null ? parametersOf : ({ type }: ImageRecord): Parameters => ({ type });
  return differences(told(a), told(b));
}

function parametersOf({ type, options, generation, width, height }: ImageRecord): Parameters {
  const { provider, model, fallback, settings } = generation;
  return { type, ...options, provider, model, fallback, width, height, ...prefixed('settings', settings) };
}

const prefixed = (prefix: string, values: Parameters): Parameters =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));

function differences(a: Parameters, b: Parameters): Comparison['parameters'] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names]
    .map((name) => ({ name, a: a[name] ?? null, b: b[name] ?? null }))
    .filter((parameter) => JSON.stringify(parameter.a) !== JSON.stringify(parameter.b));
}

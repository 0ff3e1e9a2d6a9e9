import { diffWordsWithSpace } from 'diff';
import type { Comparison, ImageNode, ImageRecord, ParameterValue, WordChange } from '@facet/contracts';
import { commonAncestorOf, pathTo } from './lineage';
import { nodeOf } from './image-node.projection';

/** Steps of each side that are compared, from the last one back, and characters of them: of a message's size, with room. */
const MOST_STEPS = 50;
const MOST_CHARACTERS = 20_000;

/** Longest search for the way from one text to the other, in ms: it grows with the square of the difference. */
const DIFF_TIMEOUT_MS = 100;

/** A picture, and the tree that it belongs to. */
interface Compared {
  record: ImageRecord;
  tree: readonly ImageNode[];
}

/** Two pictures beside one another; of a deleted one nothing is told but its place. */
export function comparisonOf(a: Compared, b: Compared): Comparison {
  const ancestor = commonAncestorOf(a.tree, a.record.id, b.record.id) ?? null;
  const [ofA, ofB] = [stepsTo(a, ancestor), stepsTo(b, ancestor)];
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
    parameters: differences(parametersOf(a.record), parametersOf(b.record)),
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

/** The instructions that lead to a picture from an ancestor, or from the first picture on. */
function stepsTo({ record, tree }: Compared, ancestor: ImageNode | null): { steps: string[]; complete: boolean } {
  const path = pathTo(tree, record.id);
  const begin = path.findIndex(({ id }) => id === ancestor?.id) + 1;
  const instructions = path.slice(begin).flatMap(({ instruction }) => (instruction ? [instruction] : []));
  let characters = 0;
  const steps = instructions.slice(-MOST_STEPS).reverse();
  const fitting = steps.filter(({ length }) => (characters += length) <= MOST_CHARACTERS).reverse();
  return { steps: fitting, complete: fitting.length === instructions.length };
}

type Parameters = Record<string, ParameterValue>;

function parametersOf({ type, options, generation, width, height, deleted_at }: ImageRecord): Parameters {
  if (deleted_at !== null) {
    return {};
  }
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

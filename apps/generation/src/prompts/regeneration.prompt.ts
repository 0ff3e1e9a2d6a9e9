import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, paragraphs } from './prompt-parts';

/** Characters of a chain's history that are sent along: models take about 32,000 in all. */
const HISTORY_LIMIT = 8_000;

/** The next step of a chain: works on the parent's picture, knows how it came to be. */
export const regenerationPrompt = (source: PromptSource): string =>
  paragraphs(
    'Picture 1 is a finished jewellery picture. Change it as asked, and nothing else.',
    `Asked for now: ${source.instruction}`,
    `How the picture came to be: ${historyOf(source)}`,
    KEEP_THE_PIECE,
  );

/** The whole prompt, or of a long chain its first prompt and as much of its end as there is room for. */
function historyOf({ prompt, original_prompt }: PromptSource): string {
  if (prompt.length <= HISTORY_LIMIT) {
    return prompt;
  }
  const room = Math.max(0, HISTORY_LIMIT - original_prompt.length);
  return `${original_prompt.slice(0, HISTORY_LIMIT)} … ${prompt.slice(prompt.length - room)}`;
}

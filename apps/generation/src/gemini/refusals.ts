import { FacetError } from '@facet/platform';

/** What was refused: what the user sent, or what the model had made of it. */
type RefusedSide = 'request' | 'picture';

/**
 * Gemini's reasons in words that a person understands (https://ai.google.dev/api/generate-content#BlockReason and
 * #FinishReason). Reasons come and go: an unknown one is told as it is.
 */
const REASONS: Record<string, string> = {
  SAFETY: "the model's safety rules do not allow it",
  IMAGE_SAFETY: "the model's safety rules do not allow it",
  PROHIBITED_CONTENT: 'it may show what the model must not make',
  IMAGE_PROHIBITED_CONTENT: 'it may show what the model must not make',
  BLOCKLIST: 'it holds words that the model must not use',
  RECITATION: 'it comes too close to a protected work',
  IMAGE_RECITATION: 'it comes too close to a protected work',
  SPII: 'it may hold personal data of somebody',
  LANGUAGE: 'the model does not know its language',
  NO_IMAGE: 'the model would not make a picture of it',
  IMAGE_OTHER: 'the model gave no closer reason',
  OTHER: 'the model gave no closer reason',
};

const ADVICE: Record<RefusedSide, string> = {
  request: 'Change the words, or use another photo.',
  picture: 'Ask for it in other words.',
};

/** The job's end when the model's rules said no. @param reason Gemini's own name for it */
export const refusal = (side: RefusedSide, reason: string): FacetError =>
  new FacetError(
    'refused',
    `The ${side === 'request' ? 'request' : 'picture that was made'} was refused: ${REASONS[reason] ?? "the model's rules do not allow it"} (${reason}). ${ADVICE[side]}`,
    { details: { side, reason } },
  );

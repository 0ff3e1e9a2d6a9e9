import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, paragraphs, rolesOfPictures } from './prompt-parts';

const WEARERS = {
  ai_model: 'The pieces are worn by a model who is not a real person.',
  real_model: 'The pieces are worn by the person of the photograph, who stays exactly as photographed.',
};

/** Several pieces in one advertising picture. */
export const campaignShotPrompt = (source: PromptSource): string =>
  paragraphs(
    'Make an advertising photograph for a jewellery campaign that shows all the pieces.',
    rolesOfPictures(source),
    WEARERS[source.options.model_type ?? 'ai_model'],
    source.prompt,
    KEEP_THE_PIECE,
  );

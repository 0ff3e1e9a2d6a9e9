import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, measurementsOf, paragraphs, rolesOfPictures } from './prompt-parts';

/** A close-up of a person who does not exist, wearing the piece. */
export const modelWithOrnamentPrompt = (source: PromptSource): string =>
  paragraphs(
    'Make a close-up editorial photograph of a model wearing a piece of jewellery. The model is not a real person.',
    rolesOfPictures(source),
    source.prompt,
    measurementsOf(source),
    'Show the piece worn where such a piece is worn, in true size, in focus.',
    KEEP_THE_PIECE,
  );

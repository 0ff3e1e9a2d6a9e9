import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, paragraphs, rolesOfPictures } from './prompt-parts';

/** A catalogue picture: the piece alone on an even ground. */
export const whiteBackgroundPrompt = (source: PromptSource): string =>
  paragraphs(
    'Make a studio product photograph of a piece of jewellery.',
    rolesOfPictures(source),
    `${source.prompt}.`,
    `Light it softly and evenly, with a natural contact shadow, the background plain ${source.options.background_color ?? 'white'} to the edges.`,
    KEEP_THE_PIECE,
  );

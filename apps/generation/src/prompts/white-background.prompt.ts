import type { PromptSource } from './prompt-source';
import { framingOf, isTransparent, KEEP_THE_PIECE, paintedColour, paragraphs, rolesOfPictures } from './prompt-parts';

/** A catalogue picture: the piece alone on an even ground. */
export const whiteBackgroundPrompt = (source: PromptSource): string =>
  paragraphs(
    'Make a studio product photograph of a piece of jewellery.',
    rolesOfPictures(source),
    // the prompt of the record asks to replace the background with the colour: one that cannot be painted is not repeated
    isTransparent(source.options.background_color) ? source.instruction && `${source.instruction}.` : `${source.prompt}.`,
    `Light it softly and evenly, with a natural contact shadow, the background plain ${paintedColour(source.options.background_color ?? 'white')} to the edges.`,
    framingOf(source),
    KEEP_THE_PIECE,
  );

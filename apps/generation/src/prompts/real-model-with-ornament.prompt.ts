import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, measurementsOf, paragraphs, rolesOfPictures } from './prompt-parts';

/** The very person of the photograph, wearing the piece. */
export const realModelWithOrnamentPrompt = (source: PromptSource): string =>
  paragraphs(
    'Show the person of the photograph wearing the piece of jewellery.',
    rolesOfPictures(source),
    source.prompt,
    measurementsOf(source),
    'Keep the person exactly as photographed: face, skin, hair, clothes and expression. Only add the piece, worn where such a piece is worn, lit as the person is.',
    KEEP_THE_PIECE,
  );

import type { PromptSource } from './prompt-source';
import { KEEP_THE_PIECE, paragraphs, rolesOfPictures } from './prompt-parts';

/** The same piece in front of something else. */
export const backgroundChangePrompt = (source: PromptSource): string =>
  paragraphs(
    'Change the background of a photograph of a piece of jewellery.',
    rolesOfPictures(source),
    source.options.background_color && `The new background is ${source.options.background_color}.`,
    source.prompt,
    'Let light, shadow and reflections on the piece agree with the new background.',
    KEEP_THE_PIECE,
  );

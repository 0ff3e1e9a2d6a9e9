import type { PromptSource } from './prompt-source';
import { framingOf, KEEP_THE_PIECE, paintedColour, paragraphs, rolesOfPictures } from './prompt-parts';

/** The same piece in front of something else. */
export const backgroundChangePrompt = (source: PromptSource): string =>
  paragraphs(
    'Change the background of a photograph of a piece of jewellery.',
    rolesOfPictures(source),
    source.options.background_color && `The new background is ${paintedColour(source.options.background_color)}.`,
    source.prompt,
    'Let light, shadow and reflections on the piece agree with the new background.',
    framingOf(source),
    KEEP_THE_PIECE,
  );

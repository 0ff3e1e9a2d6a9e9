import type { PromptSource } from './prompt-source';

const ROLE_NAMES: Record<PromptSource['inputs'][number]['role'], string> = {
  ornament: 'the ornament',
  model: 'the person who wears it',
  pose: 'the pose to take',
  background: 'the background to use',
  theme: 'the theme of the scene',
};

/** What every type asks for: the piece is for sale, so it must stay itself. */
export const KEEP_THE_PIECE =
  'Keep the ornament exactly as it is: its shape, proportions, metal, stones, colours and engravings. Add no text, logo or watermark.';

/** One line per picture, in the order in which they are sent: `Picture 2 is the ornament "Ring".` */
export function rolesOfPictures({ inputs, options }: PromptSource): string {
  const names = [...(options.ornament_names ?? [])];
  return inputs
    .map(({ role }, index) => {
      const name = role === 'ornament' ? names.shift() : undefined;
      return `Picture ${index + 1} is ${ROLE_NAMES[role]}${name ? ` "${name}"` : ''}.`;
    })
    .join('\n');
}

/** An image model paints every pixel: what shall be transparent it is asked to make white. */
export const paintedColour = (colour: string): string => (isTransparent(colour) ? 'white' : colour);

/** Whether the wish for a background is that there be none. */
export const isTransparent = (colour: string | undefined): boolean => colour?.trim().toLowerCase() === 'transparent';

/** How the piece is to stand in the frame, if that was asked for. */
export const framingOf = ({ options }: PromptSource): string | false =>
  options.framing === 'square' && 'Make the picture square, the piece in its centre with even margins all around.';

/** Paragraphs, without those that are empty. */
export const paragraphs = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n\n');

/** Measurements as the user gave them, if any. */
export const measurementsOf = ({ options }: PromptSource): string | undefined =>
  options.measurements && `Measurements, to be true to scale: ${options.measurements}`;

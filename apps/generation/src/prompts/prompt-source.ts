import type { ImageRequested } from '@facet/contracts';

/** What a prompt is compiled from: the parts of the request that a model may see. */
export type PromptSource = Pick<ImageRequested, 'type' | 'prompt' | 'original_prompt' | 'instruction' | 'options' | 'parent'> & {
  inputs: readonly { role: ImageRequested['inputs'][number]['role'] }[];
};

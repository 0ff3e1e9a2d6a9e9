import type { ImageType } from '@facet/contracts';
import { backgroundChangePrompt } from './background-change.prompt';
import { campaignShotPrompt } from './campaign-shot.prompt';
import { modelWithOrnamentPrompt } from './model-with-ornament.prompt';
import type { PromptSource } from './prompt-source';
import { realModelWithOrnamentPrompt } from './real-model-with-ornament.prompt';
import { regenerationPrompt } from './regeneration.prompt';
import { whiteBackgroundPrompt } from './white-background.prompt';

const COMPILERS: Record<ImageType, (source: PromptSource) => string> = {
  white_background: whiteBackgroundPrompt,
  background_change: backgroundChangePrompt,
  model_with_ornament: modelWithOrnamentPrompt,
  real_model_with_ornament: realModelWithOrnamentPrompt,
  campaign_shot_advanced: campaignShotPrompt,
};

/** The text that an image model is sent: one pure function per type, and one for every regeneration. */
export const compilePrompt = (source: PromptSource): string =>
  source.parent ? regenerationPrompt(source) : COMPILERS[source.type](source);

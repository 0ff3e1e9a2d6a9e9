import type { ImageType } from '@facet/contracts';
import type { Understood } from './retouch-words';

/** Pictures of more than a piece on its ground: what stands out of them is a face, a card or a stand as well. */
const COMPOSED: readonly ImageType[] = ['model_with_ornament', 'real_model_with_ornament', 'campaign_shot_advanced'];

const BACKGROUND_STAYS = 'The background of a composed picture I cannot change, so it stays.';
const METAL_STAYS = 'A metal I can change only where a piece is alone in the picture, so it stays.';

/** What can be done to a picture of a type, and sentences for the rest. */
export const withinReach = (type: ImageType, { adjustments, ...said }: Understood): { understood: Understood; notes: string[] } => {
  if (!COMPOSED.includes(type)) return { understood: { ...said, adjustments }, notes: [] };
  const notes = [...(adjustments.background ? [BACKGROUND_STAYS] : []), ...(adjustments.accent ? [METAL_STAYS] : [])];
  return { understood: { ...said, adjustments: { ...adjustments, background: null, accent: null } }, notes };
};

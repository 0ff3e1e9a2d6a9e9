import type { ImageOptions, ImageType, InputRole } from '@facet/contracts';

/** A picture of the gallery. */
export interface Shot {
  /** its file, without `.webp` */
  name: string;
  type: ImageType;
  photos: readonly (readonly [InputRole, string])[];
  instruction?: string;
  options?: ImageOptions;
  /** regenerations of it, one after another */
  then?: readonly string[];
}

const RING = ['ornament', '01-solitaire-ring-studio-sweep.jpg'] as const;
const BAND = ['ornament', '02-pave-band-blue-velvet.jpg'] as const;
const HOOPS = ['ornament', '03-hoop-earrings-wood.jpg'] as const;
const DROPS = ['ornament', '04-drop-earrings-marble.jpg'] as const;
const PENDANT = ['ornament', '05-sapphire-pendant-pink-paper.jpg'] as const;
const CHAIN = ['ornament', '06-curb-chain-skin-tone.jpg'] as const;
const BANGLE = ['ornament', '07-hammered-bangle-paintbrushes.jpg'] as const;
const BROOCH = ['ornament', '08-flower-brooch-white.jpg'] as const;
const PORTRAIT = ['model', 'model-portrait.jpg'] as const;
const POSE = ['pose', 'pose-hand-at-collarbone.jpg'] as const;
const PODIUM = 'theme-marble-podium.jpg';
const MEADOW = 'theme-dandelion-meadow.jpg';

/** Every type, and what the words of a regeneration do. */
export const shots: readonly Shot[] = [
  { name: 'white-ring', type: 'white_background', photos: [RING] },
  { name: 'white-drops-square', type: 'white_background', photos: [DROPS], options: { framing: 'square' } },
  { name: 'white-band', type: 'white_background', photos: [BAND] },
  { name: 'white-bangle', type: 'white_background', photos: [BANGLE] },
  { name: 'white-pendant', type: 'white_background', photos: [PENDANT] },
  { name: 'rose-gold-hoops', type: 'background_change', photos: [HOOPS], options: { background_color: 'dusty rose', framing: 'square' } },
  { name: 'navy-brooch', type: 'background_change', photos: [BROOCH], instruction: 'on navy', options: { framing: 'square' } },
  { name: 'podium-ring', type: 'background_change', photos: [RING, ['background', PODIUM]] },
  { name: 'plate-pendant', type: 'model_with_ornament', photos: [PENDANT], instruction: 'pendant' },
  { name: 'plate-drops', type: 'model_with_ornament', photos: [DROPS], instruction: 'earrings' },
  { name: 'plate-chain-pose', type: 'model_with_ornament', photos: [CHAIN, POSE], instruction: 'necklace' },
  { name: 'portrait-drops', type: 'real_model_with_ornament', photos: [PORTRAIT, DROPS], instruction: 'earrings' },
  { name: 'portrait-chain', type: 'real_model_with_ornament', photos: [PORTRAIT, CHAIN], instruction: 'necklace' },
  { name: 'portrait-ring', type: 'real_model_with_ornament', photos: [PORTRAIT, RING], instruction: 'ring' },
  {
    name: 'campaign-meadow',
    type: 'campaign_shot_advanced',
    photos: [RING, DROPS, BROOCH, ['theme', MEADOW]],
    options: { ornament_names: ['Solitaire', 'Océane Drops', 'Fleur d’Été'] },
  },
  {
    name: 'campaign-podium',
    type: 'campaign_shot_advanced',
    photos: [DROPS, ['theme', PODIUM]],
    options: { ornament_names: ['Océane Drops'] },
  },
  { name: 'words-rose-gold', type: 'white_background', photos: [BROOCH], then: ['rose gold accents and slightly brighter'] },
  {
    name: 'words-silver-cream',
    type: 'white_background',
    photos: [BROOCH],
    then: ['silver accents', 'on a cream background, softer shadow'],
  },
  { name: 'words-turned', type: 'white_background', photos: [RING], then: ['rotate 20 degrees', 'zoom in, much more contrast'] },
  { name: 'words-navy', type: 'background_change', photos: [PENDANT], instruction: 'on navy', then: ['darker, sharper'] },
  { name: 'words-navy-sage', type: 'background_change', photos: [PENDANT], instruction: 'on navy', then: ['darker, sharper', 'on sage'] },
];

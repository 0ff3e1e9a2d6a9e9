import type { Background } from './background-wish';

/** A metal whose look the piece's metal takes on. */
export type Accent = 'gold' | 'rose gold' | 'silver';

/** What to do to a picture. Numbers: 0 = leave, 1 = clearly visible, -1 = as much the other way. */
export interface Adjustments {
  brightness: number;
  contrast: number;
  /** -Infinity: black and white */
  saturation: number;
  warmth: number;
  sharpness: number;
  /** below 0: softer, above 0: stronger, -Infinity: none */
  shadow: number;
  /** above 0: closer */
  zoom: number;
  /** degrees clockwise */
  rotation: number;
  mirror: 'horizontal' | 'vertical' | null;
  /** centred in a square */
  square: boolean;
  accent: Accent | null;
  background: Background | null;
}

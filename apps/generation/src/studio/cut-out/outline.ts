import { MOST_ODDS } from './first-look';

/** log odds at a place that lies on an outline told by shape: there they balance what a pixel's own colour may say. */
const ON_OUTLINE = 10;
/** and what a px more or less adds, so that the outline is found between pixels, too */
const PER_PIXEL = 14;

/** log odds of a place as many px inside of an outline that shape tells, whatever its colour (below 0: outside). */
export const oddsInside = (distance: number): number => Math.min(3 * MOST_ODDS, ON_OUTLINE + PER_PIXEL * distance);

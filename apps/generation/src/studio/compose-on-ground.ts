import type { Ornament } from './cut-out-photo';
import type { Rgb } from './colour-space';
import { layOn, type Shadow } from './placing';
import { filled, resizeCover, type Raster } from './raster';

/** Weaker than a studio's: the light of a foreign picture is not known. */
const SHADOW_ON_PICTURE: Shadow = { darkness: 0.3, softness: 0.018, drop: 0.012 };

const inPlace = (ornament: Ornament) => ({ left: 0, top: 0, width: ornament.cutOut.width, height: ornament.cutOut.height });

/** The piece on one even colour, where it was in the photo. No shadow: shops want the colour up to the edge. */
export const composeOnColour = (ornament: Ornament, colour: Rgb): Promise<Raster> =>
  layOn(filled(ornament.cutOut.width, ornament.cutOut.height, colour), ornament.cutOut, inPlace(ornament), null);

/** The piece on a picture that covers the photo's frame. */
export const composeOnPicture = async (ornament: Ornament, ground: Raster): Promise<Raster> =>
  layOn(
    await resizeCover(ground, ornament.cutOut.width, ornament.cutOut.height),
    ornament.cutOut,
    inPlace(ornament),
    ornament.found ? SHADOW_ON_PICTURE : null,
  );

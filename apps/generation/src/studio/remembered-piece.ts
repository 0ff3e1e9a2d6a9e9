import sharp from 'sharp';
import { INPUT_LIMITS } from './raster';

const [BEFORE, AFTER] = ['<facet:piece>', '</facet:piece>'];
const REMEMBERED = new RegExp(`${BEFORE}([A-Za-z0-9+/=]+)${AFTER}`);

/** XMP that tells where the piece of a picture is: `piece` is its coverage, 0..255 per pixel. It is kept as a PNG of one channel. */
export const xmpOf = async (piece: Uint8Array, width: number, height: number): Promise<string> => {
  const plane = await sharp(piece, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:facet="urn:facet:studio">${BEFORE}${plane.toString('base64')}${AFTER}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta>'
  );
};

/** What `xmpOf` has kept of a picture of this size; null where it says nothing, or of another picture. */
export const pieceIn = async (xmp: Buffer | undefined, width: number, height: number): Promise<Uint8Array | null> => {
  const [, kept] = REMEMBERED.exec(xmp?.toString('utf8') ?? '') ?? [];
  if (kept === undefined) return null;
  const plane = sharp(Buffer.from(kept, 'base64'), INPUT_LIMITS);
  const facts = await plane.metadata().catch(() => null);
  if (facts?.format !== 'png' || facts.width !== width || facts.height !== height) return null;
  return plane
    .extractChannel(0)
    .toColourspace('b-w')
    .raw()
    .toBuffer()
    .catch(() => null);
};

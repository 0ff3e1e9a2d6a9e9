import type { Part } from '@google/generative-ai';
import sharp from 'sharp';
import type { GenerationRequest, Picture } from '../model/image-model';

/**
 * Bytes of all pictures together. A request with inline pictures may have 20 MB, and base64 makes four bytes of three
 * (https://ai.google.dev/gemini-api/docs/image-understanding).
 */
const PICTURES_LIMIT = 14 * 1024 * 1024;

/** Long side, in px, and quality of pictures that are too large together: the model sees no more of them anyway. */
const REDUCED = { side: 2_048, quality: 88 };

/** What Gemini is sent: the prompt, then every picture behind a line that says what it is. */
export async function partsOf({ compiledPrompt, pictures }: Pick<GenerationRequest, 'compiledPrompt' | 'pictures'>): Promise<Part[]> {
  const total = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const fitting = total <= PICTURES_LIMIT ? pictures : await Promise.all(pictures.map(reduced));
  const labelled = fitting.flatMap(({ label, mime, bytes }, index) => [
    { text: `Picture ${index + 1}, ${label}:` },
    { inlineData: { mimeType: mime, data: bytes.toString('base64') } },
  ]);
  return [{ text: compiledPrompt }, ...labelled];
}

async function reduced(picture: Picture): Promise<Picture> {
  const { data, info } = await sharp(picture.bytes)
    .resize(REDUCED.side, REDUCED.side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: REDUCED.quality })
    .toBuffer({ resolveWithObject: true });
  return { ...picture, mime: 'image/webp', width: info.width, height: info.height, bytes: data };
}

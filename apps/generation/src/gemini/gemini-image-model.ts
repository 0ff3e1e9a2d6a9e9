import { GoogleGenerativeAI, type GenerationConfig, type GenerativeModel } from '@google/generative-ai';
import type { ImageMime } from '@facet/contracts';
import { withDeadline, type ReadinessFacts } from '@facet/platform';
import sharp from 'sharp';
import { isTransparent } from '../prompts/prompt-parts';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { unusable } from '../model/model-errors';
import { classifyGeminiError } from './gemini-errors';
import { GeminiProbe } from './gemini-probe';
import type { GeminiOptions } from './gemini-options';
import { partsOf } from './gemini-request';
import { pictureIn } from './gemini-response';

const MIMES: Record<string, ImageMime | undefined> = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };

/** Makes pictures with Google's Gemini image models (https://ai.google.dev/gemini-api/docs/image-generation). */
export class GeminiImageModel extends ImageModel {
  private readonly client: GenerativeModel;
  private readonly probe: GeminiProbe;
  private readonly settings: Record<string, string | number>;

  constructor(private readonly options: GeminiOptions) {
    super();
    const { apiKey, model, baseUrl, temperature, imageSize } = options;
    // the SDK's type does not know `responseModalities` and `imageConfig`, the API does
    const generationConfig = {
      responseModalities: ['TEXT', 'IMAGE'],
      ...(temperature === undefined ? {} : { temperature }),
      ...(imageSize === undefined ? {} : { imageConfig: { imageSize } }),
    } as GenerationConfig;
    this.client = new GoogleGenerativeAI(apiKey).getGenerativeModel({ model, generationConfig }, { baseUrl });
    this.probe = new GeminiProbe(options);
    this.settings = {
      ...(temperature === undefined ? {} : { temperature }),
      ...(imageSize === undefined ? {} : { image_size: imageSize }),
    };
  }

  /** One call: a second one would be a second payment, so whether there is one is not decided here. */
  async generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    const { model, timeoutMs } = this.options;
    const parts = await partsOf(request);
    // the SDK does not look at a signal that has fired already, and would make the paid call
    signal.throwIfAborted();
    const call = (deadline: AbortSignal) => this.client.generateContent(parts, { signal: deadline });
    const { response } = await withDeadline(timeoutMs, signal, call).catch((cause: unknown) => {
      throw classifyGeminiError(cause, this.options);
    });
    const { bytes, usage } = pictureIn(response);
    const facts = await decoded(bytes);
    return { bytes, ...facts, provider: 'gemini', model, settings: this.settings, fallback: false, notes: notesOn(request), usage };
  }

  check(): Promise<ReadinessFacts> {
    return this.probe.check();
  }
}

/** What the model cannot do of what was asked. A regeneration starts from a picture that has its background. */
const notesOn = ({ pictures, options }: GenerationRequest): string[] =>
  isTransparent(options.background_color) && !pictures.some(({ role }) => role === 'parent')
    ? ['The image model cannot make a transparent background, so a white one was asked for.']
    : [];

/** What the bytes are, whatever the answer says of them: all of them are looked at, as a picture may be cut off. */
async function decoded(bytes: Buffer): Promise<Pick<GeneratedPicture, 'mime' | 'width' | 'height'>> {
  try {
    const picture = sharp(bytes, { failOn: 'error' });
    const [{ format, width, height }] = await Promise.all([picture.metadata(), picture.stats()]);
    const mime = MIMES[format];
    if (mime) {
      return { mime, width, height };
    }
    throw new Error(`a picture of the format ${format}`);
  } catch (cause) {
    throw unusable('The image model sent something that is not a picture.', cause);
  }
}

import { Logger } from '@nestjs/common';
import { FacetError, type ReadinessFacts } from '@facet/platform';
import { ImageModel, type GeneratedPicture, type GenerationRequest } from '../model/image-model';
import { isMisconfiguration, troubleOf } from '../model/model-errors';

/**
 * A model with a stand-in that makes the picture when the provider cannot be had. What the provider refused, or could not
 * make of this very request, the stand-in does not make either.
 */
export class FallbackModel extends ImageModel {
  private readonly logger = new Logger(FallbackModel.name);

  constructor(
    private readonly model: ImageModel,
    private readonly standIn: ImageModel,
  ) {
    super();
  }

  async generate(request: GenerationRequest, signal: AbortSignal): Promise<GeneratedPicture> {
    try {
      return await this.model.generate(request, signal);
    } catch (error) {
      if (!(error instanceof FacetError) || !cannotBeHad(error)) {
        throw error;
      }
      this.logger.warn({ msg: 'the stand-in makes this picture', code: error.code, reason: error.message });
      const picture = await this.standIn.generate(request, signal);
      const note = 'Made by the local studio, as the image model was not available.';
      return { ...picture, fallback: true, notes: [note, ...picture.notes] };
    }
  }

  /** As the model's own, but never a rejection: pictures are made in any case. */
  async check(): Promise<ReadinessFacts> {
    const standIn = await this.standIn.check();
    const facts = await this.model.check().catch((error: unknown) => ({ answers: false, reason: FacetError.from(error).message }));
    return { ...facts, fallback: String(standIn['provider']) };
  }

  override async close(): Promise<void> {
    await this.model.close();
    await this.standIn.close();
  }
}

/** An unusable answer is asked for again first, as long as that may help. */
const cannotBeHad = (error: FacetError): boolean =>
  isMisconfiguration(error) || (troubleOf(error) === 'unusable' ? !error.retryable : troubleOf(error) !== undefined);

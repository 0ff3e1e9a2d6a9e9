import { Injectable } from '@nestjs/common';
import { shownImage, type ImageRecord, type InputRole } from '@facet/contracts';
import { Retention } from '../keeping/retention';
import { PublicUrl } from './public-url';

/** Tells clients about finished pictures, in the requirement document's shapes. */
@Injectable()
export class ImagePresenter {
  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly retention: Retention,
  ) {}

  /** A picture by itself, and as the result of a job. Of a deleted one nothing is told but its place. */
  shown(record: ImageRecord) {
    const { id, type, parent_image_id, root_image_id, depth, created_at, deleted_at, purged_at } = record;
    if (deleted_at === null) {
      return { ...shownImage(record, this.publicUrl.of), deleted: false };
    }
    const restorable_until = purged_at === null ? this.retention.restorableUntil(deleted_at) : null;
    return { id, type, parent_image_id, root_image_id, depth, created_at, deleted: true, deleted_at, restorable_until };
  }

  /** The answer to the request that made a first picture. */
  generated(record: ImageRecord) {
    const { prompt, type } = record;
    const common = {
      generated_image_url: this.publicUrl.of(record.generated_image_url),
      prompt,
      mongo_id: record.id,
      type,
      ...this.facts(record),
    };
    const uploaded_image_url = this.first(record, 'ornament');
    const measurements = record.options.measurements ?? null;
    switch (type) {
      case 'white_background':
        return { success: true, message: 'Image generated successfully', ...common, uploaded_image_url, ornament_id: record.ornament_id };
      case 'background_change':
        return { success: true, message: 'Background changed successfully', ...common, uploaded_image_url };
      case 'model_with_ornament':
        return {
          success: true,
          status: 'success',
          message: 'Generated AI close-up model wearing ornament successfully.',
          ...common,
          measurements,
          uploaded_image_url,
        };
      case 'real_model_with_ornament':
        return {
          success: true,
          status: 'success',
          message: 'Generated AI image of the model wearing ornament successfully.',
          ...common,
          measurements,
          model_image_url: this.first(record, 'model'),
          ornament_image_url: uploaded_image_url,
        };
      case 'campaign_shot_advanced':
        return {
          success: true,
          status: 'success',
          message: 'Campaign shot generated successfully.',
          ...common,
          model_type: record.options.model_type ?? null,
          ornament_names: record.options.ornament_names ?? [],
          uploaded_ornament_urls: this.all(record, 'ornament'),
          theme_image_urls: this.all(record, 'theme'),
          model_image_url: this.first(record, 'model'),
        };
    }
  }

  /** The answer to a regeneration. */
  regenerated(record: ImageRecord) {
    return {
      success: true,
      message: 'Image regenerated successfully',
      mongo_id: record.id,
      parent_image_id: record.parent_image_id,
      generated_image_url: this.publicUrl.of(record.generated_image_url),
      uploaded_image_url: this.first(record, 'ornament'),
      combined_prompt: record.prompt,
      original_prompt: record.original_prompt,
      new_prompt: record.instruction,
      type: record.type,
      ...this.facts(record),
    };
  }

  /** What every answer tells beside its own shape. */
  private facts({ root_image_id, depth, width, height, generation: { provider, model, fallback, notes } }: ImageRecord) {
    return { root_image_id, depth, provider, model, fallback, notes, width, height };
  }

  private first(record: Pick<ImageRecord, 'assets'>, role: InputRole): string | null {
    return this.all(record, role)[0] ?? null;
  }

  private all({ assets }: Pick<ImageRecord, 'assets'>, role: InputRole): string[] {
    return assets.filter((asset) => asset.role === role).map(({ url }) => this.publicUrl.of(url));
  }
}

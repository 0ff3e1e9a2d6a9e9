import { z } from 'zod';
import { Asset } from './image';
import { ImageRecord } from './image-record';

/**
 * A picture as a member of a list: of its record what lists show, and no more, as there are up to a hundred in an answer. Not for
 * what is asked of one picture, such as whose it is or whether it is deleted: a list holds the asking user's own, none deleted.
 */
export const ListedImage = ImageRecord.pick({
  id: true,
  type: true,
  prompt: true,
  original_prompt: true,
  parent_image_id: true,
  root_image_id: true,
  depth: true,
  generated_image_url: true,
  generation: true,
  width: true,
  height: true,
  created_at: true,
  starred: true,
  title: true,
  tags: true,
}).extend({ assets: z.array(Asset.pick({ role: true, url: true })) });
export type ListedImage = z.infer<typeof ListedImage>;

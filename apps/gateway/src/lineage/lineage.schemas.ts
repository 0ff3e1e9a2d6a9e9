import { Comparison, ImageId, ImageNode, LineageDirection, MAX_NODES } from '@facet/contracts';
import { z } from 'zod';
import { wholeNumber } from '../http/whole-number';
import { GivenImageId } from '../images/given-image-id';

/** The picture that a route names. */
export const OneImage = z.object({ id: GivenImageId });
export type OneImage = z.infer<typeof OneImage>;

/** The two pictures that a route names. */
export const TwoImages = z.object({ a: GivenImageId, b: GivenImageId });
export type TwoImages = z.infer<typeof TwoImages>;

/** Which part of a long answer a client wants. */
export const Part = z.object({
  limit: wholeNumber(1, MAX_NODES).default(MAX_NODES).describe('Pictures in the answer at most.'),
  after: GivenImageId.optional().describe('Begins behind this picture: `pagination.next` of the answer before.'),
});
export type Part = z.infer<typeof Part>;

export const LineageView = Part.extend({
  direction: LineageDirection.default('both').describe('`up`: towards the first picture; `down`: towards regenerations; `both`: all ways.'),
  depth: wholeNumber(0).optional().describe('Steps from this picture at most; without it, all there are.'),
});
export type LineageView = z.infer<typeof LineageView>;

const success = z.literal(true);
const pagination = z.object({
  limit: z.int(),
  next: ImageId.nullable().describe('What to ask `after` for the next part; null at the end.'),
});

// what routes answer, for the documentation

export const NodesAnswer = z.object({ success, images: z.array(ImageNode), pagination });

export const LineageAnswer = z.object({
  success,
  root_image_id: ImageId,
  path: z.array(ImageId).describe('From the first picture to this one.'),
  nodes: z.array(ImageNode).describe('Depth-first, siblings oldest first.'),
  edges: z.array(z.object({ from: ImageId, to: ImageId })).describe('From parent to child.'),
  pagination,
});

export const ComparisonAnswer = Comparison.extend({ success });

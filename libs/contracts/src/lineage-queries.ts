import { z } from 'zod';
import { ImageId, UserId } from './image';
import { ImageNode } from './image-node';
import { PublicBase } from './shown-image';

/** Pictures of a tree in one answer at most: some megabytes of it, and a fraction of a second. */
export const MAX_NODES = 10_000;

const asked = { image_id: ImageId, user_id: UserId };

/** Which part of a long answer is wanted. */
const part = {
  limit: z.int().min(1).max(MAX_NODES),
  /** begins behind this picture of the answer */
  after: ImageId.optional(),
  public_url: PublicBase,
};

/** Asks for pictures on one side of a picture in its tree. */
export const RelativesQuery = z.object({ ...asked, ...part });
export type RelativesQuery = z.infer<typeof RelativesQuery>;

/** To which side of a picture its tree is followed: to its ancestors, to its regenerations, or every way there is. */
export const LineageDirection = z.enum(['up', 'down', 'both']);
export type LineageDirection = z.infer<typeof LineageDirection>;

export const LineageQuery = z.object({
  ...asked,
  ...part,
  direction: LineageDirection,
  /** steps from the picture, each from a parent to a child or back; absent: all there are */
  depth: z.int().nonnegative().optional(),
});
export type LineageQuery = z.infer<typeof LineageQuery>;

/** What there is to know of an answer beside its pictures; the same in all messages that it comes in. */
export const NodesFacts = z.object({
  /** the last picture of the answer, when more of them come behind it: what to ask `after` */
  next: ImageId.nullable(),
});
export type NodesFacts = z.infer<typeof NodesFacts>;

/** A step from a parent to a child, both in the answer, or the parent in the part before. */
export const LineageEdge = z.object({ from: ImageId, to: ImageId });
export type LineageEdge = z.infer<typeof LineageEdge>;

/** As `NodesFacts`, of one of three lists: the way from the first picture to the one asked for, pictures depth-first, steps. */
export const LineageFacts = NodesFacts.extend({ root_image_id: ImageId, list: z.enum(['path', 'nodes', 'edges']) });
export type LineageFacts = z.infer<typeof LineageFacts>;

export const CompareQuery = z.object({ ...asked, other_id: ImageId });
export type CompareQuery = z.infer<typeof CompareQuery>;

/** A word or some, as they stand in one of two texts or in both. */
export const WordChange = z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() });
export type WordChange = z.infer<typeof WordChange>;

const ParameterValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** Two pictures beside one another. */
export const Comparison = z.object({
  a: ImageNode,
  b: ImageNode,
  /** the picture that both come from, or that one of them is; `null` when they are of different trees */
  common_ancestor: ImageNode.nullable(),
  instructions: z.object({
    /** the steps from the common ancestor to each, or from the first picture of each tree */
    a: z.array(z.string()),
    b: z.array(z.string()),
    /** what leads from the words of `a` to those of `b` */
    words: z.array(WordChange),
    /** false when there are so many steps that only the last ones are here */
    complete: z.boolean(),
  }),
  /** what the two were made with, where it differs */
  parameters: z.array(z.object({ name: z.string(), a: ParameterValue, b: ParameterValue })),
});
export type Comparison = z.infer<typeof Comparison>;

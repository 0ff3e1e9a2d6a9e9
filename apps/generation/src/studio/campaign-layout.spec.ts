import * as fc from 'fast-check';
import { layOutCampaign } from './campaign-layout';
import type { Box } from './cut-out-photo';

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

describe('layOutCampaign', () => {
  it('gives every ornament a box of its own inside the canvas, clear of the model', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 3000 }),
        fc.integer({ min: 400, max: 3000 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (width, height, count, withModel) => {
          const { model, ornaments } = layOutCampaign(width, height, count, withModel);
          expect(ornaments).toHaveLength(count);
          const boxes = model ? [model, ...ornaments] : ornaments;
          boxes.forEach((box, at) => {
            expect(box.right).toBeGreaterThan(box.left);
            expect(box.bottom).toBeGreaterThan(box.top);
            expect(Math.min(box.left, box.top, width - box.right, height - box.bottom)).toBeGreaterThanOrEqual(0);
            expect(boxes.slice(at + 1).some((other) => overlap(box, other))).toBe(false);
          });
        },
      ),
    );
  });

  it('sets the first of several apart when there is not room for one row', () => {
    const [first, second] = layOutCampaign(1000, 2000, 4, false).ornaments;
    expect((first?.bottom ?? 0) - (first?.top ?? 0)).toBeGreaterThan((second?.bottom ?? 0) - (second?.top ?? 0));
  });

  it('has no place for a model that is not there', () => {
    expect(layOutCampaign(1600, 1200, 2, false).model).toBeNull();
  });
});

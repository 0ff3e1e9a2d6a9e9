import type { Box } from './cut-out-photo';

/** Where the parts of a campaign shot go, px. */
export interface CampaignLayout {
  /** the model's picture, null without one */
  model: Box | null;
  /** one per ornament, in order; they do not overlap */
  ornaments: Box[];
}

/** Share of the width that a model's picture takes. */
const MODEL_SHARE = 0.36;
/** Free margin around everything, in parts of the shorter side. */
const MARGIN = 0.07;
/** Free space around each ornament, in parts of its cell. */
const AIR = 0.08;

/** Rows of ornaments, first and most prominent first: one alone, two abreast, then a large one above a row of the others. */
const rowsFor = (count: number, wide: boolean): number[] => {
  if (count <= 1) return [1];
  if (count <= 3 && wide) return [count];
  if (count === 2) return [1, 1];
  if (count <= 4) return [1, count - 1];
  const columns = Math.ceil(Math.sqrt(count * (wide ? 1.6 : 0.8)));
  const rows = Math.ceil(count / columns);
  return Array.from({ length: rows }, (_, row) => Math.floor((count + row) / rows));
};

/** Divides a canvas among a model's picture (left, full height) and ornaments. The first row of several is the tallest. */
export const layOutCampaign = (width: number, height: number, ornaments: number, withModel: boolean): CampaignLayout => {
  const margin = Math.round(MARGIN * Math.min(width, height));
  const model = withModel ? { left: margin, top: margin, right: Math.round(width * MODEL_SHARE), bottom: height - margin } : null;
  const stage: Box = { left: model ? model.right + margin : margin, top: margin, right: width - margin, bottom: height - margin };
  const stageWidth = stage.right - stage.left;
  const stageHeight = stage.bottom - stage.top;
  const rows = rowsFor(ornaments, stageWidth > stageHeight);
  const heights = rows.map((_, row) => (row === 0 && rows.length > 1 && rows[0] === 1 ? 1.4 : 1));
  const unit = stageHeight / heights.reduce((sum, share) => sum + share, 0);
  const boxes: Box[] = [];
  let top = stage.top;
  rows.forEach((columns, row) => {
    const cellHeight = unit * (heights[row] ?? 1);
    const cellWidth = stageWidth / columns;
    const air = AIR * Math.min(cellWidth, cellHeight);
    for (let column = 0; column < columns && boxes.length < ornaments; column++) {
      const left = stage.left + column * cellWidth;
      boxes.push({
        left: Math.round(left + air),
        top: Math.round(top + air),
        right: Math.round(left + cellWidth - air),
        bottom: Math.round(top + cellHeight - air),
      });
    }
    top += cellHeight;
  });
  return { model, ornaments: boxes };
};

import { ImageRecord } from '@facet/contracts';
import { anImageStored } from '@facet/testing';
import { recordOf } from './image-record.projection';

const root = anImageStored();
const parent = {
  image_id: anImageStored().image_id,
  root_image_id: root.image_id,
  depth: 2,
  generated_image_url: '/media/parent.jpg',
  generated_image_path: 'parent.jpg',
  assets: root.assets,
};

describe('recordOf', () => {
  it('makes a first picture the root of its own tree', () => {
    const event = anImageStored();
    const record = recordOf(event, 7);
    expect(record).toMatchObject({ id: event.image_id, parent_image_id: null, root_image_id: event.image_id, depth: 0, ornament_id: 7 });
    expect(ImageRecord.parse(record)).toEqual(record);
  });

  it('puts a regeneration one below its parent, in the tree of the parent', () => {
    const record = recordOf(anImageStored({ parent }), 8);
    expect(record).toMatchObject({ parent_image_id: parent.image_id, root_image_id: root.image_id, depth: 3 });
  });

  it('remembers the size of the result, not of an upload', () => {
    const { result } = anImageStored();
    expect(recordOf(anImageStored({ result: { ...result, width: 640, height: 480 } }), 9)).toMatchObject({ width: 640, height: 480 });
  });

  it('gives every instant the same precision', () => {
    expect(recordOf(anImageStored({ requested_at: '2026-11-23T10:00:00Z' }), 10).created_at).toBe('2026-11-23T10:00:00.000Z');
  });

  it('is the same on replay', () => {
    const event = anImageStored({ parent });
    expect(recordOf(event, 11)).toEqual(recordOf(structuredClone(event), 11));
  });
});

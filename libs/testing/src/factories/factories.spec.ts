import { ImageRecord, ImageStored } from '@facet/contracts';
import { anImageRecord } from './image-record.factory';
import { anImageStored } from './image-stored.factory';

describe('factories', () => {
  it('make what the contracts allow', () => {
    const [event, record] = [anImageStored(), anImageRecord()];
    expect(ImageStored.parse(event)).toEqual(event);
    expect(ImageRecord.parse(record)).toEqual(record);
  });

  it('make another picture each time, and keep what they are given', () => {
    const [one, other] = [anImageRecord(), anImageRecord({ user_id: 'ana', depth: 2 })];
    expect(other.id).not.toBe(one.id);
    expect(other.ornament_id).not.toBe(one.ornament_id);
    expect(other).toMatchObject({ user_id: 'ana', depth: 2 });
    expect(anImageStored({ image_id: one.id })).toMatchObject({ image_id: one.id, result: { name: `${one.id}/result` } });
  });
});

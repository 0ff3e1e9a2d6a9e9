import { ImageId } from '@facet/contracts';
import { fingerprintOf } from './fingerprint';
import { imageIdOfKey, newImageId } from './image-ids';

describe('image ids', () => {
  it('are the same for the same key of the same user only', () => {
    const id = imageIdOfKey('ann', 'order-17');
    expect(imageIdOfKey('ann', 'order-17')).toBe(id);
    expect(imageIdOfKey('bob', 'order-17')).not.toBe(id);
    expect(imageIdOfKey('ann', 'order-18')).not.toBe(id);
    // joined without care, these two would be one
    expect(imageIdOfKey('ann', 'x","y')).not.toBe(imageIdOfKey('ann","x', 'y'));
  });

  it('are ObjectIds', () => {
    expect(ImageId.safeParse(imageIdOfKey('ann', 'order-17')).success).toBe(true);
    expect(ImageId.safeParse(newImageId()).success).toBe(true);
  });
});

describe('fingerprintOf', () => {
  const request = {
    kind: 'white_background',
    fields: { prompt: 'shine', background_color: 'white' },
    files: [{ field: 'image', sha256: 'aa' }],
  };

  it('does not depend on the order of the fields', () => {
    expect(fingerprintOf({ ...request, fields: { background_color: 'white', prompt: 'shine' } })).toBe(fingerprintOf(request));
  });

  it('depends on everything else', () => {
    const others = [
      { ...request, kind: 'background_change' },
      { ...request, fields: { ...request.fields, prompt: 'shine more' } },
      { ...request, files: [{ field: 'image', sha256: 'bb' }] },
      { ...request, files: [...request.files, ...request.files] },
    ];
    expect(new Set([request, ...others].map(fingerprintOf)).size).toBe(others.length + 1);
  });
});

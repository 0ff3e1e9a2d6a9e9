import { inspect } from 'node:util';
import { cloudOf, isOfCloud } from './cloudinary-cloud';

describe('cloudOf', () => {
  it('reads what the SDK reads', () => {
    expect(cloudOf('cloudinary://1234:secret@my-cloud')).toEqual({
      name: 'my-cloud',
      secrets: ['secret', '1234'],
      secureDistribution: null,
      uploadPrefix: null,
    });
    const { secureDistribution, uploadPrefix } = cloudOf(
      'cloudinary://1:s@c/images.example.com?upload_prefix=https://api-eu.cloudinary.com',
    );
    expect([secureDistribution, uploadPrefix?.host]).toEqual(['images.example.com', 'api-eu.cloudinary.com']);
    expect(cloudOf('cloudinary://1:s@c?secure_distribution=images.example.com').secureDistribution).toBe('images.example.com');
  });

  it.each([
    'cloudinary://1:s3cr3t#x@cloud',
    'cloudinary://1:s3cr3t@',
    'cloudinary://cloud-s3cr3t',
    'https://1:s3cr3t@cloud',
    's3cr3t',
    'cloudinary://1:s3cr3t@cloud?upload_prefix=here',
  ])('refuses %s without telling it', (url) => {
    const read = (): unknown => cloudOf(url);
    expect(read).toThrow('CLOUDINARY_URL must look like');
    try {
      read();
    } catch (error) {
      expect(inspect(error, { showHidden: true, depth: 5 })).not.toContain('s3cr3t');
    }
  });
});

describe('isOfCloud', () => {
  const shared = cloudOf('cloudinary://1:s@Anna');
  const own = cloudOf('cloudinary://1:s@Anna/images.example.com');
  const elsewhere = cloudOf('cloudinary://1:s@Anna?upload_prefix=http://127.0.0.1:8080');
  const rest = 'image/upload/v1/facet/ring.png';

  it.each([
    [`https://res.cloudinary.com/Anna/${rest}`, shared],
    [`https://res.cloudinary.com/Anna/${rest}?_a=1`, shared],
    [`https://anna-res.cloudinary.com/${rest}`, shared],
    [`https://images.example.com/${rest}`, own],
    [`https://res.cloudinary.com/Anna/${rest}`, own],
    [`http://127.0.0.1:8080/Anna/${rest}`, elsewhere],
    [`https://res.cloudinary.com/Anna/${rest}`, elsewhere],
  ])('%s is', (url, cloud) => {
    expect(isOfCloud(new URL(url), cloud)).toBe(true);
  });

  it.each([
    [`https://res.cloudinary.com/Bert/${rest}`, shared],
    [`https://res.cloudinary.com/Annabel/${rest}`, shared],
    [`https://res.cloudinary.com/Anna/../Bert/${rest}`, shared],
    [`https://res.cloudinary.com/Anna/%2e%2e/Bert/${rest}`, shared],
    [`https://res.cloudinary.com:8443/Anna/${rest}`, shared],
    [`http://res.cloudinary.com/Anna/${rest}`, shared],
    [`https://bert-res.cloudinary.com/${rest}`, shared],
    [`https://x.res.cloudinary.com/Anna/${rest}`, shared],
    [`https://images.example.com/${rest}`, shared],
    [`http://images.example.com/${rest}`, own],
    [`https://anna@res.cloudinary.com/Anna/${rest}`, shared],
    [`http://127.0.0.1:8081/Anna/${rest}`, elsewhere],
    [`https://127.0.0.1:8080/Anna/${rest}`, elsewhere],
    [`http://127.0.0.1:8080/v1_1/Anna/ping`, elsewhere],
    ['file:///Anna/ring.png', shared],
  ])('%s is not', (url, cloud) => {
    expect(isOfCloud(new URL(url), cloud)).toBe(false);
  });
});

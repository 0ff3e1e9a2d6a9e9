import { ConfigError, loadConfig } from '@facet/platform';
import { mediaConfigSchema } from './media.config';

const read = (url: string): unknown => loadConfig(mediaConfigSchema, { CLOUDINARY_URL: url });

describe('CLOUDINARY_URL', () => {
  it.each(['cloudinary://key:s3cr3t@cloud', 'cloudinary://key:s3cr3t@cloud/images.example.com?upload_prefix=http://127.0.0.1:8080'])(
    'may be %s',
    (url) => {
      expect(read(url)).toMatchObject({ CLOUDINARY_URL: url });
    },
  );

  it.each([
    'https://key:s3cr3t@res.cloudinary.com',
    'cloudinary://s3cr3t@cloud',
    'cloudinary://key:s3cr3t@',
    'cloudinary://key:s3cr3t#@cloud',
  ])('may not be %s, which is said without telling it', (url) => {
    expect(() => read(url)).toThrow(ConfigError);
    expect(() => read(url)).toThrow(/CLOUDINARY_URL: (?!.*s3cr3t)/s);
  });
});

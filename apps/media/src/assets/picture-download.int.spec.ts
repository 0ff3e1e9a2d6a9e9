import { CloudinaryDouble } from '@facet/testing';
import { PictureDownload } from './picture-download';

let double: CloudinaryDouble;

beforeAll(async () => {
  double = await CloudinaryDouble.start();
});

afterAll(() => double.stop());

describe('PictureDownload', () => {
  const port = (): string => new URL(double.address).port;

  it.each([
    ['a private address', '127.0.0.1'],
    ['a private address of IPv6', '[::1]'],
    ['a private address inside one of IPv6', '[::ffff:127.0.0.1]'],
    ['a private address written as a number', '2130706433'],
    ['a name of a private address', 'localhost'],
  ])('does not connect to %s', async (_name, host) => {
    const download = new PictureDownload({ timeoutMs: 1_000, trustedHost: null });
    const address = new URL(`http://${host}:${port()}/facet-test/image/upload/ring.png`);
    await expect(download.get(address)).rejects.toMatchObject({ retryable: false, details: { reason: 'a private address' } });
    expect(double.calls).toHaveLength(0);
  });

  it('trusts one host, and no other port of it', async () => {
    const download = new PictureDownload({ timeoutMs: 1_000, trustedHost: new URL(double.address).host });
    expect(await download.get(new URL('/facet-test/image/upload/ring.png', double.address))).toBeNull();
    await expect(download.get(new URL('http://127.0.0.1:1/ring.png'))).rejects.toMatchObject({ retryable: false });
  });

  it('may be tried again where nobody listens', async () => {
    const download = new PictureDownload({ timeoutMs: 1_000, trustedHost: '127.0.0.1:1' });
    await expect(download.get(new URL('http://127.0.0.1:1/ring.png'))).rejects.toMatchObject({ code: 'storage_failed', retryable: true });
  });
});

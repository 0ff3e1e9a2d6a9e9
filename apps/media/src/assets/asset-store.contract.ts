import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { AssetStore, AssetToStore } from './asset-store';

/** A small picture of one colour. */
export const aPicture = (background = 'gold', format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .toFormat(format)
    .toBuffer();

/** An asset of a user of its own. */
export const anAsset = async (partial: Partial<AssetToStore> = {}): Promise<AssetToStore> => ({
  userId: randomUUID(),
  name: randomUUID().replaceAll('-', '').slice(0, 24),
  mime: 'image/png',
  bytes: await aPicture(),
  ...partial,
});

/**
 * What every asset store promises.
 *
 * @param store called for each test; it may hold what other tests put there
 */
export function itKeepsTheStoreContract(store: () => AssetStore): void {
  it.each(['png', 'jpeg', 'webp'] as const)('gives a %s back as it came', async (format) => {
    const asset = await anAsset({ mime: `image/${format}`, bytes: await aPicture('silver', format) });
    const read = await store().fetch(await store().store(asset));
    expect(read?.equals(asset.bytes)).toBe(true);
  });

  it('names the user and the asset in its path, and the path in its address', async () => {
    const asset = await anAsset();
    const { url, path } = await store().store(asset);
    expect(path).toContain(`${asset.userId}/${asset.name}`);
    expect(url).toContain(path);
  });

  it('takes the same name again for the same asset: the last one stays, under both addresses', async () => {
    const asset = await anAsset();
    const first = await store().store(asset);
    const bytes = await aPicture('red');
    const second = await store().store({ ...asset, bytes });
    expect(second.path).toBe(first.path);
    for (const stored of [first, second]) {
      expect((await store().fetch(stored))?.equals(bytes)).toBe(true);
    }
    await store().remove(asset);
    expect(await Promise.all([first, second].map((stored) => store().fetch(stored)))).toEqual([null, null]);
  });

  it.each(['auth0|123', 'anna@example.com', '../../other', 'Zoë Müller/ä?#', '%2e%2e', ' ', 'a'.repeat(255)])(
    'keeps the pictures of a user who is called "%s", apart from those of others',
    async (userId) => {
      const asset = await anAsset({ userId });
      const other = { ...asset, userId: `${userId}!`, bytes: await aPicture('red') };
      const [stored, othersStored] = [await store().store(asset), await store().store(other)];
      expect((await store().fetch(stored))?.equals(asset.bytes)).toBe(true);
      await store().remove(asset);
      expect(await store().fetch(stored)).toBeNull();
      expect((await store().fetch(othersStored))?.equals(other.bytes)).toBe(true);
    },
  );

  it('removes one asset and no other, as often as one likes', async () => {
    const asset = await anAsset();
    const upload = { ...asset, name: `${asset.name}-ornament-0` };
    const [stored, storedUpload] = [await store().store(asset), await store().store(upload)];
    await store().remove(asset);
    await store().remove(asset);
    expect(await store().fetch(stored)).toBeNull();
    expect(await store().fetch(storedUpload)).not.toBeNull();
  });

  it('destroys one asset and no other by what it was stored as, as often as one likes', async () => {
    const asset = await anAsset();
    const [stored, upload] = [await store().store(asset), await store().store({ ...asset, name: `${asset.name}-ornament-0` })];
    await store().destroy(stored);
    await store().destroy(stored);
    expect(await store().fetch(stored)).toBeNull();
    expect(await store().fetch(upload)).not.toBeNull();
    const foreign = { url: 'https://example.com/facet/user/picture.png', path: stored.path };
    await expect(store().destroy(foreign)).rejects.toMatchObject({ code: 'storage_failed', retryable: false });
  });

  it('removes what never was there without a word', async () => {
    await expect(store().remove(await anAsset())).resolves.toBeUndefined();
  });

  it('stores an asset again that was removed', async () => {
    const asset = await anAsset();
    await store().store(asset);
    await store().remove(asset);
    expect(await store().fetch(await store().store(asset))).not.toBeNull();
  });

  it.each([
    ['another host', 'https://example.com/facet/user/picture.png'],
    ['no host', 'facet/user/picture.png'],
    ['nothing', ''],
    ['a file', 'file:///etc/passwd'],
  ])('reads nothing from %s', async (_name, url) => {
    await expect(store().fetch({ url, path: 'facet/user/picture' })).rejects.toMatchObject({ code: 'storage_failed', retryable: false });
  });

  it('tells where it keeps pictures', async () => {
    await expect(store().check()).resolves.toMatchObject({ kept_at: expect.any(String) as string });
  });
}

import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Readiness, type ReadinessFacts } from '@facet/platform';
import { CloudinaryDouble, startNats, type RunningNats } from '@facet/testing';
import { AssetStore } from './assets/asset-store';
import { CloudinaryStore } from './assets/cloudinary-store';
import { LocalStore } from './assets/local-store';
import { FetchingService } from './fetching/fetching.service';
import { mediaConfigSchema } from './media.config';
import { MediaModule } from './media.module';
import { StoringService } from './storing/storing.service';

let nats: RunningNats;
let double: CloudinaryDouble;
let media: TestingModule;

beforeAll(async () => {
  nats = await startNats();
  double = await CloudinaryDouble.start();
}, 60_000);

afterEach(() => media.close());

afterAll(async () => {
  await double.stop();
  await nats.stop();
});

const start = async (settings: Record<string, string>): Promise<TestingModule> => {
  const config = mediaConfigSchema.parse({ NATS_URL: nats.url, ...settings });
  media = await Test.createTestingModule({ imports: [MediaModule.forRoot(config)] }).compile();
  return media.init();
};

const assetFacts = async (): Promise<ReadinessFacts | undefined> =>
  media
    .get(Readiness)
    .all()
    .find(({ name }) => name === 'assets')
    ?.check();

describe('MediaModule', () => {
  it('stores in NATS without CLOUDINARY_URL', async () => {
    const log = jest.spyOn(Logger.prototype, 'log');
    await start({});
    expect(media.get(AssetStore)).toBeInstanceOf(LocalStore);
    expect(await assetFacts()).toEqual({ kept_at: 'nats' });
    expect(log).toHaveBeenCalledWith({ msg: expect.stringContaining('stored in NATS') });
    log.mockRestore();
  });

  it('stores at Cloudinary with it', async () => {
    const log = jest.spyOn(Logger.prototype, 'log');
    await start({ CLOUDINARY_URL: double.url });
    expect(media.get(AssetStore)).toBeInstanceOf(CloudinaryStore);
    expect([media.get(StoringService), media.get(FetchingService)]).toHaveLength(2);
    expect(await assetFacts()).toEqual({ kept_at: 'cloudinary', cloud: 'facet-test', answers: true });
    expect(log).toHaveBeenCalledWith({ msg: expect.stringContaining('stored at Cloudinary') });
    log.mockRestore();
  });
});

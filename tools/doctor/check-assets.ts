import { CloudinaryStore } from '../../apps/media/src/assets/cloudinary-store';
import type { MediaConfig } from '../../apps/media/src/media.config';
import { ok, type Verdict } from './finding';
import { providerVerdict } from './provider-verdict';

/** Where pictures are kept, and for Cloudinary whether it takes the account. */
export async function checkAssets({ CLOUDINARY_URL: url, CLOUDINARY_FOLDER: folder }: MediaConfig): Promise<Verdict> {
  if (!url) {
    return ok('pictures are kept in NATS; CLOUDINARY_URL has Cloudinary keep them');
  }
  return providerVerdict(async () => (await CloudinaryStore.open(url, folder)).check(), {
    good: `Cloudinary takes the account; pictures are kept in the folder ${folder}`,
    away: 'Cloudinary cannot be asked right now, jobs wait for it',
  });
}

import { Controller } from '@nestjs/common';
import type { ForgetUserRequest, ForgetUserResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { recordOf } from '../images/image-record.projection';
import { ImageRepository } from '../images/image.repository';
import { UserEvents, type PictureOnLog } from './user-events';

/** For gateways alone, which end an account. */
@Controller()
export class UsersController {
  constructor(
    private readonly images: ImageRepository,
    private readonly log: UserEvents,
  ) {}

  @AnswersQuery('catalog.user.forget')
  async forget(@QueryPayload('catalog.user.forget') { user_id, from }: ForgetUserRequest): Promise<ForgetUserResponse> {
    const { pictures, ...erased } = await this.log.eraseSome(user_id, from);
    await this.enterLost(pictures);
    if (erased.next !== null) {
      return { ...erased, dead_letters: 0, forgotten: false };
    }
    const dead_letters = await this.log.eraseLetters(user_id);
    return { ...erased, dead_letters, forgotten: await this.images.forgetUser(user_id) };
  }

  /**
   * Enters pictures that were given up on their way to the catalog, so that they are listed, and purged as all others: their words
   * are on the log, and their files in the asset store. Those of pictures that are known go with the purge that is under way.
   */
  private async enterLost(pictures: readonly PictureOnLog[]): Promise<void> {
    for (const { event, sequence } of pictures) {
      await this.images.insert(recordOf(event, sequence));
    }
  }
}

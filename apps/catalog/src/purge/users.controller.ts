import { Controller } from '@nestjs/common';
import type { ForgetUserRequest, ForgetUserResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { recordOf } from '../images/image-record.projection';
import { ImageRepository } from '../images/image.repository';
import { UserEvents } from './user-events';

/** For gateways alone, which end an account. */
@Controller()
export class UsersController {
  constructor(
    private readonly images: ImageRepository,
    private readonly log: UserEvents,
  ) {}

  /**
   * Nothing is erased while a picture is not purged: a purge that is under way still needs its events. A picture that was given up on
   * its way to the catalog is entered here, so that it is listed, and purged as all others before the log is gone through any further.
   */
  @AnswersQuery('catalog.user.forget')
  async forget(@QueryPayload('catalog.user.forget') { user_id, from }: ForgetUserRequest): Promise<ForgetUserResponse> {
    if (await this.images.hasPictures(user_id)) {
      return { events: 0, dead_letters: 0, next: null, forgotten: false };
    }
    const erased = await this.log.eraseSome(user_id, from, async (event, sequence) => {
      return (await this.images.insert(recordOf(event, sequence))) === 'inserted';
    });
    if (erased.next !== null) {
      return { ...erased, dead_letters: 0, forgotten: false };
    }
    const dead_letters = await this.log.eraseLetters(user_id);
    return { ...erased, dead_letters, forgotten: await this.images.forgetUser(user_id) };
  }
}

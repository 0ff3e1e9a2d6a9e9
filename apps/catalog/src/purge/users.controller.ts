import { Controller } from '@nestjs/common';
import type { ForgetUserRequest, ForgetUserResponse } from '@facet/contracts';
import { AnswersQuery, QueryPayload } from '@facet/messaging';
import { ImageRepository } from '../images/image.repository';
import { UserEvents } from './user-events';

/** For gateways alone, which end an account. */
@Controller()
export class UsersController {
  constructor(
    private readonly images: ImageRepository,
    private readonly log: UserEvents,
  ) {}

  @AnswersQuery('catalog.user.forget')
  async forget(@QueryPayload('catalog.user.forget') { user_id, from }: ForgetUserRequest): Promise<ForgetUserResponse> {
    const erased = await this.log.eraseSome(user_id, from);
    if (erased.next !== null) {
      return { ...erased, dead_letters: 0, forgotten: false };
    }
    const dead_letters = await this.log.eraseLetters(user_id);
    return { ...erased, dead_letters, forgotten: await this.images.forgetUser(user_id) };
  }
}

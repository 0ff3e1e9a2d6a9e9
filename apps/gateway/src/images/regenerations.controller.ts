import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { invalidRequest } from '../http/invalid-request';
import { JobAnswer } from '../jobs/job-answer.service';
import { ApiForm } from '../openapi/api-image-form';
import { FormReader } from '../uploads/form-reader';
import { MAX_PROMPT } from '../uploads/upload-limits';
import { GivenImageId } from './given-image-id';
import { ImageRequestsService } from './image-requests.service';
import { ImagePresenter } from './image.presenter';
import { fieldsOf } from './parse-form';

const regenerationFields = z.object({
  image_id: GivenImageId.describe('The picture to change: any of yours, regenerated ones too.'),
  prompt: z.string().trim().min(1).max(MAX_PROMPT).describe('What to change.'),
});

/** Changes of finished pictures. */
@ApiTags('images')
@ApiBearerAuth()
@Controller('imgbackendapp')
export class RegenerationsController {
  constructor(
    private readonly requests: ImageRequestsService,
    private readonly forms: FormReader,
    private readonly answer: JobAnswer,
    private readonly presenter: ImagePresenter,
  ) {}

  @Post('regenerate')
  @HttpCode(200)
  @ApiForm('A change of a finished picture, as a new picture with a parent.', regenerationFields)
  async regenerate(
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const body = request.isMultipart()
      ? fieldsOf(await this.forms.read(request, '', []), { schema: regenerationFields, repeated: [] })
      : request.body;
    const fields = regenerationFields.safeParse(body ?? {});
    if (!fields.success) {
      throw invalidRequest(fields.error.issues);
    }
    const imageId = await this.requests.regenerate({ userId: user.id, request }, fields.data);
    return this.answer.send(imageId, user.id, request, reply, (record) => this.presenter.regenerated(record));
  }
}

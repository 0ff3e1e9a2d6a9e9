import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { JobAnswer } from '../jobs/job-answer.service';
import { ApiImageForm } from '../openapi/api-image-form';
import { backgroundChangeForm, campaignForm, modelForm, realModelForm, whiteBackgroundForm, type ImageForm } from './image-form';
import { ImageRequestsService } from './image-requests.service';
import { ImagePresenter } from './image.presenter';

/** The five ways to make a first picture. */
@ApiTags('images')
@ApiBearerAuth()
@Controller('imgbackendapp')
export class ImagesController {
  constructor(
    private readonly requests: ImageRequestsService,
    private readonly answer: JobAnswer,
    private readonly presenter: ImagePresenter,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiImageForm('An ornament on an even ground.', whiteBackgroundForm)
  whiteBackground(@CurrentUser() user: AuthenticatedUser, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.generate(whiteBackgroundForm, user, request, reply);
  }

  @Post('change_background')
  @HttpCode(200)
  @ApiImageForm('An ornament in front of another colour or picture.', backgroundChangeForm)
  changeBackground(
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.generate(backgroundChangeForm, user, request, reply);
  }

  @Post('generate-model')
  @HttpCode(200)
  @ApiImageForm('An ornament worn by a model who does not exist.', modelForm)
  model(@CurrentUser() user: AuthenticatedUser, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.generate(modelForm, user, request, reply);
  }

  @Post('generate-real-model')
  @HttpCode(200)
  @ApiImageForm('An ornament worn by the person of a photograph.', realModelForm)
  realModel(@CurrentUser() user: AuthenticatedUser, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.generate(realModelForm, user, request, reply);
  }

  @Post('generate-campaign-shot')
  @HttpCode(200)
  @ApiImageForm('Several ornaments in one advertising picture.', campaignForm)
  campaignShot(@CurrentUser() user: AuthenticatedUser, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.generate(campaignForm, user, request, reply);
  }

  private async generate(form: ImageForm, user: AuthenticatedUser, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const imageId = await this.requests.generate({ userId: user.id, request }, form);
    return this.answer.send(imageId, user.id, request, reply, (record) => this.presenter.generated(record));
  }
}

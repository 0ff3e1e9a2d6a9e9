import { applyDecorators, Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { OneImage } from '../lineage/lineage.schemas';
import { ApiErrors, openApiSchema } from '../openapi/api-image-form';
import { JobEvents } from './job-events';
import { JobPresenter } from './job.presenter';
import { JobsService } from './jobs.service';

/** Documents what the routes of a job have in common. */
const OfOneJob = () =>
  applyDecorators(ApiParam({ name: 'id', schema: openApiSchema(OneImage.shape.id) }), ApiErrors([400, 401, 403, 404, 503]));

@ApiTags('jobs')
@ApiBearerAuth()
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly jobs: JobsService,
    private readonly presenter: JobPresenter,
    private readonly events: JobEvents,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'The state of a job; with its picture once it has succeeded.' })
  @ApiResponse({ status: 200, description: 'The job.', schema: { type: 'object' } })
  @OfOneJob()
  async get(@Param({ schema: OneImage }) { id }: OneImage, @CurrentUser() user: AuthenticatedUser) {
    return { success: true, job: this.presenter.shown(await this.jobs.get(id, user.id)) };
  }

  @Get(':id/events')
  @ApiOperation({ summary: 'Every step of a job as a server-sent event. `Last-Event-ID` continues where a stream broke off.' })
  @ApiResponse({ status: 200, description: 'The steps.', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @OfOneJob()
  async follow(
    @Param({ schema: OneImage }) { id }: OneImage,
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.events.stream(await this.jobs.get(id, user.id), request, reply);
  }
}

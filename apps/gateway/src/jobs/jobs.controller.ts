import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { JobEvents } from './job-events';
import { JobPresenter } from './job.presenter';
import { JobsService } from './jobs.service';

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
  async get(@Param('id') id: string, @CurrentUser() user: AuthenticatedUser) {
    return { success: true, job: this.presenter.shown(await this.jobs.get(id, user.id)) };
  }

  @Get(':id/events')
  @ApiProduces('text/event-stream')
  @ApiOperation({ summary: 'Every step of a job as a server-sent event. `Last-Event-ID` continues where a stream broke off.' })
  async follow(
    @Param('id') id: string,
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.events.stream(await this.jobs.get(id, user.id), request, reply);
  }
}

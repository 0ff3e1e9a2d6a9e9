import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { OneImage } from '../lineage/lineage.schemas';
import { ApiImageRoute } from '../openapi/api-image-route';
import { ImagePatch, Removal } from './keeping.schemas';
import { KeepingService } from './keeping.service';

/** Of a 202. */
const SHOWN_LATER = 'It is taken, and will show later.';

/** What owners do with their finished pictures. */
@ApiTags('keeping')
@ApiBearerAuth()
@Controller('imgbackendapp/images')
export class KeepingController {
  constructor(private readonly keeping: KeepingService) {}

  @Patch(':id')
  @ApiImageRoute('Star a picture, give it a title or tags: what is not named stays.', {
    path: OneImage,
    body: ImagePatch,
    accepted: SHOWN_LATER,
    errors: [409, 410],
    keyed: true,
  })
  change(
    @Param({ schema: OneImage }) { id }: OneImage,
    @Body({ schema: ImagePatch }) patch: ImagePatch,
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.keeping.change(id, patch, { userId: user.id, request, reply });
  }

  @Delete(':id')
  @ApiImageRoute('Delete a picture. Its place in the tree and its regenerations stay; for some days it can be restored.', {
    path: OneImage,
    query: Removal,
    accepted: `${SHOWN_LATER} Of a purge: \`Location\` names the receipt.`,
    keyed: true,
  })
  remove(
    @Param({ schema: OneImage }) { id }: OneImage,
    @Query({ schema: Removal }) { purge }: Removal,
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const asking = { userId: user.id, request, reply };
    return purge ? this.keeping.purge(id, asking) : this.keeping.remove(id, asking);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiImageRoute('Restore a deleted picture.', { path: OneImage, accepted: SHOWN_LATER, errors: [410], keyed: true })
  restore(
    @Param({ schema: OneImage }) { id }: OneImage,
    @CurrentUser() user: AuthenticatedUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.keeping.restore(id, { userId: user.id, request, reply });
  }
}

import { Controller, Get, Header, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FacetError, PublicRoute } from '@facet/platform';
import type { FastifyReply } from 'fastify';
import { isKnown } from './entity-tags';
import { MediaObjects } from './media-objects';

/** A day: pictures do not change, but a purged one should be gone from caches soon. */
const CACHE_CONTROL = 'public, max-age=86400';

/**
 * Serves pictures that this deployment keeps itself. Like those at Cloudinary they need no token, so that a page can
 * show them; the user's folder is what nobody can guess.
 */
@ApiTags('media')
@PublicRoute()
@Controller('media')
export class MediaController {
  constructor(private readonly objects: MediaObjects) {}

  @Get(':folder/:file')
  @ApiOperation({ summary: 'A picture that this deployment keeps itself.' })
  @Header('content-security-policy', "default-src 'none'; sandbox")
  @Header('x-content-type-options', 'nosniff')
  async get(
    @Param('folder') folder: string,
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const picture = await this.objects.find(`${folder}/${file}`);
    if (!picture) {
      throw new FacetError('not_found', 'There is no such picture.');
    }
    // before the headers: an error is nothing to keep for a day
    const content = isKnown(picture.etag, known) ? null : await picture.open();
    void reply.headers({ etag: picture.etag, 'cache-control': CACHE_CONTROL });
    if (!content) {
      void reply.status(304);
      return undefined;
    }
    return new StreamableFile(content, { type: picture.mime, length: picture.bytes });
  }
}

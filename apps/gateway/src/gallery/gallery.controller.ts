import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { LOOKED_UP, QueryClient } from '@facet/messaging';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { JSON_TYPE, jsonAnswer, PassedList } from '../http/json-answer';
import { PublicUrl } from '../images/public-url';
import { ApiQueryOf } from '../openapi/api-image-form';
import { GalleryCursors } from './gallery-cursors';
import { galleryQuery, type GalleryQuery } from './gallery-query';

/** A user's pictures. */
@ApiTags('images')
@ApiBearerAuth()
@Controller('imgbackendapp')
export class GalleryController {
  constructor(
    private readonly queries: QueryClient,
    private readonly publicUrl: PublicUrl,
    private readonly cursors: GalleryCursors,
  ) {}

  @Get('user-images')
  @Header('content-type', JSON_TYPE)
  @ApiQueryOf("The caller's own pictures, newest first unless asked otherwise.", galleryQuery)
  async list(@Query({ schema: galleryQuery }) query: GalleryQuery, @CurrentUser() { id: user_id }: AuthenticatedUser) {
    const { page = 1, cursor, limit, sort, ...filters } = query;
    const scope = { user_id, sort, filters };
    const place = cursor === undefined ? { page } : { after: this.cursors.read(cursor, scope) };
    const wanted = { user_id, ...filters, sort, limit, ...place, public_url: this.publicUrl.base };
    const passages = await this.queries.askForPassages('catalog.image.list', wanted, LOOKED_UP);
    const { total, has_more, last } = passages[0].facts;
    return jsonAnswer({
      success: true,
      images: new PassedList(passages.map(({ text }) => text)),
      pagination: {
        page: cursor === undefined ? page : null,
        limit,
        total,
        pages: total === null ? null : Math.ceil(total / limit),
        has_more,
        next_cursor: has_more && last ? this.cursors.after(last, scope) : null,
      },
    });
  }
}

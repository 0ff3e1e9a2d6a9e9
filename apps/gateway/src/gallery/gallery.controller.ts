import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { QueryClient } from '@facet/messaging';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { ImagePresenter } from '../images/image.presenter';
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
    private readonly presenter: ImagePresenter,
    private readonly cursors: GalleryCursors,
  ) {}

  @Get('user-images')
  @ApiQueryOf("The caller's own pictures, newest first unless asked otherwise.", galleryQuery)
  async list(@Query({ schema: galleryQuery }) query: GalleryQuery, @CurrentUser() { id: user_id }: AuthenticatedUser) {
    const { page = 1, cursor, limit, sort, ...filters } = query;
    const scope = { user_id, sort, filters };
    const place = cursor === undefined ? { page } : { after: this.cursors.read(cursor, scope) };
    const { images, total, has_more } = await this.queries.askPatiently('catalog.image.list', {
      user_id,
      ...filters,
      sort,
      limit,
      ...place,
    });
    const last = images.at(-1);
    return {
      success: true,
      images: images.map((record) => this.presenter.listed(record)),
      pagination: {
        page: cursor === undefined ? page : null,
        limit,
        total,
        pages: total === null ? null : Math.ceil(total / limit),
        has_more,
        next_cursor: has_more && last ? this.cursors.after(last, scope) : null,
      },
    };
  }
}

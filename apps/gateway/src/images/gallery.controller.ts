import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ImageType } from '@facet/contracts';
import { QueryClient } from '@facet/messaging';
import { z } from 'zod';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { ApiQueryOf } from '../openapi/api-image-form';
import { ImagePresenter } from './image.presenter';

const MAX_PAGE = 1_000_000;

const galleryQuery = z.object({
  type: ImageType.optional().describe('Only pictures of this type.'),
  page: z.coerce.number().int().min(1).max(MAX_PAGE).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Pictures per page.'),
});

/** A user's pictures. */
@ApiTags('images')
@ApiBearerAuth()
@Controller('imgbackendapp')
export class GalleryController {
  constructor(
    private readonly queries: QueryClient,
    private readonly presenter: ImagePresenter,
  ) {}

  @Get('user-images')
  @ApiQueryOf("The caller's own pictures, newest first.", galleryQuery)
  async list(@Query({ schema: galleryQuery }) { type, page, limit }: z.infer<typeof galleryQuery>, @CurrentUser() user: AuthenticatedUser) {
    const { images, total } = await this.queries.askPatiently('catalog.image.list', { user_id: user.id, type, page, limit });
    return {
      success: true,
      images: images.map((record) => this.presenter.listed(record)),
      pagination: { page, limit, total, pages: Math.ceil(total / limit) },
    };
  }
}

import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { JSON_TYPE } from '../http/json-answer';
import { ApiImageRoute } from '../openapi/api-image-route';
import { ComparisonAnswer, LineageAnswer, LineageView, NodesAnswer, OneImage, Part, TwoImages } from './lineage.schemas';
import { LineageService } from './lineage.service';

/** Where a picture comes from, and what came of it. */
@ApiTags('lineage')
@ApiBearerAuth()
@Controller('imgbackendapp/images')
export class LineageController {
  constructor(private readonly lineages: LineageService) {}

  @Get(':id')
  @ApiImageRoute('One picture; of a deleted one, until when it can be restored.', { path: OneImage })
  image(@Param({ schema: OneImage }) image: OneImage, @CurrentUser() user: AuthenticatedUser) {
    return this.lineages.image(image, user.id);
  }

  @Get(':id/original')
  @ApiImageRoute('The first picture of the chain.', { path: OneImage })
  original(@Param({ schema: OneImage }) image: OneImage, @CurrentUser() user: AuthenticatedUser) {
    return this.lineages.original(image, user.id);
  }

  @Get(':id/regenerations')
  @Header('content-type', JSON_TYPE)
  @ApiImageRoute('All that was made from a picture, directly or not: depth-first, siblings oldest first.', {
    path: OneImage,
    query: Part,
    answer: NodesAnswer,
  })
  regenerations(@Param({ schema: OneImage }) image: OneImage, @Query({ schema: Part }) part: Part, @CurrentUser() user: AuthenticatedUser) {
    return this.lineages.regenerations(image, part, user.id);
  }

  @Get(':id/ancestors')
  @Header('content-type', JSON_TYPE)
  @ApiImageRoute('The pictures that one comes from, the first one first.', { path: OneImage, query: Part, answer: NodesAnswer })
  ancestors(@Param({ schema: OneImage }) image: OneImage, @Query({ schema: Part }) part: Part, @CurrentUser() user: AuthenticatedUser) {
    return this.lineages.ancestors(image, part, user.id);
  }

  @Get(':id/lineage')
  @Header('content-type', JSON_TYPE)
  @ApiImageRoute('The tree that a picture belongs to, or what of it is near the picture, and the path to it.', {
    path: OneImage,
    query: LineageView,
    answer: LineageAnswer,
  })
  lineage(
    @Param({ schema: OneImage }) image: OneImage,
    @Query({ schema: LineageView }) view: LineageView,
    @CurrentUser() user: AuthenticatedUser,
  ) {
    return this.lineages.lineage(image, view, user.id);
  }

  @Get(':a/compare/:b')
  @ApiImageRoute('Two pictures: what both come from, the words and parameters that differ, both addresses.', {
    path: TwoImages,
    answer: ComparisonAnswer,
  })
  compare(@Param({ schema: TwoImages }) images: TwoImages, @CurrentUser() user: AuthenticatedUser) {
    return this.lineages.compare(images, user.id);
  }
}

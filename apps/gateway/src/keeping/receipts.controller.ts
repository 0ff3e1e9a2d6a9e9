import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { ApiImageRoute } from '../openapi/api-image-route';
import { OneReceipt } from './keeping.schemas';
import { KeepingService } from './keeping.service';

/** What was destroyed for whom. */
@ApiTags('keeping')
@ApiBearerAuth()
@Controller('imgbackendapp/receipts')
export class ReceiptsController {
  constructor(private readonly keeping: KeepingService) {}

  @Get(':id')
  @ApiImageRoute('What a purge has destroyed, and whether it has come to its end.', { path: OneReceipt })
  receipt(@Param({ schema: OneReceipt }) { id }: OneReceipt, @CurrentUser() user: AuthenticatedUser): Promise<unknown> {
    return this.keeping.receipt(id, user.id);
  }
}

import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AccountService } from '../account/account.service';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { ApiImageRoute } from '../openapi/api-image-route';
import { OneReceipt } from './keeping.schemas';
import { KeepingService } from './keeping.service';

/** What was destroyed for whom. */
@ApiTags('keeping')
@ApiBearerAuth()
@Controller('imgbackendapp/receipts')
export class ReceiptsController {
  constructor(
    private readonly keeping: KeepingService,
    private readonly accounts: AccountService,
  ) {}

  @Get(':id')
  @ApiImageRoute('What a purge, or the deletion of an account, has destroyed, and whether it has come to its end.', { path: OneReceipt })
  async receipt(@Param({ schema: OneReceipt }) { id }: OneReceipt, @CurrentUser() user: AuthenticatedUser): Promise<unknown> {
    return id.startsWith('account-') ? { success: true, receipt: await this.accounts.receipt(id) } : this.keeping.receipt(id, user.id);
  }
}

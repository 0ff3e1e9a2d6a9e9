import { Controller, Delete, Get, HttpCode, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PublicRoute } from '@facet/platform';
import type { FastifyReply } from 'fastify';
import { CurrentUser, type AuthenticatedUser } from '../auth/current-user';
import { ApiErrors } from '../openapi/api-image-form';
import { ApiImageRoute } from '../openapi/api-image-route';
import { OneAccountReceipt } from './account.schemas';
import { AccountService } from './account.service';

@ApiTags('account')
@Controller('imgbackendapp/account')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Delete()
  @HttpCode(202)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Delete all data of the caller for good: pictures, deleted ones too, logins and the account.' })
  @ApiResponse({ status: 202, description: 'It has begun: `Location` names the receipt.', schema: { type: 'object' } })
  @ApiErrors([401, 503])
  async close(@CurrentUser() user: AuthenticatedUser, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const receipt = await this.accounts.close(user);
    void reply.header('location', `/imgbackendapp/account/receipts/${receipt.id}`);
    return { success: true, status: 'accepted', receipt };
  }

  @Get('receipts/:id')
  @PublicRoute()
  @ApiImageRoute('What the deletion of an account has destroyed. For whoever has its id: there is no login any more.', {
    path: OneAccountReceipt,
  })
  async receipt(@Param({ schema: OneAccountReceipt }) { id }: OneAccountReceipt): Promise<unknown> {
    return { success: true, receipt: await this.accounts.receipt(id) };
  }
}

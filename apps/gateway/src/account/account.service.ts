import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountReceipt } from '@facet/contracts';
import type { AuthenticatedUser } from '../auth/current-user';
import { LoginService } from '../auth/login.service';
import { UserQuota } from '../quotas/user-quota';
import { ClosingsStore } from './closings.store';

/** What users may do with all of their data at once. */
@Injectable()
export class AccountService {
  constructor(
    private readonly quota: UserQuota,
    private readonly closings: ClosingsStore,
    private readonly logins: LoginService,
  ) {}

  /** Begins the deletion of an account, and ends its logins. Asking again gives the same receipt. */
  async close({ id, email }: AuthenticatedUser): Promise<AccountReceipt> {
    const receiptId = await this.quota.close(id, `account-${randomUUID()}`);
    const receipt = await this.closings.begin(receiptId, { id, email });
    await this.logins.close({ id, email });
    return receipt;
  }

  /** @throws FacetError `not_found` */
  receipt(id: string): Promise<AccountReceipt> {
    return this.closings.receipt(id);
  }
}

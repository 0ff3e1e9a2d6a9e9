import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { FacetError, PUBLIC_ROUTE } from '@facet/platform';
import type { Observable } from 'rxjs';

/** Asks for a valid access token on every route that is not marked `@PublicRoute()`. Registered for the whole gateway. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> | Observable<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, [context.getHandler(), context.getClass()]);
    return isPublic === true || super.canActivate(context);
  }

  /** Passport's outcome: the strategy's fault in `error`, a refused token's reason in `reason`. Only a missing token brings no reason of ours. */
  override handleRequest<TUser>(error: unknown, user: TUser | false | null, reason: unknown): TUser {
    if (user) {
      return user;
    }
    if (error) {
      throw FacetError.from(error);
    }
    throw reason instanceof FacetError
      ? reason
      : new FacetError('unauthenticated', 'A token is needed: send the header "Authorization: Bearer <access token>".');
  }
}

import { applyDecorators, Body, Controller, Get, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { PublicRoute } from '@facet/platform';
import { ApiErrors } from '../openapi/api-image-form';
import { AuthRateLimitGuard } from './auth-rate-limit.guard';
import { Credentials, LogoutAnswer, NewCredentials, RefreshRequest, TokensAnswer, UserAnswer } from './auth.schemas';
import { BuiltInLoginGuard } from './built-in-login.guard';
import { CurrentUser, type AuthenticatedUser } from './current-user';
import { LoginService } from './login.service';

/** A route that hands out tokens: for anybody, not too often, never cached (RFC 6749, 5.1). */
const IssuesTokens = () =>
  applyDecorators(
    PublicRoute(),
    UseGuards(BuiltInLoginGuard, AuthRateLimitGuard),
    Header('cache-control', 'no-store'),
    ApiErrors([400]),
    ApiNotFoundResponse({ description: 'This deployment uses an outside identity provider.' }),
    ApiTooManyRequestsResponse({ description: 'Too many attempts; `Retry-After` says when to come again.' }),
  );

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly logins: LoginService) {}

  @Post('register')
  @IssuesTokens()
  @ApiOperation({ summary: 'Make an account, and log in to it.' })
  @ApiCreatedResponse({ description: 'The account is made.', standardSchema: TokensAnswer })
  @ApiConflictResponse({ description: 'There is an account with this e-mail address already.' })
  register(@Body({ schema: NewCredentials }) credentials: Credentials): Promise<TokensAnswer> {
    return this.logins.register(credentials);
  }

  @Post('login')
  @HttpCode(200)
  @IssuesTokens()
  @ApiOperation({ summary: 'Log in.' })
  @ApiOkResponse({ description: 'Logged in.', standardSchema: TokensAnswer })
  @ApiUnauthorizedResponse({ description: 'E-mail or password is wrong.' })
  login(@Body({ schema: Credentials }) credentials: Credentials): Promise<TokensAnswer> {
    return this.logins.login(credentials);
  }

  @Post('refresh')
  @HttpCode(200)
  @IssuesTokens()
  @ApiOperation({
    summary: 'Get new tokens for a refresh token.',
    description: 'A refresh token is good for one use. Using it a second time ends the login, as it may have been stolen.',
  })
  @ApiOkResponse({ description: 'New tokens; the old refresh token is worth nothing from now on.', standardSchema: TokensAnswer })
  @ApiUnauthorizedResponse({ description: 'The refresh token is unknown, expired or used already.' })
  refresh(@Body({ schema: RefreshRequest }) { refresh_token }: RefreshRequest): Promise<TokensAnswer> {
    return this.logins.refresh(refresh_token);
  }

  @Post('logout')
  @HttpCode(200)
  @PublicRoute()
  @ApiOperation({ summary: 'End a login: its refresh tokens are worth nothing from now on.' })
  @ApiErrors([400])
  @ApiOkResponse({ description: 'Ended, now or before.', standardSchema: LogoutAnswer })
  async logout(@Body({ schema: RefreshRequest }) { refresh_token }: RefreshRequest): Promise<LogoutAnswer> {
    await this.logins.logout(refresh_token);
    return { success: true };
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Whose access token it is.' })
  @ApiOkResponse({ description: 'The caller.', standardSchema: UserAnswer })
  @ApiUnauthorizedResponse({ description: 'The token is missing, expired or not valid.' })
  me(@CurrentUser() user: AuthenticatedUser): UserAnswer {
    return { success: true, user };
  }
}

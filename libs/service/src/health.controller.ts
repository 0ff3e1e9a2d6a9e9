import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import { PublicRoute, Readiness, type ReadinessCheck } from '@facet/platform';

/** Longest wait for one dependency's answer, in ms: shorter than the timeout of the usual prober (3 s and more). */
const CHECK_TIMEOUT_MS = 2_000;

@ApiTags('health')
@PublicRoute()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs. Depends on nothing else.' })
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({ summary: 'The service can do its work: every dependency answers.' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check(this.readiness.all().map((check) => () => this.ask(check)));
  }

  private async ask({ name, check }: ReadinessCheck) {
    const indicator = this.indicators.check(name);
    try {
      return indicator.up(await withTimeout(check()));
    } catch (error) {
      return indicator.down({ message: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`));
    }, CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

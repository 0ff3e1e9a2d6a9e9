import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Metrics, Readiness } from '@facet/platform';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';

/** Health, readiness and metrics: the same in every service. */
@Global()
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, MetricsController],
  providers: [Readiness, Metrics],
  exports: [Readiness, Metrics],
})
export class ServiceModule {}

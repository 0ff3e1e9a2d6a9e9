export { ConfigError, loadConfig } from './config/load-config';
export {
  jobConfigShape,
  ownPortShape,
  serviceConfigShape,
  stageConfigShape,
  wholeNumber,
  type ServiceConfig,
} from './config/service-config';
export { withDeadline } from './deadline/with-deadline';
export { FacetError } from './errors/facet-error';
export { RpcErrorFilter } from './errors/rpc-error.filter';
export { PUBLIC_ROUTE, PublicRoute } from './health/public-route';
export { RememberedCheck } from './health/remembered-check';
export { Readiness, type ReadinessCheck, type ReadinessFacts } from './health/readiness';
export { extendLogContext, logContext, withLogContext, type LogContext } from './logging/log-context';
export { createPino, PinoLogger } from './logging/pino-logger';
export { Metrics } from './metrics/metrics';

import { Logger } from '@nestjs/common';

// Tests provoke what a service logs. `LOGS=1 npm test` shows it.
if (process.env['LOGS'] !== '1') {
  Logger.overrideLogger(false);
}

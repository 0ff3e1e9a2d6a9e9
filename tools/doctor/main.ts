import { parseArgs } from 'node:util';
import { readEnvironment } from '../up/environment';
import { diagnose } from './diagnose';
import { asJson, asText, isWell } from './report';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  // the services find their settings in their environment: those of .env as well, as `npm run up` hands them on
  Object.assign(process.env, readEnvironment(process.cwd(), process.env));
  const findings = await diagnose(process.env['NATS_URL'] || undefined);
  const report = values.json ? asJson(findings) : asText(findings);
  // what hangs in the background must not keep the command from ending
  process.stdout.write(`${report}\n`, () => process.exit(isWell(findings) ? 0 : 1));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

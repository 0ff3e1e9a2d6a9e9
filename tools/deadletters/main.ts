import { deadLettersTool } from './dead-letters-tool';

void deadLettersTool({
  root: process.cwd(),
  args: process.argv.slice(2),
  environment: process.env,
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

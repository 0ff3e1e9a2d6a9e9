import { spawn } from 'node:child_process';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command in this terminal and answers with its exit code. A stop signal that reaches us while it runs is passed
 * on, and we end with it: npm and the terminal do not always tell the whole process tree.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    let stoppedBy;
    const passOn = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    const finish = (code) => {
      for (const signal of STOP_SIGNALS) process.removeListener(signal, passOn);
      if (stoppedBy) process.kill(process.pid, stoppedBy);
      else resolve(code);
    };
    for (const signal of STOP_SIGNALS) process.on(signal, passOn);
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      finish(127);
    });
    child.once('exit', (code) => finish(code ?? 1));
  });
}

/** As {@link run}, but a failure ends this process with a sentence that says what was being done. */
export async function mustRun(purpose, command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) {
    console.error(`${purpose} failed: ${command} ${args.join(' ')} ended with code ${code}`);
    process.exit(1);
  }
}

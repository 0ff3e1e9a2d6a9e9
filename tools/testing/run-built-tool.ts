import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** How a run ended, and what it said. */
export interface ToolRun {
  /** exit code; -1 if it was ended from outside */
  code: number;
  out: string;
  err: string;
}

/**
 * Runs a built tool (`npm run build`) in a process of its own.
 *
 * @param tool its folder below `tools`
 * @param environment all that it finds there beside `PATH`
 * @param cwd where it looks for `.env`
 */
export function runBuiltTool(tool: string, args: readonly string[], environment: Record<string, string>, cwd: string): Promise<ToolRun> {
  const command = [resolve(__dirname, '..', '..', 'dist', 'tools', tool, 'main.js'), ...args];
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise((resolved) => {
    execFile(process.execPath, command, { cwd, env, timeout: 30_000 }, (error, out, err) => {
      resolved({ code: error === null ? 0 : Number(error.code ?? -1), out, err });
    });
  });
}

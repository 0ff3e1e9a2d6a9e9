import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBuiltTool } from '../../testing/run-built-tool';
import type { Finding } from '../finding';

/** One run of the command. */
export interface DoctorRun {
  exitCode: number;
  /** standard output and standard error */
  output: string;
  /** from start to end, the load of the program included, in ms */
  durationMs: number;
}

/**
 * Runs the built doctor (`npm run build`) as a process of its own: Cloudinary's SDK takes one account for the life of a process.
 * Its environment is `settings` alone.
 *
 * @param args such as `--json`
 * @param dotEnv content of the file `.env`
 */
export async function runDoctor(settings: Record<string, string>, args: readonly string[] = [], dotEnv = ''): Promise<DoctorRun> {
  const folder = mkdtempSync(join(tmpdir(), 'facet-doctor-'));
  writeFileSync(join(folder, '.env'), dotEnv);
  const began = performance.now();
  try {
    const { code, out, err } = await runBuiltTool('doctor', args, settings, folder);
    return { exitCode: code, output: out + err, durationMs: performance.now() - began };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The findings of a run that is read by a program. */
export async function findingsOf(settings: Record<string, string>): Promise<{ exitCode: number; output: string; findings: Finding[] }> {
  const { exitCode, output } = await runDoctor(settings, ['--json']);
  return { exitCode, output, ...(JSON.parse(output) as { findings: Finding[] }) };
}

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A minimal Debian has no `ps`, macOS has no /proc. */
const hasProc = existsSync('/proc/self/stat');

/** Is there a process with this id (a zombie, which only waits to be collected, does not count)? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !hasProc || statFields(pid)?.[0] !== 'Z';
}

/** Program and arguments of a process, separated by spaces; empty when there is no such process. */
export function commandLine(pid: number): string {
  try {
    return hasProc ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') : ps(pid, 'command=');
  } catch {
    return '';
  }
}

/** When a process started, in the system's own words: with the id it names one process for ever, as ids are used again. */
export function startedAt(pid: number): string {
  try {
    // Field 22 of the line, in ticks since boot (man 5 proc): 20 fields after the state, which is field 3.
    return hasProc ? (statFields(pid)?.[19] ?? '') : ps(pid, 'lstart=');
  } catch {
    return '';
  }
}

/** The fields of /proc/<pid>/stat from the state on; what comes before it is a name that may hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim();
}

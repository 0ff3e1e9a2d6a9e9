import type { Finding } from './finding';

/** Whether nothing has to be mended. */
export const isWell = (findings: readonly Finding[]): boolean => findings.every(({ outcome }) => outcome !== 'fail');

/** A line for each finding, in columns, and one for all. */
export function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.map(({ outcome, subject, text, variable }) => {
    const advice = variable === undefined ? '' : ` · ${outcome === 'fail' ? 'mend' : 'see'} ${variable}`;
    return `${outcome.padEnd(4)}  ${subject.padEnd(width)}  ${text}${advice}`;
  });
  return [...lines, summaryOf(findings)].join('\n');
}

/** The same for a program. */
export const asJson = (findings: readonly Finding[]): string => JSON.stringify({ ok: isWell(findings), findings }, null, 2);

function summaryOf(findings: readonly Finding[]): string {
  const faults = findings.filter(({ outcome }) => outcome === 'fail');
  const warnings = findings.filter(({ outcome }) => outcome === 'warn');
  if (faults.length > 0) {
    const subjects = faults.map(({ variable, subject }) => variable ?? subject);
    return `to be mended: ${[...new Set(subjects)].join(', ')}`;
  }
  return warnings.length > 0 ? `nothing has to be mended; ${warnings.length} to keep an eye on` : 'all is well';
}

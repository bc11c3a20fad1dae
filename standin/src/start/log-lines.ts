const SOURCE = '1@cli/start.go:1  [-]';

/**
 * Returns a text as log lines, as they go to stderr when no log files were asked for. `source` is the place in
 * CockroachDB's code that logs it.
 */
export function logLines(severity: 'I' | 'W' | 'E', text: string, source = SOURCE): string {
  const now = new Date().toISOString();
  const head = `${severity}${now.slice(2, 10).replaceAll('-', '')} ${now.slice(11, 23)}000 1 ${source} 1  `;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${head}${line}\n`)
    .join('');
}

import type { TerminalEntry } from '../runner/cluster/journal.ts';
import { heredoc } from './shell-words.ts';

/** Words that leave the SQL shell: here its input ends instead. */
const LEAVES = /^\s*(?:\\q|exit|quit)\s*;?\s*$/i;

/**
 * Lines typed in terminals as lines for one shell, so that `cd` and `export` hold for those after them. Statements go
 * to the SQL shell that was opened just before, or to `sqlCommand` where that was before the page knew.
 */
export function typedLines(entries: readonly TerminalEntry[], sqlCommand: string): string {
  const lines: string[] = [];
  let statements: string[] = [];
  const flush = (): void => {
    if (statements.length === 0) return;
    const opened = lines.at(-1)?.trim() ?? '';
    const opens = /^cockroach sql(?: [^|;&<>]*)?$/.test(opened);
    if (opens) lines.pop();
    // As on a terminal, a statement that fails ends nothing.
    lines.push(...heredoc(`${opens ? opened : sqlCommand} --set=errexit=false `, statements.join('\n')));
    statements = [];
  };
  for (const { prompt, line } of entries) {
    if (prompt === 'shell') {
      flush();
      lines.push(line);
    } else if (!LEAVES.test(line)) statements.push(line);
  }
  flush();
  return lines.join('\n');
}

import type { TerminalEntry } from '../runner/cluster/journal.ts';
import { heredoc } from './shell-words.ts';

/** Commands that leave the SQL shell. The script ends its input instead. */
const LEAVES = /^\s*(?:\\q|exit|quit)\s*;?\s*$/i;

/**
 * Returns lines that were typed in terminals as the input of one shell, so that `cd` and `export` affect later lines.
 * SQL goes to the SQL shell that was opened just before it, or to `sqlCommand` when no line opened one.
 */
export function typedLines(entries: readonly TerminalEntry[], sqlCommand: string): string {
  const lines: string[] = [];
  let statements: string[] = [];
  const flush = (): void => {
    if (statements.length === 0) return;
    const opened = lines.at(-1)?.trim() ?? '';
    const opens = /^cockroach sql(?: [^|;&<>]*)?$/.test(opened);
    if (opens) lines.pop();
    // As in a terminal, a failed statement does not end the shell.
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

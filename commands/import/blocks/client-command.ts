import type { Mode } from '../../../shared/protocol.ts';
import { textOfModes } from './mode-text.ts';
import type { ShellOpening } from './sql-block.ts';

/** Client commands of the SQL shell that print something, such as `\\dt` and `\\d users`. */
const PRINTS = /^(?:> )?(\\(?:l|d[a-zA-Z]?\+?|h|sf|du|\?)(?: +[\w."*]+)?);?$/;
/** Lines that leave the SQL shell. */
const LEAVES = /^(?:> )?(?:\\q|quit|exit);?$/i;

/** Returns the only client command of a block that prints something; undefined for other blocks. */
export function clientCommand(text: string): string | undefined {
  return PRINTS.exec(text.trim())?.[1];
}

/** Returns the shell command of each mode that prints what a client command does. */
export function commandText(client: string, { user, database }: ShellOpening): Record<Mode, string> {
  const as = user === 'root' ? '' : ` --user=${user}`;
  const of = database === undefined ? '' : ` --database=${database}`;
  return textOfModes(`$ echo '${client}' | cockroach sql --insecure${as}${of} --format=table`);
}

/** Whether a block does nothing but leave the SQL shell. */
export function onlyLeaves(text: string): boolean {
  return LEAVES.test(text.trim());
}

/** Returns a block without the line at its end that leaves the SQL shell. */
export function withoutLeaving(text: string): string {
  const lines = text.trimEnd().split('\n');
  return LEAVES.test(lines.at(-1)!.trim()) && lines.length > 1 ? lines.slice(0, -1).join('\n') : text;
}

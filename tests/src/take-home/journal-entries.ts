import type { JournalEntry } from '../../../src/runner/cluster/journal.ts';

/** Returns the entry of a step that has ended well, unless `rest` says otherwise. `has`: its input and the like. */
export const step = (
  kind: string,
  text: string,
  rest: Partial<Extract<JournalEntry, { kind: 'step' }>> & {
    path?: string;
    user?: string;
    database?: string;
    has?: object;
  } = {},
): JournalEntry => {
  const { path, user, database, has, ...more } = rest;
  return {
    kind: 'step',
    id: text.slice(0, 20),
    location: '/run',
    sent: JSON.stringify([kind, text, path, user, database, ...(has ? [has] : [])]),
    isEdited: false,
    isBackground: false,
    ok: true,
    ...more,
  };
};

/** Returns the journal's entry of a step that ran SQL as root, unless `rest` says otherwise. */
export const sql = (text: string, rest: Parameters<typeof step>[2] = {}): JournalEntry =>
  step('sql', text, { user: 'root', ...rest });

/** Returns the journal's entry of a line that was typed in a terminal. */
export const typed = (prompt: 'shell' | 'sql', line: string): JournalEntry => ({ kind: 'terminal', prompt, line });

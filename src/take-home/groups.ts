import type { JournalEntry, StepEntry, TerminalEntry } from '../runner/cluster/journal.ts';
import { withoutSecrets } from './secrets.ts';
import { opensShellAs } from './shell-words.ts';

/** A step with what was sent of it, and how often it was run in a row. */
export interface Done {
  entry: StepEntry;
  sent: Sent;
  times: number;
  /** Something else was run between it and the statement before it, with which it is one transaction. */
  isBroughtForward?: boolean;
}

/** What a step was when it was sent: `Block.identity`, read, without the passwords that the reader put in. */
export interface Sent {
  kind: 'file' | 'shell' | 'sql';
  text: string;
  path: string;
  user: string;
  database: string | undefined;
}

/** What comes together in a script: a step, statements of one session, or what was typed in the terminal. */
export type Group =
  | { is: 'step'; done: Done }
  | { is: 'session'; opening: Done | undefined; statements: Done[] }
  | { is: 'typed'; lines: TerminalEntry[] };

/**
 * The entries in their order, those together that share a session: a script cannot leave one open and come back to it.
 * Says, too, whether passwords were left out.
 */
export function groupEntries(entries: readonly JournalEntry[]): { groups: Group[]; hadSecrets: boolean } {
  const groups: Group[] = [];
  let hadSecrets = false;
  const bare = (text: string): string => {
    const without = withoutSecrets(text);
    hadSecrets ||= without !== text;
    return without;
  };
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.kind === 'terminal') {
      const typed = { ...entry, line: bare(entry.line) };
      if (last?.is === 'typed' && !isLeft(last.lines.at(-1)!)) last.lines.push(typed);
      else groups.push({ is: 'typed', lines: [typed] });
      continue;
    }
    const sent = readSent(entry.sent);
    if (!sent) continue;
    // What the author wrote is for all to read.
    if (entry.isEdited) sent.text = bare(sent.text);
    const done = { entry, sent, times: 1 };
    const waiting =
      sent.kind === 'sql' && entry.ok === true
        ? groups.findLast((group) => group.is === 'session' && isSameSession(group.statements[0]!.sent, sent))
        : undefined;
    const before = last?.is === 'step' ? last.done : last?.is === 'session' ? last.statements.at(-1) : undefined;
    if (before && isAgain(before.entry, entry)) before.times += 1;
    // A script cannot leave a transaction open, do something else, and come back to it.
    else if (waiting?.is === 'session' && waiting !== last && waiting.statements.at(-1)!.entry.isInTransaction)
      waiting.statements.push({ ...done, isBroughtForward: true });
    else if (sent.kind !== 'sql' || entry.ok !== true) groups.push({ is: 'step', done });
    else if (last?.is === 'session' && isSameSession(last.statements[0]!.sent, sent)) last.statements.push(done);
    else if (
      last?.is === 'step' &&
      last.done.entry.ok === true &&
      last.done.sent.kind === 'shell' &&
      opensShellAs(last.done.sent.text, sent)
    ) {
      groups.splice(-1, 1, { is: 'session', opening: last.done, statements: [done] });
    } else groups.push({ is: 'session', opening: undefined, statements: [done] });
  }
  return { groups, hadSecrets };
}

/** A shell that was left takes no more lines: those that follow were typed in another. */
function isLeft({ prompt, line }: TerminalEntry): boolean {
  return prompt === 'shell' && /^\s*(?:exit|logout)(?:\s+\d+)?\s*;?\s*$/.test(line);
}

function isAgain(before: StepEntry, entry: StepEntry): boolean {
  return before.id === entry.id && before.sent === entry.sent && before.ok === entry.ok;
}

function isSameSession(one: Sent, other: Sent): boolean {
  return one.user === other.user && one.database === other.database;
}

/** Undefined for what is no step of ours: it was stored, and may be anything. */
function readSent(identity: string): Sent | undefined {
  try {
    const [kind, text, path, user, database] = JSON.parse(identity) as unknown[];
    if ((kind !== 'file' && kind !== 'shell' && kind !== 'sql') || typeof text !== 'string') return undefined;
    return {
      kind,
      text,
      path: typeof path === 'string' ? path : '',
      user: typeof user === 'string' ? user : 'root',
      database: typeof database === 'string' ? database : undefined,
    };
  } catch {
    return undefined;
  }
}

import type { StepBody } from '../../shared/protocol.ts';
import { mayFail } from '../../shared/step-end.ts';
import { sessionNameOf } from '../../shared/session-name.ts';
import { textOf, withText } from '../../shared/step.ts';
import type { JournalEntry, StepEntry, TerminalEntry } from '../runner/cluster/journal.ts';
import { readSent } from './sent-step.ts';
import { withoutSecrets } from './secrets.ts';
import { opensShellAs } from './shell-words.ts';

/** A step, what was sent, and how often it was run in a row. */
export interface Done<Body extends StepBody = StepBody> {
  entry: StepEntry;
  /** The sent step, without passwords that the reader wrote. */
  sent: Body;
  times: number;
  /** Something else was run between this statement and the one before it, but both belong to one transaction. */
  isBroughtForward?: boolean;
}

/** A step with SQL statements. */
export type Sql = Extract<StepBody, { kind: 'sql' }>;

/** Entries that a script writes together: a step, statements of one session, or lines typed in the terminal. */
export type Group =
  | { is: 'step'; done: Done }
  | { is: 'session'; opening: Done | undefined; statements: Done<Sql>[] }
  /** Statements of a session that the page gives a name, which stays open next to others. */
  | { is: 'kept-open'; name: string; statements: Done<Sql>[] }
  | { is: 'typed'; lines: TerminalEntry[] };

/**
 * Groups the entries in order. Statements of one session go into one group, because a script cannot leave a session and
 * return to it. `hadSecrets` says whether passwords were left out.
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
    const read = readSent(entry.sent);
    if (!read) continue;
    // The author's code is public.
    const sent = entry.isEdited ? withText(read, bare(textOf(read))) : read;
    const before = last?.is === 'step' ? last.done : last?.is === 'typed' ? undefined : last?.statements.at(-1);
    if (before && isAgain(before.entry, entry)) before.times += 1;
    else if (sent.kind === 'sql' && hasDone(entry, sent)) addStatements({ entry, sent, times: 1 }, groups);
    else groups.push({ is: 'step', done: { entry, sent, times: 1 } });
  }
  return { groups, hadSecrets };
}

/** Whether a step did what it was meant to, which may be to fail. */
export function hasDone({ ok }: StepEntry, sent: StepBody): boolean {
  return ok === true || (ok === false && mayFail(sent));
}

/** Adds statements to the group of the same session, if they can stay together. */
function addStatements(done: Done<Sql>, groups: Group[]): void {
  const { sent } = done;
  const last = groups.at(-1);
  const { session } = done.entry;
  const name = session === undefined ? undefined : sessionNameOf({ ...sent, session });
  if (name !== undefined) {
    if (last?.is === 'kept-open' && last.name === name && isSameSession(last.statements[0]!.sent, sent))
      last.statements.push(done);
    else groups.push({ is: 'kept-open', name, statements: [done] });
    return;
  }
  const waiting = groups
    .filter((group) => group.is === 'session')
    .findLast(({ statements }) => isSameSession(statements[0]!.sent, sent));
  // A script cannot leave a transaction open, do something else and return to it.
  if (waiting && waiting !== last && waiting.statements.at(-1)!.entry.isInTransaction)
    waiting.statements.push({ ...done, isBroughtForward: true });
  else if (last?.is === 'session' && isSameSession(last.statements[0]!.sent, sent)) last.statements.push(done);
  else if (
    last?.is === 'step' &&
    last.done.entry.ok === true &&
    last.done.sent.kind === 'shell' &&
    opensShellAs(last.done.sent.command, sent)
  )
    groups.splice(-1, 1, { is: 'session', opening: last.done, statements: [done] });
  else groups.push({ is: 'session', opening: undefined, statements: [done] });
}

/** Returns whether a line leaves the shell. Lines after it were typed in another shell. */
function isLeft({ prompt, line }: TerminalEntry): boolean {
  return prompt === 'shell' && /^\s*(?:exit|logout)(?:\s+\d+)?\s*;?\s*$/.test(line);
}

function isAgain(before: StepEntry, entry: StepEntry): boolean {
  return before.id === entry.id && before.sent === entry.sent && before.ok === entry.ok;
}

/** Whether statements can belong to one session, which has one user and began in one database. */
function isSameSession(one: Sql, other: Sql): boolean {
  return one.user === other.user && one.database === other.database;
}

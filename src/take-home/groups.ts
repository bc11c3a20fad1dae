import type { StepBody } from '../../shared/protocol.ts';
import { textOf, withText } from '../../shared/step.ts';
import type { JournalEntry, StepEntry, TerminalEntry } from '../runner/cluster/journal.ts';
import { readSent } from './sent-step.ts';
import { withoutSecrets } from './secrets.ts';
import { opensShellAs } from './shell-words.ts';

/** A step with what was sent of it, and how often it was run in a row. */
export interface Done<Body extends StepBody = StepBody> {
  entry: StepEntry;
  /** Without the passwords that the reader put in. */
  sent: Body;
  times: number;
  /** Something else was run between it and the statement before it, with which it is one transaction. */
  isBroughtForward?: boolean;
}

/** Statements that were sent to the database. */
type Sql = Extract<StepBody, { kind: 'sql' }>;

/** What comes together in a script: a step, statements of one session, or what was typed in the terminal. */
export type Group =
  | { is: 'step'; done: Done }
  | { is: 'session'; opening: Done | undefined; statements: Done<Sql>[] }
  | { is: 'typed'; lines: TerminalEntry[] };

/**
 * Groups the entries in their order, those together that share a session: a script cannot leave one open and come back
 * to it. Says, too, whether passwords were left out.
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
    // What the author wrote is for all to read.
    const sent = entry.isEdited ? withText(read, bare(textOf(read))) : read;
    const before = last?.is === 'step' ? last.done : last?.is === 'session' ? last.statements.at(-1) : undefined;
    if (before && isAgain(before.entry, entry)) before.times += 1;
    else if (sent.kind === 'sql' && entry.ok === true) addStatements({ entry, sent, times: 1 }, groups);
    else groups.push({ is: 'step', done: { entry, sent, times: 1 } });
  }
  return { groups, hadSecrets };
}

/** Puts statements to those of the same session, if they can stay together. */
function addStatements(done: Done<Sql>, groups: Group[]): void {
  const { sent } = done;
  const last = groups.at(-1);
  const waiting = groups
    .filter((group) => group.is === 'session')
    .findLast(({ statements }) => isSameSession(statements[0]!.sent, sent));
  // A script cannot leave a transaction open, do something else, and come back to it.
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

/** A shell that was left takes no more lines: those that follow were typed in another. */
function isLeft({ prompt, line }: TerminalEntry): boolean {
  return prompt === 'shell' && /^\s*(?:exit|logout)(?:\s+\d+)?\s*;?\s*$/.test(line);
}

function isAgain(before: StepEntry, entry: StepEntry): boolean {
  return before.id === entry.id && before.sent === entry.sent && before.ok === entry.ok;
}

function isSameSession(one: Sql, other: Sql): boolean {
  return one.user === other.user && one.database === other.database;
}

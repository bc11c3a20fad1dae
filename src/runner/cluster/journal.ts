import type { Mode, RunEvent } from '../../../shared/protocol.ts';
import { readStored, writeStored } from '../../ui/storage.ts';
import type { Workspace } from './workspace.ts';

/** The most that is remembered: the oldest goes first. In entries, and in characters of what ran. */
const MOST_ENTRIES = 300;
const MOST_CHARACTERS = 200_000;

/** A step that began in the cluster. */
export interface StepEntry {
  kind: 'step';
  id: string;
  /** Where its run was, which tells it from an earlier run of the same step. */
  location: string;
  /** What was sent: `Block.identity`. */
  sent: string;
  /** It was not what the author wrote. */
  isEdited: boolean;
  isBackground: boolean;
  /** Undefined while it runs, and when it never came to its end. */
  ok?: boolean;
  /** It left a transaction open in its session. */
  isInTransaction?: boolean;
}

/** A line that was typed at a prompt of a terminal: of its shell, or of the SQL shell. */
export interface TerminalEntry {
  kind: 'terminal';
  prompt: 'shell' | 'sql';
  line: string;
}

/** Something that was done in the cluster. */
export type JournalEntry = StepEntry | TerminalEntry;

/** What was done in the last cluster of a mode in which something was done, in order. */
export interface Journal {
  sandbox: string;
  /** When the first of it was done, epoch milliseconds. */
  sinceMs: number;
  entries: JournalEntry[];
  /** How many older ones were forgotten. */
  forgotten: number;
}

type JournalOwner = Pick<Workspace, 'tutorial' | 'mode' | 'kept'>;

const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}:done-here`;
/** Where storage is refused, or full: until the page is left. */
const unstored = new Map<string, Journal>();

/** What was done on a page in a mode. Undefined when nothing was, or what is stored is nonsense. */
export function readJournal(tutorial: string, mode: Mode): Journal | undefined {
  const key = keyOf(tutorial, mode);
  if (unstored.has(key)) return unstored.get(key);
  const journal = readStored<Partial<Journal>>(() => localStorage, key);
  return typeof journal?.sandbox === 'string' && typeof journal.sinceMs === 'number' && Array.isArray(journal.entries)
    ? ({ forgotten: 0, ...journal } as Journal)
    : undefined;
}

/**
 * A step of the run under way began. Of events that come again, after a reload or in another tab, nothing is noted
 * twice.
 */
export function noteBegin(
  owner: JournalOwner,
  id: string,
  block: { authored: string; isBackground: boolean } | undefined,
): void {
  const { run } = owner.kept;
  const sent = run?.sent[id]?.text;
  if (!run || sent === undefined || !block) return;
  const { location } = run;
  const { authored, isBackground } = block;
  change(owner, ({ entries }) => {
    if (!entries.some((entry) => isOf(entry, id, location)))
      entries.push({ kind: 'step', id, location, sent, isEdited: sent !== authored, isBackground });
  });
}

/** A step of the run under way ended. */
export function noteDone(owner: JournalOwner, { step: id, ok, transaction }: RunEvent & { type: 'done' }): void {
  const location = owner.kept.run?.location;
  change(owner, ({ entries }) => {
    const entry = entries.findLast((each) => isOf(each, id, location));
    if (entry?.kind !== 'step') return;
    entry.ok = ok;
    if (transaction !== undefined) entry.isInTransaction = true;
  });
}

/** A line was typed in a terminal of the cluster. */
export function noteLine(owner: JournalOwner, line: Omit<TerminalEntry, 'kind'>): void {
  change(owner, ({ entries }) => entries.push({ kind: 'terminal', ...line }));
}

function isOf(entry: JournalEntry, id: string, location: string | undefined): boolean {
  return entry.kind === 'step' && entry.id === id && entry.location === location;
}

/** Another cluster begins empty: what was done in the last one is no part of how this one came to be. */
function change({ tutorial, mode, kept: { sandbox } }: JournalOwner, work: (journal: Journal) => unknown): void {
  if (sandbox === undefined) return;
  const was = readJournal(tutorial, mode);
  const journal = was?.sandbox === sandbox ? was : { sandbox, sinceMs: Date.now(), entries: [], forgotten: 0 };
  work(journal);
  bound(journal);
  store(keyOf(tutorial, mode), journal);
}

function bound(journal: Journal): void {
  const size = (entry: JournalEntry): number => (entry.kind === 'step' ? entry.sent : entry.line).length;
  let characters = journal.entries.reduce((sum, entry) => sum + size(entry), 0);
  while (journal.entries.length > 1 && (journal.entries.length > MOST_ENTRIES || characters > MOST_CHARACTERS)) {
    characters -= size(journal.entries.shift()!);
    journal.forgotten += 1;
  }
}

function store(key: string, journal: Journal): void {
  if (writeStored(() => localStorage, key, journal)) unstored.delete(key);
  else unstored.set(key, journal);
}

import type { Mode, RunEvent, StepBody } from '../../../shared/protocol.ts';
import { readStored, writeStored } from '../../ui/storage.ts';
import type { Workspace } from './workspace.ts';

/** The limits of a journal, in entries and in characters of code; the oldest entries are dropped first. */
const MAX_ENTRIES = 300;
const MAX_CHARACTERS = 200_000;

/** A step that was started in the cluster. */
export interface StepEntry {
  kind: 'step';
  id: string;
  /** The address of its run, which distinguishes it from earlier runs of the same step. */
  location: string;
  /** The text that was sent: the step's identity, see `identityOf`. */
  sent: string;
  /** The text was not the author's. */
  isEdited: boolean;
  isBackground: boolean;
  /** The SQL session of its statements. */
  session?: string;
  /** Undefined while the step runs, and when its end was never reported. */
  ok?: boolean;
  /** The step left a transaction open in its session. */
  isInTransaction?: boolean;
}

/** A line that was typed in a terminal, at the prompt of the shell or of the SQL shell. */
export interface TerminalEntry {
  kind: 'terminal';
  prompt: 'shell' | 'sql';
  line: string;
}

/** One thing that was done in the cluster. */
export type JournalEntry = StepEntry | TerminalEntry;

/** What was done, in order, in the last cluster of a mode in which anything was done. */
export interface Journal {
  sandbox: string;
  /** When the first entry was made, in epoch milliseconds. */
  sinceMs: number;
  entries: JournalEntry[];
  /** The number of dropped entries. */
  forgotten: number;
}

type JournalOwner = Pick<Workspace, 'tutorial' | 'mode' | 'kept'>;

const keyOf = (tutorial: string, mode: Mode): string => `bankrun:${tutorial}:${mode}:done-here`;
/** Journals that could not be stored, kept until the reader leaves the page. */
const unstored = new Map<string, Journal>();

/** Returns the journal of a page in a mode; undefined when there is none or the stored one is not valid. */
export function readJournal(tutorial: string, mode: Mode): Journal | undefined {
  const key = keyOf(tutorial, mode);
  if (unstored.has(key)) return unstored.get(key);
  const journal = readStored<Partial<Journal>>(() => localStorage, key);
  return typeof journal?.sandbox === 'string' && typeof journal.sinceMs === 'number' && Array.isArray(journal.entries)
    ? ({ forgotten: 0, ...journal } as Journal)
    : undefined;
}

/**
 * Notes that a step of the run under way began. Events that arrive again, after a reload or in another tab, are not
 * noted twice.
 */
export function noteBegin(
  owner: JournalOwner,
  id: string,
  block: { authored: string; isBackground: boolean; step?: StepBody } | undefined,
): void {
  const { run } = owner.kept;
  const sent = run?.sent[id]?.text;
  if (!run || sent === undefined || !block) return;
  const { location } = run;
  const { authored, isBackground } = block;
  const session = block.step?.kind === 'sql' ? block.step.session : undefined;
  change(owner, ({ entries }) => {
    if (!entries.some((entry) => isOf(entry, id, location)))
      entries.push({
        kind: 'step',
        id,
        location,
        sent,
        isEdited: sent !== authored,
        isBackground,
        ...(session !== undefined && { session }),
      });
  });
}

/** Notes that a step of the run under way ended. */
export function noteDone(owner: JournalOwner, { step: id, ok, transaction }: RunEvent & { type: 'done' }): void {
  const location = owner.kept.run?.location;
  change(owner, ({ entries }) => {
    const entry = entries.findLast((each) => isOf(each, id, location));
    if (entry?.kind !== 'step') return;
    entry.ok = ok;
    if (transaction !== undefined) entry.isInTransaction = true;
  });
}

/** Notes a line that was typed in a terminal of the cluster. */
export function noteLine(owner: JournalOwner, line: Omit<TerminalEntry, 'kind'>): void {
  change(owner, ({ entries }) => entries.push({ kind: 'terminal', ...line }));
}

function isOf(entry: JournalEntry, id: string, location: string | undefined): boolean {
  return entry.kind === 'step' && entry.id === id && entry.location === location;
}

/**
 * Changes and stores the journal. Starts a new one when the cluster is another: what was done in the last one is not
 * part of how this one came to be.
 */
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
  while (journal.entries.length > 1 && (journal.entries.length > MAX_ENTRIES || characters > MAX_CHARACTERS)) {
    characters -= size(journal.entries.shift()!);
    journal.forgotten += 1;
  }
}

function store(key: string, journal: Journal): void {
  if (writeStored(() => localStorage, key, journal)) unstored.delete(key);
  else unstored.set(key, journal);
}

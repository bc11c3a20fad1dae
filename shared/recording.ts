import { isMode } from './modes.ts';
import type { EngineInfo, Mode, RunEvent } from './protocol.ts';

/** The stored and checked output of a page's steps in one mode, which readers see when no cluster is available. */
export interface Recording {
  /** The page's name. */
  tutorial: string;
  mode: Mode;
  engine: EngineInfo;
  /** The day, in the form `2026-11-23`. */
  date: string;
  /** In page order: what each step printed and how it ended, with times set to 0. */
  steps: { id: string; events: RunEvent[] }[];
}

/** Returns the name of a recording's file in the folder of recordings. */
export function recordingFile(tutorial: string, mode: Mode): string {
  return `${tutorial}.${mode}.json`;
}

/** Parses a recording. Throws an Error that names the file and says what is wrong with it. */
export function parseRecording(text: string, file: string): Recording {
  const wrong = (what: string): Error =>
    new Error(`${file}: ${what}. Record it again: npm run verify -- NAME --update`);
  let value: Partial<Recording> | null;
  try {
    value = JSON.parse(text) as Partial<Recording> | null;
  } catch (cause) {
    throw wrong(`is not valid JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const fault = faultOf({ ...value });
  if (fault !== undefined) throw wrong(fault);
  return value as Recording;
}

/** Returns what is wrong with a recording's fields, as a clause; undefined when nothing is. */
function faultOf({ tutorial, mode, engine, date, steps }: Partial<Recording>): string | undefined {
  if (typeof tutorial !== 'string') return '`tutorial` must be the page’s name';
  if (typeof mode !== 'string' || !isMode(mode)) return '`mode` must be secure or insecure';
  if (typeof engine?.name !== 'string' || typeof engine.version !== 'string' || typeof engine.standIn !== 'boolean')
    return '`engine` must have a name, a version and standIn';
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date)) return '`date` must be a day such as 2026-11-23';
  if (!Array.isArray(steps)) return '`steps` must be a list';
  const at = steps.findIndex((step) => typeof step?.id !== 'string' || !Array.isArray(step.events));
  return at < 0 ? undefined : `\`steps[${at}]\` must have an id and events`;
}

import { compareOutput } from './expectation/compare.ts';
import { printedText } from './expectation/printed.ts';
import { isMode, MODES } from './modes.ts';
import type { EngineInfo, Mode, RunEvent } from './protocol.ts';
import { identityOf, stepsIn, type PageStep } from './step.ts';

/** The stored and checked output of a page's steps in one mode, which readers see when no cluster is available. */
export interface Recording {
  /** The page's name. */
  tutorial: string;
  mode: Mode;
  engine: EngineInfo;
  /** The day, in the form `2026-11-23`. */
  date: string;
  /** In page order. */
  steps: RecordedStep[];
}

/** What a step printed and how it ended, with times set to 0. */
interface RecordedStep {
  id: string;
  /** Of the step that was run, see `fingerprintOf`. */
  fingerprint?: string;
  events: RunEvent[];
}

/** Returns the name of a recording's file in the folder of recordings. */
export function recordingFile(tutorial: string, mode: Mode): string {
  return `${tutorial}.${mode}.json`;
}

/** Returns the modes in which a page with these steps needs a recording. */
export function recordedModes(steps: readonly PageStep[]): Mode[] {
  return MODES.filter((mode) => stepsIn(steps, mode).length > 0);
}

/** Returns a short text that differs for steps that do something else, or in another mode. Recordings store it. */
export function fingerprintOf({ step, mode }: Pick<PageStep, 'step' | 'mode'>): string {
  const text = JSON.stringify([mode, identityOf(step)]);
  return `${hash(text, 0x9dc5_811c)}${hash(text, 0x7fed_7fed)}`;
}

/**
 * Returns why a recording does not belong to a page with these steps, as a clause about the recording: "shows step
 * insert-1, which the page no longer has". Undefined when it does.
 */
export function staleness({ mode, steps: recorded }: Recording, steps: readonly PageStep[]): string | undefined {
  const current = stepsIn(steps, mode);
  const gone = recorded.find(({ id }) => !current.some(({ step }) => step.id === id));
  if (gone) return `shows step ${gone.id}, which the page no longer has`;
  const captures = new Map<string, string>();
  for (const [index, pageStep] of current.entries()) {
    const { id } = pageStep.step;
    const found = recorded.find((each) => each.id === id);
    if (!found) return `lacks step ${id}`;
    if (found.fingerprint !== fingerprintOf(pageStep)) return `shows step ${id} as it was before it changed`;
    if (found !== recorded[index]) return `shows step ${id} in another place than the page`;
    if (pageStep.expected && !compareOutput(pageStep.expected, printedText(found.events), captures).fits)
      return `shows another output of step ${id} than the page expects`;
  }
  return undefined;
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

/** Returns a hash of 32 bits (FNV-1a) as eight digits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x0100_0193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mode, RunEvent } from '../../shared/protocol.ts';
import { fingerprintOf, parseRecording, recordingFile, staleness, type Recording } from '../../shared/recording.ts';
import { sayTheSame } from './equal-recordings.ts';
import { CONTENT } from '../client/content.ts';
import type { Tutorial } from './tutorial.ts';
import type { Verification } from './verification.ts';

/** Returns the stored recording, or undefined when there is none. Throws an Error when its file is invalid. */
export function readRecording(tutorial: string, mode: Mode, content = CONTENT): Recording | undefined {
  const file = fileOf(content, tutorial, mode);
  return existsSync(file) ? parseRecording(readFileSync(file, 'utf8'), file) : undefined;
}

/**
 * Returns what is to be said about the recording of a tutorial that was verified without faults, as a clause. With
 * `update`, its output is stored first, unless the stored one says the same.
 */
export function recordingClause(tutorial: Tutorial, verification: Verification, update: boolean): string {
  const { slug, steps, content = CONTENT } = tutorial;
  const stored = storedOrFault(slug, verification.mode, content);
  const stale = typeof stored === 'object' ? staleness(stored, steps) : (stored ?? 'there is none');
  if (!update && stored === undefined) return 'no recording yet: add --update';
  if (!update) return stale === undefined ? 'recording up to date' : `recording out of date (${stale}): add --update`;
  const made = recordingOf(verification);
  if (typeof stored === 'object' && stale === undefined && sayTheSame(stored, made, steps))
    return 'recording left as it was';
  const file = fileOf(content, slug, verification.mode);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`);
  return 'recording stored';
}

function fileOf(content: string, tutorial: string, mode: Mode): string {
  return join(content, 'recordings', recordingFile(tutorial, mode));
}

/** Returns the stored recording, what is wrong with its file, or undefined when there is none. */
function storedOrFault(slug: string, mode: Mode, content: string): Recording | string | undefined {
  try {
    return readRecording(slug, mode, content);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function recordingOf({ tutorial, mode, sandbox, steps }: Verification): Recording {
  return {
    tutorial,
    mode,
    engine: sandbox.engine,
    date: new Date().toISOString().slice(0, 10),
    steps: steps.map(({ pageStep, events }) => ({
      id: pageStep.step.id,
      fingerprint: fingerprintOf(pageStep),
      events: recordedEvents(events),
    })),
  };
}

/** Returns the events that are about the step itself, without times. */
function recordedEvents(events: RunEvent[]): RunEvent[] {
  return events
    .filter(({ type }) => type === 'output' || type === 'rows' || type === 'done')
    .map((event) => (event.type === 'done' ? { ...event, ms: 0 } : event));
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mode, RunEvent } from '../../shared/protocol.ts';
import { fingerprintOf, parseRecording, recordingFile, type Recording } from '../../shared/recording.ts';
import type { Verification } from './verification.ts';

const RECORDINGS = resolve(import.meta.dirname, '../../content/recordings');

/** Returns the stored recording, or undefined when there is none. Throws an Error when its file is invalid. */
export function readRecording(tutorial: string, mode: Mode): Recording | undefined {
  const file = join(RECORDINGS, recordingFile(tutorial, mode));
  return existsSync(file) ? parseRecording(readFileSync(file, 'utf8'), file) : undefined;
}

/** Stores the output of a verification without faults. */
export function writeRecording({ tutorial, mode, sandbox, steps }: Verification): void {
  const recording: Recording = {
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
  mkdirSync(RECORDINGS, { recursive: true });
  writeFileSync(join(RECORDINGS, recordingFile(tutorial, mode)), `${JSON.stringify(recording, null, 1)}\n`);
}

/** Returns the events that are about the step itself, without times. */
function recordedEvents(events: RunEvent[]): RunEvent[] {
  return events
    .filter(({ type }) => type === 'output' || type === 'rows' || type === 'done')
    .map((event) => (event.type === 'done' ? { ...event, ms: 0 } : event));
}

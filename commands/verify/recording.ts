import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EngineInfo, Mode, RunEvent } from '../../shared/protocol.ts';
import type { Verification } from './verification.ts';

const RECORDINGS = resolve(import.meta.dirname, '../../content/recordings');

/** The stored, checked output of a tutorial's steps in one mode: what readers see while no cluster can be had. */
export interface Recording {
  tutorial: string;
  mode: Mode;
  engine: EngineInfo;
  /** The day, as `2026-11-23`. */
  date: string;
  steps: { id: string; events: RunEvent[] }[];
}

function fileOf(tutorial: string, mode: Mode): string {
  return join(RECORDINGS, `${tutorial}.${mode}.json`);
}

/** The stored recording, or undefined. */
export function readRecording(tutorial: string, mode: Mode): Recording | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(tutorial, mode), 'utf8')) as Recording;
  } catch {
    return undefined;
  }
}

/**
 * Stores what a verification without faults saw. Times and run-wide events are left out: they say nothing of the step.
 */
export function writeRecording({ tutorial, mode, sandbox, steps }: Verification): void {
  const recording: Recording = {
    tutorial,
    mode,
    engine: sandbox.engine,
    date: new Date().toISOString().slice(0, 10),
    steps: steps.map(({ id, events }) => ({
      id,
      events: events
        .filter(({ type }) => type === 'output' || type === 'rows' || type === 'done')
        .map((event) => (event.type === 'done' ? { ...event, ms: 0 } : event)),
    })),
  };
  mkdirSync(RECORDINGS, { recursive: true });
  writeFileSync(fileOf(tutorial, mode), `${JSON.stringify(recording, null, 1)}\n`);
}

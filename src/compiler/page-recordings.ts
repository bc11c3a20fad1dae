import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineInfo, Mode } from '../../shared/protocol.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { MODES } from '../../shared/modes.ts';
import { parseRecording, recordingFile, type Recording } from '../../shared/recording.ts';
import type { PageStep } from '../../shared/step.ts';

/** What a step printed when its tutorial was last verified, and on which engine. */
export interface Recorded {
  /** Null when both modes printed the same text. */
  mode: Mode | null;
  text: string;
  /** The engine as readers see it: `CockroachDB v26.2.5`. */
  engine: string;
  /** The day of the recording: `2026-11-23`. */
  date: string;
}

/** A page's recordings. Each mode has one file in `recordings/`, which may be missing. */
export class PageRecordings {
  readonly #byMode: Map<Mode, Recording>;

  /** Leaves out what is no recording: `recordingMistakes` says so. */
  constructor(content: string, page: string) {
    this.#byMode = new Map(
      MODES.flatMap((mode) => {
        const file = join(content, 'recordings', recordingFile(page, mode));
        const recording = existsSync(file) ? recordingIn(file) : undefined;
        return recording ? [[mode, recording] as const] : [];
      }),
    );
  }

  /** Returns what a step printed: one entry when all its modes printed the same, and none when it printed nothing. */
  of({ step, mode: ofStep }: PageStep): Recorded[] {
    const found = [...this.#byMode]
      .filter(([mode]) => ofStep === null || ofStep === mode)
      .flatMap(([mode, { engine, date, steps }]) => {
        const text = printedText(steps.find(({ id }) => id === step.id)?.events ?? []).trimEnd();
        return text === '' ? [] : [{ mode, text, engine: nameOf(engine), date }];
      });
    const [first, second] = found;
    return first && second && first.text === second.text ? [{ ...first, mode: null }] : found;
  }
}

function recordingIn(file: string): Recording | undefined {
  try {
    return parseRecording(readFileSync(file, 'utf8'), file);
  } catch {
    return undefined;
  }
}

function nameOf({ name, version, standIn }: EngineInfo): string {
  return standIn ? `a stand-in for CockroachDB ${version.replace(/ \(.*/, '')}` : `${name} ${version}`;
}

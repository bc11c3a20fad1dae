import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineInfo, Mode } from '../../shared/protocol.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { MODES } from '../../shared/modes.ts';
import { parseRecording, recordingFile, type Recording } from '../../shared/recording.ts';
import type { PageStep } from '../../shared/step.ts';

/** What a step printed when the tutorial was last verified in a mode, and on what. */
export interface Recorded {
  /** Null when both modes printed the same. */
  mode: Mode | null;
  text: string;
  /** For people: `CockroachDB v26.2.5`. */
  engine: string;
  /** The day it was recorded, as `2026-11-23`. */
  date: string;
}

/** A page's recordings, one file for each mode in `recordings/`; there may be none. */
export class PageRecordings {
  readonly #byMode: Map<Mode, Recording>;

  /** Throws an Error that says what is wrong with a recording's file. */
  constructor(content: string, page: string) {
    this.#byMode = new Map(
      MODES.flatMap((mode) => {
        const file = join(content, 'recordings', recordingFile(page, mode));
        return existsSync(file) ? [[mode, parseRecording(readFileSync(file, 'utf8'), file)] as const] : [];
      }),
    );
  }

  /** What a step printed, once when it is the same in all its modes; none of a step that printed nothing. */
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

function nameOf({ name, version, standIn }: EngineInfo): string {
  return standIn ? `a stand-in for CockroachDB ${version.replace(/ \(.*/, '')}` : `${name} ${version}`;
}

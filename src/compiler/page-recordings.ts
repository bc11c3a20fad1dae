import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineInfo, Mode, RunEvent } from '../../shared/protocol.ts';
import { printedText } from '../../shared/expectation/printed.ts';
import { MODES } from '../../shared/modes.ts';
import type { PageStep } from '../../shared/step.ts';

/** What a step printed when the tutorial was last verified in a mode, and on what. */
export interface Recorded {
  /** Null when both modes printed the same. */
  mode: Mode | null;
  text: string;
  /** For people: `CockroachDB v26.2.5`. */
  engine: string;
  /** The day it was recorded, as in the recording; undefined when that does not say. */
  date: string | undefined;
}

interface Recording {
  engine: EngineInfo;
  date?: string;
  steps: { id: string; events: RunEvent[] }[];
}

/** A page's recordings, one file a mode in `recordings/`. A page without any has none to show. */
export class PageRecordings {
  readonly #byMode: Map<Mode, Recording>;

  constructor(content: string, page: string) {
    this.#byMode = new Map(
      MODES.flatMap((mode) => {
        const recording = readRecording(join(content, 'recordings', `${page}.${mode}.json`));
        return recording ? [[mode, recording] as const] : [];
      }),
    );
  }

  /** What a step printed; nothing where it printed nothing. */
  of({ step, mode: ofStep }: PageStep): Recorded[] {
    const found = [...this.#byMode]
      .filter(([mode]) => ofStep === null || ofStep === mode)
      .flatMap(([mode, { engine, date, steps }]) => {
        const text = printedText(steps.find(({ id }) => id === step.id)?.events ?? []).trimEnd();
        return text === '' ? [] : [{ mode, text, engine: nameOf(engine), date: date?.slice(0, 10) }];
      });
    const [first, second] = found;
    return first && second && first.text === second.text ? [{ ...first, mode: null }] : found;
  }
}

function readRecording(path: string): Recording | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Recording;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function nameOf({ name, version, standIn }: EngineInfo): string {
  return standIn ? `a stand-in for CockroachDB ${version.replace(/ \(.*/, '')}` : `${name} ${version}`;
}

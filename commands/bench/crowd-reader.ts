import { setTimeout } from 'node:timers/promises';
import type { Mode, SandboxInfo, Step } from '../../shared/protocol.ts';
import { endOf, printed, Reader } from '../client/reader.ts';

/** How often a reader who gets no cluster asks again. */
const ATTEMPTS = 100;
/** The pause between two of these when the server names none. */
const PAUSE_SECONDS = 2;

/** What the readers of a crowd do. */
export interface CrowdTutorial {
  steps: Record<Mode, Step[]>;
  imports: string[];
  /** Whether these are the right rows of the last answer. */
  isRight: (rows: (string | null)[][]) => boolean;
}

/** What one reader of a crowd has met; times are from the beginning, milliseconds. */
export interface ReaderFigures {
  mode: Mode;
  /** Until the reader had a cluster. */
  waitMs: number;
  /** Until something was printed. */
  firstOutputMs: number;
  /** Until the run ended. */
  totalMs: number;
  /** What went wrong; undefined when all of it was right. */
  fault?: string;
}

/** Claims a cluster and runs all steps in one run, as the page does for Run on the last step. Never throws. */
export async function beReader(
  url: string,
  mode: Mode,
  { steps, imports, isRight }: CrowdTutorial,
): Promise<ReaderFigures> {
  const startMs = performance.now();
  const sinceStart = (): number => performance.now() - startMs;
  const figures: ReaderFigures = { mode, waitMs: Number.NaN, firstOutputMs: Number.NaN, totalMs: Number.NaN };
  const reader = new Reader(url);
  try {
    const { id } = await claimWithPatience(reader, mode, imports);
    figures.waitMs = sinceStart();
    const { events } = await reader.run(id, steps[mode], ({ type }) => {
      if (type === 'output' && Number.isNaN(figures.firstOutputMs)) figures.firstOutputMs = sinceStart();
    });
    const { reason, message } = endOf(events);
    const rows = events.findLast((event) => event.type === 'rows')?.rows ?? [];
    if (reason !== 'finished') figures.fault = `${reason}: ${message ?? printed(events).slice(-300)}`;
    else if (!isRight(rows)) figures.fault = `its last rows are ${JSON.stringify(rows)}`;
  } catch (cause) {
    figures.fault = words(cause);
  }
  figures.totalMs = sinceStart();
  return figures;
}

async function claimWithPatience(reader: Reader, mode: Mode, imports: string[]): Promise<SandboxInfo> {
  for (let attempt = 1; ; attempt += 1) {
    const { status, headers, body } = await reader.ask<SandboxInfo>('POST', '/api/sandboxes', { mode, imports });
    if (status === 200 || status === 201) return body;
    if (![429, 503].includes(status) || attempt === ATTEMPTS)
      throw new Error(`no sandbox: ${status} ${JSON.stringify(body)}`);
    await setTimeout(Number(headers.get('retry-after') ?? PAUSE_SECONDS) * 1000);
  }
}

/** An error of `fetch` says only in its cause what has failed. */
function words(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause === undefined ? cause.message : `${cause.message}: ${words(cause.cause)}`;
}

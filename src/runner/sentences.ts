import type { EndReason } from '../../server/protocol.ts';
import type { StepState } from './plan.ts';

/** Why a step that was done counts no more. */
export const STALE_SENTENCES: Record<Extract<StepState, { state: 'stale' }>['reason'], string> = {
  edited: 'Edited since this output.',
  'earlier-changed': 'An earlier step has changed since this output.',
  'cluster-gone': 'This output is from a cluster that is gone.',
};

/** A run's end for the status line; `title` names the step it ended in. */
export function endSentence(reason: EndReason, title: string): string {
  switch (reason) {
    case 'finished':
      return `Done: ${title}.`;
    case 'failed-step':
      return `Failed: ${title}.`;
    case 'timed-out':
      return `Time limit reached: ${title}.`;
    case 'too-much-output':
      return `Output limit reached: ${title}.`;
    case 'stopped':
      return `Stopped: ${title}.`;
    case 'lost':
      return 'Your cluster is gone.';
  }
}

/** What the Run button says it will do. */
export function runLabel(earlier: number): string {
  if (earlier === 0) return 'Run';
  return `Run with ${earlier} earlier step${earlier === 1 ? '' : 's'}`;
}

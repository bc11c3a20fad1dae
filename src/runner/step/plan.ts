import type { Mode, Step } from '../../../shared/protocol.ts';
import { identityOf } from '../../../shared/step.ts';

/**
 * What a sandbox did of a step: where, and in which state of everything before it. `text` is the step's identity, see
 * `identityOf`.
 */
export interface DoneStep {
  sandbox: string;
  snapshot: string;
  text: string;
  /** What it did ended with its SQL session. */
  ended?: boolean;
}

/** How a step stands in the reader's sandbox. */
export type StepState =
  | { state: 'done' | 'failed' }
  | { state: 'stale'; reason: 'edited' | 'earlier-changed' | 'cluster-gone' | 'session-ended' }
  | { state: 'not-run' };

/** The whole plan of a page: how each step stands, and the snapshot that doing it now would leave. */
export interface Plan {
  states: Map<string, StepState>;
  snapshots: Map<string, string>;
  /** The steps that a press on `id` sends, in the order of the page. */
  send(id: string, scope?: Scope): string[];
}

/**
 * What a press on a step means: it with the earlier steps that are not done, it alone, it with what is not done before
 * and all that follows.
 */
export type Scope = 'needed' | 'only' | 'onwards';

/**
 * Plans by comparison: a step's snapshot is a hash of its identity, the mode, the snapshots before it and the sandbox's
 * id. It is done when the sandbox did that very snapshot, failed when that is how it ended, stale when it was another.
 * Pure.
 */
export function planSteps(
  steps: readonly Step[],
  mode: Mode,
  sandbox: string | undefined,
  done: ReadonlyMap<string, DoneStep>,
  failed: ReadonlyMap<string, DoneStep> = new Map(),
): Plan {
  const states = new Map<string, StepState>();
  const snapshots = new Map<string, string>();
  let previous = hash(`${mode}\n${sandbox ?? ''}`);
  for (const step of steps) {
    const { id } = step;
    const text = identityOf(step);
    previous = hash(`${previous}\n${text}`);
    snapshots.set(id, previous);
    states.set(id, stateOf(done.get(id), failed.get(id), previous, sandbox, text));
  }
  return {
    states,
    snapshots,
    send(id, scope = 'needed') {
      if (scope === 'only') return [id];
      const own = steps.findIndex((step) => step.id === id);
      const upTo = scope === 'onwards' ? steps : steps.slice(0, own + 1);
      return upTo.filter((step, index) => index >= own || states.get(step.id)?.state !== 'done').map((step) => step.id);
    },
  };
}

/** A failure, where there is one, came last: a success takes it away. */
function stateOf(
  done: DoneStep | undefined,
  failed: DoneStep | undefined,
  snapshot: string,
  sandbox: string | undefined,
  text: string,
): StepState {
  const was = failed ?? done;
  if (!was) return { state: 'not-run' };
  if (was.sandbox !== sandbox) return { state: 'stale', reason: 'cluster-gone' };
  if (was.ended) return { state: 'stale', reason: 'session-ended' };
  if (was.snapshot === snapshot) return { state: failed ? 'failed' : 'done' };
  return { state: 'stale', reason: was.text === text ? 'earlier-changed' : 'edited' };
}

/**
 * 53 bits of a fast, well-mixing hash (two 32-bit lanes of multiply and xor): tells texts apart, no secret depends on
 * it.
 */
export function hash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b >>> 0).toString(16) + (a >>> 0).toString(16).padStart(8, '0');
}

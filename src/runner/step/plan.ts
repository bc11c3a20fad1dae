import type { Mode, Step } from '../../../shared/protocol.ts';
import { identityOf } from '../../../shared/step.ts';

/**
 * A run of a step: in which sandbox, and with which snapshot of everything before it. `text` is the step's identity,
 * see `identityOf`.
 */
export interface DoneStep {
  sandbox: string;
  snapshot: string;
  text: string;
  /** Its effects ended with its SQL session. */
  ended?: boolean;
}

/** The state of a step in the reader's sandbox. */
type StepState =
  | { state: 'done' | 'failed' }
  | { state: 'stale'; reason: 'edited' | 'earlier-changed' | 'cluster-gone' | 'session-ended' }
  | { state: 'not-run' };

/** The plan of a page: the state of each step, and the snapshot that it would have if it were run now. */
export interface Plan {
  states: Map<string, StepState>;
  snapshots: Map<string, string>;
  /** Returns the steps that a press on `id` sends, in page order. */
  send(id: string, scope?: Scope): string[];
}

/**
 * Which steps a press runs: the step with the earlier steps that are not done (`needed`), the step alone (`only`), or
 * the step with the earlier ones that are not done and all later ones (`onwards`).
 */
export type Scope = 'needed' | 'only' | 'onwards';

/**
 * Plans by comparison: a step's snapshot is a hash of its identity, the mode, the sandbox's id and the snapshots before
 * it. A step is done or failed when it was run with that very snapshot, and stale when it was run with another one.
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

/** A failure, if there is one, is newer than the success: a success deletes it. */
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
 * Returns a 53-bit hash of a text in hexadecimal (two 32-bit lanes of multiply and xor). It distinguishes texts, and no
 * secret depends on it.
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

import type { Mode } from '../../shared/protocol.ts';
import type { Place } from './problem.ts';

/** A step of a page as verification and the page's figures know it. `mode` is null where both modes share the step. */
export interface PageStep {
  id: string;
  mode: Mode | null;
  kind: 'file' | 'shell' | 'sql';
  /** Exactly what is pasted, written or run: no prompts. */
  text: string;
  /** Of a `file` step: where the file is written, from the reader's home. */
  path?: string;
  /** Of a `sql` step. */
  user?: string;
  database?: string;
  /** Of a `sql` step that is typed into a shell, and of the step that opens it: steps that share it name the same. */
  session?: string;
  /** Of a `shell` step that stays alive when its run ends. */
  background?: boolean;
  /** The output that the page prints below the step, captures included; null when it prints none. */
  expected: string | null;
  /** The lines of the expected output may come in any order, as rows without ORDER BY do. */
  unordered?: boolean;
  /** Where the author wrote it. */
  source: Place;
}

/** The steps that a page shows in a mode, or for null in both alike, in its order. */
export function stepsIn<T extends Pick<PageStep, 'mode'>>(steps: readonly T[], mode: Mode | null): T[] {
  return steps.filter((step) => step.mode === null || step.mode === mode);
}

/** A heading of a page, for its contents. `mode` is null where both modes show it. */
export interface ContentsEntry {
  depth: number;
  id: string;
  text: string;
  mode: Mode | null;
}

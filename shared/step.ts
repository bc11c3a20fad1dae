import type { Mode, Step, StepBody } from './protocol.ts';

/** How a step's result is drawn: rows as balances of accounts, or printed lines as lanes of a timeline. */
export type StepView = 'balances' | 'lanes';

/** The output that a page expects of a step, with captures. */
export interface Expectation {
  text: string;
  /** Whether the lines may be in any order, like rows without ORDER BY. */
  unordered: boolean;
}

/** How a step must fail: with that exit code or SQLSTATE, or in any way when neither is given. */
export interface Failure {
  exitCode?: number;
  sqlState?: string;
}

/** A place in an author's file: a path from the repository's root, and a line counted from 1. */
export interface SourcePlace {
  file: string;
  line: number;
}

/**
 * A runnable block of a page: the step that Run sends, and what the page says about it. The block's figure element
 * contains it, and `/steps/*.json` lists it for verification, which sends the same.
 */
export interface PageStep {
  step: Step;
  /** Null when both modes share the step. */
  mode: Mode | null;
  /** Undefined when the page does not say what the step prints. */
  expected?: Expectation;
  /** Undefined when the step must succeed. `step.fails` is set with it. */
  fails?: Failure;
  view?: StepView;
  source: SourcePlace;
}

/** Returns the steps that a page shows in a mode, in page order; for null, those that both modes share. */
export function stepsIn<T extends Pick<PageStep, 'mode'>>(steps: readonly T[], mode: Mode | null): T[] {
  return steps.filter((step) => step.mode === null || step.mode === mode);
}

/** Returns the text that a step writes or runs, which is shown, copied and edited. */
export function textOf(step: StepBody): string {
  return step.kind === 'file' ? step.text : step.kind === 'shell' ? step.command : step.statements;
}

/** Returns the same step with another text. */
export function withText<S extends StepBody>(step: S, text: string): S {
  switch (step.kind) {
    case 'file':
      return { ...step, text };
    case 'shell':
      return { ...step, command: text };
    case 'sql':
      return { ...step, statements: text };
  }
}

/** Returns the path of the file that a step writes, relative to the reader's home; undefined when it writes none. */
export function pathOf(step: StepBody): string | undefined {
  return step.kind === 'file' ? step.path : undefined;
}

/** Returns the SQL shell that a step opens or belongs to; undefined when there is none. */
export function sessionOf(step: StepBody): string | undefined {
  return step.kind === 'file' ? undefined : step.session;
}

/** Whether a step's program keeps running when its run ends. */
export function isBackground(step: StepBody): boolean {
  return step.kind === 'shell' && step.background === true;
}

/**
 * Returns everything that determines what a step does, as one text: two steps with the same text do the same. Browsers
 * store it, so its format must not change: what only some steps have is added for these alone.
 */
export function identityOf(step: StepBody): string {
  const { user, database, input, shell, fails, waits } = step as StepBody & Record<string, unknown>;
  const more = { input, shell, fails, waits };
  const added = JSON.stringify(more) === '{}' ? [] : [more];
  return JSON.stringify([step.kind, textOf(step), pathOf(step), user, database, ...added]);
}

/** The required texts of each kind of step. */
const NEEDED: Partial<Record<string, string[]>> = {
  file: ['path', 'text'],
  shell: ['command'],
  sql: ['statements', 'user'],
};

/** Parses the step in a figure element. Throws an Error that says what is missing. */
export function readPageStep(json: string): PageStep {
  const value = JSON.parse(json) as Partial<PageStep> | null;
  const step: Record<string, unknown> = { ...value?.step };
  const needed = NEEDED[String(step['kind'])] ?? ['a known kind'];
  const missing = ['id', ...needed].find((name) => typeof step[name] !== 'string');
  if (missing !== undefined) throw new Error(`A step has no ${missing}: ${json.slice(0, 200)}`);
  return value as PageStep;
}

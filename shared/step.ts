import type { Mode, Step, StepBody } from './protocol.ts';

/** A form in which a step's result is drawn: rows as balances of accounts, printed lines as lanes of a time line. */
export type StepView = 'balances' | 'lanes';

/** What a page says that a step prints, captures included. */
export interface Expectation {
  text: string;
  /** The lines may come in any order, as rows without ORDER BY do. */
  unordered: boolean;
}

/** Where an author wrote something: a path from the repository's root, and a line counted from 1. */
export interface SourcePlace {
  file: string;
  line: number;
}

/**
 * A runnable block of a page: the step that a press on Run sends, and what the page says of it. The page carries it
 * whole in its figure, and `/steps/*.json` lists it, for verification sends the same.
 */
export interface PageStep {
  step: Step;
  /** Null when both modes share the step. */
  mode: Mode | null;
  /** Undefined when the page does not say what the step prints. */
  expected?: Expectation;
  view?: StepView;
  source: SourcePlace;
}

/** The steps that a page shows in a mode, or for null in both alike, in its order. */
export function stepsIn<T extends Pick<PageStep, 'mode'>>(steps: readonly T[], mode: Mode | null): T[] {
  return steps.filter((step) => step.mode === null || step.mode === mode);
}

/** What a step writes or runs: the text that is shown, copied and edited. */
export function textOf(step: StepBody): string {
  return step.kind === 'file' ? step.text : step.kind === 'shell' ? step.command : step.statements;
}

/** The same step with another text. */
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

/** The file that a step writes, from the reader's home; undefined when it writes none. */
export function pathOf(step: StepBody): string | undefined {
  return step.kind === 'file' ? step.path : undefined;
}

/** The SQL shell that a step opens or is typed into; undefined when it belongs to none. */
export function sessionOf(step: StepBody): string | undefined {
  return step.kind === 'file' ? undefined : step.session;
}

/** Whether a step's program lives on when its run ends. */
export function isBackground(step: StepBody): boolean {
  return step.kind === 'shell' && step.background === true;
}

/**
 * All that makes a step do what it does, as one text: two steps with the same one do the same. Browsers store it, so
 * its form must not change.
 */
export function identityOf(step: StepBody): string {
  const { user, database } = step.kind === 'sql' ? step : {};
  return JSON.stringify([step.kind, textOf(step), pathOf(step), user, database]);
}

/** The texts that each kind of step cannot do without. */
const NEEDED: Partial<Record<string, string[]>> = {
  file: ['path', 'text'],
  shell: ['command'],
  sql: ['statements', 'user'],
};

/** Reads what a figure carries. Throws an Error that says what is missing in it. */
export function readPageStep(json: string): PageStep {
  const value = JSON.parse(json) as Partial<PageStep> | null;
  const step: Record<string, unknown> = { ...value?.step };
  const needed = NEEDED[String(step['kind'])] ?? ['a known kind'];
  const missing = ['id', ...needed].find((name) => typeof step[name] !== 'string');
  if (missing !== undefined) throw new Error(`A step has no ${missing}: ${json.slice(0, 200)}`);
  return value as PageStep;
}

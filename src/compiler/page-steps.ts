import { mistypedIn, remedyFor } from '../../shared/expectation/mistyped.ts';
import { MODES } from '../../shared/modes.ts';
import type { Mode, StepBody } from '../../shared/protocol.ts';
import {
  pathOf,
  stepsIn,
  textOf,
  type Expectation,
  type Failure,
  type PageStep,
  type SourcePlace,
} from '../../shared/step.ts';
import { accountsIn, addBalances } from './balances.ts';
import type { StepNumbers } from './by-mode.ts';
import { crowdedSessions } from './crowded-sessions.ts';
import { foldedPres, promptedPre, type Colouring } from './code-lines.ts';
import { whyNotBelow, type Belonging } from './belonging.ts';
import type { FencedStep } from './fence.ts';
import { addExpected, addInput, attachStep, stepFigure } from './figure.ts';
import type { Fold } from './sample-folds.ts';
import { StepIds } from './heading-id.ts';
import type { Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { PROMPTS } from './fence-prompts.ts';
import type { PageRecordings } from './page-recordings.ts';
import { labelRuns } from './run-label.ts';
import { missingProgram } from './programs.ts';
import { SqlShells } from './sql-shells.ts';
import type { TreeNode } from './tree.ts';

/** Where a step is on its page. */
interface Position {
  heading: string;
  mode: Mode | null;
  source: SourcePlace;
}

/** A file that a step writes. */
interface WrittenFile {
  path: string;
  text: string;
  /** Where it can be downloaded. */
  href?: string;
}

/** Collects the steps of a page with their figures, in page order, and checks what one step requires of the others. */
export class PageSteps {
  readonly all: PageStep[] = [];
  readonly shells = new SqlShells();
  readonly #figures = new Map<PageStep, TreeNode>();
  readonly #ids = new StepIds();
  readonly #recordings: PageRecordings;
  readonly #mistakes: Mistake[];
  #isIncomplete = false;
  #lacksStep = false;
  readonly #colour: Colouring;

  /** Adds the mistakes of the page's steps to `mistakes`. */
  constructor(recordings: PageRecordings, mistakes: Mistake[], colour: Colouring) {
    this.#recordings = recordings;
    this.#mistakes = mistakes;
    this.#colour = colour;
  }

  /** Says that files of the page are missing because of a reported mistake, so that it stays the only one. */
  lackFiles(): void {
    this.#isIncomplete = true;
  }

  /** Says the same of a step, to which what is below it would belong. It may have made files. */
  lackStep(): void {
    this.#lacksStep = this.#isIncomplete = true;
  }

  /** Adds the step that writes a file, and returns its figure. */
  addFile(file: WrittenFile, position: Position, language: string, folds: readonly Fold[] = []): TreeNode {
    const { path, text, href } = file;
    const pageStep = this.#add({ kind: 'file', path, text }, position);
    const code = foldedPres(this.#colour(text.replace(/\n+$/, ''), language), folds);
    return this.#draw(pageStep, stepFigure(pageStep.step, this.#numbersOf(pageStep), { code, href }));
  }

  /** Adds the step of a fence, and returns its figure. */
  addFence({ body, shown, view, fails, session }: FencedStep, position: Position): TreeNode {
    const pageStep = this.#add(body, position);
    if (view !== undefined) pageStep.view = view;
    if (fails !== undefined) pageStep.fails = fails;
    if (body.kind === 'shell') this.#checkProgram(pageStep);
    this.shells.addBlock(body.kind, textOf(pageStep.step), pageStep.mode, pageStep.step, session);
    const figure = stepFigure(pageStep.step, this.#numbersOf(pageStep), {
      code: [promptedPre(this.#colour, shown, body.kind, PROMPTS[body.kind])],
      remarks: remarksOn(fails, session),
      recorded: this.#recordings.of(pageStep),
    });
    if (view === 'balances') this.#balances(figure, pageStep);
    return this.#draw(pageStep, figure);
  }

  /** Sets the expected output of the step above and shows it in that step's figure. */
  expect(expected: Expectation, place: SourcePlace, mode: Mode | null): void {
    const mistyped = mistypedIn(expected.text);
    for (const each of mistyped)
      this.#mistakes.push({
        file: place.file,
        line: place.line + 1 + each.line,
        found: `\`${each.source}\` in expected output`,
        expected: remedyFor(each),
      });
    for (const pageStep of this.#above('output', place, mode)) {
      pageStep.expected = expected;
      const figure = this.#figures.get(pageStep);
      if (figure && mistyped.length === 0) addExpected(figure, expected.text);
    }
  }

  /** Sets what the program of the step above reads, and shows it in that step's figure. */
  input(text: string, place: SourcePlace, mode: Mode | null): void {
    for (const pageStep of this.#above('input', place, mode)) {
      if (pageStep.step.kind === 'shell') pageStep.step.input = text;
      const figure = this.#figures.get(pageStep);
      if (figure) addInput(figure, text);
    }
  }

  /** Completes the figures with what is known only at the end of the page. `page` is the page's name. */
  finish(page: string): void {
    this.shells.nameSessions(page);
    this.#mistakes.push(...crowdedSessions(this.all));
    labelRuns(this.#figures);
    for (const [pageStep, figure] of this.#figures) attachStep(figure, pageStep);
  }

  /**
   * Returns the steps that a fence of a mode belongs to: the last one above it, or the last one of each mode when each
   * has its own. Reports a mistake when it cannot belong to one of them.
   */
  #above(what: Belonging, place: SourcePlace, mode: Mode | null): PageStep[] {
    if (this.#lacksStep) return [];
    const variants = MODES.flatMap((each) => stepsIn(this.all, each).at(-1) ?? []);
    const both = mode === null && variants.length === MODES.length && variants.every((each) => each.mode !== null);
    const above = both
      ? variants
      : [this.all.findLast((each) => mode === null || each.mode === null || each.mode === mode)];
    const misplaced = above.flatMap((each) => whyNotBelow(what, each, both ? each!.mode : mode) ?? []).slice(0, 1);
    this.#mistakes.push(...misplaced.map((why) => ({ ...place, ...why })));
    return misplaced.length > 0 ? [] : above.flatMap((each) => each ?? []);
  }

  #add(body: StepBody, { heading, mode, source }: Position): PageStep {
    const pageStep = { step: { id: this.#ids.take(heading, mode), ...body }, mode, source };
    this.all.push(pageStep);
    this.#lacksStep = false;
    return pageStep;
  }

  #draw(pageStep: PageStep, figure: TreeNode): TreeNode {
    this.#figures.set(pageStep, figure);
    return figure;
  }

  /**
   * Draws the accounts that an earlier step is expected to print, so that readers see them before they run anything.
   */
  #balances(figure: TreeNode, { mode, source }: PageStep): void {
    const before = stepsIn(this.all, mode).map(({ expected }) => accountsIn(expected?.text ?? ''));
    const accounts = before.findLast((found) => found !== undefined);
    if (accounts) addBalances(figure, accounts);
    else if (!this.#isIncomplete)
      this.#mistakes.push({
        ...source,
        found: '`view=balances` without accounts to begin with',
        expected:
          'a step above it, in the same mode, whose expected output is a table with the columns `owner` and `balance`',
      });
  }

  /** Returns the number of the step that was added last in each mode, counted from 1. */
  #numbersOf({ mode }: PageStep): StepNumbers {
    return Object.fromEntries(modesOf(mode).map((each) => [each, stepsIn(this.all, each).length]));
  }

  /** Reports a mistake unless something above makes the programs that a step runs, in every mode that has the step. */
  #checkProgram({ mode, source }: PageStep): void {
    if (this.#isIncomplete) return;
    const missing = modesOf(mode)
      .map((each) => missingProgram(stepsIn(this.all, each).map((above) => above.step)))
      .find((found) => found !== undefined);
    if (missing !== undefined)
      this.#mistakes.push({
        ...source,
        found: `a step that runs \`${missing}\``,
        expected: 'a sample, a fence with `file=` or a command that makes it, above it and in the same mode',
        meant: nearest(
          missing,
          this.all.flatMap((each) => pathOf(each.step) ?? []).filter((path) => path !== missing),
        ),
      });
  }
}

function modesOf(mode: Mode | null): readonly Mode[] {
  return mode === null ? MODES : [mode];
}

/** Returns what a step's caption says of how it runs. */
function remarksOn(fails: Failure | undefined, session: string | undefined): string[] {
  return [...(session === undefined ? [] : [`session ${session}`]), ...(fails === undefined ? [] : [failsWith(fails)])];
}

function failsWith({ exitCode, sqlState }: Failure): string {
  if (exitCode !== undefined) return `fails with exit code ${exitCode}`;
  return sqlState === undefined ? 'fails' : `fails with ${sqlState}`;
}

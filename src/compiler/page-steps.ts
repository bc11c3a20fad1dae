import { programRunBy } from '../../languages/commands.ts';
import { CAPTURES, partsOf } from '../../shared/expectation/captures.ts';
import { MODES } from '../../shared/modes.ts';
import type { Mode, StepBody } from '../../shared/protocol.ts';
import { pathOf, stepsIn, textOf, type Expectation, type PageStep, type SourcePlace } from '../../shared/step.ts';
import { accountsIn, addBalances } from './balances.ts';
import type { StepNumbers } from './by-mode.ts';
import { foldedPres, preOf, type Colouring } from './code-lines.ts';
import type { Fence } from './fence.ts';
import { addExpected, attachStep, stepFigure } from './figure.ts';
import type { Fold } from './sample-folds.ts';
import { StepIds } from './heading-id.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';
import { PROMPTS } from './fence-prompts.ts';
import type { PageRecordings } from './page-recordings.ts';
import { labelRuns } from './run-label.ts';
import type { Sample } from './sample.ts';
import { SqlShells } from './sql-shells.ts';
import type { TreeNode } from './tree.ts';

/** Where a step is on its page. */
interface Position {
  heading: string;
  mode: Mode | null;
  source: SourcePlace;
}

/** Collects the steps of a page with their figures, in page order, and checks what one step requires of the others. */
export class PageSteps {
  readonly all: PageStep[] = [];
  readonly shells = new SqlShells();
  readonly #figures = new Map<PageStep, TreeNode>();
  readonly #ids = new StepIds();
  readonly #recordings: PageRecordings;
  readonly #mistakes: Mistake[];
  readonly #colour: Colouring;

  /** Adds the mistakes of the page's steps to `mistakes`. */
  constructor(recordings: PageRecordings, mistakes: Mistake[], colour: Colouring) {
    this.#recordings = recordings;
    this.#mistakes = mistakes;
    this.#colour = colour;
  }

  /** Adds the step that writes a sample file, and returns its figure. */
  addFile({ path, text, href }: Sample, position: Position, language: string, folds: readonly Fold[]): TreeNode {
    const pageStep = this.#add({ kind: 'file', path, text }, position);
    const code = foldedPres(this.#colour(text.replace(/\n+$/, ''), language), folds);
    return this.#draw(pageStep, stepFigure(pageStep.step, this.#numbersOf(pageStep), code, [], href));
  }

  /** Adds the step of a fence, and returns its figure. */
  addFence({ body, shown, view }: Fence & { is: 'step' }, position: Position): TreeNode {
    const pageStep = this.#add(body, position);
    if (view !== undefined) pageStep.view = view;
    if (body.kind === 'shell') this.#checkProgram(pageStep);
    this.shells.addBlock(body.kind, textOf(pageStep.step), pageStep.mode, pageStep.step);
    const recorded = this.#recordings.of(pageStep);
    const code = preOf(this.#colour(shown.text, body.kind), shown.marks, PROMPTS[body.kind]);
    const figure = stepFigure(pageStep.step, this.#numbersOf(pageStep), [code], recorded);
    if (view === 'balances') this.#balances(figure, pageStep);
    return this.#draw(pageStep, figure);
  }

  /**
   * Sets the expected output of the step above and shows it in that step's figure. The step and its expected output
   * must be visible in the same modes.
   */
  expect(expected: Expectation, place: SourcePlace, mode: Mode | null): void {
    const pageStep = this.all.findLast((each) => mode === null || each.mode === null || each.mode === mode);
    const unknown = partsOf(expected.text).flatMap((part) =>
      typeof part === 'string' || Object.hasOwn(CAPTURES, part.kind) ? [] : [part.kind],
    );
    for (const kind of unknown)
      this.#mistakes.push(unknownWord(place, 'the capture', kind, Object.keys(CAPTURES), 'in expected output'));
    const misplaced = whyNotBelow(pageStep, mode);
    if (misplaced) this.#mistakes.push({ ...place, ...misplaced });
    if (misplaced || !pageStep) return;
    pageStep.expected = expected;
    const figure = this.#figures.get(pageStep);
    if (figure && unknown.length === 0) addExpected(figure, expected.text);
  }

  /** Completes the figures with what is known only at the end of the page. `page` is the page's name. */
  finish(page: string): void {
    this.shells.nameSessions(page);
    labelRuns(this.#figures);
    for (const [pageStep, figure] of this.#figures) attachStep(figure, pageStep);
  }

  #add(body: StepBody, { heading, mode, source }: Position): PageStep {
    const pageStep = { step: { id: this.#ids.take(heading, mode), ...body }, mode, source };
    this.all.push(pageStep);
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
    else
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

  /** Reports a mistake unless the program that a step runs is shown above it, in every mode that has the step. */
  #checkProgram({ step, mode, source }: PageStep): void {
    const program = programRunBy(textOf(step));
    // A missing sample has already been reported.
    if (program === undefined || this.#mistakes.length > 0) return;
    const files = this.all.filter((each) => each.step.kind === 'file');
    const isThere = modesOf(mode).every((each) => stepsIn(files, each).some((file) => pathOf(file.step) === program));
    if (!isThere)
      this.#mistakes.push({
        ...source,
        found: `a step that runs \`${program}\``,
        expected: 'a sample with that name above it, in the same mode',
        meant: nearest(
          program,
          files.flatMap((file) => pathOf(file.step) ?? []),
        ),
      });
  }
}

function modesOf(mode: Mode | null): readonly Mode[] {
  return mode === null ? MODES : [mode];
}

/** Returns why expected output in `mode` cannot belong to the step above it; undefined when it can. */
function whyNotBelow(above: PageStep | undefined, mode: Mode | null): Pick<Mistake, 'found' | 'expected'> | undefined {
  const expected = 'a step that prints it, above it and in the same mode';
  if (!above) return { found: 'expected output without a step', expected };
  const { step, source } = above;
  if (step.kind === 'file')
    return { found: `expected output below the file \`${step.path}\`, which prints nothing`, expected };
  if (above.mode !== null && mode === null)
    return { found: `expected output for both modes below a step of ${above.mode} mode only`, expected };
  if (above.mode === null && mode !== null)
    return {
      found: `expected output for ${mode} mode only below a step of both modes`,
      expected: 'it outside the mode section, because it is shown and checked wherever the step is',
    };
  if (above.expected)
    return { found: `a second expected output for the step at line ${source.line}`, expected: 'only one' };
  return undefined;
}

import type { Mode } from '../../shared/protocol.ts';
import { CAPTURES, partsOf } from '../../shared/expectation/captures.ts';
import { MODE_NAMES, MODES } from '../../shared/modes.ts';
import { accountsIn, addBalances } from './balances.ts';
import type { StepNumbers } from './by-mode.ts';
import { COMPONENTS } from './components.ts';
import { readFence } from './fence.ts';
import { addExpected, codeFigure, stepFigure } from './figure.ts';
import { foldsOf } from './fold.ts';
import { HeadingIds, StepIds } from './heading-id.ts';
import { withLink } from './heading-link.ts';
import { nearest } from './nearest.ts';
import { loadPartial } from './partial.ts';
import { AuthorError, unknownWord, type Place, type Problem } from './problem.ts';
import { PROMPTS } from './prompt.ts';
import { Recordings } from './recording.ts';
import { labelRuns } from './run-label.ts';
import { findSample } from './sample.ts';
import { SqlShells } from './sql-shells.ts';
import { stepsIn, type ContentsEntry, type PageStep } from './step.ts';
import { h, isComponent, stringAttributes, textOf, type TreeNode } from './tree.ts';

/** A page's tree with its figures, and what the site must know of it. */
export interface BuiltPage {
  children: TreeNode[];
  steps: PageStep[];
  contents: ContentsEntry[];
  /** Partials and samples that the page uses, as paths below the content folder. */
  uses: Set<string>;
}

/** What surrounds a node while the tree is walked. */
interface Surroundings {
  mode: Mode | null;
  /** The file that the node was written in, below the content folder, and the partials that led there. */
  file: string;
  through: readonly string[];
}

/**
 * Builds a page from its parsed text; `name` is that of its recordings. Throws an AuthorError with every mistake in it.
 */
export function buildPage(children: TreeNode[], file: string, content: string, name: string): BuiltPage {
  const builder = new PageBuilder(content, new Recordings(content, name));
  const built = builder.walk(children, { mode: null, file, through: [] });
  if (builder.problems.length > 0) throw new AuthorError(builder.problems);
  labelRuns(builder.steps, builder.figures);
  builder.shells.name(name, builder.figures);
  return { children: built, steps: builder.steps, contents: builder.contents, uses: builder.uses };
}

class PageBuilder {
  readonly problems: Problem[] = [];
  readonly steps: PageStep[] = [];
  readonly contents: ContentsEntry[] = [];
  readonly uses = new Set<string>();
  /** By the ids of their steps. */
  readonly figures = new Map<string, TreeNode>();
  readonly shells = new SqlShells();
  readonly #content: string;
  readonly #recordings: Recordings;
  readonly #headingIds = new HeadingIds();
  readonly #stepIds = new StepIds();
  #heading = 'Start';

  constructor(content: string, recordings: Recordings) {
    this.#content = content;
    this.#recordings = recordings;
  }

  walk(nodes: TreeNode[], around: Surroundings): TreeNode[] {
    return nodes.flatMap((node) => this.#build(node, around));
  }

  readonly #tell = (problem: Problem): void => {
    this.problems.push(problem);
  };

  #build(node: TreeNode, around: Surroundings): TreeNode[] {
    if (isComponent(node)) return this.#component(node, around);
    if (node.tagName === 'pre') return this.#fence(node, around);
    if (/^h[2-6]$/.test(node.tagName ?? '')) return [this.#nameHeading(node, around)];
    return [node.children ? { ...node, children: this.walk(node.children, around) } : node];
  }

  #place(node: TreeNode, around: Surroundings): Place {
    return { file: `content/${around.file}`, line: node.position?.start.line ?? 1 };
  }

  /** The heading under its id, and beside it the link to it. */
  #nameHeading(node: TreeNode, around: Surroundings): TreeNode {
    const text = textOf(node);
    const id = this.#headingIds.take(text);
    this.#heading = text;
    this.contents.push({ depth: Number(node.tagName!.slice(1)), id, text, mode: around.mode });
    const heading = {
      ...node,
      properties: { ...node.properties, id },
      children: this.walk(node.children ?? [], around),
    };
    return withLink(heading, id, text, around.mode);
  }

  #component(node: TreeNode, around: Surroundings): TreeNode[] {
    const attributes = stringAttributes(node);
    switch (node.name) {
      case 'Mode':
        return this.#mode(node, attributes.get('is'), around);
      case 'Sample':
        return this.#sample(node, attributes, around);
      case 'Partial':
        return this.#partial(node, attributes.get('file') ?? '', around);
      default:
        if (node.name && /^[A-Z]/.test(node.name) && !(COMPONENTS as readonly string[]).includes(node.name))
          this.#tell(
            unknownWord(this.#place(node, around), 'the component', node.name, [
              'Mode',
              'Sample',
              'Partial',
              ...COMPONENTS,
            ]),
          );
        return [{ ...node, children: this.walk(node.children ?? [], around) }];
    }
  }

  #mode(node: TreeNode, is: string | undefined, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const mode = MODES.find((each) => each === is);
    if (!mode) this.#tell(unknownWord(place, '<Mode> with is=', is ?? '', MODES));
    if (mode && around.mode && mode !== around.mode)
      this.#tell({
        ...place,
        found: `an ${mode} section inside of ${around.mode === 'secure' ? 'a secure' : 'an insecure'} one, which nobody could see`,
        expected: 'sections of one mode inside each other',
      });
    const children = this.walk(node.children ?? [], { ...around, mode: mode ?? around.mode });
    return mode && around.mode === null ? [modeSection(mode, children)] : children;
  }

  #partial(node: TreeNode, file: string, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const partial = loadPartial(this.#content, file, place, this.#tell);
    if (!partial) return [];
    this.uses.add(partial.path);
    if (around.through.includes(partial.path)) {
      this.#tell({
        ...place,
        found: `a circle of partials: ${[...around.through, partial.path].join(' → ')}`,
        expected: 'partials that end',
      });
      return [];
    }
    return this.walk(partial.children, {
      mode: around.mode,
      file: partial.path,
      through: [...around.through, partial.path],
    });
  }

  #sample(node: TreeNode, attributes: Map<string, string>, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const samples = findSample(
      this.#content,
      attributes.get('driver') ?? '',
      attributes.get('file') ?? '',
      around.mode,
      place,
      this.#tell,
    );
    return samples.map((sample) => {
      this.uses.add(sample.href.slice(1));
      const step: PageStep = {
        id: this.#stepIds.take(this.#heading, sample.mode),
        mode: sample.mode,
        kind: 'file',
        text: sample.text,
        path: sample.path,
        expected: null,
        source: place,
      };
      this.steps.push(step);
      const shows = attributes.get('shows');
      const folds = shows === undefined ? [] : foldsOf(sample.text.replace(/\n+$/, ''), shows, place, this.#tell);
      const figure = stepFigure(
        step,
        this.#numbersOf(step),
        { marks: [], text: sample.text.replace(/\n+$/, '') },
        '',
        languageOf(sample.path),
        [],
        sample.href,
        folds,
      );
      this.figures.set(step.id, figure);
      return sample.mode && !around.mode ? modeSection(sample.mode, [figure]) : figure;
    });
  }

  #fence(node: TreeNode, around: Surroundings): TreeNode[] {
    const code = node.children?.[0];
    const place = this.#place(node, around);
    const fence = readFence(code?.data?.lang ?? '', code?.data?.meta ?? '', textOf(node), place, this.#tell);
    if (!fence) return [];
    if (fence.is === 'code') {
      this.shells.see(fence.language, fence.shown.text, around.mode);
      return [codeFigure(fence.language, fence.shown, fence.prompt, fence.title)];
    }
    if (fence.is === 'output') {
      this.#output(fence, place, around.mode);
      return [];
    }
    const base = {
      id: this.#stepIds.take(this.#heading, around.mode),
      mode: around.mode,
      kind: fence.kind,
      text: fence.shown.text,
      expected: null,
      source: place,
    };
    const step: PageStep =
      fence.kind === 'sql'
        ? { ...base, user: fence.user, ...(fence.database === undefined ? {} : { database: fence.database }) }
        : { ...base, ...(fence.background ? { background: true } : {}) };
    if (step.kind === 'shell') this.#checkProgram(step);
    this.steps.push(step);
    this.shells.see(fence.kind, step.text, step.mode, step);
    const figure = stepFigure(
      step,
      this.#numbersOf(step),
      fence.shown,
      PROMPTS[fence.kind],
      fence.kind,
      this.#recordings.of(step),
    );
    this.figures.set(step.id, figure);
    if (fence.kind === 'sql' && fence.view === 'balances') this.#balances(figure, step);
    if (fence.kind === 'shell' && fence.view === 'lanes')
      figure.properties = { ...figure.properties, 'data-view': 'lanes' };
    return [figure];
  }

  /** Accounts are there before anything is run: those that an earlier step is expected to print. */
  #balances(figure: TreeNode, { mode, source }: PageStep): void {
    const before = stepsIn(this.steps, mode).map(({ expected }) => accountsIn(expected ?? ''));
    const accounts = before.findLast((found) => found !== undefined);
    if (accounts) addBalances(figure, accounts);
    else
      this.#tell({
        ...source,
        found: '`view=balances` without accounts to begin with',
        expected:
          'a step above it, in the same mode, whose expected output is a table with the columns `owner` and `balance`',
      });
  }

  /** Of the step that was added last. */
  #numbersOf({ mode }: PageStep): StepNumbers {
    return Object.fromEntries(
      MODES.filter((each) => mode === null || mode === each).map((each) => [each, stepsIn(this.steps, each).length]),
    );
  }

  /** A program must be on the page, above the step that runs it, in every mode that has the step. */
  #checkProgram({ text, mode, source }: PageStep): void {
    const program = /^python3? ([\w./-]+\.py)\b/.exec(text)?.[1];
    // A sample that was not found has been told already.
    if (program === undefined || this.problems.length > 0) return;
    const files = this.steps.filter(({ kind }) => kind === 'file');
    const isThere = MODES.filter((each) => mode === null || mode === each).every((each) =>
      files.some((file) => file.path === program && (file.mode === null || file.mode === each)),
    );
    if (!isThere)
      this.#tell({
        ...source,
        found: `a step that runs \`${program}\``,
        expected: 'a sample of that name above it, in the same mode',
        meant: nearest(
          program,
          files.flatMap(({ path }) => path ?? []),
        ),
      });
  }

  /**
   * Expected output belongs to the step above it, which must be seen wherever the output is seen. It is shown in the
   * step's figure.
   */
  #output({ text, unordered }: { text: string; unordered: boolean }, place: Place, mode: Mode | null): void {
    const step = this.steps.findLast((each) => mode === null || each.mode === null || each.mode === mode);
    const expected = 'a step that prints it, above it and in the same mode';
    const unknown = partsOf(text).flatMap((part) =>
      typeof part === 'string' || Object.hasOwn(CAPTURES, part.kind) ? [] : [part.kind],
    );
    for (const kind of unknown)
      this.#tell(unknownWord(place, 'in expected output the capture', kind, Object.keys(CAPTURES)));
    if (!step) this.#tell({ ...place, found: 'expected output without a step', expected });
    else if (step.kind === 'file')
      this.#tell({
        ...place,
        found: `expected output below the file \`${step.path}\`, which prints nothing`,
        expected,
      });
    else if (step.mode !== null && mode === null)
      this.#tell({
        ...place,
        found: `expected output for both modes below a step of ${step.mode} mode only`,
        expected,
      });
    else if (step.mode === null && mode !== null)
      this.#tell({
        ...place,
        found: `expected output for ${mode} mode only below a step of both modes`,
        expected: 'it outside of the section: it is seen, and checked, wherever the step is',
      });
    else if (step.expected !== null)
      this.#tell({
        ...place,
        found: `a second expected output for the step at line ${step.source.line}`,
        expected: 'one',
      });
    else {
      step.expected = text;
      if (unordered) step.unordered = true;
      const figure = this.figures.get(step.id);
      if (figure && unknown.length === 0) addExpected(figure, text, unordered);
    }
  }
}

/**
 * A section that is seen in one mode. Its label is for readers without scripts, who see both modes one below the other.
 */
function modeSection(mode: Mode, children: TreeNode[]): TreeNode {
  return h(
    'section',
    { 'data-show': mode },
    h(
      'p',
      { className: ['mode-label'], role: 'heading', 'aria-level': '2', 'data-pagefind-ignore': '' },
      MODE_NAMES[mode],
    ),
    ...children,
  );
}

function languageOf(path: string): string {
  const languages: Record<string, string> = { py: 'python', sql: 'sql', html: 'html', json: 'json', sh: 'shell' };
  return languages[path.split('.').at(-1) ?? ''] ?? 'text';
}

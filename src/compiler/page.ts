import { languageOfFile } from '../../languages/commands.ts';
import type { Mode } from '../../shared/protocol.ts';
import { MODE_NAMES, MODES } from '../../shared/modes.ts';
import { plain, promptedPre, type Colouring } from './code-lines.ts';
import { attributeMistakes } from './component-attributes.ts';
import { COMPONENT_NAMES } from './components.ts';
import type { ContentsEntry } from './contents-entry.ts';
import { readFence, type Fence } from './fence.ts';
import { languageNamed } from './fence-languages.ts';
import { commandsIn } from './fence-prompts.ts';
import { codeFigure } from './figure.ts';
import { foldsOf } from './sample-folds.ts';
import { HeadingIds } from './heading-id.ts';
import { withLink } from './heading-link.ts';
import { expressionIn } from './mdx-refusal.ts';
import { loadPartial } from './partial.ts';
import type { PageStep, SourcePlace } from '../../shared/step.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { PageLinks, type PageLink } from './page-links.ts';
import { PageRecordings } from './page-recordings.ts';
import { PageSteps } from './page-steps.ts';
import { parseMdx } from './parse-mdx.ts';
import { REFERENCES } from './reference/reference.ts';
import { findSample } from './sample.ts';
import { h, isComponent, stringAttributes, textContent, type TreeNode } from './tree.ts';

/** What a page is compiled from, besides its parsed text. */
export interface PageSource {
  /** Relative to the content folder. */
  file: string;
  /** The content folder. */
  content: string;
  /** Selects the page's recordings. */
  name: string;
  /** Colours the code of the page's figures; by default, it stays plain. */
  colour?: Colouring;
}

/** A compiled page: its tree with figures, and what the site needs to know about it. */
export interface BuiltPage {
  children: TreeNode[];
  steps: PageStep[];
  contents: ContentsEntry[];
  /** The partials and samples that the page uses, as paths relative to the content folder. */
  uses: Set<string>;
  /** What links can point to: headings, steps, and elements with an `id`. */
  ids: Set<string>;
  links: PageLink[];
  /** Whatever an author has to mend; the rest of the page is compiled as far as it can be. */
  mistakes: Mistake[];
}

/** What surrounds a node while the tree is walked. */
interface Surroundings {
  mode: Mode | null;
  /** The file that contains the node, relative to the content folder. */
  file: string;
  /** The partials that include the node, outermost first. */
  through: readonly string[];
}

/** Compiles a page from its parsed text. */
export function buildPage(children: TreeNode[], { file, content, name, colour = plain }: PageSource): BuiltPage {
  const builder = new PageBuilder(content, new PageRecordings(content, name), colour);
  const built = builder.walk(children, { mode: null, file, through: [] });
  const { mistakes, contents, uses, steps } = builder;
  steps.finish(name);
  const { ids, links } = builder.links;
  for (const { step } of steps.all) ids.add(`step-block-${step.id}`);
  return { children: built, steps: steps.all, contents, uses, ids, links, mistakes };
}

class PageBuilder {
  readonly mistakes: Mistake[] = [];
  readonly steps: PageSteps;
  readonly contents: ContentsEntry[] = [];
  readonly uses = new Set<string>();
  readonly links = new PageLinks();
  readonly #content: string;
  readonly #colour: Colouring;
  readonly #headingIds = new HeadingIds();
  #heading = 'Start';

  constructor(content: string, recordings: PageRecordings, colour: Colouring) {
    this.#content = content;
    this.#colour = colour;
    this.steps = new PageSteps(recordings, this.mistakes, colour);
  }

  walk(nodes: TreeNode[], around: Surroundings): TreeNode[] {
    return nodes.flatMap((node) => this.#build(node, around));
  }

  readonly #report = (mistake: Mistake): void => {
    this.mistakes.push(mistake);
  };

  #build(node: TreeNode, around: Surroundings): TreeNode[] {
    this.links.add(node, this.#place(node, around));
    if (isComponent(node)) return this.#component(node, around);
    if (/^mdx/.test(node.type)) return this.#expression(node, around);
    if (node.tagName === 'pre') return this.#fence(node, around);
    if (/^h[2-6]$/.test(node.tagName ?? '')) return [this.#nameHeading(node, around)];
    return [node.children ? { ...node, children: this.walk(node.children, around) } : node];
  }

  #place(node: TreeNode, around: Surroundings): SourcePlace {
    return { file: `content/${around.file}`, line: node.position?.start.line ?? 1 };
  }

  /** Returns the heading with its id and a link to it. */
  #nameHeading(node: TreeNode, around: Surroundings): TreeNode {
    const text = textContent(node);
    const id = this.#headingIds.take(text);
    this.links.ids.add(id);
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
    const wrong = attributeMistakes(node, this.#place(node, around));
    if (wrong.length > 0) return this.#withoutComponent(node, wrong, around);
    const attributes = stringAttributes(node);
    switch (node.name) {
      case 'Mode':
        return this.#mode(node, attributes.get('is'), around);
      case 'Sample':
        return this.#sample(node, attributes, around);
      case 'Partial':
        return this.#partial(node, attributes.get('file') ?? '', around);
      case 'Reference':
        return this.#reference(node, attributes.get('of') ?? '', around);
      default:
        if (node.name && isUnknown(node.name)) {
          const why = unknownWord(this.#place(node, around), 'the component', node.name, COMPONENT_NAMES);
          return this.#withoutComponent(node, [why], around);
        }
        return [{ ...node, children: this.walk(node.children ?? [], around) }];
    }
  }

  /** Reports why a component cannot be understood. What it contains is looked at all the same. */
  #withoutComponent(node: TreeNode, why: readonly Mistake[], around: Surroundings): TreeNode[] {
    why.forEach(this.#report);
    if (node.name === 'Sample') this.steps.lackFiles();
    if (node.name === 'Partial') this.steps.lackStep();
    return this.walk(node.children ?? [], around);
  }

  /** Reports code in the text. Comments, the only code that pages may have, disappear. */
  #expression(node: TreeNode, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const source = node.value ?? '';
    if (node.type === 'mdxjsEsm')
      this.#report({
        ...place,
        found: `\`${source.split('\n')[0]}\`, which MDX takes for code`,
        expected: 'a line that begins with another word than `import` or `export`: pages import nothing',
      });
    else if (!/^\s*(\/\*[^]*\*\/\s*)?$/.test(source)) this.#report({ ...place, ...expressionIn(`{${source}}`) });
    return [];
  }

  #mode(node: TreeNode, is: string | undefined, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const mode = MODES.find((each) => each === is);
    if (!mode) this.#report(unknownWord(place, 'the mode', is ?? '', MODES, 'in `<Mode is=…>`'));
    if (mode && around.mode && mode !== around.mode)
      this.#report({
        ...place,
        found: `${withArticle(mode)} section inside ${withArticle(around.mode)} one, which nobody could see`,
        expected: 'nested sections to have the same mode',
      });
    const children = this.walk(node.children ?? [], { ...around, mode: mode ?? around.mode });
    return mode && around.mode === null ? [modeSection(mode, children)] : children;
  }

  #partial(node: TreeNode, file: string, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const partial = loadPartial(this.#content, file, place, this.#report);
    if (!partial) {
      this.steps.lackStep();
      return [];
    }
    this.uses.add(partial.path);
    if (around.through.includes(partial.path)) {
      this.#report({
        ...place,
        found: `partials that include each other: ${[...around.through, partial.path].join(' → ')}`,
        expected: 'no circle of partials',
      });
      return [];
    }
    return this.walk(partial.children, {
      mode: around.mode,
      file: partial.path,
      through: [...around.through, partial.path],
    });
  }

  #reference(node: TreeNode, of: string, around: Surroundings): TreeNode[] {
    const text = Object.hasOwn(REFERENCES, of) ? REFERENCES[of]?.() : undefined;
    if (text === undefined)
      this.#report(unknownWord(this.#place(node, around), 'the list', of, Object.keys(REFERENCES)));
    return this.walk(parseMdx(text ?? '', `content/${around.file}`, this.#report) ?? [], around);
  }

  #sample(node: TreeNode, attributes: Map<string, string>, around: Surroundings): TreeNode[] {
    const place = this.#place(node, around);
    const samples = findSample(
      this.#content,
      { driver: attributes.get('driver') ?? '', file: attributes.get('file') ?? '', as: attributes.get('as') },
      around.mode,
      place,
      this.#report,
    );
    if (samples.length === 0 || (samples.length === 1 && samples[0]!.mode !== around.mode)) this.steps.lackFiles();
    return samples.map((sample) => {
      this.uses.add(sample.href.slice(1));
      const shows = attributes.get('shows');
      const folds = shows === undefined ? [] : foldsOf(sample.text.replace(/\n+$/, ''), shows, place, this.#report);
      const position = { heading: this.#heading, mode: sample.mode, source: place };
      const figure = this.steps.addFile(sample, position, languageOf(sample.path), folds);
      return sample.mode && !around.mode ? modeSection(sample.mode, [figure]) : figure;
    });
  }

  #code({ language, shown, prompt, title }: Fence & { is: 'code' }): TreeNode {
    return codeFigure(language, commandsIn(shown), promptedPre(this.#colour, shown, language, prompt), title);
  }

  #fence(node: TreeNode, { mode, ...around }: Surroundings): TreeNode[] {
    const code = node.children?.[0];
    const place = this.#place(node, { mode, ...around });
    const fence = readFence(code?.data?.lang ?? '', code?.data?.meta ?? '', textContent(node), place, this.#report);
    switch (fence?.is) {
      case undefined:
        this.steps.lackStep();
        return [];
      case 'code':
        this.steps.shells.addBlock(fence.language, fence.shown.text, mode);
        return [this.#code(fence)];
      case 'output':
        this.steps.expect(fence.expected, place, mode);
        return [];
      case 'input':
        this.steps.input(fence.text, place, mode);
        return [];
      case 'file':
        return [this.steps.addFile(fence, { heading: this.#heading, mode, source: place }, fence.language)];
      case 'step':
        return [this.steps.addFence(fence, { heading: this.#heading, mode, source: place })];
    }
  }
}

/**
 * Returns a section that is shown in one mode. Its label is for readers without JavaScript, who see both modes one
 * after the other.
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

/** Whether a tag is meant to be a component and is none: also one that only lacks its capital letters. */
function isUnknown(tag: string): boolean {
  if (/^[A-Z]/.test(tag)) return !COMPONENT_NAMES.includes(tag);
  return COMPONENT_NAMES.some((name) => name.toLowerCase() === tag);
}

function withArticle(mode: Mode): string {
  return mode === 'secure' ? 'a secure' : 'an insecure';
}

function languageOf(path: string): string {
  const ending = path.split('.').at(-1) ?? '';
  return languageOfFile(path)?.fence ?? languageNamed(ending)?.name ?? 'text';
}

import {
  Liquid,
  Tag,
  type Context,
  type Emitter,
  type Liquid as Engine,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs';
import { relative } from 'node:path';
import { withAsides } from './callouts.ts';
import type { FenceMarks } from './fence-marks.ts';
import type { IncludedFile, IncludeFiles } from './include-files.ts';
import { knownInclude } from './known-includes.ts';

/** What rendering a page needs besides its text. */
export interface LiquidInput {
  marks: FenceMarks;
  files: IncludeFiles;
  variables: Record<string, unknown>;
  /** Called with whatever was left out or stands for something else, as a clause. */
  note: (note: string) => void;
}

/** Deeper includes are circles. */
const MOST_INCLUDES = 20;

/** Returns a page's text with its Liquid carried out, as Jekyll does. Throws an Error when it is not Liquid. */
export function renderLiquid(text: string, input: LiquidInput): string {
  const { variables, note, files, marks } = input;
  const liquid = new Liquid({ strictFilters: false, strictVariables: false, ownPropertyOnly: true });
  liquid.registerFilter('relative_url', (path: string) => `/docs/${String(path).replace(/^\//, '')}`);
  liquid.registerFilter('absolute_url', (path: string) => `/docs/${String(path).replace(/^\//, '')}`);
  liquid.registerFilter('markdownify', (value: string) => value);
  let depth = 0;
  const included = (file: IncludedFile, context: Context, values: Record<string, unknown>): string => {
    if (depth >= MOST_INCLUDES) throw new Error(`${file.path} includes itself`);
    depth += 1;
    try {
      const marked = withAsides(marks.mark(file.text, relative(process.cwd(), file.path)));
      const scope = { ...(context.getAll() as Record<string, unknown>), include: values };
      return String(liquid.parseAndRenderSync(withKnownTags(marked, liquid, note), scope));
    } finally {
      depth -= 1;
    }
  };
  const include: Inserted = (args, context) => {
    const { name, values } = readArguments(args, liquid, context);
    const known = knownInclude(name);
    const file = known?.text === '' ? undefined : files.include(name);
    // What a data set stands for is known better than its text.
    if (known) {
      if (known.note !== undefined) note(known.note);
      return known.text;
    }
    if (file) return included(file, context, values);
    note(`left out: the include \`${name}\` is not there`);
    return '';
  };
  const remote: Inserted = (args, context) => {
    const address = String(liquid.parseAndRenderSync(args, context.getAll())).trim();
    const file = files.program(address.split(/[\s|]/)[0] ?? '');
    if (file) return between(file.text, address);
    const known = knownInclude(address);
    if (known?.note !== undefined) note(known.note);
    if (known) return known.text;
    note(`left out: \`${address}\` is in another repository; give its folder with --samples`);
    return '';
  };
  for (const name of ['include', 'include_cached', 'include_relative']) liquid.registerTag(name, inserting(include));
  liquid.registerTag('remote_include', inserting(remote));
  liquid.registerTag(
    'link',
    inserting((args, context) => {
      const path = String(liquid.parseAndRenderSync(args, context.getAll())).trim();
      return `/docs/${path.replace(/^\//, '').replace(/\.md$/, '.html')}`;
    }),
  );
  noteUnknownVariables(text, liquid, variables, note);
  return String(liquid.parseAndRenderSync(withKnownTags(withAsides(text), liquid, note), variables));
}

type Inserted = (args: string, context: Context) => string;

/** Returns a tag that is replaced by a text, each line as far indented as the tag. */
function inserting(text: Inserted): new (token: TagToken, rest: TopLevelToken[], liquid: Engine) => Tag {
  return class extends Tag {
    readonly #args: string;
    readonly #indent: string;
    constructor(token: TagToken, rest: TopLevelToken[], liquid: Engine) {
      super(token, rest, liquid);
      this.#args = token.args;
      const line = token.input.slice(token.input.lastIndexOf('\n', token.begin - 1) + 1, token.begin);
      this.#indent = /^\s*$/.test(line) ? line : '';
    }
    render(context: Context, emitter: Emitter): void {
      emitter.write(text(this.#args, context).replace(/\n(?=[^\n])/g, `\n${this.#indent}`));
    }
  };
}

/** Parses `path/{{ version }}/file.md name="value" other=variable`. */
function readArguments(
  args: string,
  liquid: Liquid,
  context: Context,
): { name: string; values: Record<string, unknown> } {
  const scope = context.getAll() as object;
  const filled = args.replace(/\{\{[^]*?\}\}/g, (output) => String(liquid.parseAndRenderSync(output, scope)));
  const [, name = '', rest = ''] = /^\s*["']?([^\s"']+)["']?([^]*)$/.exec(filled) ?? [];
  const values: Record<string, unknown> = {};
  for (const [, key = '', quoted, single, bare] of rest.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/g))
    values[key] = quoted ?? single ?? liquid.evalValueSync(bare ?? '', context);
  return { name, values };
}

/** Returns the part of a program between the marks in `address ||BEGIN name ||END name`, or the whole. */
function between(text: string, address: string): string {
  const [begin, end] = address
    .split('|')
    .filter((part) => part.trim() !== '')
    .slice(1)
    .map((part) => part.trim());
  const lines = text.replace(/\n+$/, '').split('\n');
  const from = begin === undefined ? -1 : lines.findIndex((line) => line.includes(begin));
  const to = end === undefined ? -1 : lines.findIndex((line, index) => index > from && line.includes(end));
  return lines.slice(from + 1, to < 0 ? undefined : to).join('\n');
}

/** Returns the text without tags that Liquid does not know, and says so. */
function withKnownTags(text: string, liquid: Liquid, note: (note: string) => void): string {
  return text.replace(/\{%-?\s*(\w+)[^]*?%\}/g, (tag, name: string) => {
    const opens = name.startsWith('end') ? name.slice(3) : name;
    if (name in liquid.tags || opens in liquid.tags || ['else', 'elsif', 'when'].includes(name)) return tag;
    note(`left out: the tag \`${tag}\``);
    return '';
  });
}

function noteUnknownVariables(
  text: string,
  liquid: Liquid,
  variables: Record<string, unknown>,
  note: (note: string) => void,
): void {
  const own = new Set([...text.matchAll(/\{%-?\s*(?:capture|assign|for)\s+(\w+)/g)].map((match) => match[1]));
  for (const [, path = ''] of text.matchAll(/\{\{-?\s*([\w.]+)\s*(?:\|[^}]*)?-?\}\}/g)) {
    const root = path.split('.')[0];
    if (own.has(root) || root === 'include' || path.startsWith('site.data.alerts.')) continue;
    if (liquid.evalValueSync(path, variables) === undefined)
      note(`left out: the variable \`${path}\` has no value here`);
  }
}

import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { pageSchema, type Frontmatter } from '../page-schema.ts';
import { unknownWord, type Mistake } from './mistake.ts';
import { nearest } from '../../shared/command-line/nearest.mjs';

/** A page's frontmatter and the rest of its text, whose lines keep their numbers. */
interface Parsed {
  /** With what could be understood when there are mistakes; the title is then the file's name. */
  frontmatter: Frontmatter;
  /** The line of each key; empty when the frontmatter could not be read at all. */
  keyLines: Map<string, number>;
  body: string;
}

type Report = (mistake: Mistake) => void;

const KEYS = Object.keys(pageSchema.shape);
const BLOCK = /^\uFEFF?\s*?---[^\S\n]*\n([^]*?)^---[^\S\n]*$/m;

/** Reads the frontmatter of a page's text. `file` is its path for mistakes: `content/tutorials/x.mdx`. */
export function readFrontmatter(text: string, file: string, report: Report): Parsed {
  const title = file.replace(/^.*\/|\.mdx$/g, '');
  const unread = { frontmatter: pageSchema.parse({ title, summary: '-' }), keyLines: new Map<string, number>() };
  const block = BLOCK.exec(text);
  if (block?.index !== 0) {
    const expected = '`---`, then `title: …` and `summary: …`, then `---`, in its first lines';
    report({ file, line: 1, found: 'a page without frontmatter', expected });
    return { ...unread, body: text };
  }
  const [whole, yaml] = block;
  const body = whole.replace(/[^\r\n]/g, ' ') + text.slice(whole.length);
  const firstLine = whole.slice(0, whole.indexOf('---')).split('\n').length + 1;
  const lines = new LineCounter();
  const document = parseDocument(yaml!, { lineCounter: lines, prettyErrors: false, customTags: ['timestamp'] });
  const lineAt = (offset: number): number => firstLine + lines.linePos(offset).line - 1;
  for (const { message, pos } of document.errors)
    report({ file, line: lineAt(pos[0]), found: `frontmatter that is not valid YAML (${message})`, expected: 'YAML' });
  if (document.errors.length > 0) return { ...unread, body };
  const value: unknown = document.toJS() ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    report({ file, line: firstLine, found: 'frontmatter without keys', expected: '`title: …` and `summary: …`' });
    return { ...unread, body };
  }
  const keyLines = new Map(offsetsOf(document).map(([key, offset]) => [key, lineAt(offset)]));
  const checked = check(value as Record<string, unknown>, file, keyLines, report);
  return { frontmatter: { ...unread.frontmatter, ...checked }, keyLines, body };
}

/** Returns the values that are right, with defaults, after reporting the others. */
function check(
  value: Record<string, unknown>,
  file: string,
  keyLines: ReadonlyMap<string, number>,
  report: Report,
): Partial<Frontmatter> {
  const parsed = pageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const unknownKeys = parsed.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  const misspelt = unknownKeys.map((key) => nearest(key, KEYS));
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  for (const issue of parsed.error.issues) {
    const key = String(issue.path[0]);
    const place = { file, line: keyLines.get(key) ?? 1 };
    if (issue.code === 'unrecognized_keys')
      for (const unknown of issue.keys)
        report(unknownWord({ file, line: keyLines.get(unknown)! }, 'the key', unknown, KEYS, 'in the frontmatter'));
    else if (Object.hasOwn(value, key)) {
      const found = `\`${key}: ${JSON.stringify(value[key])}\` in the frontmatter`;
      report({ ...place, found, expected: issue.message });
    } else if (!misspelt.includes(key))
      report({ ...place, found: `frontmatter without \`${key}\``, expected: issue.message });
  }
  return Object.fromEntries(Object.entries(value).filter(([key]) => KEYS.includes(key) && !wrong.has(key)));
}

/** Returns the keys of the YAML, and where each is, counted in characters. */
function offsetsOf({ contents }: Document): [string, number][] {
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key }) => (isScalar(key) && key.range ? [[String(key.value), key.range[0]]] : []));
}

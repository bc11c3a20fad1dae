import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { pageSchema, type Frontmatter } from '../page-schema.ts';
import { unknownWord, type Mistake } from './mistake.ts';

/** A page's frontmatter and the rest of its text, whose lines keep their numbers. */
interface Parsed {
  /** With what could be understood when there are mistakes; the title is then the file's name. */
  frontmatter: Frontmatter;
  body: string;
}

const KEYS = Object.keys(pageSchema.shape);
const BLOCK = /^\uFEFF?\s*?---[^\S\n]*\n([^]*?)^---[^\S\n]*$/m;

/** Reads the frontmatter of a page's text. `file` is its path for mistakes: `content/tutorials/x.mdx`. */
export function readFrontmatter(text: string, file: string, report: (mistake: Mistake) => void): Parsed {
  const block = BLOCK.exec(text);
  const fallback = pageSchema.parse({ title: file.replace(/^.*\/|\.mdx$/g, ''), summary: '-' });
  if (block?.index !== 0) {
    report({
      file,
      line: 1,
      found: 'a page without frontmatter',
      expected: '`---`, then `title: …` and `summary: …`, then `---`, in its first lines',
    });
    return { frontmatter: fallback, body: text };
  }
  const [whole, yaml] = block;
  const body = whole.replace(/[^\r\n]/g, ' ') + text.slice(whole.length);
  const firstLine = whole.slice(0, whole.indexOf('---')).split('\n').length + 1;
  const lines = new LineCounter();
  const document = parseDocument(yaml!, { lineCounter: lines, prettyErrors: false, customTags: ['timestamp'] });
  const lineAt = (offset: number): number => firstLine + lines.linePos(offset).line - 1;
  for (const { message, pos } of document.errors)
    report({ file, line: lineAt(pos[0]), found: `frontmatter that is not valid YAML (${message})`, expected: 'YAML' });
  if (document.errors.length > 0) return { frontmatter: fallback, body };
  const value: unknown = document.toJS() ?? {};
  const parsed = pageSchema.safeParse(value);
  if (parsed.success) return { frontmatter: parsed.data, body };
  const lineOf = (key: unknown): number => lineAt(offsetOf(document, key));
  for (const issue of parsed.error.issues) {
    const [key] = issue.path;
    if (issue.code === 'unrecognized_keys')
      for (const unknown of issue.keys)
        report(unknownWord({ file, line: lineOf(unknown) }, 'the key', unknown, KEYS, 'in the frontmatter'));
    else if (key === undefined)
      report({ file, line: firstLine, found: 'frontmatter without keys', expected: '`title: …` and `summary: …`' });
    else if (!Object.hasOwn(value as object, key))
      report({ file, line: 1, found: `frontmatter without \`${String(key)}\``, expected: issue.message });
    else {
      const written = JSON.stringify((value as Record<PropertyKey, unknown>)[key]);
      report({
        file,
        line: lineOf(key),
        found: `\`${String(key)}: ${written}\` in the frontmatter`,
        expected: issue.message,
      });
    }
  }
  return { frontmatter: fallback, body };
}

/** Returns where a key is in the YAML, counted in characters; 0 when it is not there. */
function offsetOf({ contents }: Document, key: unknown): number {
  const pair = isMap(contents)
    ? contents.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
    : undefined;
  return (isScalar(pair?.key) && pair.key.range?.[0]) || 0;
}

import { nearest } from '../../shared/command-line/nearest.mjs';
import { COMPONENT_NAMES } from './components.ts';
import type { Mistake } from './mistake.ts';

/** What the MDX parser refused. */
interface Refusal {
  mistake: Mistake;
  /** The character that is to blame, when only itself is wrong; undefined when what follows may depend on it. */
  offset?: number;
}

/** What was found and expected, from the parser's message and the text from the place that it names. */
type Explain = (
  match: RegExpExecArray,
  rest: string,
) => Pick<Mistake, 'found' | 'expected' | 'meant'> & { alone: boolean };

/** Elements that have no end tag in HTML, but need one in MDX. */
const EMPTY = ['br', 'hr', 'img', 'input', 'wbr', 'col', 'source'];

const EXPLANATIONS: readonly [message: RegExp, explain: Explain][] = [
  [
    /^Expected a closing tag for `<([^>`]*)>`.*?(before the end of `paragraph`)?/,
    ([message, name = ''], rest) => {
      const tag = /^<[^>\n]*>?/.exec(rest)?.[0] ?? `<${name}>`;
      if (EMPTY.includes(name))
        return { found: `\`${tag}\``, expected: `\`${tag.replace(/\s*>$/, '')} />\``, alone: true };
      return {
        found: `\`${tag}\`, which nothing closes`,
        expected: `\`</${name}>\` where it ends, or \`\\<\` if this is text`,
        meant: /^[A-Z]/.test(name) && !COMPONENT_NAMES.includes(name) ? nearest(name, COMPONENT_NAMES) : undefined,
        alone: message.includes('paragraph') || !/^[A-Z]/.test(name),
      };
    },
  ],
  [
    /^Unexpected closing tag `<\/([^`]*)>`, expected corresponding closing tag for `<([^`]*)>` \((\d+)/,
    ([, closed, open, line]) => ({
      found: `\`</${closed}>\` while \`<${open}>\` of line ${line} is open`,
      expected: `\`</${open}>\``,
      alone: false,
    }),
  ],
  [
    /^Unexpected closing tag `<\/([^`]*)>`, expected an open tag/,
    ([, name]) => ({ found: `\`</${name}>\` without a beginning`, expected: `\`<${name}>\` above it`, alone: false }),
  ],
  [
    /^Expected the closing tag `<\/([^`]*)>`.*opened at (\d+)/,
    ([, name, line]) => ({
      found: `\`</${name}>\` in another paragraph than its \`<${name}>\` of line ${line}`,
      expected: 'both in the same paragraph, or each in a line of its own between empty lines',
      alone: false,
    }),
  ],
  [
    /closing brace for `\{`/,
    () => ({
      found: '`{`, which nothing closes',
      expected: '`\\{` if this is text, or backticks around code',
      alone: true,
    }),
  ],
  [
    /^Could not parse expression/,
    (_, rest) => ({ ...expressionIn(/^\{[^}]*\}?/.exec(rest)?.[0] ?? '{'), alone: true }),
  ],
  [/^Unexpected character `!`/, () => ({ found: 'a comment of HTML (`<!--`)', expected: '`{/* … */}`', alone: true })],
  [
    /^Unexpected character after `<`/,
    (_, rest) => {
      const [address] = /(?<=^<)(?:https?:\/\/[^\s>]+|[\w.+-]+@[\w.-]+)(?=>)/.exec(rest) ?? [];
      if (address !== undefined) return { found: `\`<${address}>\``, expected: `\`[text](${address})\``, alone: true };
      const [tag] = /^<[A-Za-z][\w.-]*(?=[\s/=])[^>\n]*>?/.exec(rest) ?? [];
      return tag === undefined
        ? { found: '`<` in the text', expected: '`\\<`, or backticks around code', alone: true }
        : {
            found: `\`${tag}\`, whose attributes cannot be read`,
            expected: '`name="value"` for each, or `\\<` if this is text',
            alone: !/^<[A-Z]/.test(tag),
          };
    },
  ],
];

/** Returns what an author has to mend where the MDX parser refused the text of a file with this error. */
export function refusalOf(error: unknown, text: string, file: string): Refusal {
  const whole = error instanceof Error ? error.message : String(error);
  const [, row = '1', column = '1', message = whole] = /^(\d+):(\d+):\s*([^]*)/.exec(whole) ?? [];
  const line = Number(row);
  const offset = blamed(text, line, Number(column), message);
  for (const [pattern, explain] of EXPLANATIONS) {
    const match = pattern.exec(message);
    if (!match) continue;
    const { alone, ...said } = explain(match, text.slice(offset));
    const at = text.slice(0, offset).split('\n').length;
    return { mistake: { file, line: at, ...said }, ...(alone && { offset }) };
  }
  const plain = message.replace(/ \(mdx[\w-]*:[\w-]+\)$/, '');
  return { mistake: { file, line, found: `text that is not valid MDX (${plain})`, expected: 'valid MDX' } };
}

/** Returns the mistake of braces in prose, which MDX takes for code. */
export function expressionIn(source: string): Pick<Mistake, 'found' | 'expected'> {
  const [first = '', ...others] = source.split('\n');
  return {
    found: `\`${first}${others.length > 0 ? '…' : ''}\` in the text, which MDX takes for code`,
    expected: '`\\{` for a brace, or backticks around code',
  };
}

/** Returns where the brace or bracket is that the parser names; in an expression, it names a place behind the brace. */
function blamed(text: string, line: number, column: number, message: string): number {
  const lineStart = text.split('\n', line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const at = lineStart + column - 1;
  if (message.startsWith('Could not parse expression')) return Math.max(text.lastIndexOf('{', at), 0);
  if (/^[<{]/.test(text.slice(at))) return at;
  // The column counts bytes.
  const found = text.slice(lineStart).search(message.includes('brace') ? /\{/ : /</);
  return found < 0 ? at : lineStart + found;
}

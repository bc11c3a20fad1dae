import type { Language } from '@codemirror/language';
import { highlightTree, tagHighlighter, tags as t, type Tag } from '@lezer/highlight';

/**
 * Maps the editor's syntax tags to the kinds of code in `compiler/highlight.ts`, so that edited code looks like
 * published code.
 */
const TAGS: Record<string, readonly Tag[]> = {
  keyword: [t.keyword, t.operator, t.modifier, t.typeName, t.null, t.special(t.brace)],
  string: [t.string, t.character, t.special(t.string)],
  constant: [
    t.number,
    t.bool,
    t.self,
    t.atom,
    t.standard(t.variableName),
    t.standard(t.name),
    t.attributeName,
    t.escape,
  ],
  name: [t.className, t.definition(t.className)],
  function: [t.function(t.definition(t.variableName)), t.meta],
  comment: [t.comment],
};

/** The kinds of code that have a colour. */
export const PIECES = Object.keys(TAGS);

/** A highlighter that sets the same classes as on published code. */
export const coloring = tagHighlighter(
  Object.entries(TAGS).flatMap(([piece, tags]) => tags.map((tag) => ({ tag, class: `code-${piece}` }))),
);

/** Returns code as the child nodes of a `code` element, highlighted if its language is known. */
export function coloredNodes(text: string, language: Language | undefined): Node[] {
  if (!language) return [new Text(text)];
  const nodes: Node[] = [];
  let at = 0;
  const add = (to: number, className = ''): void => {
    if (to <= at) return;
    const piece = new Text(text.slice(at, to));
    if (className === '') nodes.push(piece);
    else {
      const span = document.createElement('span');
      span.className = className;
      span.append(piece);
      nodes.push(span);
    }
    at = to;
  };
  highlightTree(language.parser.parse(text), coloring, (from, to, className) => {
    add(from);
    add(to, className);
  });
  add(text.length);
  return nodes;
}

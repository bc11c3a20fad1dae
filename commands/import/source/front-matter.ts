import { parse } from 'yaml';

/** A page's front matter, and the rest of its text with the line where that begins, counted from 1. */
export interface SplitPage {
  values: Record<string, unknown>;
  body: string;
  line: number;
}

/** Splits a page. A page without front matter has no values. Throws an Error when the front matter is not YAML. */
export function splitFrontMatter(text: string): SplitPage {
  const match = /^---[ \t]*\n([^]*?\n)?---[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { values: {}, body: text, line: 1 };
  const values: unknown = parse(match[1] ?? '');
  const isObject = typeof values === 'object' && values !== null && !Array.isArray(values);
  return {
    values: isObject ? (values as Record<string, unknown>) : {},
    body: text.slice(match[0].length),
    line: match[0].split('\n').length,
  };
}

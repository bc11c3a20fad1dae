import { CONSTRUCTS } from '../../standin/src/sql/constructs.ts';

/** One line of the list of SQL constructs that the stand-in supports. */
export interface ConstructLine {
  /** The description, split into plain text and code. */
  pieces: { text: string; isCode: boolean }[];
  /** The pages of CockroachDB's documentation that describe the construct. */
  pages: { name: string; href: string }[];
}

const DOCS = 'https://www.cockroachlabs.com/docs/stable/';

/** Returns the lines of the list, in the stand-in's order. */
export function constructLines(constructs: typeof CONSTRUCTS = CONSTRUCTS): ConstructLine[] {
  return constructs.map(({ does, pages }) => ({
    pieces: does
      .split('`')
      .map((text, index) => ({ text, isCode: index % 2 === 1 }))
      .filter(({ text }) => text !== ''),
    pages: pages.map((name) => ({ name, href: `${DOCS}${name.replace(/(#.*)?$/, '.html$1')}` })),
  }));
}

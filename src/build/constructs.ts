import { CONSTRUCTS } from '../../standin/src/sql/constructs.ts';

/** One line of the list of what the stand-in supports. */
export interface ConstructLine {
  /** The sentences, as pieces of text and code. */
  pieces: { text: string; isCode: boolean }[];
  /** The pages of CockroachDB's documentation that it follows. */
  pages: { name: string; href: string }[];
}

const DOCS = 'https://www.cockroachlabs.com/docs/stable/';

/** Returns the lines of that list, in the stand-in's order. */
export function constructLines(constructs: typeof CONSTRUCTS = CONSTRUCTS): ConstructLine[] {
  return constructs.map(({ does, pages }) => ({
    pieces: does
      .split('`')
      .map((text, index) => ({ text, isCode: index % 2 === 1 }))
      .filter(({ text }) => text !== ''),
    pages: pages.map((name) => ({ name, href: `${DOCS}${name.replace(/(#.*)?$/, '.html$1')}` })),
  }));
}

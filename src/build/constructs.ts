/** What the stand-in does about one construct of CockroachDB's SQL, told by the module that does it. */
export interface Construct {
  /** The module, from the repository's root. */
  file: string;
  /** Its own words, as pieces of text and code. */
  pieces: { text: string; isCode: boolean }[];
  /** The pages of CockroachDB's documentation that it follows. */
  pages: { name: string; href: string }[];
}

const DOCS = 'https://www.cockroachlabs.com/docs/stable/';
const COMMENT = /\/\*\*([\s\S]*?)\*\//g;
const LINK = /\(?cockroachlabs\.com\/docs\/stable\/([\w./#-]*[\w-](?:, [a-z][a-z-]+)*)[^).;:]*\)?/;

/** The constructs that a module tells of in its docstrings: those that name a page of CockroachDB's documentation. */
export function constructsOf(file: string, source: string): Construct[] {
  return [...source.matchAll(COMMENT)].flatMap(([, comment = '']) => {
    const text = comment.replaceAll(/^\s*\* ?/gm, '').replaceAll(/\s+/g, ' ').trim();
    const link = LINK.exec(text);
    if (!link) return [];
    const pages = link[1]!.split(', ').map((name) => ({ name, href: `${DOCS}${name.replace(/(#.*)?$/, '.html$1')}` }));
    const said = text.replace(LINK, '').replaceAll(/\s+([,.;:])/g, '$1').replace(/^[:;,.\s]+/, '').trim();
    const told = said === '' ? pages.map(({ name }) => name.replaceAll('-', ' ').toUpperCase()).join(', ') : said;
    return [{ file, pages, pieces: told.split('`').map((piece, index) => ({ text: piece, isCode: index % 2 === 1 })).filter((piece) => piece.text !== '') }];
  });
}
